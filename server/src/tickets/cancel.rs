//! Cancelling: taken as soon as it is on disk, done by the outbox, and waited for as long as that is quick.

use std::time::Duration;

use app::error::AppError;
use app::tickets::model::Key;

use super::{Tickets, stored};
use crate::failure::Failure;
use crate::outbox as sender;
use crate::ownership::OwnedTicket;
use crate::rate_limit::LimitedAction;
use crate::store::outbox::{Kind, NewEntry, State};
use crate::store::{lists, outbox, tickets};

/// The answer waits this long for Chatwoot's.
const PATIENCE: Duration = Duration::from_secs(3);

/// Cancels a ticket. One that is closed already stays as it is. False while Chatwoot does not know yet.
pub(crate) async fn cancel(
    tickets: &Tickets,
    ticket: &OwnedTicket,
    key: Key,
) -> Result<bool, Failure> {
    let customer = ticket.customer();
    let asked = key.clone();
    let entry = NewEntry {
        customer,
        key,
        ticket: ticket.id().clone(),
        kind: Kind::Cancel,
        subject: String::new(),
        text: String::new(),
        files: Vec::new(),
        priority: None,
    };
    let now = tickets.clock.now();
    let (this, new) = (tickets.clone(), entry.clone());
    let taken = tickets
        .store
        .write(move |tx| {
            if let Some(known) = outbox::with_key(tx, customer, &entry.key)? {
                let same = known.kind == Kind::Cancel && known.ticket == entry.ticket;
                return Ok(if same {
                    Ok(false)
                } else {
                    Err(AppError::KeyReused)
                });
            }
            let Some(kept) = tickets::find(tx, &entry.ticket)? else {
                return Ok(Err(AppError::NotFound));
            };
            if lists::find(tx, customer)?.blocked {
                return Ok(Err(AppError::NotAllowed));
            }
            // What is on its way decides: a reply opens the ticket again, a cancellation closes it.
            let closes = match outbox::last_unsent(tx, &entry.ticket)? {
                Some(Kind::Cancel) => false,
                Some(Kind::Open | Kind::Reply) => true,
                None => !kept.resolved,
            };
            if !closes {
                return Ok(Ok(false));
            }
            if let Err(wait) = this.allow(LimitedAction::WriteToTicket, customer) {
                return Ok(Err(wait));
            }
            outbox::add(tx, &entry, &[], now)?;
            tickets::touch(tx, customer, &entry.ticket, now)?;
            Ok(Ok(true))
        })
        .await;
    let is_new = match taken {
        Ok(taken) => taken?,
        Err(error) => stored::after_all(tickets, &new, error)
            .await
            .map(|_| true)?,
    };
    if is_new {
        tickets.changes.changed(customer, Some(ticket.id()));
    }
    let settled = sender::wake(tickets, ticket.id());
    tokio::select! {
        () = settled.wait() => {}
        () = tickets.clock.sleep(PATIENCE) => {}
    }
    let act = tickets
        .store
        .read(move |tx| outbox::with_key(tx, customer, &asked));
    match act.await?.map(|act| act.state) {
        // It was closed already.
        None | Some(State::Done) => Ok(true),
        Some(State::Failed) => Err(AppError::NotAllowed.into()),
        Some(_) => Ok(false),
    }
}
