//! What a list shows of a ticket, worked out from its messages, its events and what waits in the outbox.

use app::tickets::model::{Author, TicketId};
use rusqlite::{Transaction, params};

use crate::clock::Millis;
use crate::store::seen::Place;
use crate::store::{StoreError, events, json, messages, outbox, seen};
use crate::translate::{self, Side};

/// Writes what a list shows. True if it is different.
pub(super) fn write(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    opened_at: Millis,
    (resolved, cancelled): (bool, bool),
) -> Result<bool, StoreError> {
    let newest_of = |sides: &[Side]| -> Result<Option<Place>, StoreError> {
        let mut newest = None;
        for side in sides {
            newest = newest.max(messages::newest_of(tx, ticket, *side)?);
        }
        Ok(newest)
    };
    let newest = messages::newest(tx, ticket)?;
    let waiting = outbox::waiting(tx, ticket)?;
    let at = [
        newest.as_ref().map(|newest| newest.place.at),
        events::newest(tx, ticket)?,
        waiting.newest.as_ref().map(|(at, _)| *at),
        Some(opened_at),
    ]
    .into_iter()
    .flatten()
    .max();
    let agent = messages::newest_of(tx, ticket, Side::Agent)?;
    let customer = newest_of(&[Side::You, Side::Somebody, Side::Elsewhere])?;
    let status = translate::status(translate::Standing {
        resolved,
        cancelled,
        agent_spoke: agent.is_some(),
        agent_spoke_last: agent > customer && waiting.newest.is_none(),
    });
    let mine = waiting.newest.map(|(_, preview)| (Author::You, preview));
    let last = mine.or(newest.and_then(|newest| newest.last));
    let seen = seen::mark(tx, ticket)?.unwrap_or_default();
    let unread = newest_of(&[Side::Agent, Side::Team])?.is_some_and(|team| team > seen);
    let changed = tx
        .prepare_cached(
            "UPDATE model.tickets SET at = ?2, status = ?3, last = ?4, unread = ?5, delivery = ?6
                 WHERE ticket = ?1
                     AND (at, status, last, unread, delivery) IS NOT (?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            ticket.as_str(),
            at.map(u64::cast_signed),
            json::write("tickets", &status)?,
            last.map(|last| json::write("tickets", &last)).transpose()?,
            unread,
            json::write("tickets", &waiting.delivery)?,
        ])?;
    Ok(changed == 1)
}
