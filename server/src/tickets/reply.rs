//! A reply: taken as soon as it is on disk, and sent by the outbox. To a closed ticket it reopens it.

use app::error::AppError;
use app::tickets::model::{Key, Message};

use super::{Tickets, input, show};
use crate::failure::Failure;
use crate::outbox as sender;
use crate::ownership::OwnedTicket;
use crate::rate_limit::LimitedAction;
use crate::store::outbox::{Entry, Kind, NewEntry, State};
use crate::store::{StoreError, lists, messages, outbox, tickets};
use crate::sync;
use rusqlite::Transaction;

/// Writes to a ticket. The same key and words give the same message, as it is by then.
pub(crate) async fn reply(
    tickets: &Tickets,
    ticket: &OwnedTicket,
    key: Key,
    text: &str,
) -> Result<Message, Failure> {
    let text = input::message(text).map_err(|fault| AppError::Invalid(vec![fault]))?;
    let after_resolved = sync::allows_messages_after_resolved(tickets);
    let customer = ticket.customer();
    let entry = NewEntry {
        customer,
        key,
        ticket: ticket.id().clone(),
        kind: Kind::Reply,
        subject: String::new(),
        text,
    };
    sync::looked(tickets, customer);
    let now = tickets.clock.now();
    let this = tickets.clone();
    let taken = tickets
        .store
        .write(move |tx| {
            if let Some(known) = outbox::with_key(tx, customer, &entry.key)? {
                return again(tx, &entry, &known);
            }
            // After a day the outbox has forgotten the key; the thread has it still.
            if let Some(sent) = messages::with_key(tx, &entry.ticket, &entry.key)? {
                return Ok(Ok(sent.message));
            }
            let Some(kept) = tickets::find(tx, &entry.ticket)? else {
                return Ok(Err(AppError::NotFound));
            };
            let closed_for_good = kept.resolved && !after_resolved;
            if closed_for_good || lists::find(tx, customer)?.blocked {
                return Ok(Err(AppError::NotAllowed));
            }
            if let Err(wait) = this.allow(LimitedAction::WriteToTicket, customer) {
                return Ok(Err(wait));
            }
            let added = outbox::add(tx, &entry, now)?;
            tickets::touch(tx, customer, &entry.ticket, now)?;
            Ok(Ok(show::message_of(&added)))
        })
        .await?;
    let message = taken?;
    if message.delivery == app::tickets::model::Delivery::Sending {
        tickets.changes.changed(customer, Some(ticket.id()));
        sender::wake(tickets, ticket.id());
    }
    Ok(message)
}

/// What the key was answered with before, as it is now.
fn again(
    tx: &Transaction<'_>,
    new: &NewEntry,
    known: &Entry,
) -> Result<Result<Message, AppError>, StoreError> {
    let same = known.kind == Kind::Reply && known.ticket == new.ticket && known.text == new.text;
    if !same {
        return Ok(Err(AppError::KeyReused));
    }
    if known.state == State::Done
        && let Some(sent) = messages::with_key(tx, &new.ticket, &new.key)?
    {
        return Ok(Ok(sent.message));
    }
    Ok(Ok(show::message_of(known)))
}
