//! A new ticket: taken as soon as it is on disk, with its owner record, and sent by the outbox.

use app::error::AppError;
use app::tickets::model::{Key, NewTicket, TicketId};
use rusqlite::Transaction;

use super::{Tickets, files, input, stored};
use crate::failure::Failure;
use crate::outbox as sender;
use crate::rate_limit::LimitedAction;
use crate::store::customers::{self, CustomerId};
use crate::store::outbox::{Kind, NewEntry, wish};
use crate::store::owners::{self, Origin, Owner};
use crate::store::seen::{self, Place};
use crate::store::{StoreError, drafts, lists, outbox, tickets};
use crate::sync;

/// Opens a ticket. The same key and words give the same ticket.
pub(crate) async fn open(
    tickets: &Tickets,
    customer: CustomerId,
    new: NewTicket,
) -> Result<TicketId, Failure> {
    let files = files::each_once(new.files);
    let limits = tickets.uploads.limits();
    files::check_count(limits, &files)?;
    let (subject, text) = input::new_ticket(&new.subject, &new.message, !files.is_empty())?;
    let ticket = TicketId::parse(&tickets.chance.uuid())
        .ok_or_else(|| Failure::unavailable("a new UUID is none"))?;
    let entry = NewEntry {
        customer,
        key: new.key,
        ticket,
        kind: Kind::Open,
        subject,
        text,
        files,
        priority: new.priority.filter(|_| tickets.settings.priority.asks()),
    };
    sync::looked(tickets, customer);
    let now = tickets.clock.now();
    let (this, asked) = (tickets.clone(), entry.clone());
    let taken = tickets
        .store
        .write(move |tx| {
            if let Some(answer) = again(tx, &entry)? {
                return Ok(answer);
            }
            // He may have been forgotten while this call was on its way.
            if !customers::is_known(tx, customer)? {
                return Ok(Err(AppError::SignedOut));
            }
            if lists::find(tx, customer)?.blocked {
                return Ok(Err(AppError::NotAllowed));
            }
            let files = match files::for_message(tx, &this, customer, limits, &entry.files)? {
                Ok(files) => files,
                Err(fault) => return Ok(Err(fault)),
            };
            if let Err(wait) = this.allow(LimitedAction::OpenTicket, customer) {
                return Ok(Err(wait));
            }
            owners::record(tx, &owner_of(&entry), now)?;
            outbox::add(tx, &entry, &files, now)?;
            drafts::sent(tx, customer, &entry.key, now)?;
            seen::move_to(tx, customer, &entry.ticket, Place::default())?;
            tickets::change(tx, customer, &entry.ticket, now, |change| {
                change.begin(&entry.subject, now)
            })?;
            Ok(Ok(entry.ticket.clone()))
        })
        .await;
    let ticket = match taken {
        Ok(taken) => taken?,
        Err(error) => stored::after_all(tickets, &asked, error).await?.ticket,
    };
    tickets.changes.changed(customer, Some(&ticket));
    sender::wake(tickets, &ticket);
    Ok(ticket)
}

fn owner_of(entry: &NewEntry) -> Owner {
    Owner {
        ticket: entry.ticket.clone(),
        customer: entry.customer,
        conversation: None,
        origin: Origin::Portal,
        subject: Some(entry.subject.clone()),
    }
}

/// What the key was answered with before.
fn again(
    tx: &Transaction<'_>,
    new: &NewEntry,
) -> Result<Option<Result<TicketId, AppError>>, StoreError> {
    let key: &Key = &new.key;
    let Some(known) = outbox::with_key(tx, new.customer, key)? else {
        return Ok(None);
    };
    if !known.is_what(new) {
        return Ok(Some(Err(AppError::KeyReused)));
    }
    if known.priority != new.priority {
        wish::change(tx, known.id, new.priority)?;
    }
    Ok(Some(Ok(known.ticket)))
}
