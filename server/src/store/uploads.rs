//! Files that customers sent and that wait for their message, or with it: one row for each. The bytes are in a file of their own, sealed
//! under a key that is in the row, so that a file whose row is gone is nothing any more.

use std::collections::HashSet;
use std::time::Duration;

use app::tickets::model::FileKind;
use app::tickets::upload::UploadId;
use rusqlite::{OptionalExtension, Row as SqlRow, Transaction, params};

use super::customers::CustomerId;
use super::{StoreError, json};
use crate::clock::Millis;

/// A file that neither a message nor a draft has taken for this long is forgotten.
const LIFE: Duration = Duration::from_hours(24);
/// What has arrived is shown from here until the thread has it from Chatwoot, but no longer than this.
const SHOWN: Duration = Duration::from_mins(10);
/// A file counts as so many bytes at least: small ones take room too.
pub const LEAST: u64 = 64 * 1024;

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS uploads (
    customer INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    file TEXT UNIQUE,
    size INTEGER NOT NULL,
    kind TEXT NOT NULL,
    content_type TEXT NOT NULL,
    about BLOB NOT NULL,
    draft TEXT,
    entry INTEGER REFERENCES outbox (id) ON DELETE CASCADE,
    place INTEGER NOT NULL DEFAULT 0,
    used_at INTEGER NOT NULL,
    PRIMARY KEY (customer, id)
) STRICT;
CREATE INDEX IF NOT EXISTS uploads_by_entry ON uploads (entry) WHERE entry IS NOT NULL;
";

/// A file as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The browser's name of it.
    pub id: UploadId,
    /// Its name in the folder; none once Chatwoot has it.
    pub file: Option<String>,
    /// Bytes.
    pub size: u64,
    /// How it can be shown.
    pub kind: FileKind,
    /// What it is, by its content.
    pub content_type: String,
    /// Its name and key: sealed while it waits for a message, plain as the message's text from then on.
    pub about: Vec<u8>,
    /// The act of writing that took it.
    pub entry: Option<i64>,
}

const COLUMNS: &str = "id, file, size, kind, content_type, about, entry";

/// A customer's file.
pub fn find(
    tx: &Transaction<'_>,
    customer: CustomerId,
    id: &UploadId,
) -> Result<Option<Row>, StoreError> {
    tx.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM uploads WHERE customer = ?1 AND id = ?2"
    ))?
    .query_row(params![customer.number(), id.as_str()], |it| Ok(row(it)))
    .optional()?
    .transpose()
}

/// The files that an act of writing took, in order.
pub fn of_entry(tx: &Transaction<'_>, entry: i64) -> Result<Vec<Row>, StoreError> {
    let mut query = tx.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM uploads WHERE entry = ?1 ORDER BY place"
    ))?;
    let rows = query.query_map([entry], |it| Ok(row(it)))?;
    rows.map(|row| row?).collect()
}

/// Keeps a new one.
pub fn add(
    tx: &Transaction<'_>,
    customer: CustomerId,
    new: &Row,
    now: Millis,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO uploads (customer, id, file, size, kind, content_type, about, used_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        customer.number(),
        new.id.as_str(),
        new.file,
        new.size.cast_signed(),
        json::write("uploads", &new.kind)?,
        new.content_type,
        new.about,
        now.cast_signed(),
    ])?;
    Ok(())
}

/// An act of writing takes it. `about` is plain from now on.
pub fn take(
    tx: &Transaction<'_>,
    customer: CustomerId,
    id: &UploadId,
    entry: i64,
    (place, about): (usize, &[u8]),
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE uploads SET entry = ?3, place = ?4, about = ?5, draft = NULL
         WHERE customer = ?1 AND id = ?2",
    )?
    .execute(params![
        customer.number(),
        id.as_str(),
        entry,
        i64::try_from(place).unwrap_or_default(),
        about,
    ])?;
    Ok(())
}

/// The act of writing that took it was taken back: it waits again. `about` is sealed again.
pub fn give_back(
    tx: &Transaction<'_>,
    customer: CustomerId,
    id: &UploadId,
    about: &[u8],
    now: Millis,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE uploads SET entry = NULL, about = ?3, used_at = ?4 WHERE customer = ?1 AND id = ?2",
    )?
    .execute(params![
        customer.number(),
        id.as_str(),
        about,
        now.cast_signed()
    ])?;
    Ok(())
}

/// These are the files of a draft now, and no others.
pub fn in_draft(
    tx: &Transaction<'_>,
    customer: CustomerId,
    draft: &str,
    files: &[UploadId],
    now: Millis,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE uploads SET draft = NULL, used_at = ?3 WHERE customer = ?1 AND draft = ?2",
    )?
    .execute(params![customer.number(), draft, now.cast_signed()])?;
    let mut put = tx.prepare_cached(
        "UPDATE uploads SET draft = ?3 WHERE customer = ?1 AND id = ?2 AND entry IS NULL",
    )?;
    for file in files {
        put.execute(params![customer.number(), file.as_str(), draft])?;
    }
    Ok(())
}

/// Removes one that nothing has taken; answers its name in the folder.
pub fn drop(
    tx: &Transaction<'_>,
    customer: CustomerId,
    id: &UploadId,
) -> Result<Option<String>, StoreError> {
    Ok(tx
        .prepare_cached(
            "DELETE FROM uploads WHERE customer = ?1 AND id = ?2 AND entry IS NULL RETURNING file",
        )?
        .query_row(params![customer.number(), id.as_str()], |row| row.get(0))
        .optional()?
        .flatten())
}

/// Bytes that a customer has waiting, and that wait in all.
pub fn waiting(tx: &Transaction<'_>, customer: CustomerId) -> Result<(u64, u64), StoreError> {
    let (own, all): (i64, i64) = tx
        .prepare_cached(
            "SELECT ifnull(sum(iif(customer = ?1, max(size, ?2), 0)), 0), ifnull(sum(max(size, ?2)), 0)
             FROM uploads WHERE file IS NOT NULL",
        )?
        .query_row(params![customer.number(), LEAST.cast_signed()], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    Ok((own.cast_unsigned(), all.cast_unsigned()))
}

/// Forgets what nothing took in time; answers the names in the folder.
pub fn forget_unused(tx: &Transaction<'_>, now: Millis) -> Result<Vec<String>, StoreError> {
    // A draft that was sent, emptied or forgotten holds none.
    tx.prepare_cached(
        "UPDATE uploads SET draft = NULL, used_at = ?1
         WHERE draft IS NOT NULL AND NOT EXISTS (
             SELECT 1 FROM drafts WHERE drafts.customer = uploads.customer
             AND drafts.ticket = uploads.draft AND sealed IS NOT NULL)",
    )?
    .execute([now.cast_signed()])?;
    let then = now.saturating_sub(millis(LIFE)).cast_signed();
    names(
        tx,
        "DELETE FROM uploads WHERE entry IS NULL AND draft IS NULL AND used_at < ?1 RETURNING file",
        [then],
    )
}

/// Lets go of the bytes of what Chatwoot has, and of their key, once the thread shows it from there; and of what it refused in a ticket that
/// is in its customer's whole list no more, so that he can neither send it nor take it back. Answers the names in the folder.
pub fn release(tx: &Transaction<'_>, now: Millis) -> Result<Vec<String>, StoreError> {
    let then = now.saturating_sub(millis(SHOWN)).cast_signed();
    let long_ago = now.saturating_sub(millis(LIFE)).cast_signed();
    // The names that are answered are those of before.
    let released = names(
        tx,
        "SELECT file FROM uploads WHERE file IS NOT NULL AND entry IN (SELECT id FROM outbox AS o
             WHERE o.state = 'done' AND (o.done_at < ?1 OR EXISTS (
                 SELECT 1 FROM model.messages AS m WHERE m.ticket = o.ticket AND m.key = o.key))
             OR o.state IN ('failed', 'lost') AND o.created_at < ?2
                 AND NOT EXISTS (SELECT 1 FROM model.tickets AS t WHERE t.ticket = o.ticket)
                 AND EXISTS (SELECT 1 FROM model.lists AS l
                     WHERE l.customer = o.customer AND l.filled_at IS NOT NULL AND NOT l.stale))",
        [then, long_ago],
    )?;
    let mut clear = tx.prepare_cached(
        "UPDATE uploads SET file = NULL, about = CAST(json_remove(CAST(about AS TEXT), '$.key') AS BLOB) WHERE file = ?1",
    )?;
    for file in &released {
        clear.execute([file])?;
    }
    Ok(released)
}

/// The names in the folder of all that a customer has.
pub fn files_of(tx: &Transaction<'_>, customer: CustomerId) -> Result<Vec<String>, StoreError> {
    names(
        tx,
        "SELECT file FROM uploads WHERE customer = ?1",
        [customer.number()],
    )
}

/// All names in the folder that a row has.
pub fn known(tx: &Transaction<'_>) -> Result<HashSet<String>, StoreError> {
    Ok(names(tx, "SELECT file FROM uploads", [])?
        .into_iter()
        .collect())
}

fn names(
    tx: &Transaction<'_>,
    sql: &str,
    values: impl rusqlite::Params,
) -> Result<Vec<String>, StoreError> {
    let mut query = tx.prepare_cached(sql)?;
    let rows = query.query_map(values, |row| row.get::<_, Option<String>>(0))?;
    let found: Vec<Option<String>> = rows.collect::<Result<_, _>>()?;
    Ok(found.into_iter().flatten().collect())
}

fn row(row: &SqlRow<'_>) -> Result<Row, StoreError> {
    let odd = || StoreError::Row("uploads", "an id is no UUID".to_owned());
    Ok(Row {
        id: UploadId::parse(&row.get::<_, String>(0)?).ok_or_else(odd)?,
        file: row.get(1)?,
        size: row.get::<_, i64>(2)?.cast_unsigned(),
        kind: json::read("uploads", &row.get::<_, String>(3)?)?,
        content_type: row.get(4)?,
        about: row.get(5)?,
        entry: row.get(6)?,
    })
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
