//! What customers are writing: one row for each ticket, and one for the new ticket. The words are sealed before they get here; a row without
//! words says that they were sent or emptied, so that a write that comes late does not bring them back.

use std::time::Duration;

use app::tickets::model::{Key, TicketId};
use rusqlite::{OptionalExtension, Transaction, params};

use super::StoreError;
use super::customers::CustomerId;
use crate::clock::Millis;

/// A draft that nobody went on with for this long is forgotten.
const LIFE: Duration = Duration::from_hours(30 * 24);
/// What stands for the new ticket in place of a ticket's id.
const NEW: &str = "new";

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS drafts (
    customer INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    ticket TEXT NOT NULL,
    key TEXT NOT NULL,
    sealed BLOB,
    version INTEGER NOT NULL,
    page TEXT NOT NULL,
    number INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (customer, ticket)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS drafts_by_time ON drafts (updated_at);
";

/// A draft as it is stored.
pub struct Row {
    /// The act of writing that it becomes.
    pub key: String,
    /// Its words, sealed; none if there are none any more.
    pub sealed: Option<Vec<u8>>,
    /// Grows with each change.
    pub version: u64,
    /// The page that last kept it.
    pub page: String,
    /// That page's count.
    pub number: u64,
}

/// The name of a draft: that of its ticket, or of the new one.
pub fn name(ticket: Option<&TicketId>) -> &str {
    ticket.map_or(NEW, TicketId::as_str)
}

/// The draft of a ticket, or of the new one.
pub fn find(
    tx: &Transaction<'_>,
    customer: CustomerId,
    ticket: Option<&TicketId>,
) -> Result<Option<Row>, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT key, sealed, version, page, number FROM drafts WHERE customer = ?1 AND ticket = ?2",
        )?
        .query_row(params![customer.number(), name(ticket)], |row| {
            Ok(Row {
                key: row.get(0)?,
                sealed: row.get(1)?,
                version: row.get::<_, i64>(2)?.cast_unsigned(),
                page: row.get(3)?,
                number: row.get::<_, i64>(4)?.cast_unsigned(),
            })
        })
        .optional()?)
}

/// Puts it in place of what is there.
pub fn put(
    tx: &Transaction<'_>,
    customer: CustomerId,
    ticket: Option<&TicketId>,
    row: &Row,
    now: Millis,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT OR REPLACE INTO drafts (customer, ticket, key, sealed, version, page, number, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        customer.number(),
        name(ticket),
        row.key,
        row.sealed,
        row.version.cast_signed(),
        row.page,
        row.number.cast_signed(),
        now.cast_signed(),
    ])?;
    Ok(())
}

/// How many drafts with words a customer has.
pub fn count(tx: &Transaction<'_>, customer: CustomerId) -> Result<u32, StoreError> {
    Ok(tx
        .prepare_cached("SELECT count(*) FROM drafts WHERE customer = ?1 AND sealed IS NOT NULL")?
        .query_row([customer.number()], |row| row.get(0))?)
}

/// An act of writing was taken to be sent: its draft is none any more.
pub fn sent(
    tx: &Transaction<'_>,
    customer: CustomerId,
    key: &Key,
    now: Millis,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE drafts SET sealed = NULL, version = version + 1, updated_at = ?3
         WHERE customer = ?1 AND key = ?2",
    )?
    .execute(params![customer.number(), key.as_str(), now.cast_signed()])?;
    Ok(())
}

/// Forgets what nobody went on with.
pub fn forget_old(tx: &Transaction<'_>, now: Millis) -> Result<(), StoreError> {
    let life = u64::try_from(LIFE.as_millis()).unwrap_or(u64::MAX);
    tx.prepare_cached("DELETE FROM drafts WHERE updated_at < ?1")?
        .execute([now.saturating_sub(life).cast_signed()])?;
    Ok(())
}
