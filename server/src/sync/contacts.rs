//! What agents changed of a customer's contact: his name, and whether he may write. The cable tells of each contact that was touched,
//! also by a message of its own, so that one is read again only if what came with it is not known.

use std::sync::Arc;

use chatwoot::{Contact, ContactHint};
use tokio::sync::Semaphore;

use super::hints::{Reason, Thing};
use super::{Trouble, source_of};
use crate::clock::Millis;
use crate::failure::chain;
use crate::ownership;
use crate::store::customers::{self, Customer};
use crate::store::{StoreError, lists};
use crate::tickets::Tickets;

/// So many are looked up at once; what comes meanwhile is found at the customer's next sign-in.
const AT_ONCE: usize = 16;

/// How many are looked up now.
pub(super) struct Contacts(Arc<Semaphore>);

impl Default for Contacts {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

/// The cable told of a contact.
pub(super) fn told(tickets: &Tickets, hint: &ContactHint) {
    let Ok(permit) = Arc::clone(&tickets.sync.contacts.0).try_acquire_owned() else {
        return;
    };
    let busy = tickets.background.busy();
    let (this, hint) = (tickets.clone(), hint.clone());
    tickets.background.spawn("word of a contact", async move {
        let number = hint.id.number();
        match is_news(&this, hint).await {
            Ok(false) => {}
            Ok(true) => {
                let (hints, now) = (&this.sync.hints, this.clock.now());
                hints.add(Thing::Person(number), Reason::default(), now);
                hints.bell.ring(this.background.busy());
            }
            Err(error) => {
                tracing::debug!(cause = chain(&error), "whose contact it is was not read")
            }
        }
        drop(permit);
        drop(busy);
    });
}

/// Whether what came with the word is not what is known of one of its customers.
async fn is_news(tickets: &Tickets, hint: ContactHint) -> Result<bool, StoreError> {
    let read = tickets.store.read(move |tx| {
        for customer in customers::by_contact(tx, hint.id.number())? {
            let blocked = lists::find(tx, customer.id)?.blocked;
            if hint.name.as_deref() != Some(customer.called()) || hint.blocked != blocked {
                return Ok(true);
            }
        }
        Ok(false)
    });
    read.await
}

/// Reads the contacts of whoever has this one again.
pub(super) async fn read(tickets: &Tickets, number: u64) -> Result<(), Trouble> {
    let whose = tickets
        .store
        .read(move |tx| customers::by_contact(tx, number));
    for customer in whose.await? {
        let asked_at = tickets.clock.now();
        let source = source_of(tickets, &customer).await?;
        if let Some(contact) = tickets.chatwoot.contact_by_source(&source).await? {
            take(tickets, &customer, &contact, asked_at).await?;
        }
    }
    Ok(())
}

/// Takes the contact that a customer's source id has now.
pub(super) async fn take(
    tickets: &Tickets,
    customer: &Customer,
    contact: &Contact,
    asked_at: Millis,
) -> Result<(), Trouble> {
    ownership::watch(tickets, customer, contact).await?;
    ownership::learn_name(tickets, customer, contact).await;
    let (id, number, blocked) = (customer.id, contact.id.number(), contact.blocked);
    let kept = tickets.store.write(move |tx| {
        customers::pin_contact(tx, id, number)?;
        customers::contact_is_now(tx, id, number)?;
        lists::set_blocked(tx, id, blocked, asked_at)
    });
    kept.await?;
    Ok(())
}
