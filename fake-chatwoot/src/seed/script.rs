//! The words in which the demo's tickets are written down.

use super::files::SeedFile;
use crate::store::rows::Status;

/// Somebody with tickets.
pub(super) struct Customer {
    pub(super) name: &'static str,
    pub(super) address: &'static str,
    pub(super) tickets: Vec<Ticket>,
}

/// A ticket: when it began, and what happened how many minutes later.
pub(super) struct Ticket {
    pub(super) subject: &'static str,
    pub(super) minutes_ago: i64,
    pub(super) acts: Vec<(i64, Act)>,
}

/// Something that somebody did.
pub(super) enum Act {
    Customer(&'static str, Vec<SeedFile>),
    John(&'static str, Vec<SeedFile>),
    Mary(&'static str),
    Priya(&'static str),
    /// What no customer may ever see.
    Note(&'static str),
    /// Written and deleted again.
    Deleted(&'static str),
    Template(&'static str),
    Survey,
    Assign,
    Status(Status),
    Cancel,
    Labels(&'static [&'static str]),
}

/// The customer writes.
pub(super) fn customer(minutes: i64, text: &'static str) -> (i64, Act) {
    (minutes, Act::Customer(text, Vec::new()))
}

/// John Doe answers.
pub(super) fn john(minutes: i64, text: &'static str) -> (i64, Act) {
    (minutes, Act::John(text, Vec::new()))
}

/// Whole days and hours in minutes.
pub(super) const fn ago(days: i64, hours: i64) -> i64 {
    days * 1440 + hours * 60
}

/// A subject as Markdown that shows it as it is.
pub(super) fn escaped(subject: &str) -> String {
    let special = |c: char| {
        matches!(
            c,
            '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '|' | '~'
        )
    };
    subject
        .chars()
        .flat_map(|c| special(c).then_some('\\').into_iter().chain([c]))
        .collect()
}
