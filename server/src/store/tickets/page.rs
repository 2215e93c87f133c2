//! Pages of a customer's tickets: which, in what order, from where on; and how many each filter has.

use std::cmp::Reverse;

use app::tickets::find::{Counts, Find, Show, Sort};
use app::tickets::model::{Cursor, Status, TicketRow};
use rusqlite::{Transaction, params};

use super::{LISTED, find, listed_row, ticket_id};
use crate::clock::Millis;
use crate::store::customers::CustomerId;
use crate::store::{StoreError, json, words};
use crate::words::Sought;

/// A row, and when its ticket was opened.
type Listed = (TicketRow, Millis);

/// A page and what it is part of.
#[derive(Default)]
pub struct Page {
    /// The rows.
    pub rows: Vec<TicketRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
    /// How many tickets each filter has.
    pub counts: Counts,
    /// How many of all have something that was not seen yet.
    pub unread: u32,
}

/// A page of a customer's tickets, of so many rows at most.
pub fn page(
    tx: &Transaction<'_>,
    customer: CustomerId,
    wanted: &Find,
    sought: Option<&Sought>,
    after: Option<&Cursor>,
    most: usize,
) -> Result<Page, StoreError> {
    let (mut tickets, counts) = match sought {
        Some(sought) => having(tx, customer, wanted, sought, after, most + 1)?,
        None => (
            following(tx, customer, wanted, after, most + 1)?,
            counts(tx, customer)?,
        ),
    };
    let more = tickets.len() > most;
    tickets.truncate(most);
    let next = tickets.last().filter(|_| more);
    let next = next.map(|(row, opened_at)| Cursor {
        at: time(wanted.sort, row.at, *opened_at),
        id: row.id.clone(),
    });
    let rows = tickets.into_iter().map(|(row, _)| row).collect();
    let unread = tx
        .prepare_cached("SELECT count(*) FROM model.tickets WHERE customer = ?1 AND unread = 1")?
        .query_row([customer.number()], |row| row.get(0))?;
    Ok(Page {
        rows,
        next,
        counts,
        unread,
    })
}

/// What a list in this order is sorted by.
fn time(sort: Sort, at: u64, opened_at: u64) -> u64 {
    match sort {
        Sort::Activity => at,
        Sort::Newest => opened_at,
    }
}

/// The tickets of a filter after a place.
fn following(
    tx: &Transaction<'_>,
    customer: CustomerId,
    wanted: &Find,
    after: Option<&Cursor>,
    most: usize,
) -> Result<Vec<Listed>, StoreError> {
    let (at, id) = after.map_or((i64::MAX, ""), |cursor| {
        (
            i64::try_from(cursor.at).unwrap_or(i64::MAX),
            cursor.id.as_str(),
        )
    });
    let time = match wanted.sort {
        Sort::Activity => "at",
        Sort::Newest => "opened_at",
    };
    let shown = match wanted.show {
        Show::All => String::new(),
        show => format!("AND status IN ({})", statuses(show)?),
    };
    let mut query = tx.prepare_cached(&format!(
        "SELECT {LISTED} FROM model.tickets
         WHERE customer = ?1 AND ({time}, ticket) < (?2, ?3) {shown}
         ORDER BY {time} DESC, ticket DESC LIMIT ?4"
    ))?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let rows = query.query_map(params![customer.number(), at, id, most], |row| {
        Ok(listed_row(row))
    })?;
    rows.map(|row| row?).collect()
}

/// How many tickets of a customer's each filter has.
fn counts(tx: &Transaction<'_>, customer: CustomerId) -> Result<Counts, StoreError> {
    let mut query = tx.prepare_cached(
        "SELECT status, count(*) FROM model.tickets WHERE customer = ?1 GROUP BY status",
    )?;
    let rows = query.query_map([customer.number()], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, u32>(1)?))
    })?;
    let mut counts = Counts::default();
    for row in rows {
        let (status, count) = row?;
        counts.add(json::read("tickets", &status)?, count);
    }
    Ok(counts)
}

/// The tickets of a filter after a place that have the words, and how many of them each filter has.
fn having(
    tx: &Transaction<'_>,
    customer: CustomerId,
    wanted: &Find,
    sought: &Sought,
    after: Option<&Cursor>,
    most: usize,
) -> Result<(Vec<Listed>, Counts), StoreError> {
    let numbers = words::having(tx, customer, sought)?;
    let numbers = json::write("words", &numbers)?;
    // The customer is asked for once more: whatever the index says, nobody gets another's. Crossed, so that what was found is gone through once.
    let mut query = tx.prepare_cached(
        "SELECT t.ticket, t.status, t.at, t.opened_at
         FROM json_each(?2) AS found
         CROSS JOIN model.word_tickets AS w ON w.number = found.value
         CROSS JOIN model.tickets AS t ON t.ticket = w.ticket AND t.customer = ?1
         UNION
         SELECT ticket, status, at, opened_at FROM model.tickets
         WHERE conversation = ?3 AND customer = ?1",
    )?;
    let mut rows = query.query(params![customer.number(), numbers, sought.number()])?;
    let mut counts = Counts::default();
    let mut found: Vec<(u64, String)> = Vec::new();
    let end = after.map(|cursor| (cursor.at, cursor.id.as_str()));
    while let Some(row) = rows.next()? {
        let status: Status = json::read("tickets", &row.get::<_, String>(1)?)?;
        counts.add(status, 1);
        let (at, opened_at): (i64, i64) = (row.get(2)?, row.get(3)?);
        let at = time(wanted.sort, at.cast_unsigned(), opened_at.cast_unsigned());
        let ticket: String = row.get(0)?;
        if wanted.show.has(status) && end.is_none_or(|end| (at, ticket.as_str()) < end) {
            found.push((at, ticket));
        }
    }
    found.sort_unstable_by(|one, other| Reverse(one).cmp(&Reverse(other)));
    found.truncate(most);
    let mut tickets = Vec::with_capacity(found.len());
    for (_, ticket) in found {
        if let Some(mut kept) = find(tx, &ticket_id("tickets", &ticket)?)? {
            kept.row.found = Some(words::found(tx, customer, &kept.row, sought)?);
            tickets.push((kept.row, kept.opened_at));
        }
    }
    Ok((tickets, counts))
}

/// The statuses of a filter, as rows hold them.
fn statuses(show: Show) -> Result<String, StoreError> {
    let all = [
        Status::Received,
        Status::InProgress,
        Status::WaitingForYou,
        Status::Solved,
        Status::Cancelled,
    ];
    let mut words = Vec::new();
    for status in all.into_iter().filter(|status| show.has(*status)) {
        words.push(format!("'{}'", json::write("tickets", &status)?));
    }
    Ok(words.join(", "))
}
