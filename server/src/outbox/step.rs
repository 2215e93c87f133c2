//! One step of a ticket's sender: does what is next, and stores and tells what came of it.

use app::tickets::model::{Delivery, TicketId};
use rusqlite::Transaction;

use super::{Outcome, cancel, mail, open, pace, priority, reply};
use crate::clock::Millis;
use crate::ownership::OwnedTicket;
use crate::store::outbox::{self, Entry, Kind, State};
use crate::store::owners::Origin;
use crate::store::{StoreError, tickets as kept};
use crate::sync;
use crate::tickets::Tickets;
use crate::uploads;

/// While Chatwoot is known to be away nothing is tried: what is next waits, and its customer may take it back.
async fn say_that_it_waits(tickets: &Tickets, ticket: &TicketId) -> Result<(), StoreError> {
    let id = ticket.clone();
    let fresh = move |tx: &Transaction<'_>| {
        let next = outbox::next_of(tx, &id)?;
        Ok(next.filter(|it| it.state == State::Queued && it.not_before == 0))
    };
    if tickets.store.read(fresh.clone()).await?.is_none() {
        return Ok(());
    }
    let (id, now) = (ticket.clone(), tickets.clock.now());
    let told = tickets.store.write(move |tx| {
        let Some(entry) = fresh(tx)? else {
            return Ok(None);
        };
        // Due, and yet not new.
        outbox::put_off(tx, entry.id, State::Queued, 1)?;
        kept::touch(tx, entry.customer, &id, now)?;
        Ok(Some(entry.customer))
    });
    if let Some(customer) = told.await? {
        tickets.changes.changed(customer, Some(ticket));
    }
    Ok(())
}

/// Does what is next. None if there is nothing; else until when to rest before the next step.
pub(super) async fn step(
    tickets: &Tickets,
    ticket: &TicketId,
) -> Result<Option<Millis>, StoreError> {
    if !sync::may_ask(tickets) {
        say_that_it_waits(tickets, ticket).await?;
        return Ok(Some(pace::while_away(tickets)));
    }
    let next = {
        let ticket = ticket.clone();
        tickets
            .store
            .read(move |tx| {
                let next = outbox::next_of(tx, &ticket)?;
                Ok(match next {
                    Some(entry) => Some((pace::earliest(tx, &entry)?, entry)),
                    None => None,
                })
            })
            .await?
    };
    let Some((earliest, entry)) = next else {
        return Ok(None);
    };
    if earliest > tickets.clock.now() {
        return Ok(Some(earliest));
    }
    let outcome = act(tickets, &entry).await?;
    let now = tickets.clock.now();
    let until = match outcome {
        Outcome::Done => {
            if !entry.files.is_empty() {
                uploads::release(tickets).await;
            }
            now
        }
        Outcome::Later(state, until) => {
            let (id, first) = (ticket.clone(), entry.not_before == 0);
            tickets
                .store
                .write(move |tx| {
                    outbox::put_off(tx, entry.id, state, until)?;
                    // Its customer sees from now on that it waits.
                    if first {
                        kept::touch(tx, entry.customer, &id, now)?;
                    }
                    Ok(())
                })
                .await?;
            if first {
                tickets.changes.changed(entry.customer, Some(ticket));
            }
            until
        }
        Outcome::InDoubt(until) => {
            tickets
                .store
                .write(move |tx| outbox::in_doubt(tx, entry.id, now, until))
                .await?;
            until
        }
        Outcome::Refused | Outcome::GivenUp => {
            let surely = matches!(outcome, Outcome::Refused);
            tracing::warn!(%ticket, entry = entry.id, "an act of writing was refused");
            let id = ticket.clone();
            tickets
                .store
                .write(move |tx| {
                    outbox::failed(tx, entry.id, surely)?;
                    kept::touch(tx, entry.customer, &id, now)
                })
                .await?;
            tickets.changes.changed(entry.customer, Some(ticket));
            now
        }
    };
    Ok(Some(until))
}

async fn act(tickets: &Tickets, entry: &Entry) -> Result<Outcome, StoreError> {
    let (customer, ticket) = (entry.customer, entry.ticket.clone());
    let owned = tickets
        .store
        .read(move |tx| OwnedTicket::check(tx, customer, &ticket))
        .await?;
    let Some(owned) = owned else {
        tracing::error!(entry = entry.id, "an act of writing has no owner record");
        return Ok(Outcome::Refused);
    };
    let by_mail = entry.kind == Kind::Reply && owned.origin() == Origin::Mail;
    let lane = match by_mail {
        true => &tickets.outbox.mails_at_once,
        false => &tickets.outbox.at_once,
    };
    let Ok(_permit) = lane.acquire().await else {
        return Ok(Outcome::Later(entry.state, tickets.clock.now()));
    };
    match entry.kind {
        Kind::Open if entry.state == State::Arrived => priority::set(tickets, entry, &owned).await,
        Kind::Open => open::send(tickets, entry, &owned).await,
        Kind::Reply if by_mail => mail::send(tickets, entry, &owned).await,
        Kind::Reply => reply::send(tickets, entry, &owned).await,
        Kind::Cancel => cancel::send(tickets, entry, &owned).await,
    }
}

/// It goes out now, so that it may have arrived from here on. False if it is no longer to be sent: it was found or taken back.
pub(super) async fn begins(tickets: &Tickets, entry: &Entry) -> Result<bool, StoreError> {
    let now = tickets.clock.now();
    let (id, customer, ticket) = (entry.id, entry.customer, entry.ticket.clone());
    // Whoever saw that it waits could take it back, and sees that he no longer can.
    let waited = entry.delivery() == Delivery::Waiting;
    let marked = tickets
        .store
        .write(move |tx| {
            let marked = outbox::mark_sent(tx, id, now)?;
            if marked && waited {
                kept::touch(tx, customer, &ticket, now)?;
            }
            Ok(marked)
        })
        .await?;
    if marked && waited {
        tickets.changes.changed(customer, Some(&entry.ticket));
    }
    Ok(marked)
}

/// It is there, and its customer is told.
pub(super) async fn done(tickets: &Tickets, entry: &Entry) -> Result<Outcome, StoreError> {
    let (it, now) = (entry.clone(), tickets.clock.now());
    tickets
        .store
        .write(move |tx| {
            outbox::done(tx, it.id, now)?;
            kept::touch(tx, it.customer, &it.ticket, now)
        })
        .await?;
    tickets.changes.changed(entry.customer, Some(&entry.ticket));
    Ok(Outcome::Done)
}
