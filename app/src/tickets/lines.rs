//! A thread as the lines it is shown in: a divider for each day, one name above what the same person wrote in a row.

use super::model::{Author, Entry, EventKind, Message};

/// Messages of one person stand under one name if no more than this lies between them, milliseconds.
const IN_A_ROW: u64 = 10 * 60_000;

/// A line of the thread. The name stays the same while its content changes, so that it is not made anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Unique in the thread.
    pub name: String,
    /// What it shows.
    pub shows: Shows,
}

/// What a line shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shows {
    /// The day of what follows, by a moment of it.
    Day(u64),
    /// A message, and whether the author's name stands above it.
    Message(Message, bool),
    /// Something that happened.
    Event(u64, EventKind),
}

/// The lines of a thread. `day_of` gives the day of a moment on the customer's calendar.
pub fn lines(entries: &[Entry], day_of: impl Fn(u64) -> i64) -> Vec<Line> {
    let mut lines = Vec::with_capacity(entries.len() + 8);
    let mut day = None;
    let mut before: Option<(&Author, u64)> = None;
    for entry in entries {
        let at = match entry {
            Entry::Message(message) => message.at,
            Entry::Event(event) => event.at,
        };
        // A clock may have gone back between two entries; a day is named once all the same.
        let this_day = day_of(at);
        if day.is_none_or(|day| day < this_day) {
            day = Some(this_day);
            before = None;
            lines.push(Line {
                name: format!("d{this_day}"),
                shows: Shows::Day(at),
            });
        }
        match entry {
            Entry::Message(message) => {
                let named = before.is_none_or(|(author, then)| {
                    *author != message.author || message.at.saturating_sub(then) > IN_A_ROW
                });
                before = Some((&message.author, message.at));
                lines.push(Line {
                    name: name(message),
                    shows: Shows::Message(message.clone(), named),
                });
            }
            Entry::Event(event) => {
                before = None;
                lines.push(Line {
                    name: format!("e{}-{}", event.at, event.kind as u8),
                    shows: Shows::Event(event.at, event.kind),
                });
            }
        }
    }
    lines
}

/// The name of a message's line: the same before the server has it and after.
pub fn name(message: &Message) -> String {
    let key = message.key.as_ref();
    key.map_or_else(|| message.id.clone(), Message::waiting_id)
}

/// Where the lines are that have come to those of these names: behind the first that stayed, or all where none did. What comes before
/// was fetched later, and is older.
pub fn arrived(before: &[String], now: &[Line]) -> Vec<usize> {
    let is_known = |line: &Line| before.contains(&line.name);
    let is_day = |line: &Line| matches!(line.shows, Shows::Day(_));
    let stayed = now.iter().position(|it| !is_day(it) && is_known(it));
    let from = stayed.unwrap_or(0);
    (from..now.len())
        .filter(|at| !is_known(&now[*at]))
        .collect()
}

/// Joins a newly fetched end of a thread with what was fetched before it. Without an overlap there may be a gap, and the older part is dropped.
pub fn join_earlier(
    known: &[Entry],
    known_earlier: Option<u64>,
    new: Vec<Entry>,
    new_earlier: Option<u64>,
) -> (Vec<Entry>, Option<u64>) {
    let overlap = new
        .first()
        .and_then(|first| known.iter().position(|entry| same(entry, first)));
    match overlap {
        Some(at) if at > 0 => {
            let mut joined = known[..at].to_vec();
            joined.extend(new);
            (joined, known_earlier)
        }
        _ => (new, new_earlier),
    }
}

fn same(a: &Entry, b: &Entry) -> bool {
    match (a, b) {
        (Entry::Message(a), Entry::Message(b)) => {
            a.id == b.id || (a.key.is_some() && a.key == b.key)
        }
        (Entry::Event(a), Entry::Event(b)) => a == b,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tickets::model::{Delivery, Event, MessageKind};

    const DAY: u64 = 86_400_000;

    fn by(author: Author, at: u64) -> Entry {
        Entry::Message(Message {
            id: format!("m{at}"),
            key: None,
            author,
            at,
            kind: MessageKind::Text,
            body: Vec::new(),
            files: Vec::new(),
            delivery: Delivery::Sent,
        })
    }

    fn noor(at: u64) -> Entry {
        by(Author::Agent("Noor".to_owned()), at)
    }

    fn shape(entries: &[Entry]) -> Vec<&'static str> {
        lines(entries, |at| (at / DAY) as i64)
            .iter()
            .map(|line| match line.shows {
                Shows::Day(_) => "day",
                Shows::Message(_, true) => "named",
                Shows::Message(_, false) => "more",
                Shows::Event(..) => "event",
            })
            .collect()
    }

    #[test]
    fn what_has_arrived_is_what_was_not_there_wherever_it_stands_but_what_is_older() {
        let of = |entries: &[Entry]| lines(entries, |at| (at / DAY) as i64);
        let names = |entries: &[Entry]| -> Vec<String> {
            of(entries).into_iter().map(|line| line.name).collect()
        };
        let mine = by(Author::You, DAY + 9);
        let before = names(&[noor(DAY + 5), mine.clone()]);
        let places = |entries: &[Entry]| arrived(&before, &of(entries));
        // The day is the first line.
        assert_eq!(places(&[noor(DAY + 5), mine.clone()]), [0_usize; 0]);
        assert_eq!(places(&[noor(DAY + 5)]), [0_usize; 0], "one was taken back");
        assert_eq!(places(&[noor(DAY + 5), noor(DAY + 7), mine.clone()]), [2]);
        assert_eq!(
            places(&[noor(DAY + 5), mine.clone(), noor(2 * DAY)]),
            [3, 4]
        );
        let earlier = [noor(3), noor(DAY + 1), noor(DAY + 5), mine];
        assert_eq!(places(&earlier), [0_usize; 0]);
        assert_eq!(places(&[noor(9 * DAY)]), [0, 1], "a gap");
    }

    #[test]
    fn one_name_stands_above_what_one_person_wrote_in_a_row() {
        let thread = [
            by(Author::You, 1),
            by(Author::You, 60_000),
            noor(120_000),
            noor(120_001),
            by(Author::You, 130_000),
            by(Author::You, 130_000 + IN_A_ROW + 1),
        ];
        assert_eq!(
            shape(&thread),
            ["day", "named", "more", "named", "more", "named", "named"]
        );
    }

    #[test]
    fn a_day_or_an_event_between_names_the_author_again() {
        let closed = Entry::Event(Event {
            at: DAY + 2,
            kind: EventKind::SolvedByTeam,
        });
        let thread = [noor(DAY - 1), noor(DAY + 1), closed, noor(DAY + 3)];
        assert_eq!(
            shape(&thread),
            ["day", "named", "day", "named", "event", "named"]
        );
    }

    #[test]
    fn a_day_is_named_once_even_when_times_go_back() {
        let thread = [noor(DAY), noor(DAY - 1), noor(DAY + 1)];
        assert_eq!(shape(&thread), ["day", "named", "more", "more"]);
    }

    #[test]
    fn what_was_fetched_before_stays_above_what_is_fetched_again() {
        let known = [noor(1), noor(2), noor(3)];
        let (joined, earlier) =
            join_earlier(&known, Some(7), vec![noor(2), noor(3), noor(4)], Some(9));
        assert_eq!(joined, [noor(1), noor(2), noor(3), noor(4)]);
        assert_eq!(earlier, Some(7));
    }

    #[test]
    fn with_no_overlap_the_older_part_is_dropped_rather_than_shown_with_a_gap() {
        let (joined, earlier) = join_earlier(&[noor(1)], None, vec![noor(8)], Some(9));
        assert_eq!(joined, [noor(8)]);
        assert_eq!(earlier, Some(9));
    }
}
