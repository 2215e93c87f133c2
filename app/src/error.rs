//! What can go wrong, as the customer may know it. No text here: `error-…` messages of `locales/<lang>/app.ftl` hold the words.

use serde::{Deserialize, Serialize};
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

use crate::tickets::upload::FileProblem;
use crate::wire::JsonEncoding;

#[cfg(feature = "csr")]
pub mod words;

/// Why a call was not answered as asked. The server gives each its HTTP status in one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppError {
    /// Nobody is signed in in this browser, or no longer (401).
    SignedOut,
    /// There is no such thing, or it is another customer's (404).
    NotFound,
    /// What was entered cannot be taken; one entry for each fault (422).
    Invalid(Vec<FieldError>),
    /// The same key came with another text; what was written stays with the customer (409).
    KeyReused,
    /// Something that the customer wrote is still on its way; it must be there first (409).
    StillSending,
    /// Writing is not possible for this customer or ticket at the moment; neutral on purpose (403).
    NotAllowed,
    /// A file cannot be taken, or a message not with it. The text stays with the customer; [`FileProblem`] says the status.
    File(FileProblem),
    /// Too many tries (429).
    TooMany {
        /// Seconds until the next try can succeed.
        wait_seconds: u32,
    },
    /// The link or code is used up, too old, or was never made (410).
    LinkExpired,
    /// The request did not come from one of our own pages (403).
    ForeignOrigin,
    /// The request is none that our pages send: broken JSON, wrong types, too large (400).
    BadRequest,
    /// The server could not do it now (503). The reference is in the operator's log too.
    Unavailable {
        /// Short reference to read out to support.
        reference: String,
    },
    /// The server was not reached, made in the browser only.
    Offline,
}

/// One fault of one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// Where.
    pub field: Field,
    /// What.
    pub problem: Problem,
}

/// The fields a customer fills in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// E-mail address of the sign-in form.
    Address,
    /// Code of the sign-in mail.
    Code,
    /// Subject of a new ticket.
    Subject,
    /// Text of a message.
    Message,
    /// Words that are looked for.
    Words,
    /// What the customer is called.
    Name,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// Nothing but blanks.
    Empty,
    /// More characters than allowed.
    TooLong {
        /// The most characters it may have.
        limit: u32,
        /// How many it has.
        actual: u32,
    },
    /// So many drafts are kept already.
    TooManyDrafts {
        /// The most there may be.
        limit: u32,
    },
    /// A character that cannot be stored, such as NUL.
    ForbiddenCharacter,
    /// Not an e-mail address that mail can be sent to.
    NotAnAddress,
    /// The code is not the one that was sent.
    WrongCode {
        /// Tries left before a new mail is needed.
        tries_left: u32,
    },
}

impl AppError {
    /// One fault of one field.
    pub fn field(field: Field, problem: Problem) -> Self {
        Self::Invalid(vec![FieldError { field, problem }])
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::Offline,
            // In the browser this is an answer that is not ours, such as a proxy's page.
            ServerFnErrorErr::Deserialization(_) if cfg!(feature = "csr") => Self::Unavailable {
                reference: String::new(),
            },
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => Self::BadRequest,
            _ => Self::Unavailable {
                reference: String::new(),
            },
        }
    }
}

/// Makes an [`AppError`] the message of a standard error, for logs only; customers read Fluent's words.
impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The browser has no logs, and words of its own.
        if cfg!(feature = "csr") {
            f.write_str("error")
        } else {
            write!(f, "{self:?}")
        }
    }
}

impl std::error::Error for AppError {}
