//! Conversations that were deleted in Chatwoot: nothing tells of one, but each poll says how many the inbox has. Where one is
//! missing while somebody has a page open, it is looked for where it is most likely; whoever comes later finds out by opening.

mod search;

use std::sync::Mutex;

use chatwoot::Page;

use super::{lock, looking};
use crate::tickets::Tickets;

pub(super) use search::{compare, compare_what_moved_last};

/// How many conversations the inbox has, and which are looked for.
#[derive(Default)]
pub(super) struct Missing {
    known: Mutex<Option<Known>>,
    search: Mutex<search::Search>,
}

struct Known {
    count: u64,
    highest: u64,
    /// One was missing when it was last asked: it may have been made while it was counted.
    perhaps: bool,
}

/// What a count means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// None is missing.
    Whole,
    /// It has to be asked once more.
    Perhaps,
    /// So many are missing.
    Missing(u64),
}

impl Missing {
    /// Compares a poll with the one before. Every conversation that is new since is among its rows.
    fn judge(&self, count: u64, rows: &[u64]) -> Verdict {
        let mut known = lock(&self.known);
        let highest = rows.iter().copied().max().unwrap_or_default();
        let (verdict, highest) = match &*known {
            None => (Verdict::Whole, highest),
            // Which is the newest was not known yet.
            Some(before) if before.highest == 0 && before.count > 0 => (Verdict::Whole, highest),
            Some(before) => {
                let new = rows.iter().filter(|row| **row > before.highest).count();
                let expected = before.count + u64::try_from(new).unwrap_or_default();
                let verdict = match (count < expected, before.perhaps) {
                    (false, _) => Verdict::Whole,
                    (true, true) => Verdict::Missing(expected - count),
                    (true, false) => {
                        *known = Some(Known {
                            perhaps: true,
                            ..*before
                        });
                        return Verdict::Perhaps;
                    }
                };
                (verdict, highest.max(before.highest))
            }
        };
        *known = Some(Known {
            count,
            highest,
            perhaps: false,
        });
        verdict
    }
}

/// What was counted is too old to be compared with.
pub(super) fn forget(tickets: &Tickets) {
    *lock(&tickets.sync.missing.known) = None;
}

/// Looks whether a poll has fewer conversations than there must be.
pub(super) fn look(tickets: &Tickets, page: &Page) {
    let Some(count) = page.total else {
        return forget(tickets);
    };
    let rows: Vec<u64> = page.rows.iter().map(|row| row.id.number()).collect();
    match tickets.sync.missing.judge(count, &rows) {
        Verdict::Whole => {}
        Verdict::Perhaps => looking::poll_now(tickets),
        Verdict::Missing(number) => search::begin(tickets, number),
    }
}

/// Whether something is looked for still.
pub(super) fn is_sought(tickets: &Tickets) -> bool {
    lock(&tickets.sync.missing.search).is_on()
}

/// A conversation of the inbox was found to be gone: it is not to be missed.
pub(super) fn found(tickets: &Tickets) {
    let missing = &tickets.sync.missing;
    if lock(&missing.search).found() {
        return;
    }
    if let Some(known) = lock(&missing.known).as_mut() {
        known.count = known.count.saturating_sub(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deleted_conversation_is_missed_when_it_was_counted_twice() {
        let missing = Missing::default();
        assert_eq!(missing.judge(10, &[7]), Verdict::Whole);
        assert_eq!(missing.judge(11, &[11]), Verdict::Whole, "one is new");
        assert_eq!(missing.judge(10, &[]), Verdict::Perhaps);
        assert_eq!(missing.judge(10, &[]), Verdict::Missing(1));
        assert_eq!(missing.judge(10, &[]), Verdict::Whole, "it is told once");
        assert_eq!(missing.judge(10, &[12]), Verdict::Perhaps, "one for one");
        assert_eq!(missing.judge(10, &[12]), Verdict::Missing(1));
    }

    #[test]
    fn a_conversation_that_is_made_while_it_is_counted_is_not_missing() {
        let missing = Missing::default();
        assert_eq!(missing.judge(10, &[10]), Verdict::Whole);
        assert_eq!(missing.judge(10, &[11]), Verdict::Perhaps);
        assert_eq!(missing.judge(11, &[11]), Verdict::Whole);
        assert_eq!(missing.judge(11, &[11]), Verdict::Whole);
    }
}
