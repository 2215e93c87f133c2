//! Mail when away: which tickets have an answer that their customer has not seen, how far he was told of them by mail, and what he
//! switched off. `queue` holds the mails that wait.
//!
//! Whatever changes a ticket notes here, in its own transaction, whether something waits; whether it is mailed is decided later.

mod queue;
mod status;

use app::tickets::model::TicketId;
use rusqlite::{OptionalExtension, Transaction, params};

use super::StoreError;
use super::customers::CustomerId;
use super::messages;
use super::seen::{self, Place};
use crate::clock::Millis;
use crate::translate::Side;

pub use queue::{
    Content, Decided, Decision, Mail, Rules, Work, content, decide, drop_mail, later, next,
    postpone,
};
pub(super) use status::make as make_status;
pub use status::{News, changed, is_reopened_by_customer, is_to_tell_status, status_shown};

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS away (
    ticket TEXT PRIMARY KEY,
    customer INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    waiting_since INTEGER,
    not_before INTEGER NOT NULL DEFAULT 0,
    solved INTEGER NOT NULL DEFAULT 0,
    told_at INTEGER NOT NULL DEFAULT 0,
    told_message INTEGER NOT NULL DEFAULT 0,
    off INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS away_waiting ON away (waiting_since) WHERE waiting_since IS NOT NULL;
CREATE INDEX IF NOT EXISTS away_by_customer ON away (customer);
CREATE TABLE IF NOT EXISTS away_mails (
    ticket TEXT PRIMARY KEY,
    customer INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    after_at INTEGER NOT NULL,
    after_message INTEGER NOT NULL,
    upto_at INTEGER NOT NULL,
    upto_message INTEGER NOT NULL,
    solved INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS away_mails_due ON away_mails (next_at);
CREATE INDEX IF NOT EXISTS away_mails_by_customer ON away_mails (customer);
CREATE TABLE IF NOT EXISTS away_begun (one INTEGER PRIMARY KEY CHECK (one = 1), at INTEGER NOT NULL) STRICT;
";

/// Makes the tables, and the customers' own switch.
pub(super) fn make(tx: &Transaction<'_>) -> Result<(), StoreError> {
    let has = tx
        .prepare("SELECT 1 FROM pragma_table_info('customers') WHERE name = 'mails'")?
        .exists([])?;
    if !has {
        tx.execute_batch("ALTER TABLE customers ADD COLUMN mails INTEGER NOT NULL DEFAULT 1;")?;
    }
    tx.execute_batch(SCHEMA)?;
    Ok(())
}

/// What is older is history, and mailed to nobody.
const LONGEST: Millis = 7 * 24 * 60 * 60 * 1000;

/// From now on answers are mailed, or no longer. What came before it began is history.
pub fn set_on(tx: &Transaction<'_>, on: bool, now: Millis) -> Result<(), StoreError> {
    if on {
        tx.execute(
            "INSERT INTO away_begun (one, at) VALUES (1, ?1) ON CONFLICT (one) DO NOTHING",
            [now.cast_signed()],
        )?;
    } else {
        tx.execute_batch(
            "DELETE FROM away_begun; DELETE FROM away_mails;
             UPDATE away SET waiting_since = NULL, status = NULL, not_before = 0;",
        )?;
    }
    Ok(())
}

/// The time before which all is history; none while nothing is mailed.
fn history(tx: &Transaction<'_>, now: Millis) -> Result<Option<Millis>, StoreError> {
    let begun: Option<i64> = tx
        .prepare_cached("SELECT at FROM away_begun")?
        .query_row([], |row| row.get(0))
        .optional()?;
    // Chatwoot tells whole seconds.
    let begun = begun.map(|at| at.cast_unsigned() / 1000 * 1000);
    Ok(begun.map(|at| at.max(now.saturating_sub(LONGEST))))
}

/// What is kept of a ticket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Known {
    waiting: bool,
    /// What became of its status that he was not told yet.
    status: Option<News>,
    told: Place,
    off: bool,
}

fn find(tx: &Transaction<'_>, ticket: &TicketId) -> Result<Known, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT waiting_since IS NOT NULL, status, told_at, told_message, off FROM away WHERE ticket = ?1",
        )?
        .query_row([ticket.as_str()], |row| {
            Ok(Known {
                waiting: row.get(0)?,
                status: row.get(1)?,
                told: Place {
                    at: row.get::<_, i64>(2)?.cast_unsigned(),
                    message: row.get::<_, i64>(3)?.cast_unsigned(),
                },
                off: row.get(4)?,
            })
        })
        .optional()?
        .unwrap_or_default())
}

/// Something of a ticket changed: an answer that was neither seen nor mailed waits from now on, and what was seen waits no longer.
pub fn note(
    tx: &Transaction<'_>,
    customer: CustomerId,
    ticket: &TicketId,
    now: Millis,
) -> Result<(), StoreError> {
    let Some(history) = history(tx, now)? else {
        return Ok(());
    };
    let known = find(tx, ticket)?;
    let seen = seen::mark(tx, ticket)?.unwrap_or_default();
    let newest = messages::newest_of(tx, ticket, Side::Agent)?;
    let waits = newest.is_some_and(|it| it > seen.max(known.told) && it.at >= history);
    let waits = waits || known.status.is_some();
    if waits != known.waiting {
        let since = waits.then_some(now.cast_signed());
        row(tx, customer, ticket)?;
        tx.prepare_cached("UPDATE away SET waiting_since = ?2 WHERE ticket = ?1")?
            .execute(params![ticket.as_str(), since])?;
    }
    if known.told != Place::default() && seen >= known.told {
        // He has looked since he was told: the next mail need not wait.
        tx.prepare_cached("UPDATE away SET not_before = 0 WHERE ticket = ?1 AND not_before > 0")?
            .execute([ticket.as_str()])?;
    }
    Ok(())
}

fn row(tx: &Transaction<'_>, customer: CustomerId, ticket: &TicketId) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO away (ticket, customer) VALUES (?1, ?2) ON CONFLICT (ticket) DO NOTHING",
    )?
    .execute(params![ticket.as_str(), customer.number()])?;
    Ok(())
}

/// Whether the customer is mailed of answers in this ticket, as far as he said of it.
pub fn is_on_for(tx: &Transaction<'_>, ticket: &TicketId) -> Result<bool, StoreError> {
    Ok(!find(tx, ticket)?.off)
}

/// Switches mails about a ticket on or off. True if that is new.
pub fn switch_ticket(
    tx: &Transaction<'_>,
    customer: CustomerId,
    ticket: &TicketId,
    on: bool,
) -> Result<bool, StoreError> {
    row(tx, customer, ticket)?;
    let changed = tx
        .prepare_cached("UPDATE away SET off = ?2 WHERE ticket = ?1 AND off <> ?2")?
        .execute(params![ticket.as_str(), !on])?;
    Ok(changed == 1)
}

/// Whether a customer wants mails about answers at all.
pub fn is_on_at_all(tx: &Transaction<'_>, customer: CustomerId) -> Result<bool, StoreError> {
    Ok(tx
        .prepare_cached("SELECT mails FROM customers WHERE id = ?1")?
        .query_row([customer.number()], |row| row.get(0))
        .optional()?
        .unwrap_or(false))
}

/// Switches a customer's mails about answers on or off.
pub fn switch_all(tx: &Transaction<'_>, customer: CustomerId, on: bool) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE customers SET mails = ?2 WHERE id = ?1")?
        .execute(params![customer.number(), on])?;
    Ok(())
}

/// Whose ticket a mail was about.
pub fn customer_of(
    tx: &Transaction<'_>,
    ticket: &TicketId,
) -> Result<Option<CustomerId>, StoreError> {
    Ok(tx
        .prepare_cached("SELECT customer FROM away WHERE ticket = ?1")?
        .query_row([ticket.as_str()], |row| row.get(0))
        .optional()?
        .map(CustomerId::from_row))
}
