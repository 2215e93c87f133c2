//! The read model's tickets: one row for each, with everything that a row of the list shows, so that a list is one
//! indexed query. `change` is the only way to write one: it works out what is shown and moves the versions.
//!
//! Nothing that only Chatwoot's private side moves may change a time, an order or a version here.

mod change;
mod page;

use app::tickets::model::{TicketId, TicketRow};
use app::tickets::priority::Priority;
use rusqlite::{OptionalExtension, Row, Transaction};

pub use change::{Change, Changed, change, touch};
pub use page::{Page, page};

use super::customers::CustomerId;
use super::owners::Origin;
use super::{StoreError, events, json, lists, messages};
use crate::clock::Millis;

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS model.tickets (
    ticket TEXT NOT NULL PRIMARY KEY,
    customer INTEGER NOT NULL,
    conversation INTEGER UNIQUE,
    subject TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    resolved INTEGER NOT NULL,
    cancelled INTEGER NOT NULL,
    inbox INTEGER,
    upstream REAL,
    read INTEGER NOT NULL DEFAULT 0,
    complete INTEGER NOT NULL DEFAULT 0,
    at INTEGER NOT NULL,
    status TEXT NOT NULL,
    last TEXT,
    unread INTEGER NOT NULL,
    delivery TEXT NOT NULL,
    version INTEGER NOT NULL,
    priority TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS model.tickets_by_activity ON tickets (customer, at DESC, ticket DESC);
CREATE INDEX IF NOT EXISTS model.tickets_by_opening ON tickets (customer, opened_at DESC, ticket DESC);
CREATE INDEX IF NOT EXISTS model.tickets_by_status ON tickets (customer, status);
CREATE INDEX IF NOT EXISTS model.tickets_unread ON tickets (customer) WHERE unread = 1;
";

/// What Chatwoot says of a ticket as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// Chatwoot's number of it.
    pub conversation: u64,
    /// Chatwoot's number of the inbox that it is in.
    pub inbox: u64,
    /// What it is about; empty if it was not said.
    pub subject: String,
    /// When it was opened, Unix milliseconds.
    pub opened_at: Millis,
    /// Whether it is closed.
    pub resolved: bool,
    /// Whether it bears the customer's cancel mark.
    pub cancelled: bool,
    /// How urgent it is, where customers see that.
    pub priority: Option<Priority>,
    /// When anything of it changed, private notes included: only to tell whether to read it again.
    pub upstream: Option<f64>,
}

/// A ticket of the read model with what is not shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// What a list shows of it.
    pub row: TicketRow,
    /// Whose it is.
    pub customer: CustomerId,
    /// When it was opened, Unix milliseconds.
    pub opened_at: Millis,
    /// Whether it is closed.
    pub resolved: bool,
    /// Whether it bears the cancel mark.
    pub cancelled: bool,
    /// Chatwoot's number of the inbox that it is in, once that is known.
    pub inbox: Option<u64>,
    /// [`Facts::upstream`] when it was read last.
    pub upstream: Option<f64>,
    /// Whether its newest messages were ever read.
    pub read: bool,
    /// Whether its first message is here, and everything after it.
    pub complete: bool,
    /// Its version.
    pub version: u64,
}

/// What a list shows of a ticket, and when it was opened.
const LISTED: &str =
    "ticket, conversation, subject, status, last, at, unread, delivery, priority, opened_at";
/// What else is kept of it.
const BESIDES: &str = "customer, resolved, cancelled, upstream, read, complete, version, inbox";

/// A ticket of the read model.
pub fn find(tx: &Transaction<'_>, ticket: &TicketId) -> Result<Option<Kept>, StoreError> {
    tx.prepare_cached(&format!(
        "SELECT {LISTED}, {BESIDES} FROM model.tickets WHERE ticket = ?1"
    ))?
    .query_row([ticket.as_str()], |row| Ok(kept(row)))
    .optional()?
    .transpose()
}

/// The tickets of a customer that Chatwoot has, with its numbers of them.
pub fn known_to_chatwoot(
    tx: &Transaction<'_>,
    customer: CustomerId,
) -> Result<Vec<(TicketId, u64)>, StoreError> {
    listed(
        tx,
        "SELECT ticket, conversation FROM model.tickets
         WHERE customer = ?1 AND conversation IS NOT NULL",
        customer,
    )
}

/// Chatwoot's numbers of an inbox's tickets in which something visible happened since, what happened last first.
pub fn moved_since(
    tx: &Transaction<'_>,
    inbox: u64,
    since: Millis,
) -> Result<Vec<u64>, StoreError> {
    let mut query = tx.prepare_cached(
        "SELECT conversation FROM model.tickets
         WHERE inbox = ?1 AND at >= ?2 AND conversation IS NOT NULL
         ORDER BY at DESC, ticket DESC",
    )?;
    let rows = query.query_map([inbox.cast_signed(), since.cast_signed()], |row| {
        row.get::<_, i64>(0)
    })?;
    rows.map(|row| Ok(row?.cast_unsigned())).collect()
}

/// The tickets of a customer whose thread is not whole yet, newest first, with Chatwoot's numbers of them.
pub fn incomplete(
    tx: &Transaction<'_>,
    customer: CustomerId,
) -> Result<Vec<(TicketId, u64)>, StoreError> {
    listed(
        tx,
        "SELECT ticket, conversation FROM model.tickets
         WHERE customer = ?1 AND complete = 0 AND conversation IS NOT NULL
         ORDER BY at DESC, ticket DESC",
        customer,
    )
}

fn listed(
    tx: &Transaction<'_>,
    sql: &str,
    customer: CustomerId,
) -> Result<Vec<(TicketId, u64)>, StoreError> {
    let mut query = tx.prepare_cached(sql)?;
    let rows = query.query_map([customer.number()], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
    })?;
    rows.map(|row| {
        let (ticket, conversation) = row?;
        Ok((ticket_id("tickets", &ticket)?, conversation.cast_unsigned()))
    })
    .collect()
}

/// Takes a ticket out of the read model. True if it was there.
pub fn forget(tx: &Transaction<'_>, ticket: &TicketId, now: Millis) -> Result<bool, StoreError> {
    let Some(kept) = find(tx, ticket)? else {
        return Ok(false);
    };
    messages::forget_all(tx, ticket)?;
    events::forget_all(tx, ticket)?;
    tx.prepare_cached("DELETE FROM model.tickets WHERE ticket = ?1")?
        .execute([ticket.as_str()])?;
    lists::moved(tx, kept.customer, -1, now)?;
    Ok(true)
}

/// Takes all tickets out of the read model that came to be somebody's in this way.
pub fn forget_origin(tx: &Transaction<'_>, origin: Origin, now: Millis) -> Result<(), StoreError> {
    let mut query = tx.prepare_cached(
        "SELECT t.ticket FROM model.tickets AS t JOIN owners AS o ON o.ticket = t.ticket
         WHERE o.origin = ?1",
    )?;
    let rows = query.query_map([origin.word()], |row| row.get::<_, String>(0))?;
    for ticket in rows.collect::<Result<Vec<_>, _>>()? {
        forget(tx, &ticket_id("tickets", &ticket)?, now)?;
    }
    Ok(())
}

/// A ticket's id as a row holds it.
pub(super) fn ticket_id(table: &'static str, text: &str) -> Result<TicketId, StoreError> {
    TicketId::parse(text).ok_or_else(|| StoreError::Row(table, "a ticket is no UUID".to_owned()))
}

fn listed_row(row: &Row<'_>) -> Result<(TicketRow, Millis), StoreError> {
    let id = row.get_ref(0)?.as_str();
    let id = id.map_err(|error| StoreError::Row("tickets", error.to_string()))?;
    let shown = TicketRow {
        id: ticket_id("tickets", id)?,
        number: row
            .get::<_, Option<i64>>(1)?
            .and_then(|number| u32::try_from(number).ok()),
        subject: row.get(2)?,
        status: json::column("tickets", row, 3)?,
        last: json::column_or_null("tickets", row, 4)?,
        at: row.get::<_, i64>(5)?.cast_unsigned(),
        unread: row.get(6)?,
        delivery: json::column("tickets", row, 7)?,
        priority: json::column_or_null("tickets", row, 8)?,
        found: None,
    };
    Ok((shown, row.get::<_, i64>(9)?.cast_unsigned()))
}

fn kept(row: &Row<'_>) -> Result<Kept, StoreError> {
    let (shown, opened_at) = listed_row(row)?;
    Ok(Kept {
        row: shown,
        opened_at,
        customer: CustomerId::from_row(row.get(10)?),
        resolved: row.get(11)?,
        cancelled: row.get(12)?,
        upstream: row.get(13)?,
        read: row.get(14)?,
        complete: row.get(15)?,
        version: row.get::<_, i64>(16)?.cast_unsigned(),
        inbox: row.get::<_, Option<i64>>(17)?.map(i64::cast_unsigned),
    })
}
