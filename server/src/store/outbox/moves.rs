//! How an act of writing goes from state to state.

use app::tickets::model::TicketId;
use rusqlite::{Connection, Transaction, params};

use super::entry::{State, state_word};
use crate::clock::Millis;
use crate::store::StoreError;

/// What its sender says of it counts only while it is to be sent: it may have been taken back or found while he was at it.
const ON_ITS_WAY: &str = "state IN ('queued', 'doubtful', 'handed', 'arrived')";

/// Marks it as sent, before it is: from here on it may have arrived. False if it is no longer to be sent: it was found or taken back.
pub fn mark_sent(tx: &Transaction<'_>, id: i64, now: Millis) -> Result<bool, StoreError> {
    let marked = tx
        .prepare_cached(
            "UPDATE outbox SET state = 'doubtful', attempts = attempts + 1, attempted_at = ?2, not_before = 0
             WHERE id = ?1 AND state IN ('queued', 'doubtful')",
        )?
        .execute(params![id, now.cast_signed()])?;
    Ok(marked == 1)
}

/// What was being sent when the portal ended was given up at that moment at the latest, and no later than its time limit.
pub fn was_cut_off(
    tx: &Transaction<'_>,
    now: Millis,
    longest_call: Millis,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE outbox SET attempted_at = min(?1, attempted_at + ?2)
         WHERE state = 'doubtful' AND not_before = 0 AND attempted_at > 0",
    )?
    .execute(params![now.cast_signed(), longest_call.cast_signed()])?;
    Ok(())
}

/// What was being sent for this ticket was given up at that moment, and nobody knows how it ended.
pub fn broke_off(tx: &Transaction<'_>, ticket: &TicketId, at: Millis) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE outbox SET attempted_at = ?2
         WHERE ticket = ?1 AND state = 'doubtful' AND not_before = 0 AND attempted_at > 0",
    )?
    .execute(params![ticket.as_str(), at.cast_signed()])?;
    Ok(())
}

/// Puts it off, unless it was taken back or found meanwhile. `state` says whether it may have arrived.
pub fn put_off(
    tx: &Transaction<'_>,
    id: i64,
    state: State,
    not_before: Millis,
) -> Result<(), StoreError> {
    tx.prepare_cached(&format!(
        "UPDATE outbox SET state = ?2, not_before = ?3 WHERE id = ?1 AND {ON_ITS_WAY}"
    ))?
    .execute(params![id, state_word(state), not_before.cast_signed()])?;
    Ok(())
}

/// It may have arrived: it was given up at `ended_at`, from when on the time counts until it may be sent again.
pub fn in_doubt(
    tx: &Transaction<'_>,
    id: i64,
    ended_at: Millis,
    not_before: Millis,
) -> Result<(), StoreError> {
    tx.prepare_cached(&format!(
        "UPDATE outbox SET state = 'doubtful', attempted_at = ?2, not_before = ?3
         WHERE id = ?1 AND {ON_ITS_WAY}"
    ))?
    .execute(params![
        id,
        ended_at.cast_signed(),
        not_before.cast_signed()
    ])?;
    Ok(())
}

/// What waits may have arrived by the time this copy of the store is used: it is looked for before it is sent.
pub fn doubt_all(connection: &Connection) -> Result<(), StoreError> {
    connection.execute(
        "UPDATE outbox SET state = 'doubtful', attempts = max(attempts, 1), attempted_at = created_at WHERE state = 'queued'",
        [],
    )?;
    Ok(())
}

/// Says when its last try was whose end nobody knows; 0 for none.
pub fn attempted(tx: &Transaction<'_>, id: i64, at: Millis) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE outbox SET attempted_at = ?2 WHERE id = ?1")?
        .execute(params![id, at.cast_signed()])?;
    Ok(())
}

/// The mail server has it: it is looked for then, and counts from now.
pub fn handed(
    tx: &Transaction<'_>,
    id: i64,
    now: Millis,
    not_before: Millis,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE outbox SET state = 'handed', attempted_at = ?2, not_before = ?3 WHERE id = ?1",
    )?
    .execute(params![id, now.cast_signed(), not_before.cast_signed()])?;
    Ok(())
}

/// It arrived; its ticket is to be seen to.
pub fn arrived(tx: &Transaction<'_>, id: i64, now: Millis) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE outbox SET state = 'arrived', done_at = ?2, not_before = 0 WHERE id = ?1",
    )?
    .execute(params![id, now.cast_signed()])?;
    Ok(())
}

/// The customer wants it back. False if it may have been sent.
pub fn take_back(tx: &Transaction<'_>, id: i64, now: Millis) -> Result<bool, StoreError> {
    let taken = tx
        .prepare_cached(
            "UPDATE outbox SET state = 'taken back', done_at = ?2
             WHERE id = ?1 AND (state = 'queued' OR state = 'failed' AND attempted_at = 0)",
        )?
        .execute(params![id, now.cast_signed()])?;
    Ok(taken == 1)
}

/// What the customer writes undoes a cancellation that was not sent yet.
pub fn take_back_cancels(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    now: Millis,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE outbox SET state = 'taken back', done_at = ?2
         WHERE ticket = ?1 AND kind = 'cancel' AND state = 'queued'",
    )?
    .execute(params![ticket.as_str(), now.cast_signed()])?;
    Ok(())
}

/// It arrived.
pub fn done(tx: &Transaction<'_>, id: i64, now: Millis) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE outbox SET state = 'done', done_at = ?2 WHERE id = ?1")?
        .execute(params![id, now.cast_signed()])?;
    Ok(())
}

/// What surely did not arrive need not rest any longer.
pub fn hurry(tx: &Transaction<'_>) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE outbox SET not_before = min(not_before, 1) WHERE state IN ('queued', 'arrived')",
        [],
    )?;
    Ok(())
}

/// Chatwoot will not take it. `surely` says that it cannot have arrived.
pub fn failed(tx: &Transaction<'_>, id: i64, surely: bool) -> Result<(), StoreError> {
    tx.prepare_cached(&format!(
        "UPDATE outbox SET state = 'failed', attempted_at = iif(?2, 0, attempted_at)
         WHERE id = ?1 AND {ON_ITS_WAY}"
    ))?
    .execute(params![id, surely])?;
    Ok(())
}

/// The mail server had it, and its ticket does not have it.
pub fn lost(tx: &Transaction<'_>, id: i64) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE outbox SET state = 'lost' WHERE id = ?1 AND state = 'handed'")?
        .execute([id])?;
    Ok(())
}

/// The customer asked for it again. It may have arrived all the same, so that it is looked for first.
pub fn again(tx: &Transaction<'_>, id: i64) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE outbox SET state = 'doubtful', attempts = 0, not_before = 0
         WHERE id = ?1 AND state IN ('failed', 'lost')",
    )?
    .execute([id])?;
    Ok(())
}

/// Forgets what arrived before then. The same key gives the same answer until it is forgotten.
pub fn forget_done_before(tx: &Transaction<'_>, then: Millis) -> Result<usize, StoreError> {
    Ok(tx
        .prepare_cached(
            "DELETE FROM outbox WHERE state IN ('done', 'taken back') AND done_at < ?1",
        )?
        .execute([then.cast_signed()])?)
}
