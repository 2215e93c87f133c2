//! Tickets as the customer sees them. Nothing here can hold a private note, an agent's address or Chatwoot's ids of people.

use serde::{Deserialize, Serialize};

use super::find::{Counts, Found};
use super::priority::Priority;
use super::upload::{UploadId, Uploaded};
pub(super) use ids::is_uuid;
pub use ids::{Key, TicketId};
pub use thread::{Delivery, Entry, Event, EventKind, File, FileKind, Message, MessageKind};

mod ids;
mod thread;

/// Where a ticket stands, in the customer's words (design: status words).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// No agent has spoken.
    Received,
    /// An agent has spoken, and the customer spoke last.
    InProgress,
    /// An agent spoke last.
    WaitingForYou,
    /// The support team closed it.
    Solved,
    /// The customer closed it.
    Cancelled,
}

impl Status {
    /// Its name in the stylesheet.
    pub fn name(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::InProgress => "in-progress",
            Self::WaitingForYou => "waiting",
            Self::Solved => "solved",
            Self::Cancelled => "cancelled",
        }
    }
}

/// Who wrote something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// The customer who looks.
    You,
    /// An agent, by the name he shows.
    Agent(String),
    /// The support team as a whole: automatic messages and kinds that name nobody.
    Team,
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketRow {
    /// Our id.
    pub id: TicketId,
    /// Number that agents know it by; none until Chatwoot has it.
    pub number: Option<u32>,
    /// As the customer wrote it; empty for a ticket with none: the screen has words for that.
    pub subject: String,
    /// Where it stands.
    pub status: Status,
    /// Who wrote last, and the beginning of it (one line, at most 160 characters).
    pub last: Option<(Author, String)>,
    /// When something visible last happened, Unix milliseconds.
    pub at: u64,
    /// Something of the support team's was not seen yet.
    pub unread: bool,
    /// Something in it is not sent yet, or could not be.
    pub delivery: Delivery,
    /// How urgent it is, where customers see that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// Where the words stand that the list was asked for; only in a list, and only if it was asked for words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<Found>,
}

/// One page of the list, in the order that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketList {
    /// The rows.
    pub rows: Vec<TicketRow>,
    /// Hand this back to get the next page.
    pub next: Option<Cursor>,
    /// How many tickets there are in all.
    pub total: u32,
    /// How many of them each filter has, with the words that are looked for.
    pub counts: Counts,
    /// How many of all have something of the support team's that was not seen yet.
    pub unread: u32,
    /// Tickets are still being fetched for the first time: more may come.
    pub filling: bool,
    /// How fresh it is.
    pub freshness: Freshness,
    /// Changes whenever anything in the customer's list changes.
    pub version: u64,
}

/// How old what is shown may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Freshness {
    /// Nothing is known to be missing.
    Live,
    /// The help desk does not answer; this is how it was then, Unix milliseconds.
    AsOf(u64),
}

/// Where a page of the list ends; made by the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The time by which the list is sorted, of the last row.
    pub at: u64,
    /// Id of the last row.
    pub id: TicketId,
}

/// An opened ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketView {
    /// The same as its row.
    pub row: TicketRow,
    /// When it was opened, Unix milliseconds.
    pub opened_at: u64,
    /// The thread, oldest first.
    pub entries: Vec<Entry>,
    /// Older entries can be asked for with this.
    pub earlier: Option<u64>,
    /// What writing would do.
    pub reply: ReplyRule,
    /// The customer can cancel it.
    pub can_cancel: bool,
    /// He did, and Chatwoot does not know yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelling: Option<Cancelling>,
    /// He gets mails about answers in it, if he gets any at all; nothing, where the help desk mails them.
    pub mails: Option<bool>,
    /// Messages are still being fetched for the first time.
    pub filling: bool,
    /// How fresh it is.
    pub freshness: Freshness,
    /// Changes whenever anything visible in this ticket changes.
    pub version: u64,
}

/// A cancellation on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancelling {
    /// The act of cancelling.
    pub key: Key,
    /// It waits, and can be taken back.
    pub waits: bool,
}

/// What a refetch answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refetched<T> {
    /// The version that the browser has is the newest.
    Unchanged,
    /// Here it is.
    Changed(T),
}

/// What a reply to this ticket would do; said before one types.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplyRule {
    /// It is posted.
    Post,
    /// It is posted and reopens the ticket.
    Reopens,
    /// Closed for good: write a new ticket about this.
    NewTicket,
    /// It is sent by e-mail for him, and the ticket has it some minutes later; true if that reopens it.
    Mail(bool),
    /// Only by e-mail: a `mailto:` address that keeps the thread; empty if none is known.
    ByEmail(String),
}

/// What a customer took back before it was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenBack {
    /// Subject of a new ticket, which is gone now; empty for a reply.
    pub subject: String,
    /// What he wrote.
    pub text: String,
    /// The files he wrote it with, which wait again.
    #[serde(default)]
    pub files: Vec<Uploaded>,
    /// How urgent he called it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
}

/// What the form for a new ticket holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewTicket {
    /// One for each form filled in.
    pub key: Key,
    /// Subject.
    pub subject: String,
    /// First message; may be blank if there are files.
    pub message: String,
    /// Its files, in order.
    #[serde(default)]
    pub files: Vec<UploadId>,
    /// How urgent he calls it, where he is asked; else it is not heeded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
}
