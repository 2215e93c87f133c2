//! The read model's words: an index (FTS5) of what customers can read, changed in the transaction that changes the text itself.
//!
//! A row is a message, or (as message 0) a ticket's subject with what waits in the outbox. The customer's number is part of each indexed word, so that
//! a query meets no word of another's, and takes as long as his own tickets make it.

use app::tickets::find::Found;
use app::tickets::model::{Author, Delivery, TicketId, TicketRow};
use rusqlite::{OptionalExtension, Transaction, params};

use super::customers::CustomerId;
use super::{StoreError, messages, outbox};
use crate::words::{Sought, indexed};

// Beginnings of one to three letters (after the five of the customer) have an index of their own: else the first key would read most of the index.
// What is deleted is taken out of the index too, and not only marked (secure-delete).
pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS model.word_tickets (
    number INTEGER PRIMARY KEY,
    ticket TEXT NOT NULL UNIQUE,
    customer INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS model.word_tickets_by_customer ON word_tickets (customer);
CREATE VIRTUAL TABLE IF NOT EXISTS model.words USING fts5(text, tokenize = 'ascii', columnsize = 0, prefix = '6 7 8');
INSERT INTO model.words (words, rank) VALUES ('secure-delete', 1);
";

/// A row's number is that of its ticket here, and that of its message in so many bits.
const MESSAGE_BITS: u32 = 36;
const LAST_MESSAGE: i64 = (1 << MESSAGE_BITS) - 1;
/// The row of the subject, and of what waits in the outbox.
const OWN: u64 = 0;

/// A message has come, or is another now.
pub(super) fn put_message(
    tx: &Transaction<'_>,
    customer: CustomerId,
    ticket: &TicketId,
    message: u64,
) -> Result<(), StoreError> {
    let text = messages::written(tx, ticket, message)?.map(|written| written.text);
    put(tx, customer, ticket, message, &text.unwrap_or_default())
}

/// The subject, or what waits in the outbox, may be another now.
pub(super) fn put_own(
    tx: &Transaction<'_>,
    customer: CustomerId,
    ticket: &TicketId,
) -> Result<(), StoreError> {
    let mut text: String = tx
        .prepare_cached("SELECT subject FROM model.tickets WHERE ticket = ?1")?
        .query_row([ticket.as_str()], |row| row.get(0))
        .optional()?
        .unwrap_or_default();
    for entry in outbox::unseen_of(tx, ticket)? {
        text.push_str("\n\n");
        text.push_str(&entry.text);
    }
    put(tx, customer, ticket, OWN, &text)
}

fn put(
    tx: &Transaction<'_>,
    customer: CustomerId,
    ticket: &TicketId,
    message: u64,
    text: &str,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO model.word_tickets (ticket, customer) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
    )?
    .execute(params![ticket.as_str(), customer.number()])?;
    let Some(row) = row_of(tx, ticket, message)? else {
        return Ok(());
    };
    let text = indexed(customer.number(), text);
    let known: Option<String> = tx
        .prepare_cached("SELECT text FROM model.words WHERE rowid = ?1")?
        .query_row([row], |row| row.get(0))
        .optional()?;
    if known.as_deref().unwrap_or_default() == text {
        return Ok(());
    }
    if known.is_some() {
        tx.prepare_cached("DELETE FROM model.words WHERE rowid = ?1")?
            .execute([row])?;
    }
    if !text.is_empty() {
        tx.prepare_cached("INSERT INTO model.words (rowid, text) VALUES (?1, ?2)")?
            .execute(params![row, text])?;
    }
    Ok(())
}

/// A message is gone.
pub(super) fn forget(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    message: u64,
) -> Result<(), StoreError> {
    if let Some(row) = row_of(tx, ticket, message)? {
        tx.prepare_cached("DELETE FROM model.words WHERE rowid = ?1")?
            .execute([row])?;
    }
    Ok(())
}

/// Forgets all of a ticket's.
pub(super) fn forget_all(tx: &Transaction<'_>, ticket: &TicketId) -> Result<(), StoreError> {
    if let Some(first) = row_of(tx, ticket, OWN)? {
        tx.prepare_cached("DELETE FROM model.words WHERE rowid BETWEEN ?1 AND ?2")?
            .execute([first, first | LAST_MESSAGE])?;
        tx.prepare_cached("DELETE FROM model.word_tickets WHERE ticket = ?1")?
            .execute([ticket.as_str()])?;
    }
    Ok(())
}

/// Forgets all of a customer's.
pub(super) fn forget_customer(
    tx: &Transaction<'_>,
    customer: CustomerId,
) -> Result<(), StoreError> {
    let tickets: Vec<String> = tx
        .prepare_cached("SELECT ticket FROM model.word_tickets WHERE customer = ?1")?
        .query_map([customer.number()], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for ticket in tickets {
        forget_all(tx, &super::tickets::ticket_id("word_tickets", &ticket)?)?;
    }
    Ok(())
}

/// The tickets (by their number here) that have all words, in order.
pub(super) fn having(
    tx: &Transaction<'_>,
    customer: CustomerId,
    sought: &Sought,
) -> Result<Vec<i64>, StoreError> {
    let mut all: Option<Vec<i64>> = None;
    for expression in sought.expressions(customer.number()) {
        let mut query =
            tx.prepare_cached("SELECT rowid FROM model.words WHERE words MATCH ?1 ORDER BY rowid")?;
        let mut rows = query.query([expression])?;
        let mut having: Vec<i64> = Vec::new();
        while let Some(row) = rows.next()? {
            let ticket = row.get::<_, i64>(0)? >> MESSAGE_BITS;
            if having.last() != Some(&ticket) {
                having.push(ticket);
            }
        }
        if let Some(all) = &all {
            having.retain(|ticket| all.binary_search(ticket).is_ok());
        }
        all = Some(having);
    }
    Ok(all.unwrap_or_default())
}

/// Where the words stand in a ticket that has them.
pub fn found(
    tx: &Transaction<'_>,
    customer: CustomerId,
    row: &TicketRow,
    sought: &Sought,
) -> Result<Found, StoreError> {
    let subject = sought.mark(&row.subject);
    let Some(message) = best(tx, customer, &row.id, sought)? else {
        return Ok(Found {
            subject,
            message: None,
        });
    };
    let written = if message == OWN {
        waiting(tx, row, sought)?
    } else {
        messages::written(tx, &row.id, message)?.map(|it| (it.author, it.text))
    };
    Ok(Found {
        subject,
        message: written.map(|(author, text)| (author, sought.excerpt(&text))),
    })
}

/// The message that has the most of the words, the newest of several; what waits in the outbox if no other has any.
fn best(
    tx: &Transaction<'_>,
    customer: CustomerId,
    ticket: &TicketId,
    sought: &Sought,
) -> Result<Option<u64>, StoreError> {
    let Some(first) = row_of(tx, ticket, OWN)? else {
        return Ok(None);
    };
    let mut query = tx.prepare_cached(
        "SELECT rowid, text FROM model.words WHERE rowid BETWEEN ?1 AND ?2 ORDER BY rowid DESC",
    )?;
    let mut rows = query.query([first, first | LAST_MESSAGE])?;
    let mut best = (0, None);
    while let Some(row) = rows.next()? {
        let text = row.get_ref(1)?.as_str().unwrap_or_default();
        let found = sought.matches(customer.number(), text);
        if found > best.0 {
            let message = row.get::<_, i64>(0)? & LAST_MESSAGE;
            best = (found, Some(message.cast_unsigned()));
        }
        if best.0 == sought.count() {
            break;
        }
    }
    Ok(best.1)
}

/// The newest text in the outbox that has some of the words.
fn waiting(
    tx: &Transaction<'_>,
    row: &TicketRow,
    sought: &Sought,
) -> Result<Option<(Author, String)>, StoreError> {
    if row.delivery == Delivery::Sent {
        return Ok(None);
    }
    let mut waiting = outbox::unseen_of(tx, &row.id)?;
    waiting.retain(|entry| sought.stands_in(&entry.text));
    Ok(waiting.pop().map(|entry| (Author::You, entry.text)))
}

/// The row of a message; none if its ticket has none here, or the number is none of a message.
fn row_of(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    message: u64,
) -> Result<Option<i64>, StoreError> {
    let message = message.cast_signed();
    if !(0..=LAST_MESSAGE).contains(&message) {
        return Ok(None);
    }
    Ok(tx
        .prepare_cached("SELECT number FROM model.word_tickets WHERE ticket = ?1")?
        .query_row([ticket.as_str()], |row| row.get::<_, i64>(0))
        .optional()?
        .map(|number| number << MESSAGE_BITS | message))
}
