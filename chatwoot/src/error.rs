//! How a call can end other than well, and whether what it asked for may have happened nevertheless.

use std::fmt;

/// Whether Chatwoot may have done what a failed call asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Done {
    /// It has not: the call may be sent again as it is.
    No,
    /// Nobody knows: look for it first (promise R1). Chatwoot can commit long after it was given up.
    Maybe,
}

/// How a call ended when it did not end well. No variant holds a token, an address of a request, or a whole answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or not any more.
    #[error("Chatwoot does not have it")]
    NotFound,
    /// The token may not do this (401 or 403). Chatwoot says 401 for a single object too: see [`Refusal`].
    #[error("Chatwoot refused: {0}")]
    Refused(Refusal),
    /// Something with this name exists already: look it up again.
    #[error("taken: {0}")]
    Taken(Words),
    /// Chatwoot’s validation refused what was sent; nothing was stored.
    #[error("invalid: {0}")]
    Invalid(Words),
    /// Too many requests; nothing was stored.
    #[error("Chatwoot is throttling")]
    Throttled,
    /// Too many messages in this conversation within a minute; nothing was stored, and all else goes well.
    #[error("too many messages in one conversation")]
    TooManyMessages,
    /// Nothing was asked, since it did not answer lately: see [`crate::Watch`].
    #[error("Chatwoot did not answer lately, and was not asked")]
    Resting,
    /// Chatwoot, or a proxy before it, failed with this status.
    #[error("Chatwoot failed with {0}")]
    ServerError(u16),
    /// No connection was made: nothing was sent.
    #[error("Chatwoot cannot be reached")]
    Unreachable(#[source] reqwest::Error),
    /// It was sent, and no whole answer came in time.
    #[error("Chatwoot did not answer in time")]
    NoAnswer,
    /// The answer broke off or was larger than allowed.
    #[error("Chatwoot’s answer is broken: {0}")]
    Broken(Breakage),
    /// An answer that this client has no reading for.
    #[error("Chatwoot’s answer was not understood: {0}")]
    NotUnderstood(Misfit),
}

impl Error {
    /// A message without words and files: Chatwoot would take it, and is not asked.
    pub(crate) fn nothing_to_say() -> Self {
        Self::Invalid(Words::new("there is nothing in the message"))
    }

    /// Whether a write that ended so may have happened. Only a failed connect and refusals known by their text mean
    /// no: Chatwoot answers 422 or 500 after its commit too (api.md §0b.17). For a read it does not matter.
    pub fn done(&self) -> Done {
        match self {
            Self::NotFound
            | Self::Refused(
                Refusal::Token | Refusal::Account | Refusal::Suspended | Refusal::Object,
            )
            | Self::Taken(_)
            | Self::Invalid(_)
            | Self::Throttled
            | Self::TooManyMessages
            | Self::Resting
            | Self::Unreachable(_) => Done::No,
            Self::Refused(Refusal::Other(_))
            | Self::ServerError(_)
            | Self::NoAnswer
            | Self::Broken(_)
            | Self::NotUnderstood(_) => Done::Maybe,
        }
    }
}

/// Why Chatwoot refused. Only the first three say that the set-up is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The token is missing or not known.
    Token,
    /// The token’s user has no part in the account.
    Account,
    /// The account is suspended.
    Suspended,
    /// The token’s user may not do this to this object; the token itself may be fine.
    Object,
    /// Refused in words that are not known, or by something before Chatwoot.
    Other(Words),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Token => f.write_str("the token is not known"),
            Self::Account => f.write_str("the token has no part in this account"),
            Self::Suspended => f.write_str("the account is suspended"),
            Self::Object => f.write_str("the token may not do this"),
            Self::Other(words) => words.fmt(f),
        }
    }
}

/// Chatwoot’s own words, cut to a length for a log; in English, not for customers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(String);

impl Words {
    /// At most so many characters are kept.
    const MOST: usize = 300;

    pub(crate) fn new(text: &str) -> Self {
        Self(
            text.chars()
                .filter(|c| !c.is_control())
                .take(Self::MOST)
                .collect(),
        )
    }

    /// The words themselves.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How an answer broke.
#[derive(Debug, thiserror::Error)]
pub enum Breakage {
    /// The connection was lost before the answer was whole.
    #[error("the connection was lost")]
    Cut(#[source] reqwest::Error),
    /// The answer was longer than [`crate::Limits::answer`], or a file than [`crate::Limits::file`].
    #[error("it is larger than allowed")]
    TooLarge,
}

/// What did not fit in an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misfit {
    /// A status that is not expected here, with words if the answer had some.
    Status(u16, Words),
    /// A good status, but a body that does not read as what was asked for.
    Body(Words),
    /// A redirect of an API call, to this place: CHATWOOT_URL is probably not the right one.
    Redirect(Words),
    /// A file on a host that is not named as one of Chatwoot’s. It was not asked.
    Elsewhere(Words),
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status, words) if words.as_str().is_empty() => {
                write!(f, "status {status}")
            }
            Self::Status(status, words) => write!(f, "status {status}: {words}"),
            Self::Body(words) => write!(f, "body: {words}"),
            Self::Redirect(place) => write!(f, "it redirects to {place}"),
            Self::Elsewhere(host) => write!(f, "the file is on another host, {host}"),
        }
    }
}
