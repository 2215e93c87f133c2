//! Chatwoot's words into ours: a conversation and its messages as the customer may see them. Pure: no call, no store, no time.
//!
//! Only what is named here passes. Chatwoot's private side has nothing here that it could come through.

mod files;
mod inline;
mod kinds;
mod messages;
mod preview;
mod priority;
mod status;
mod subject;
#[cfg(test)]
mod tests;

use app::tickets::markup::Node;
use app::tickets::model::{Author, File, Key, MessageKind};

pub use files::{file_kind, safe_name};
pub use inline::{Inline, MOST_INLINE, inline};
pub use messages::{Thread, is_mail_of, message};
pub use preview::{PREVIEW_LIMIT, preview, preview_of};
pub use priority::{chatwoots_priority, priority};
pub use status::{CANCEL_LABEL, Standing, conversation, is_cancelled, shown_priority, status};
pub use subject::{first_message, subject_line};

use crate::clock::Millis;

/// From which side a message comes, for what follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The customer.
    You,
    /// An agent or a bot.
    Agent,
    /// Chatwoot by itself, or nobody in particular of the support team.
    Team,
    /// Somebody else, by e-mail.
    Somebody,
    /// Somebody else, in a ticket begun by e-mail: what comes from there on is not the customer's to see.
    Elsewhere,
}

/// A message as it goes into the read model.
#[derive(Clone, Debug, PartialEq)]
pub struct Translated {
    /// Chatwoot's number of it.
    pub id: u64,
    /// When, Unix milliseconds.
    pub at: Millis,
    /// The act of writing that it came from, if it was written here.
    pub key: Option<Key>,
    /// From which side.
    pub side: Side,
    /// Who.
    pub author: Author,
    /// What kind.
    pub kind: MessageKind,
    /// What was written.
    pub body: Vec<Node>,
    /// The beginning of it, in one line.
    pub preview: String,
    /// Files.
    pub files: Vec<TranslatedFile>,
    /// Pictures within its text that Chatwoot keeps.
    pub inline: Vec<Inline>,
    /// The Message-ID of a mail of the customer's.
    pub mail_id: Option<String>,
}

/// A file with the place where Chatwoot has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TranslatedFile {
    /// What is shown.
    pub file: File,
    /// Chatwoot's address of it: never for a browser.
    pub url: String,
}
