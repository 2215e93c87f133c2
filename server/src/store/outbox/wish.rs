//! The priority that a customer chose for his new ticket. Chatwoot takes none while it opens one, so that it is set once the ticket is
//! there: a step of its own, which holds up no message.

use app::tickets::model::TicketId;
use app::tickets::priority::Priority;
use rusqlite::{OptionalExtension, Transaction, params};

use crate::clock::Millis;
use crate::store::{StoreError, json};

/// Makes its column, where it is not there yet.
pub fn make(tx: &Transaction<'_>) -> Result<(), StoreError> {
    let has = tx
        .prepare("SELECT 1 FROM pragma_table_info('outbox') WHERE name = 'priority'")?
        .exists([])?;
    if !has {
        tx.execute_batch("ALTER TABLE outbox ADD COLUMN priority TEXT;")?;
    }
    Ok(())
}

/// As a column holds it.
pub(super) fn column(wish: Option<Priority>) -> Result<Option<String>, StoreError> {
    wish.map(|wish| json::write("outbox", &wish)).transpose()
}

/// The same wish, sent again, may name another: the last one counts as long as none is set.
pub fn change(tx: &Transaction<'_>, id: i64, wish: Option<Priority>) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE outbox SET priority = ?2 WHERE id = ?1 AND state IN ('queued', 'doubtful', 'arrived')",
    )?
    .execute(params![id, column(wish)?])?;
    Ok(())
}

/// What a customer chose for a ticket, while it is not set.
pub fn of_ticket(tx: &Transaction<'_>, ticket: &TicketId) -> Result<Option<Priority>, StoreError> {
    let found: Option<String> = tx
        .prepare_cached(
            "SELECT priority FROM outbox
             WHERE ticket = ?1 AND kind = 'open' AND priority IS NOT NULL
                 AND state NOT IN ('done', 'taken back')",
        )?
        .query_row([ticket.as_str()], |row| row.get(0))
        .optional()?;
    found.map(|wish| json::read("outbox", &wish)).transpose()
}

/// A ticket is there. What its customer chose for it is still to be set.
pub fn opened(tx: &Transaction<'_>, id: i64, now: Millis) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE outbox SET state = iif(priority IS NULL, 'done', 'arrived'), attempts = 0, done_at = ?2, not_before = 0
         WHERE id = ?1",
    )?
    .execute(params![id, now.cast_signed()])?;
    Ok(())
}

/// It is about to be set.
pub fn tried(tx: &Transaction<'_>, id: i64) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE outbox SET attempts = attempts + 1 WHERE id = ?1")?
        .execute([id])?;
    Ok(())
}

/// Nobody is asked any more.
pub fn forget_all(tx: &Transaction<'_>) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE outbox SET priority = NULL WHERE priority IS NOT NULL",
        [],
    )?;
    Ok(())
}
