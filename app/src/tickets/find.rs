//! Looking for tickets: which, in what order, with which words. The address holds it, the list call takes it, and what was found is typed text.

use serde::{Deserialize, Serialize};

use super::model::{Author, Status};

/// Most characters of the words that are looked for.
pub const WORDS_LIMIT: u32 = 200;

/// The name by which an address's query names the message of a ticket at which it opens: the one in which the words were found.
pub const MESSAGE: &str = "message";

/// What a list is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Find {
    /// Which tickets.
    pub show: Show,
    /// In what order.
    pub sort: Sort,
    /// Words that all stand in the ticket, each at the beginning of a word of it; blank for any.
    pub words: String,
}

/// Which tickets a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Show {
    /// Every one.
    #[default]
    All,
    /// Those that are worked on.
    Open,
    /// Those in which an agent spoke last.
    Waiting,
    /// Those that are closed, by whomever.
    Solved,
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// The newest visible activity first.
    #[default]
    Activity,
    /// The ticket that was opened last first.
    Newest,
}

/// How many tickets with the words each filter has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Of all.
    pub all: u32,
    /// Of those that are worked on.
    pub open: u32,
    /// Of those that wait for the customer.
    pub waiting: u32,
    /// Of those that are closed.
    pub solved: u32,
}

/// Where a ticket has the words that were looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The subject.
    pub subject: Vec<Piece>,
    /// The newest message that has the most of the words.
    pub message: Option<Hit>,
}

/// A message in which words were found: its id, who wrote it, and the part of it where they stand.
pub type Hit = (String, Author, Vec<Piece>);

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// Between what was looked for.
    Plain(String),
    /// What was looked for.
    Found(String),
}

impl Show {
    /// All there are, in the order in which they are shown.
    pub const EACH: [Self; 4] = [Self::All, Self::Open, Self::Waiting, Self::Solved];

    /// Its word in an address.
    pub fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Open => "open",
            Self::Waiting => "waiting",
            Self::Solved => "solved",
        }
    }

    /// Whether a ticket that stands there is shown.
    pub fn has(self, status: Status) -> bool {
        match status {
            Status::Received | Status::InProgress => matches!(self, Self::All | Self::Open),
            Status::WaitingForYou => matches!(self, Self::All | Self::Open | Self::Waiting),
            Status::Solved | Status::Cancelled => matches!(self, Self::All | Self::Solved),
        }
    }
}

impl Counts {
    /// Of one filter.
    pub fn of(self, show: Show) -> u32 {
        match show {
            Show::All => self.all,
            Show::Open => self.open,
            Show::Waiting => self.waiting,
            Show::Solved => self.solved,
        }
    }

    /// So many more tickets stand there.
    pub fn add(&mut self, status: Status, count: u32) {
        for show in Show::EACH {
            if show.has(status) {
                match show {
                    Show::All => self.all += count,
                    Show::Open => self.open += count,
                    Show::Waiting => self.waiting += count,
                    Show::Solved => self.solved += count,
                }
            }
        }
    }
}

impl Find {
    /// What the values of an address's query ask for; what is not understood asks for nothing.
    pub fn read(value: impl Fn(&str) -> Option<String>) -> Self {
        let show = value("show").unwrap_or_default();
        let newest = value("sort").is_some_and(|sort| sort == "newest");
        Self {
            show: Show::EACH
                .into_iter()
                .find(|one| one.word() == show)
                .unwrap_or_default(),
            sort: if newest { Sort::Newest } else { Sort::Activity },
            words: value("q").unwrap_or_default(),
        }
    }

    /// The query of an address that asks for this, with its question mark; empty where nothing special is asked for.
    pub fn query(&self) -> String {
        self.query_with(None)
    }

    /// The same of a ticket that opens at this message, if its words were found in one.
    pub fn query_with(&self, hit: Option<&Hit>) -> String {
        let mut out = String::new();
        let mut add = |name: &str, value: &str| {
            out.push(if out.is_empty() { '?' } else { '&' });
            out.push_str(name);
            out.push('=');
            encode(value, &mut out);
        };
        if self.show != Show::All {
            add("show", self.show.word());
        }
        if self.sort == Sort::Newest {
            add("sort", "newest");
        }
        if !self.words.is_empty() {
            add("q", &self.words);
            if let Some((id, ..)) = hit {
                add(MESSAGE, id);
            }
        }
        out
    }

    /// Whether words are looked for.
    pub fn has_words(&self) -> bool {
        !self.words.trim().is_empty()
    }

    /// Whether it leaves no ticket out.
    pub fn is_everything(&self) -> bool {
        self.show == Show::All && !self.has_words()
    }
}

fn encode(value: &str, out: &mut String) {
    const HEX: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F',
    ];
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(HEX[usize::from(byte >> 4)]);
            out.push(HEX[usize::from(byte & 15)]);
        }
    }
}

/// A word of so many characters says what a subject is about.
const TELLING: usize = 4;

/// What tickets like one of this subject are looked for by: its two longest words, or else the longest.
pub fn telling(subject: &str) -> Vec<String> {
    let words = subject.split(|c: char| !c.is_alphanumeric());
    let mut words: Vec<&str> = words.filter(|it| it.chars().count() >= TELLING).collect();
    words.sort_by_key(|it| std::cmp::Reverse(it.chars().count()));
    words.truncate(2);
    match words[..] {
        [] => Vec::new(),
        [one] => vec![one.to_owned()],
        [one, ..] => vec![words.join(" "), one.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_words_of_a_subject_are_looked_for() {
        assert_eq!(
            telling("The printer does not print"),
            ["printer print", "printer"]
        );
        assert_eq!(telling("Re: PDF?"), [] as [&str; 0]);
        assert_eq!(telling("Factura 2026"), ["Factura 2026", "Factura"]);
        assert_eq!(telling("Ñandúes"), ["Ñandúes"]);
    }

    #[test]
    fn an_address_says_what_differs_from_the_plain_list_and_is_read_back() {
        assert_eq!(Find::default().query(), "");
        let find = Find {
            show: Show::Waiting,
            sort: Sort::Newest,
            words: "Größe & 50%+1".to_owned(),
        };
        assert_eq!(
            find.query(),
            "?show=waiting&sort=newest&q=Gr%C3%B6%C3%9Fe%20%26%2050%25%2B1"
        );
        let hit = ("m12".to_owned(), Author::You, Vec::new());
        assert_eq!(find.query_with(Some(&hit)), find.query() + "&message=m12");
        // The row is still there, what was looked for is not.
        assert_eq!(Find::default().query_with(Some(&hit)), "");
        let value = |name: &str| match name {
            "show" => Some("waiting".to_owned()),
            "sort" => Some("newest".to_owned()),
            "q" => Some("Größe & 50%+1".to_owned()),
            _ => None,
        };
        assert_eq!(Find::read(value), find);
    }

    #[test]
    fn an_address_that_is_not_understood_is_the_plain_list() {
        assert_eq!(Find::read(|_| None), Find::default());
        assert_eq!(
            Find::read(|name| (name != "q").then(|| "nonsense".to_owned())),
            Find::default()
        );
    }

    #[test]
    fn each_status_is_among_all_and_in_open_or_solved() {
        let mut counts = Counts::default();
        for status in [
            Status::Received,
            Status::InProgress,
            Status::WaitingForYou,
            Status::Solved,
            Status::Cancelled,
        ] {
            assert!(Show::All.has(status));
            assert!(Show::Open.has(status) != Show::Solved.has(status));
            counts.add(status, 2);
        }
        assert_eq!(Show::EACH.map(|show| counts.of(show)), [10, 6, 2, 4]);
    }
}
