//! What agents wrote in a part of a thread.

use app::tickets::model::TicketId;
use rusqlite::{Transaction, params};

use super::{Placed, placed, raw};
use crate::store::StoreError;
use crate::store::seen::Place;

/// What agents wrote behind one place, up to another and with it, oldest first.
pub fn of_agents(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    after: Place,
    upto: Place,
) -> Result<Vec<Placed>, StoreError> {
    let mut query = tx.prepare_cached(
        "SELECT at, id, key, content FROM model.messages
         WHERE ticket = ?1 AND side = 'agent' AND (at, id) > (?2, ?3) AND (at, id) <= (?4, ?5)
         ORDER BY at, id LIMIT 1000",
    )?;
    let rows = query.query_map(
        params![
            ticket.as_str(),
            after.at.cast_signed(),
            after.message.cast_signed(),
            upto.at.cast_signed(),
            upto.message.cast_signed(),
        ],
        raw,
    )?;
    rows.map(|row| placed(row?)).collect()
}
