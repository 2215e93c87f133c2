//! What Chatwoot is yet to be told was seen: one row for a ticket, however often something of it was.

use app::tickets::model::TicketId;
use rusqlite::{OptionalExtension, Transaction, params};

use super::StoreError;
use super::customers::CustomerId;
use crate::clock::Millis;

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS read_marks (
    ticket TEXT PRIMARY KEY,
    customer INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    due INTEGER NOT NULL,
    count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS read_marks_by_due ON read_marks (due);
";

/// That something of a ticket was seen.
#[derive(Clone, Debug)]
pub struct Mark {
    /// Which.
    pub ticket: TicketId,
    /// By whom.
    pub customer: CustomerId,
    /// When it is to be told.
    pub due: Millis,
    /// How often something was seen since it was last told.
    count: i64,
}

/// Something was seen, to be told by then; if there is something to tell already, with it.
pub fn want(
    tx: &Transaction<'_>,
    customer: CustomerId,
    ticket: &TicketId,
    due: Millis,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO read_marks (ticket, customer, due, count) VALUES (?1, ?2, ?3, 1)
         ON CONFLICT (ticket) DO UPDATE SET count = count + 1",
    )?
    .execute(params![
        ticket.as_str(),
        customer.number(),
        due.cast_signed()
    ])?;
    Ok(())
}

/// What is to be told first.
pub fn next(tx: &Transaction<'_>) -> Result<Option<Mark>, StoreError> {
    Ok(tx
        .prepare_cached("SELECT ticket, customer, due, count FROM read_marks ORDER BY due LIMIT 1")?
        .query_row([], |row| {
            Ok(Mark {
                ticket: TicketId::from(row.get::<_, String>(0)?),
                customer: CustomerId::from_row(row.get(1)?),
                due: row.get::<_, i64>(2)?.cast_unsigned(),
                count: row.get(3)?,
            })
        })
        .optional()?)
}

/// It was told, but for what was seen meanwhile.
pub fn told(tx: &Transaction<'_>, mark: &Mark) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM read_marks WHERE ticket = ?1 AND count = ?2")?
        .execute(params![mark.ticket.as_str(), mark.count])?;
    Ok(())
}

/// It could not be told; it is tried again then.
pub fn put_off(tx: &Transaction<'_>, mark: &Mark, until: Millis) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE read_marks SET due = ?2 WHERE ticket = ?1")?
        .execute(params![mark.ticket.as_str(), until.cast_signed()])?;
    Ok(())
}
