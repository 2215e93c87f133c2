//! How far a customer has seen a ticket: our own mark, in Chatwoot's time and number of a message, so that it outlives a
//! rebuilt read model.

use app::tickets::model::TicketId;
use rusqlite::{OptionalExtension, Transaction, params};

use super::StoreError;
use super::customers::CustomerId;
use crate::clock::Millis;

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS seen (
    ticket TEXT PRIMARY KEY,
    customer INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    message INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

/// The place of a message in its thread: by time and then by number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Unix milliseconds.
    pub at: Millis,
    /// Chatwoot's number.
    pub message: u64,
}

/// How far a ticket was seen; none if it never was marked.
pub fn mark(tx: &Transaction<'_>, ticket: &TicketId) -> Result<Option<Place>, StoreError> {
    Ok(tx
        .prepare_cached("SELECT at, message FROM seen WHERE ticket = ?1")?
        .query_row([ticket.as_str()], |row| {
            Ok(Place {
                at: row.get::<_, i64>(0)?.cast_unsigned(),
                message: row.get::<_, i64>(1)?.cast_unsigned(),
            })
        })
        .optional()?)
}

/// Moves the mark on; it never moves back. True if it moved.
pub fn move_to(
    tx: &Transaction<'_>,
    customer: CustomerId,
    ticket: &TicketId,
    place: Place,
) -> Result<bool, StoreError> {
    let changed = tx
        .prepare_cached(
            "INSERT INTO seen (ticket, customer, at, message) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (ticket) DO UPDATE SET at = excluded.at, message = excluded.message
             WHERE (excluded.at, excluded.message) > (at, message)",
        )?
        .execute(params![
            ticket.as_str(),
            customer.number(),
            place.at.cast_signed(),
            place.message.cast_signed(),
        ])?;
    Ok(changed == 1)
}
