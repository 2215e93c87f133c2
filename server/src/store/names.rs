//! What customers are called: their own wish, which is kept until Chatwoot has it, or what agents write.

use rusqlite::{OptionalExtension, Transaction, params};

use super::StoreError;
use super::customers::CustomerId;
use crate::clock::Millis;

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS names (
    customer INTEGER PRIMARY KEY REFERENCES customers (id) ON DELETE CASCADE,
    due INTEGER NOT NULL,
    count INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS names_by_due ON names (due);
";

/// That Chatwoot is yet to be told what a customer is called.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// Who.
    pub customer: CustomerId,
    /// When it is to be told.
    pub due: Millis,
    /// How often he has changed his mind since it was last told.
    count: i64,
}

/// He wants to be called so, or with none what stands before the @ of his address.
pub fn set(
    tx: &Transaction<'_>,
    customer: CustomerId,
    name: Option<&str>,
    now: Millis,
) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE customers SET name = ?2 WHERE id = ?1")?
        .execute(params![customer.number(), name])?;
    tx.prepare_cached(
        "INSERT INTO names (customer, due, count) VALUES (?1, ?2, 1)
         ON CONFLICT (customer) DO UPDATE SET due = excluded.due, count = count + 1",
    )?
    .execute(params![customer.number(), now.cast_signed()])?;
    Ok(())
}

/// Agents call him so. It counts if nothing has changed since he was called `before`, and Chatwoot knows of what he wants himself.
pub fn learn(
    tx: &Transaction<'_>,
    customer: CustomerId,
    before: Option<&str>,
    name: &str,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE customers SET name = ?3 WHERE id = ?1 AND name IS ?2
         AND NOT EXISTS (SELECT 1 FROM names WHERE customer = ?1)",
    )?
    .execute(params![customer.number(), before, name])?;
    Ok(())
}

/// What is to be told first.
pub fn next(tx: &Transaction<'_>) -> Result<Option<Wish>, StoreError> {
    Ok(tx
        .prepare_cached("SELECT customer, due, count FROM names ORDER BY due LIMIT 1")?
        .query_row([], |row| {
            Ok(Wish {
                customer: CustomerId::from_row(row.get(0)?),
                due: row.get::<_, i64>(1)?.cast_unsigned(),
                count: row.get(2)?,
            })
        })
        .optional()?)
}

/// It was told, unless he has changed his mind meanwhile.
pub fn told(tx: &Transaction<'_>, wish: &Wish) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM names WHERE customer = ?1 AND count = ?2")?
        .execute(params![wish.customer.number(), wish.count])?;
    Ok(())
}

/// It could not be told; it is tried again then, unless he has changed his mind meanwhile.
pub fn put_off(tx: &Transaction<'_>, wish: &Wish, until: Millis) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE names SET due = ?3 WHERE customer = ?1 AND count = ?2")?
        .execute(params![
            wish.customer.number(),
            wish.count,
            until.cast_signed()
        ])?;
    Ok(())
}

/// He has a contact now: what waited for one waits no longer. Answers whether anything did.
pub fn hurry(tx: &Transaction<'_>, customer: CustomerId, now: Millis) -> Result<bool, StoreError> {
    let waited = tx
        .prepare_cached("UPDATE names SET due = min(due, ?2) WHERE customer = ?1")?
        .execute(params![customer.number(), now.cast_signed()])?;
    Ok(waited > 0)
}
