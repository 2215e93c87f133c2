//! The read model's messages: filtered and translated before they come here, so that a thread is one query.

mod agents;
mod authors;
mod files;
mod newest;
mod write;

use app::tickets::markup::plain_text;
use app::tickets::model::{Author, Delivery, File, Key, Message, MessageKind, TicketId};
use rusqlite::{OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};

pub use agents::of_agents;
pub use authors::newest_by_agent;
pub use files::{FileName, FilePlace, file};
pub use newest::{Newest, newest, newest_mail_id, newest_of, newest_of_team};
pub use write::{Put, forget_all, keep_only, put};

use super::seen::Place;
use super::{StoreError, json};
use crate::clock::Millis;
use crate::translate::Side;

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS model.messages (
    ticket TEXT NOT NULL,
    at INTEGER NOT NULL,
    id INTEGER NOT NULL,
    key TEXT,
    side TEXT NOT NULL,
    content TEXT NOT NULL,
    added INTEGER NOT NULL,
    PRIMARY KEY (ticket, at, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS model.messages_by_id ON messages (ticket, id);
CREATE INDEX IF NOT EXISTS model.messages_by_side ON messages (ticket, side, at, id);
CREATE INDEX IF NOT EXISTS model.messages_by_key ON messages (ticket, key) WHERE key IS NOT NULL;
CREATE TABLE IF NOT EXISTS model.files (
    ticket TEXT NOT NULL,
    file INTEGER NOT NULL,
    message INTEGER NOT NULL,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    PRIMARY KEY (ticket, file)
) STRICT, WITHOUT ROWID;
";

/// What is shown of a message.
#[derive(Serialize, Deserialize)]
struct Content {
    author: Author,
    kind: MessageKind,
    body: Vec<app::tickets::markup::Node>,
    preview: String,
    files: Vec<File>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mail_id: Option<String>,
}

/// A message with its place in the thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Where.
    pub place: Place,
    /// What.
    pub message: Message,
}

/// Who wrote a message, and its text with the names of its files, as far as it is shown.
pub struct Written {
    /// Who.
    pub author: Author,
    /// What.
    pub text: String,
}

/// What is written in a message.
pub fn written(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    message: u64,
) -> Result<Option<Written>, StoreError> {
    let content: Option<String> = tx
        .prepare_cached(
            "SELECT content FROM model.messages WHERE ticket = ?1 AND id = ?2 AND side <> 'double'",
        )?
        .query_row(params![ticket.as_str(), message.cast_signed()], |row| {
            row.get(0)
        })
        .optional()?;
    let Some(content) = content else {
        return Ok(None);
    };
    let content: Content = json::read("messages", &content)?;
    let mut text = plain_text(&content.body);
    for file in content.files {
        text.push('\n');
        text.push_str(&file.name);
    }
    Ok(Some(Written {
        author: content.author,
        text,
    }))
}

/// Whether a message is here.
pub fn is_here(tx: &Transaction<'_>, ticket: &TicketId, id: u64) -> Result<bool, StoreError> {
    Ok(tx
        .prepare_cached("SELECT 1 FROM model.messages WHERE ticket = ?1 AND id = ?2")?
        .exists(params![ticket.as_str(), id.cast_signed()])?)
}

/// The lowest and highest number that a ticket has.
pub fn ends(tx: &Transaction<'_>, ticket: &TicketId) -> Result<Option<(u64, u64)>, StoreError> {
    let (low, high): (Option<i64>, Option<i64>) = tx
        .prepare_cached("SELECT min(id), max(id) FROM model.messages WHERE ticket = ?1")?
        .query_row([ticket.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(low
        .zip(high)
        .map(|(low, high)| (low.cast_unsigned(), high.cast_unsigned())))
}

/// The lowest number among the newest messages, so many of them.
pub fn shown_from(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    newest: usize,
) -> Result<Option<u64>, StoreError> {
    let lowest: Option<i64> = tx
        .prepare_cached(
            "SELECT min(id) FROM (SELECT id FROM model.messages WHERE ticket = ?1
             ORDER BY at DESC, id DESC LIMIT ?2)",
        )?
        .query_row(
            params![ticket.as_str(), i64::try_from(newest).unwrap_or(i64::MAX)],
            |row| row.get(0),
        )?;
    Ok(lowest.map(i64::cast_unsigned))
}

/// The message that came of an act of writing.
pub fn with_key(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    key: &Key,
) -> Result<Option<Placed>, StoreError> {
    let found = tx
        .prepare_cached(
            "SELECT at, id, key, content FROM model.messages
             WHERE ticket = ?1 AND key = ?2 AND side <> 'double'",
        )?
        .query_row([ticket.as_str(), key.as_str()], raw)
        .optional()?;
    found.map(placed).transpose()
}

/// The newest messages before a place (or of all), newest first, at most so many.
pub fn before(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    place: Option<Place>,
    most: usize,
) -> Result<Vec<Placed>, StoreError> {
    let place = place.unwrap_or(Place {
        at: i64::MAX.cast_unsigned(),
        message: i64::MAX.cast_unsigned(),
    });
    let mut query = tx.prepare_cached(
        "SELECT at, id, key, content FROM model.messages
         WHERE ticket = ?1 AND (at, id) < (?2, ?3) AND side <> 'double'
         ORDER BY at DESC, id DESC LIMIT ?4",
    )?;
    let rows = query.query_map(
        params![
            ticket.as_str(),
            place.at.cast_signed(),
            place.message.cast_signed(),
            i64::try_from(most).unwrap_or(i64::MAX),
        ],
        raw,
    )?;
    rows.map(|row| placed(row?)).collect()
}

/// The place of a message, by its number.
pub fn place_of(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    message: u64,
) -> Result<Option<Place>, StoreError> {
    Ok(tx
        .prepare_cached("SELECT at, id FROM model.messages WHERE ticket = ?1 AND id = ?2")?
        .query_row(params![ticket.as_str(), message.cast_signed()], place)
        .optional()?)
}

/// Whether a message came from this side when it was read last.
pub fn is_of(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    message: u64,
    side: Side,
) -> Result<bool, StoreError> {
    Ok(tx
        .prepare_cached("SELECT 1 FROM model.messages WHERE ticket = ?1 AND id = ?2 AND side = ?3")?
        .exists(params![ticket.as_str(), message.cast_signed(), word(side)])?)
}

/// The message from which on a ticket begun by e-mail is not its customer's to see.
pub fn goes_on_at(tx: &Transaction<'_>, ticket: &TicketId) -> Result<Option<u64>, StoreError> {
    let id: Option<i64> = tx
        .prepare_cached("SELECT min(id) FROM model.messages WHERE ticket = ?1 AND side = ?2")?
        .query_row(params![ticket.as_str(), word(Side::Elsewhere)], |row| {
            row.get(0)
        })?;
    Ok(id.map(i64::cast_unsigned))
}

fn word(side: Side) -> &'static str {
    match side {
        Side::You => "you",
        Side::Agent => "agent",
        Side::Team => "team",
        Side::Somebody => "somebody",
        Side::Elsewhere => "elsewhere",
    }
}

type Raw = (Place, Option<String>, String);

fn raw(row: &rusqlite::Row<'_>) -> rusqlite::Result<Raw> {
    Ok((place(row)?, row.get(2)?, row.get(3)?))
}

fn place(row: &rusqlite::Row<'_>) -> rusqlite::Result<Place> {
    Ok(Place {
        at: row.get::<_, i64>(0)?.cast_unsigned() as Millis,
        message: row.get::<_, i64>(1)?.cast_unsigned(),
    })
}

fn placed((place, key, content): Raw) -> Result<Placed, StoreError> {
    let content: Content = json::read("messages", &content)?;
    Ok(Placed {
        place,
        message: Message {
            id: Message::stored_id(place.message),
            key: key.as_deref().and_then(Key::parse),
            author: content.author,
            at: place.at,
            kind: content.kind,
            body: content.body,
            files: content.files,
            delivery: Delivery::Sent,
        },
    })
}
