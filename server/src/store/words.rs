//! The read model's words: an index (FTS5) of what customers can read, changed in the transaction that changes the text itself.
//!
//! A row is a message, a ticket's subject, or one thing that waits in the outbox, so that each costs the same however much of it there is. The
//! customer's number is part of each indexed word, so that a query meets no word of another's, and takes as long as his own tickets make it.

use app::tickets::find::Found;
use app::tickets::model::{Author, Message, TicketId, TicketRow};
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

/// A row's number is that of its ticket here, and in so many bits which part of it it is.
const PART_BITS: u32 = 36;
const LAST_PART: i64 = (1 << PART_BITS) - 1;
/// Set in what waits in the outbox, so that it comes after all messages, as it does in the thread.
const WAITING: i64 = 1 << (PART_BITS - 1);

/// What of a ticket a row has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Subject,
    /// By Chatwoot's number.
    Message(u64),
    /// By its number in the outbox.
    Waiting(i64),
}

impl Part {
    /// Its bits; none if a number is out of bounds.
    fn bits(self) -> Option<i64> {
        match self {
            Self::Subject => Some(0),
            Self::Message(id) => Some(id.cast_signed()).filter(|id| (1..WAITING).contains(id)),
            Self::Waiting(id) => Some(id)
                .filter(|id| (0..WAITING).contains(id))
                .map(|id| WAITING | id),
        }
    }

    fn of(row: i64) -> Self {
        match row & LAST_PART {
            0 => Self::Subject,
            bits if bits & WAITING == 0 => Self::Message(bits.cast_unsigned()),
            bits => Self::Waiting(bits & !WAITING),
        }
    }
}

/// A message has come, or is another now.
pub(super) fn put_message(
    tx: &Transaction<'_>,
    customer: CustomerId,
    ticket: &TicketId,
    message: u64,
) -> Result<(), StoreError> {
    let text = messages::written(tx, ticket, message)?.map(|written| written.text);
    put(
        tx,
        customer,
        ticket,
        Part::Message(message),
        &text.unwrap_or_default(),
    )
}

/// The subject, or what waits in the outbox, may be another now.
pub(super) fn put_own(
    tx: &Transaction<'_>,
    customer: CustomerId,
    ticket: &TicketId,
) -> Result<(), StoreError> {
    let subject: Option<String> = tx
        .prepare_cached("SELECT subject FROM model.tickets WHERE ticket = ?1")?
        .query_row([ticket.as_str()], |row| row.get(0))
        .optional()?;
    put(
        tx,
        customer,
        ticket,
        Part::Subject,
        &subject.unwrap_or_default(),
    )?;
    // A text in the outbox never becomes another: it comes, and goes.
    let waiting = outbox::unseen_numbers(tx, ticket)?;
    let rows = rows_of_waiting(tx, ticket)?;
    for row in &rows {
        if !waiting
            .iter()
            .any(|id| Part::of(*row) == Part::Waiting(*id))
        {
            delete(tx, *row)?;
        }
    }
    let had: Vec<_> = rows.into_iter().map(Part::of).collect();
    for id in waiting {
        let part = Part::Waiting(id);
        if !had.contains(&part) {
            let text = outbox::written(tx, ticket, id)?.map(|(_, text)| text);
            put(tx, customer, ticket, part, &text.unwrap_or_default())?;
        }
    }
    Ok(())
}

/// The rows of what waits in the outbox, or did.
fn rows_of_waiting(tx: &Transaction<'_>, ticket: &TicketId) -> Result<Vec<i64>, StoreError> {
    let Some(first) = row_of(tx, ticket, Part::Subject)? else {
        return Ok(Vec::new());
    };
    let mut query =
        tx.prepare_cached("SELECT rowid FROM model.words WHERE rowid BETWEEN ?1 AND ?2")?;
    let rows = query.query_map([first | WAITING, first | LAST_PART], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn delete(tx: &Transaction<'_>, row: i64) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM model.words WHERE rowid = ?1")?
        .execute([row])?;
    Ok(())
}

fn put(
    tx: &Transaction<'_>,
    customer: CustomerId,
    ticket: &TicketId,
    part: Part,
    text: &str,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO model.word_tickets (ticket, customer) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
    )?
    .execute(params![ticket.as_str(), customer.number()])?;
    let Some(row) = row_of(tx, ticket, part)? else {
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
        delete(tx, row)?;
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
    match row_of(tx, ticket, Part::Message(message))? {
        Some(row) => delete(tx, row),
        None => Ok(()),
    }
}

/// Forgets all of a ticket's.
pub(super) fn forget_all(tx: &Transaction<'_>, ticket: &TicketId) -> Result<(), StoreError> {
    if let Some(first) = row_of(tx, ticket, Part::Subject)? {
        tx.prepare_cached("DELETE FROM model.words WHERE rowid BETWEEN ?1 AND ?2")?
            .execute([first, first | LAST_PART])?;
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
            let ticket = row.get::<_, i64>(0)? >> PART_BITS;
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
    let subject = sought.subject(&row.subject);
    let written = match best(tx, customer, &row.id, sought)? {
        None | Some(Part::Subject) => None,
        Some(Part::Message(id)) => messages::written(tx, &row.id, id)?
            .map(|it| (Message::stored_id(id), it.author, it.text)),
        Some(Part::Waiting(id)) => outbox::written(tx, &row.id, id)?
            .map(|(key, text)| (Message::waiting_id(&key), Author::You, text)),
    };
    Ok(Found {
        subject,
        message: written.map(|(id, author, text)| (id, author, sought.excerpt(&text))),
    })
}

/// What has the most of the words, the newest of several.
fn best(
    tx: &Transaction<'_>,
    customer: CustomerId,
    ticket: &TicketId,
    sought: &Sought,
) -> Result<Option<Part>, StoreError> {
    let Some(first) = row_of(tx, ticket, Part::Subject)? else {
        return Ok(None);
    };
    let mut query = tx.prepare_cached(
        "SELECT rowid, text FROM model.words WHERE rowid BETWEEN ?1 AND ?2 ORDER BY rowid DESC",
    )?;
    let mut rows = query.query([first, first | LAST_PART])?;
    let mut best = (0, None);
    while let Some(row) = rows.next()? {
        let text = row.get_ref(1)?.as_str().unwrap_or_default();
        let found = sought.matches(customer.number(), text);
        if found > best.0 {
            best = (found, Some(Part::of(row.get(0)?)));
        }
        if best.0 == sought.count() {
            break;
        }
    }
    Ok(best.1)
}

/// The row of a part; none if its ticket has none here, or the number is none.
fn row_of(tx: &Transaction<'_>, ticket: &TicketId, part: Part) -> Result<Option<i64>, StoreError> {
    let Some(bits) = part.bits() else {
        return Ok(None);
    };
    Ok(tx
        .prepare_cached("SELECT number FROM model.word_tickets WHERE ticket = ?1")?
        .query_row([ticket.as_str()], |row| row.get::<_, i64>(0))
        .optional()?
        .map(|number| number << PART_BITS | bits))
}
