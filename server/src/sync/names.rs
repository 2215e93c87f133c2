//! Tells Chatwoot what customers want to be called, on their own contacts and no others. What cannot be told now is kept, and told later.

use std::time::Duration;

use chatwoot::{ContactName, Error, Refusal};

use super::pace::Pace;
use super::{Trouble, is_down, millis, source_of};
use crate::clock::Millis;
use crate::failure::chain;
use crate::ownership;
use crate::store::names::{self as kept, Wish};
use crate::store::{StoreError, customers};
use crate::tickets::{Bell, Busy, Tickets};

/// So many customers may be renamed at once.
const BURST: u64 = 30;
/// And in the long run one each: Chatwoot is asked twice for it.
const EACH: Duration = Duration::from_secs(2);
/// What could not be told is tried again after this.
const AGAIN: Duration = Duration::from_secs(20);
/// Who has no contact, or none that is his alone, or one whose name Chatwoot refuses, is looked at again after this; a new ticket makes him
/// one before.
const SELDOM: Duration = Duration::from_hours(24);
/// Nothing is due.
const IDLE: Duration = Duration::from_hours(1);

/// Wakes who tells.
#[derive(Default)]
pub(super) struct Names {
    bell: Bell,
}

/// There may be something to tell.
pub(crate) fn tell_names(tickets: &Tickets) {
    tickets.sync.names.bell.ring(tickets.background.busy());
}

pub(super) fn start(tickets: &Tickets) {
    tickets.keep("customers' names", |this, busy| async move {
        work(&this, busy).await;
    });
}

async fn work(tickets: &Tickets, mut busy: Busy) {
    let mut pace = Pace::new(BURST, EACH);
    while !tickets.background.is_stopping() {
        let until = match step(tickets, &mut pace).await {
            Ok(None) => continue,
            Ok(Some(until)) => until,
            Err(error) => {
                tracing::error!(cause = chain(&error), "names wait: the store fails");
                tickets.clock.now() + millis(AGAIN)
            }
        };
        let bell = &tickets.sync.names.bell;
        busy = bell.rest_until(&tickets.background, busy, until).await;
    }
}

/// What came of it.
enum Told {
    /// Chatwoot calls him so.
    Done,
    /// Not yet; it is tried again after this.
    Later(Duration),
}

/// Tells what is due next. Else until when to rest.
async fn step(tickets: &Tickets, pace: &mut Pace) -> Result<Option<Millis>, StoreError> {
    let now = tickets.clock.now();
    let Some(wish) = tickets.store.read(kept::next).await? else {
        return Ok(Some(now + millis(IDLE)));
    };
    if wish.due > now {
        return Ok(Some(wish.due));
    }
    if is_down(tickets) {
        // Its return rings.
        return Ok(Some(now + millis(AGAIN)));
    }
    if let Some(until) = pace.earliest(now) {
        return Ok(Some(until));
    }
    pace.take(now);
    let told = match tell(tickets, &wish).await {
        Ok(told) => told,
        Err(Trouble::Store(error)) => return Err(error),
        Err(Trouble::Chatwoot(error)) if is_final(&error) => {
            let cause = chain(&error);
            tracing::warn!(customer = %wish.customer, cause, "Chatwoot does not take a customer's name");
            // He is called so here all the same: done, and what agents see would take its place.
            Told::Later(SELDOM)
        }
        Err(trouble) => {
            let cause = chain(&trouble);
            tracing::debug!(customer = %wish.customer, cause, "a customer's name was not told");
            Told::Later(AGAIN)
        }
    };
    let now = tickets.clock.now();
    let noted = tickets.store.write(move |tx| match told {
        Told::Done => kept::told(tx, &wish),
        Told::Later(rest) => kept::put_off(tx, &wish, now + millis(rest)),
    });
    noted.await?;
    Ok(None)
}

/// Whether asking again would be answered alike. A contact that was not found was merged or deleted just now: it is looked up again.
fn is_final(error: &Error) -> bool {
    matches!(
        error,
        Error::Taken(_) | Error::Invalid(_) | Error::Refused(Refusal::Object)
    )
}

async fn tell(tickets: &Tickets, wish: &Wish) -> Result<Told, Trouble> {
    let id = wish.customer;
    // Whoever makes his contact has read before what he is called.
    let _lock = tickets.customer_locks.lock(&id).await;
    let found = tickets.store.read(move |tx| customers::find(tx, id));
    let Some(customer) = found.await? else {
        return Ok(Told::Done);
    };
    let source = source_of(tickets, &customer).await?;
    let Some(contact) = tickets.chatwoot.contact_by_source(&source).await? else {
        return Ok(Told::Later(SELDOM));
    };
    if !ownership::is_his_alone(tickets, &customer, &contact) {
        tracing::warn!(customer = %id, "a customer's name is not put on a contact that is not his alone");
        return Ok(Told::Later(SELDOM));
    }
    let Ok(name) = ContactName::new(customer.called()) else {
        return Ok(Told::Done);
    };
    if contact.name.as_ref() != Some(&name) {
        tickets.chatwoot.rename_contact(contact.id, &name).await?;
    }
    Ok(Told::Done)
}
