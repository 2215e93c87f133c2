//! Which message shows an agent's name: what names him to a customer who has that message.

use app::tickets::model::TicketId;
use rusqlite::{OptionalExtension, Transaction, params};

use crate::store::StoreError;

/// The number of the newest message of a ticket that shows this agent's name.
pub fn newest_by_agent(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    name: &str,
) -> Result<Option<u64>, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT id FROM model.messages
             WHERE ticket = ?1 AND side = 'agent' AND json_extract(content, '$.author.agent') = ?2
             ORDER BY at DESC, id DESC LIMIT 1",
        )?
        .query_row(params![ticket.as_str(), name], |row| row.get::<_, i64>(0))
        .optional()?
        .map(i64::cast_unsigned))
}
