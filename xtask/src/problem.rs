//! The one error of these tasks: a text for the person at the terminal that says what failed and what to do next.

use std::fmt;

/// What a task gives back: a value, or the text of what stopped it.
pub(crate) type Outcome<T = ()> = Result<T, Problem>;

/// Why a task stopped, in words that are shown as they are.
#[derive(Debug)]
pub(crate) struct Problem(String);

impl Problem {
    /// A problem with the given words.
    pub(crate) fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Says what was being done when a call of the standard library failed.
pub(crate) trait During<T> {
    /// Turns the error into a problem that begins with `what`, such as "reading Cargo.lock".
    fn during(self, what: impl fmt::Display) -> Outcome<T>;
}

impl<T, E: fmt::Display> During<T> for Result<T, E> {
    fn during(self, what: impl fmt::Display) -> Outcome<T> {
        self.map_err(|error| Problem(format!("{what}: {error}")))
    }
}
