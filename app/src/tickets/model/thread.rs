//! What stands in a ticket's thread.

use serde::{Deserialize, Serialize};

use super::{Author, Key};
use crate::tickets::markup::Node;
use crate::tickets::upload::UploadId;

/// One thing in a thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// Somebody wrote.
    Message(Message),
    /// Something happened to the ticket.
    Event(Event),
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Stable within the ticket: `m` + Chatwoot's number, or `k` + key while only we have it.
    pub id: String,
    /// The act of writing it came from, if it was written here; joins the browser's own copy with the server's.
    pub key: Option<Key>,
    /// Who.
    pub author: Author,
    /// When, Unix milliseconds.
    pub at: u64,
    /// What kind.
    pub kind: MessageKind,
    /// What was written.
    pub body: Vec<Node>,
    /// Files.
    pub files: Vec<File>,
    /// Where it is on its way to the support team.
    pub delivery: Delivery,
}

impl Message {
    /// The id of one that Chatwoot has, by its number there.
    pub fn stored_id(number: u64) -> String {
        format!("m{number}")
    }

    /// The id of one that only we have.
    pub fn waiting_id(key: &Key) -> String {
        format!("k{key}")
    }
}

/// Kinds of message that look different.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    /// Text and files.
    Text,
    /// It was deleted; body and files are empty.
    Deleted,
    /// Somebody other than the customer answered by e-mail; body and files are empty.
    SomebodyByEmail,
    /// The ticket goes on by e-mail with others from here on, which is not shown; body and files are empty.
    GoesOnByEmail,
    /// Nothing that can be shown here; body and files are empty.
    Unsupported,
}

/// Where something the customer wrote is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// The support team has it.
    Sent,
    /// Stored here; surely not with the support team yet, so that it can be taken back.
    Waiting,
    /// Stored here, on its way to the support team.
    Sending,
    /// Sent by e-mail; the ticket does not have it yet, which can take minutes.
    Mailed,
    /// Refused by the help desk; it can be tried again.
    Failed,
    /// Sent by e-mail, and after hours the ticket does not have it; it can be tried again, and is one message all the same.
    Lost,
}

/// A file of a message, opened through the portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Chatwoot's number of it; with the ticket it names the download. 0 while only we have it: then `upload` names it.
    pub id: u64,
    /// Its name, made safe.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// How it can be shown.
    pub kind: FileKind,
    /// It waits here to be sent, and opens under this name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upload: Option<UploadId>,
}

/// How a file can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// In place.
    Image,
    /// In a tab.
    Pdf,
    /// In place.
    Audio,
    /// In place.
    Video,
    /// Downloaded.
    Other,
}

/// A line in the thread that nobody wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When, Unix milliseconds.
    pub at: u64,
    /// What.
    pub kind: EventKind,
}

/// What happened to a ticket, from what we know ourselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// The customer cancelled it.
    CancelledByYou,
    /// The support team closed it.
    SolvedByTeam,
    /// It was opened again.
    Reopened,
}
