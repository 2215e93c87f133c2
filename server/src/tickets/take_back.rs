//! Taking back what was not sent yet: it is the customer's again, and no late copy of his request can send it.

use app::error::AppError;
use app::tickets::model::{Key, TakenBack};

use super::{Tickets, files};
use crate::failure::Failure;
use crate::ownership::OwnedTicket;
use crate::store::outbox::{self, Kind};
use crate::store::{owners, tickets};

/// Takes back a text, or a ticket that nothing else was written to.
pub(crate) async fn take_back(
    tickets: &Tickets,
    ticket: &OwnedTicket,
    key: Key,
) -> Result<TakenBack, Failure> {
    let (customer, id) = (ticket.customer(), ticket.id().clone());
    let now = tickets.clock.now();
    let this = tickets.clone();
    let taken = tickets
        .store
        .write(move |tx| {
            let entry = outbox::with_key(tx, customer, &key)?.filter(|entry| entry.ticket == id);
            let Some(entry) = entry else {
                return Ok(Err(AppError::NotFound));
            };
            let opens = entry.kind == Kind::Open;
            if opens && outbox::unseen_of(tx, &id)?.len() > 1 {
                return Ok(Err(AppError::NotAllowed));
            }
            if !outbox::take_back(tx, entry.id, now)? {
                return Ok(Err(AppError::NotAllowed));
            }
            let files = files::give_back(tx, &this, &entry, now)?;
            if opens {
                owners::forget(tx, &id)?;
                tickets::forget(tx, &id, now)?;
            } else {
                tickets::touch(tx, customer, &id, now)?;
            }
            Ok(Ok(TakenBack {
                subject: entry.subject,
                text: entry.text,
                files,
                priority: entry.priority,
            }))
        })
        .await?;
    let taken = taken?;
    tickets.changes.changed(customer, Some(ticket.id()));
    Ok(taken)
}
