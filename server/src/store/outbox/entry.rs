//! One act of writing, as its row has it.

use app::tickets::model::{Delivery, Key, TicketId};
use app::tickets::priority::Priority;
use app::tickets::upload::UploadId;
use rusqlite::Row as SqlRow;

use crate::clock::Millis;
use crate::store::customers::CustomerId;
use crate::store::uploads::Row;
use crate::store::{StoreError, json, tickets};

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Open the ticket, with its first message.
    Open,
    /// Write to it.
    Reply,
    /// Cancel it.
    Cancel,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It was not sent, or surely did not arrive.
    Queued,
    /// It was sent, and may have arrived.
    Doubtful,
    /// The mail server has it; its ticket does not show it yet.
    Handed,
    /// It arrived; something of its ticket is still to be seen to: whether a reply opened it again, how urgent a new one is.
    Arrived,
    /// It arrived.
    Done,
    /// Chatwoot will not take it; the customer can try again.
    Failed,
    /// The mail server had it, and its ticket does not have it after hours; the customer can try again.
    Lost,
    /// The customer took it back before it was sent.
    TakenBack,
}

/// An act of writing.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    /// Our number; its order among those of a ticket.
    pub id: i64,
    /// Who.
    pub customer: CustomerId,
    /// His browser's name for it.
    pub key: Key,
    /// Where.
    pub ticket: TicketId,
    /// What.
    pub kind: Kind,
    /// Subject of a ticket to be opened, else empty.
    pub subject: String,
    /// What he wrote, empty for a cancellation.
    pub text: String,
    /// The files he wrote it with.
    pub files: Vec<Row>,
    /// How far it is.
    pub state: State,
    /// How often it was sent, or looked for in vain, since the customer last asked for it.
    pub attempts: u32,
    /// When it was last sent, or that came to an end without a clear answer: from then on it counts how late it may arrive.
    pub attempted_at: Millis,
    /// It rests until then.
    pub not_before: Millis,
    /// When he wrote it.
    pub created_at: Millis,
    /// How urgent he called a ticket to be opened.
    pub priority: Option<Priority>,
}

/// What is written is in no log.
impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entry")
            .field("id", &self.id)
            .field("ticket", &self.ticket)
            .field("kind", &self.kind)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

/// What is to be stored.
#[derive(Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// Who.
    pub customer: CustomerId,
    /// His browser's name for it.
    pub key: Key,
    /// Where.
    pub ticket: TicketId,
    /// What.
    pub kind: Kind,
    /// Subject of a ticket to be opened, else empty.
    pub subject: String,
    /// What he wrote, empty for a cancellation.
    pub text: String,
    /// The files he wrote it with, in order.
    pub files: Vec<UploadId>,
    /// How urgent he calls a ticket to be opened.
    pub priority: Option<Priority>,
}

pub(super) const COLUMNS: &str = "id, customer, key, ticket, kind, subject, text, state, attempts, \
     attempted_at, not_before, created_at, priority";

impl Entry {
    /// Whether it is what comes again under the same key: of a ticket, the words. Called more urgent it is not another one.
    pub fn is_what(&self, new: &NewEntry) -> bool {
        let files = self.files.iter().map(|file| &file.id);
        self.kind == new.kind
            && self.subject == new.subject
            && self.text == new.text
            && files.eq(&new.files)
    }

    /// Where it is, for its customer.
    pub fn delivery(&self) -> Delivery {
        match self.state {
            State::Queued if self.not_before > 0 => Delivery::Waiting,
            State::Queued | State::Doubtful => Delivery::Sending,
            State::Handed => Delivery::Mailed,
            State::Arrived | State::Done | State::TakenBack => Delivery::Sent,
            State::Failed => Delivery::Failed,
            State::Lost => Delivery::Lost,
        }
    }
}

/// A key as a row has it.
pub(super) fn key(text: &str) -> Result<Key, StoreError> {
    Key::parse(text).ok_or_else(|| StoreError::Row("outbox", "a key is no UUID".to_owned()))
}

pub(super) fn entry(row: &SqlRow<'_>) -> Result<Entry, StoreError> {
    let odd = |what: &str| StoreError::Row("outbox", what.to_owned());
    let priority: Option<String> = row.get(12)?;
    Ok(Entry {
        id: row.get(0)?,
        customer: CustomerId::from_row(row.get(1)?),
        key: key(&row.get::<_, String>(2)?)?,
        ticket: tickets::ticket_id("outbox", &row.get::<_, String>(3)?)?,
        kind: match row.get::<_, String>(4)?.as_str() {
            "open" => Kind::Open,
            "reply" => Kind::Reply,
            "cancel" => Kind::Cancel,
            _ => return Err(odd("a kind is none")),
        },
        subject: row.get(5)?,
        text: row.get(6)?,
        files: Vec::new(),
        state: match row.get::<_, String>(7)?.as_str() {
            "queued" => State::Queued,
            "doubtful" => State::Doubtful,
            "handed" => State::Handed,
            "arrived" => State::Arrived,
            "done" => State::Done,
            "failed" => State::Failed,
            "lost" => State::Lost,
            "taken back" => State::TakenBack,
            _ => return Err(odd("a state is none")),
        },
        attempts: row.get(8)?,
        attempted_at: row.get::<_, i64>(9)?.cast_unsigned(),
        not_before: row.get::<_, i64>(10)?.cast_unsigned(),
        created_at: row.get::<_, i64>(11)?.cast_unsigned(),
        priority: priority.map(|it| json::read("outbox", &it)).transpose()?,
    })
}

pub(super) fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Open => "open",
        Kind::Reply => "reply",
        Kind::Cancel => "cancel",
    }
}

pub(super) fn state_word(state: State) -> &'static str {
    match state {
        State::Queued => "queued",
        State::Doubtful => "doubtful",
        State::Handed => "handed",
        State::Arrived => "arrived",
        State::Done => "done",
        State::Failed => "failed",
        State::Lost => "lost",
        State::TakenBack => "taken back",
    }
}
