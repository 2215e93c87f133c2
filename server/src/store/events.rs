//! The read model's lines in a thread that nobody wrote: cancelled, solved, reopened, as far as we know of it ourselves.

use app::tickets::model::{Event, EventKind, TicketId};
use rusqlite::{OptionalExtension, Transaction, params};

use super::seen::Place;
use super::{StoreError, json};
use crate::clock::Millis;

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS model.events (
    ticket TEXT NOT NULL,
    at INTEGER NOT NULL,
    after INTEGER NOT NULL,
    n INTEGER NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (ticket, at, after, n)
) STRICT, WITHOUT ROWID;
";

/// An event with its place: it comes after the message of that place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedEvent {
    /// Where.
    pub place: Place,
    /// What.
    pub event: Event,
}

/// Adds an event behind the newest message, at a time not before that.
pub fn add(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    kind: EventKind,
    at: Millis,
) -> Result<(), StoreError> {
    let newest = super::messages::newest(tx, ticket)?.map(|newest| newest.place);
    let after = newest.map_or(0, |place| place.message);
    // Chatwoot tells whole seconds: within the same one, its message came first.
    let at = newest.map_or(at, |place| at.max(place.at));
    tx.prepare_cached(
        "INSERT INTO model.events (ticket, at, after, n, kind)
         SELECT ?1, ?2, ?3, coalesce(max(n), 0) + 1, ?4 FROM model.events WHERE ticket = ?1",
    )?
    .execute(params![
        ticket.as_str(),
        at.cast_signed(),
        after.cast_signed(),
        json::write("events", &kind)?,
    ])?;
    Ok(())
}

/// When the newest happened.
pub fn newest(tx: &Transaction<'_>, ticket: &TicketId) -> Result<Option<Millis>, StoreError> {
    Ok(tx
        .prepare_cached("SELECT at FROM model.events WHERE ticket = ?1 ORDER BY at DESC LIMIT 1")?
        .query_row([ticket.as_str()], |row| row.get::<_, i64>(0))
        .optional()?
        .map(i64::cast_unsigned))
}

/// The message behind which the ticket was closed last; none if it never was, as far as we know.
pub fn newest_closing(tx: &Transaction<'_>, ticket: &TicketId) -> Result<Option<u64>, StoreError> {
    let all = of(tx, ticket)?;
    let closing = all.iter().rfind(|it| it.event.kind != EventKind::Reopened);
    Ok(closing.map(|it| it.place.message))
}

/// All of a ticket's, oldest first.
pub fn of(tx: &Transaction<'_>, ticket: &TicketId) -> Result<Vec<PlacedEvent>, StoreError> {
    let mut query = tx.prepare_cached(
        "SELECT at, after, kind FROM model.events WHERE ticket = ?1 ORDER BY at, after, n",
    )?;
    let rows = query.query_map([ticket.as_str()], |row| {
        Ok((
            row.get::<_, i64>(0)?.cast_unsigned(),
            row.get::<_, i64>(1)?.cast_unsigned(),
            row.get::<_, String>(2)?,
        ))
    })?;
    rows.map(|row| {
        let (at, message, kind) = row?;
        Ok(PlacedEvent {
            place: Place { at, message },
            event: Event {
                at,
                kind: json::read("events", &kind)?,
            },
        })
    })
    .collect()
}

/// Forgets all of a ticket's.
pub fn forget_all(tx: &Transaction<'_>, ticket: &TicketId) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM model.events WHERE ticket = ?1")?
        .execute([ticket.as_str()])?;
    Ok(())
}
