//! The read model's messages: filtered and translated before they come here, so that a thread is one query.

use app::tickets::model::{Author, Delivery, File, Key, Message, MessageKind, TicketId};
use rusqlite::{OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};

use super::seen::Place;
use super::{StoreError, json};
use crate::clock::Millis;
use crate::translate::{Side, Translated, TranslatedFile};

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

/// A message that came twice is kept under this side and shown nowhere.
const DOUBLE: &str = "double";

/// What is shown of a message.
#[derive(Serialize, Deserialize)]
struct Content {
    author: Author,
    kind: MessageKind,
    body: Vec<app::tickets::markup::Node>,
    preview: String,
    files: Vec<File>,
}

/// What came of putting a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It was there like that.
    Unchanged,
    /// It is new, or looks different now.
    Changed,
    /// The same act of writing is there already under another number: kept, never shown. New.
    Double,
}

/// A message with its place in the thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Where.
    pub place: Place,
    /// What.
    pub message: Message,
}

/// Where a file of a ticket is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePlace {
    /// Its name, made safe.
    pub name: String,
    /// Chatwoot's address of it, which needs no token: never for a browser or a log.
    pub url: String,
}

/// Puts a message into its ticket, as part of the version `added`.
pub fn put(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    message: &Translated,
    added: u64,
) -> Result<Put, StoreError> {
    let content = json::write(
        "messages",
        &Content {
            author: message.author.clone(),
            kind: message.kind,
            body: message.body.clone(),
            preview: message.preview.clone(),
            files: message.files.iter().map(|it| it.file.clone()).collect(),
        },
    )?;
    let id = message.id.cast_signed();
    let known: Option<(String, String)> = tx
        .prepare_cached("SELECT side, content FROM model.messages WHERE ticket = ?1 AND id = ?2")?
        .query_row(params![ticket.as_str(), id], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    keep_files(tx, ticket, message.id, &message.files)?;
    match known {
        Some((side, kept)) if kept == content || side == DOUBLE => Ok(Put::Unchanged),
        Some(_) => {
            tx.prepare_cached(
                "UPDATE model.messages SET side = ?3, content = ?4 WHERE ticket = ?1 AND id = ?2",
            )?
            .execute(params![ticket.as_str(), id, word(message.side), content])?;
            Ok(Put::Changed)
        }
        None => {
            let double = match &message.key {
                Some(key) => with_key(tx, ticket, key)?.is_some(),
                None => false,
            };
            let side = if double { DOUBLE } else { word(message.side) };
            tx.prepare_cached(
                "INSERT INTO model.messages (ticket, at, id, key, side, content, added)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                ticket.as_str(),
                message.at.cast_signed(),
                id,
                message.key.as_ref().map(Key::as_str),
                side,
                content,
                added.cast_signed(),
            ])?;
            Ok(if double { Put::Double } else { Put::Changed })
        }
    }
}

fn keep_files(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    message: u64,
    files: &[TranslatedFile],
) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM model.files WHERE ticket = ?1 AND message = ?2")?
        .execute(params![ticket.as_str(), message.cast_signed()])?;
    for it in files {
        tx.prepare_cached(
            "INSERT OR REPLACE INTO model.files (ticket, file, message, name, url)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            ticket.as_str(),
            it.file.id.cast_signed(),
            message.cast_signed(),
            it.file.name,
            it.url,
        ])?;
    }
    Ok(())
}

/// Forgets the messages numbered `from` and above that are not among `present`. True if there were some.
pub fn keep_only(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    from: u64,
    present: &[u64],
) -> Result<bool, StoreError> {
    let kept: Vec<i64> = tx
        .prepare_cached("SELECT id FROM model.messages WHERE ticket = ?1 AND id >= ?2")?
        .query_map(params![ticket.as_str(), from.cast_signed()], |row| {
            row.get(0)
        })?
        .collect::<Result<_, _>>()?;
    let mut forgot = false;
    for id in kept {
        if present.contains(&id.cast_unsigned()) {
            continue;
        }
        for sql in [
            "DELETE FROM model.messages WHERE ticket = ?1 AND id = ?2",
            "DELETE FROM model.files WHERE ticket = ?1 AND message = ?2",
        ] {
            tx.prepare_cached(sql)?
                .execute(params![ticket.as_str(), id])?;
        }
        forgot = true;
    }
    Ok(forgot)
}

/// Forgets all of a ticket's.
pub fn forget_all(tx: &Transaction<'_>, ticket: &TicketId) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM model.messages WHERE ticket = ?1",
        "DELETE FROM model.files WHERE ticket = ?1",
    ] {
        tx.prepare_cached(sql)?.execute([ticket.as_str()])?;
    }
    Ok(())
}

/// Where Chatwoot has a file of a ticket.
pub fn file(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    file: u64,
) -> Result<Option<FilePlace>, StoreError> {
    Ok(tx
        .prepare_cached("SELECT name, url FROM model.files WHERE ticket = ?1 AND file = ?2")?
        .query_row(params![ticket.as_str(), file.cast_signed()], |row| {
            Ok(FilePlace {
                name: row.get(0)?,
                url: row.get(1)?,
            })
        })
        .optional()?)
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

/// The newest message of the support team's that was part of a version.
pub fn newest_of_team(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    version: u64,
) -> Result<Option<Place>, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT at, id FROM model.messages
             WHERE ticket = ?1 AND side IN ('agent', 'team') AND added <= ?2
             ORDER BY at DESC, id DESC LIMIT 1",
        )?
        .query_row(params![ticket.as_str(), version.cast_signed()], place)
        .optional()?)
}

/// The newest message of one side.
pub fn newest_of(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    side: Side,
) -> Result<Option<Place>, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT at, id FROM model.messages WHERE ticket = ?1 AND side = ?2
             ORDER BY at DESC, id DESC LIMIT 1",
        )?
        .query_row(params![ticket.as_str(), word(side)], place)
        .optional()?)
}

/// The newest message, and who wrote last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newest {
    /// Where the newest message is.
    pub place: Place,
    /// Who wrote last and the beginning of it, passing over what has nothing to show.
    pub last: Option<(Author, String)>,
}

/// The newest message of a ticket.
pub fn newest(tx: &Transaction<'_>, ticket: &TicketId) -> Result<Option<Newest>, StoreError> {
    let mut query = tx.prepare_cached(
        "SELECT at, id, key, content FROM model.messages
         WHERE ticket = ?1 AND side <> 'double' ORDER BY at DESC, id DESC LIMIT 10",
    )?;
    let mut first = None;
    for row in query.query_map([ticket.as_str()], raw)? {
        let row = row?;
        let place = row.0;
        let content: Content = json::read("messages", &row.2)?;
        let first = *first.get_or_insert(place);
        let last = match content.kind {
            MessageKind::Text => Some((content.author, content.preview)),
            MessageKind::Unsupported => Some((content.author, String::new())),
            MessageKind::Deleted | MessageKind::SomebodyByEmail => None,
        };
        if last.is_some() {
            return Ok(Some(Newest { place: first, last }));
        }
    }
    Ok(first.map(|place| Newest { place, last: None }))
}

fn word(side: Side) -> &'static str {
    match side {
        Side::You => "you",
        Side::Agent => "agent",
        Side::Team => "team",
        Side::Somebody => "somebody",
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
            id: format!("m{}", place.message),
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
