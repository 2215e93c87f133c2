//! What customers wrote and is on its way to Chatwoot. A row is on disk before its customer is told that it is taken.
//!
//! A row is marked doubtful before it is sent, so that whoever finds it after a crash knows that it may have arrived.

mod entry;
mod moves;
mod waiting;
pub mod wish;

use app::tickets::model::{Key, TicketId};
use app::tickets::upload::UploadId;
use rusqlite::{OptionalExtension, Transaction, params};

use entry::{COLUMNS, entry, kind_word};
pub use entry::{Entry, Kind, NewEntry, State};
pub use moves::{
    again, arrived, attempted, broke_off, done, doubt_all, failed, forget_done_before, handed,
    hurry, in_doubt, lost, mark_sent, put_off, take_back, take_back_cancels, was_cut_off,
};
pub use waiting::{Waiting, last_unsent, unseen_numbers, unseen_of, waiting, written};

use super::customers::CustomerId;
use super::{StoreError, uploads};
use crate::clock::Millis;

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    customer INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    ticket TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    attempted_at INTEGER NOT NULL DEFAULT 0,
    not_before INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    done_at INTEGER,
    UNIQUE (customer, key)
) STRICT;
CREATE INDEX IF NOT EXISTS outbox_by_ticket ON outbox (ticket, id);
CREATE INDEX IF NOT EXISTS outbox_on_its_way ON outbox (ticket, id) WHERE state IN ('queued', 'doubtful', 'arrived');
CREATE INDEX IF NOT EXISTS outbox_ended ON outbox (done_at) WHERE state IN ('done', 'taken back');
";

/// Stores an act of writing, which takes files: each with what is kept of it besides.
pub fn add(
    tx: &Transaction<'_>,
    new: &NewEntry,
    files: &[(UploadId, Vec<u8>)],
    now: Millis,
) -> Result<Entry, StoreError> {
    tx.prepare_cached(
        "INSERT INTO outbox (customer, key, ticket, kind, subject, text, state, created_at, priority)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'queued', ?7, ?8)",
    )?
    .execute(params![
        new.customer.number(),
        new.key.as_str(),
        new.ticket.as_str(),
        kind_word(new.kind),
        new.subject,
        new.text,
        now.cast_signed(),
        wish::column(new.priority)?,
    ])?;
    let id = tx.last_insert_rowid();
    for (place, (file, about)) in files.iter().enumerate() {
        uploads::take(tx, new.customer, file, id, (place, about))?;
    }
    with_key(tx, new.customer, &new.key)?
        .ok_or_else(|| StoreError::Row("outbox", "a row just made is not there".to_owned()))
}

/// What a customer stored under a key.
pub fn with_key(
    tx: &Transaction<'_>,
    customer: CustomerId,
    key: &Key,
) -> Result<Option<Entry>, StoreError> {
    let found = tx
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM outbox WHERE customer = ?1 AND key = ?2"
        ))?
        .query_row(params![customer.number(), key.as_str()], |row| {
            Ok(entry(row))
        })
        .optional()?
        .transpose()?;
    found.map(|entry| with_files(tx, entry)).transpose()
}

fn with_files(tx: &Transaction<'_>, entry: Entry) -> Result<Entry, StoreError> {
    let files = uploads::of_entry(tx, entry.id)?;
    Ok(Entry { files, ..entry })
}

/// The first of a ticket's that is to be sent. Behind an opening that failed nothing is.
pub fn next_of(tx: &Transaction<'_>, ticket: &TicketId) -> Result<Option<Entry>, StoreError> {
    let stuck = tx
        .prepare_cached(
            "SELECT 1 FROM outbox WHERE ticket = ?1 AND kind = 'open' AND state = 'failed'",
        )?
        .exists([ticket.as_str()])?;
    if stuck {
        return Ok(None);
    }
    // What is left to do of an opening that arrived holds up nothing.
    let first = tx
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM outbox
             WHERE ticket = ?1 AND state IN ('queued', 'doubtful', 'arrived')
             ORDER BY kind = 'open' AND state = 'arrived', id LIMIT 1"
        ))?
        .query_row([ticket.as_str()], |row| Ok(entry(row)))
        .optional()?
        .transpose()?;
    // A mail that is on its way holds up no other, but what closes the ticket: it would open it again.
    let cancel = match first {
        Some(first) if first.kind != Kind::Cancel => return with_files(tx, first).map(Some),
        cancel => cancel,
    };
    let handed = all(tx, "ticket = ?1 AND state = 'handed'", [ticket.as_str()])?;
    Ok(handed
        .into_iter()
        .min_by_key(|entry| entry.not_before)
        .or(cancel))
}

/// All tickets that have something to be sent.
pub fn tickets_to_do(tx: &Transaction<'_>) -> Result<Vec<TicketId>, StoreError> {
    let mut query = tx.prepare_cached(
        "SELECT DISTINCT ticket FROM outbox WHERE state IN ('queued', 'doubtful', 'handed', 'arrived')",
    )?;
    let rows = query.query_map([], |row| row.get::<_, String>(0))?;
    rows.map(|row| super::tickets::ticket_id("outbox", &row?))
        .collect()
}

/// Openings that are not done, for a read model that was rebuilt.
pub fn openings(tx: &Transaction<'_>) -> Result<Vec<Entry>, StoreError> {
    all(
        tx,
        "kind = 'open' AND state IN ('queued', 'doubtful', 'failed')",
        [],
    )
}

/// When a cancellation of the ticket last ended in doubt: it may come late, and must not close what was opened again since.
pub fn doubtful_cancel(tx: &Transaction<'_>, ticket: &TicketId) -> Result<Millis, StoreError> {
    let at: i64 = tx
        .prepare_cached(
            "SELECT ifnull(max(attempted_at), 0) FROM outbox
             WHERE ticket = ?1 AND kind = 'cancel' AND state = 'done'",
        )?
        .query_row([ticket.as_str()], |row| row.get(0))?;
    Ok(at.cast_unsigned())
}

/// When the nth newest of a ticket's texts arrived; none if fewer did.
pub fn arrived_nth(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    nth: u32,
) -> Result<Option<Millis>, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT done_at FROM outbox WHERE ticket = ?1 AND state = 'done'
             ORDER BY id DESC LIMIT 1 OFFSET ?2",
        )?
        .query_row(params![ticket.as_str(), nth.saturating_sub(1)], |row| {
            row.get::<_, Option<i64>>(0)
        })
        .optional()?
        .flatten()
        .map(i64::cast_unsigned))
}

fn all(
    tx: &Transaction<'_>,
    condition: &str,
    values: impl rusqlite::Params,
) -> Result<Vec<Entry>, StoreError> {
    let entries = bare(tx, condition, values)?.into_iter();
    entries.map(|entry| with_files(tx, entry)).collect()
}

/// Without their files.
fn bare(
    tx: &Transaction<'_>,
    condition: &str,
    values: impl rusqlite::Params,
) -> Result<Vec<Entry>, StoreError> {
    let mut query = tx.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM outbox WHERE {condition} ORDER BY id"
    ))?;
    let rows = query.query_map(values, |row| Ok(entry(row)))?;
    rows.map(|row| row?).collect()
}
