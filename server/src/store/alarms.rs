//! Customers whose contact in Chatwoot was merged or taken over: each is told to the operator once, and counted until it is over.

use rusqlite::{OptionalExtension, Transaction, params};

use super::StoreError;
use super::customers::CustomerId;
use crate::clock::Millis;

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS alarms (
    customer INTEGER PRIMARY KEY REFERENCES customers (id) ON DELETE CASCADE,
    what TEXT NOT NULL,
    since INTEGER NOT NULL
) STRICT;
";

/// What is known of a customer's contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// As it was.
    Before,
    /// This is new.
    New,
    /// What was wrong is over.
    Over,
}

/// Notes what is wrong with a customer's contact; none if it is well.
pub fn note(
    tx: &Transaction<'_>,
    customer: CustomerId,
    what: Option<&str>,
    now: Millis,
) -> Result<Told, StoreError> {
    let known: Option<String> = tx
        .prepare_cached("SELECT what FROM alarms WHERE customer = ?1")?
        .query_row([customer.number()], |row| row.get(0))
        .optional()?;
    if known.as_deref() == what {
        return Ok(Told::Before);
    }
    let Some(what) = what else {
        tx.execute(
            "DELETE FROM alarms WHERE customer = ?1",
            [customer.number()],
        )?;
        return Ok(Told::Over);
    };
    tx.execute(
        "INSERT INTO alarms (customer, what, since) VALUES (?1, ?2, ?3)
         ON CONFLICT (customer) DO UPDATE SET what = excluded.what",
        params![customer.number(), what, now.cast_signed()],
    )?;
    Ok(Told::New)
}

/// How many customers' contacts are not theirs alone.
pub fn count(tx: &Transaction<'_>) -> Result<u64, StoreError> {
    Ok(tx
        .prepare_cached("SELECT count(*) FROM alarms")?
        .query_row([], |row| row.get::<_, i64>(0))?
        .cast_unsigned())
}
