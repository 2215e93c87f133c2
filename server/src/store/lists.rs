//! The read model's word on each customer's list as a whole: its version, how many tickets, whether it was ever filled.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::StoreError;
use super::customers::CustomerId;
use crate::clock::Millis;

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS model.lists (
    customer INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    total INTEGER NOT NULL DEFAULT 0,
    filled_at INTEGER,
    stale INTEGER NOT NULL DEFAULT 0,
    blocked INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS model.polls (
    inbox INTEGER PRIMARY KEY,
    began_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS model.with_priorities (one INTEGER PRIMARY KEY CHECK (one = 1)) STRICT;
";

/// A customer's list as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// Changes whenever anything in it does.
    pub version: u64,
    /// How many tickets it has.
    pub total: u32,
    /// When it was last filled as a whole; none if it never was.
    pub filled_at: Option<Millis>,
    /// Something may have been missed since: it is to be filled again.
    pub stale: bool,
    /// Chatwoot's agents have blocked this customer: he reads, and does not write.
    pub blocked: bool,
}

/// A customer's list; an empty one that was never filled if there is none.
pub fn find(from: &Connection, customer: CustomerId) -> Result<List, StoreError> {
    Ok(from
        .prepare_cached(
            "SELECT version, total, filled_at, stale, blocked FROM model.lists WHERE customer = ?1",
        )?
        .query_row([customer.number()], |row| {
            Ok(List {
                version: row.get::<_, i64>(0)?.cast_unsigned(),
                total: row.get(1)?,
                filled_at: row.get::<_, Option<i64>>(2)?.map(i64::cast_unsigned),
                stale: row.get(3)?,
                blocked: row.get(4)?,
            })
        })
        .optional()?
        .unwrap_or_default())
}

/// Something in it changed, and so many tickets came or (below zero) went.
pub fn moved(
    tx: &Transaction<'_>,
    customer: CustomerId,
    tickets: i64,
    now: Millis,
) -> Result<(), StoreError> {
    // What still runs for somebody who was forgotten leaves nothing.
    tx.prepare_cached(
        "INSERT INTO model.lists (customer, version, total)
         SELECT ?1, ?2, max(?3, 0) FROM main.customers WHERE id = ?1
         ON CONFLICT (customer) DO UPDATE
         SET version = max(version + 1, ?2), total = max(total + ?3, 0)",
    )?
    .execute(params![customer.number(), now.cast_signed(), tickets])?;
    Ok(())
}

/// It was filled as a whole, from a listing that began at `began_at`.
pub fn filled(
    tx: &Transaction<'_>,
    customer: CustomerId,
    began_at: Millis,
    now: Millis,
) -> Result<(), StoreError> {
    moved(tx, customer, 0, now)?;
    tx.prepare_cached(
        "UPDATE model.lists SET filled_at = ?2, stale = 0,
             total = (SELECT count(*) FROM model.tickets WHERE tickets.customer = ?1)
         WHERE customer = ?1",
    )?
    .execute(params![customer.number(), began_at.cast_signed()])?;
    Ok(())
}

/// All lists may have missed something, and are to be filled again.
pub fn all_stale(tx: &Transaction<'_>) -> Result<(), StoreError> {
    tx.execute("UPDATE model.lists SET stale = 1", [])?;
    Ok(())
}

/// Whether lists have priorities from now on. Those that had none are to be filled again.
pub fn have_priorities(tx: &Transaction<'_>, have: bool) -> Result<(), StoreError> {
    if !have {
        tx.execute("DELETE FROM model.with_priorities", [])?;
        return Ok(());
    }
    let new = tx.execute(
        "INSERT INTO model.with_priorities (one) VALUES (1) ON CONFLICT (one) DO NOTHING",
        [],
    )?;
    if new == 1 { all_stale(tx) } else { Ok(()) }
}

/// The next customer whose list may have missed something, was filled before, and who wants mails about what came.
pub fn next_stale(
    tx: &Transaction<'_>,
    after: Option<CustomerId>,
) -> Result<Option<CustomerId>, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT lists.customer FROM model.lists JOIN main.customers ON customers.id = lists.customer
             WHERE stale = 1 AND filled_at IS NOT NULL AND mails = 1 AND lists.customer > ?1
             ORDER BY lists.customer LIMIT 1",
        )?
        .query_row([after.map_or(0, CustomerId::number)], |row| {
            Ok(CustomerId::from_row(row.get(0)?))
        })
        .optional()?)
}

/// A customer's list is to be filled again when he comes.
pub fn stale(tx: &Transaction<'_>, customer: CustomerId) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE model.lists SET stale = 1 WHERE customer = ?1")?
        .execute([customer.number()])?;
    Ok(())
}

/// Whether agents have blocked the customer. True if that is new.
pub fn set_blocked(
    tx: &Transaction<'_>,
    customer: CustomerId,
    blocked: bool,
    now: Millis,
) -> Result<bool, StoreError> {
    if find(tx, customer)?.blocked == blocked {
        return Ok(false);
    }
    moved(tx, customer, 0, now)?;
    tx.prepare_cached("UPDATE model.lists SET blocked = ?2 WHERE customer = ?1")?
        .execute(params![customer.number(), blocked])?;
    Ok(true)
}

/// When the last poll of an inbox that was answered had been asked.
pub fn polled(tx: &Transaction<'_>, inbox: u64) -> Result<Option<Millis>, StoreError> {
    Ok(tx
        .prepare_cached("SELECT began_at FROM model.polls WHERE inbox = ?1")?
        .query_row([inbox.cast_signed()], |row| row.get::<_, i64>(0))
        .optional()?
        .map(i64::cast_unsigned))
}

/// A poll of an inbox that was asked then has been answered, and what it said is in.
pub fn set_polled(tx: &Transaction<'_>, inbox: u64, began_at: Millis) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO model.polls (inbox, began_at) VALUES (?1, ?2)
         ON CONFLICT (inbox) DO UPDATE SET began_at = excluded.began_at",
    )?
    .execute(params![inbox.cast_signed(), began_at.cast_signed()])?;
    Ok(())
}

/// Forgets when all other inboxes were polled.
pub fn forget_polls_but(tx: &Transaction<'_>, inbox: u64) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM model.polls WHERE inbox <> ?1",
        [inbox.cast_signed()],
    )?;
    Ok(())
}
