//! Sessions: one row for each browser that is signed in. The row holds a hash of what the browser has; ending a session deletes it.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::StoreError;
use super::customers::CustomerId;
use crate::clock::Millis;

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS sessions (
    hash BLOB PRIMARY KEY,
    customer INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    device TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sessions_by_customer ON sessions (customer);
CREATE INDEX IF NOT EXISTS sessions_by_use ON sessions (used_at);
";

/// What is stored in place of a session's id.
pub type SessionHash = [u8; 32];

/// A session as it is stored, with what is shown of its customer.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredSession {
    /// Hash of its id.
    pub hash: SessionHash,
    /// Whose it is.
    pub customer: CustomerId,
    /// His verified address.
    pub address: String,
    /// Language of his mails, if he chose one.
    pub language: Option<String>,
    /// He wants mails about answers.
    pub mails: bool,
    /// When it began.
    pub created_at: Millis,
    /// When it was last used, to the minute.
    pub used_at: Millis,
}

/// The session with this hash.
pub fn find(from: &Connection, hash: &SessionHash) -> Result<Option<StoredSession>, StoreError> {
    Ok(from
        .prepare_cached(
            "SELECT s.customer, c.address, c.language, s.created_at, s.used_at, c.mails
             FROM sessions s JOIN customers c ON c.id = s.customer WHERE s.hash = ?1",
        )?
        .query_row([hash], |row| {
            Ok(StoredSession {
                hash: *hash,
                customer: CustomerId::from_row(row.get(0)?),
                address: row.get(1)?,
                language: row.get(2)?,
                created_at: row.get::<_, i64>(3)?.cast_unsigned(),
                used_at: row.get::<_, i64>(4)?.cast_unsigned(),
                mails: row.get(5)?,
            })
        })
        .optional()?)
}

/// A session as its customer sees it.
#[derive(Clone, PartialEq, Eq)]
pub struct OwnSession {
    /// Hash of its id.
    pub hash: SessionHash,
    /// The device that it began on.
    pub device: String,
    /// When it began.
    pub created_at: Millis,
    /// When it was last used, to the minute.
    pub used_at: Millis,
}

/// All of a customer's.
pub fn of_customer(
    tx: &Transaction<'_>,
    customer: CustomerId,
) -> Result<Vec<OwnSession>, StoreError> {
    let mut query = tx.prepare_cached(
        "SELECT hash, device, created_at, used_at FROM sessions WHERE customer = ?1",
    )?;
    let rows = query.query_map([customer.number()], |row| {
        Ok(OwnSession {
            hash: row.get(0)?,
            device: row.get(1)?,
            created_at: row.get::<_, i64>(2)?.cast_unsigned(),
            used_at: row.get::<_, i64>(3)?.cast_unsigned(),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Begins a session.
pub fn begin(
    tx: &Transaction<'_>,
    hash: &SessionHash,
    customer: CustomerId,
    device: &str,
    now: Millis,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO sessions (hash, customer, device, created_at, used_at) VALUES (?1, ?2, ?3, ?4, ?4)",
    )?
    .execute(params![hash, customer.number(), device, now.cast_signed()])?;
    Ok(())
}

/// Remembers that it was used.
pub fn touch(tx: &Transaction<'_>, hash: &SessionHash, now: Millis) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE sessions SET used_at = max(used_at, ?2) WHERE hash = ?1")?
        .execute(params![hash, now.cast_signed()])?;
    Ok(())
}

/// Ends a session.
pub fn end(tx: &Transaction<'_>, hash: &SessionHash) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM sessions WHERE hash = ?1")?
        .execute([hash])?;
    Ok(())
}

/// Ends all of a customer's. Answers how many.
pub fn end_of_customer(tx: &Transaction<'_>, customer: CustomerId) -> Result<usize, StoreError> {
    let ended = tx
        .prepare_cached("DELETE FROM sessions WHERE customer = ?1")?
        .execute([customer.number()])?;
    Ok(ended)
}

/// Ends all there are. Answers how many.
pub fn end_every(tx: &Transaction<'_>) -> Result<usize, StoreError> {
    Ok(tx.execute("DELETE FROM sessions", [])?)
}

/// Forgets sessions that were last used, or began, before these times.
pub fn forget_old(
    tx: &Transaction<'_>,
    used_before: Millis,
    begun_before: Millis,
) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM sessions WHERE used_at < ?1 OR created_at < ?2")?
        .execute(params![
            used_before.cast_signed(),
            begun_before.cast_signed()
        ])?;
    Ok(())
}
