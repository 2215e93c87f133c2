//! The contact that a customer's first ticket needs, with his source id in the portal's inbox.

use chatwoot::{Address, Contact, ContactName, NewContact, SourceId};

use crate::store::customers::Customer;
use crate::tickets::Tickets;

/// The contact that has the source id, made or given it if need be. Call it under the customer's lock. After a refusal or a
/// 500 somebody was quicker: it is looked up again.
pub(super) async fn ensure(
    tickets: &Tickets,
    customer: &Customer,
    source: &SourceId,
) -> Result<Contact, chatwoot::Error> {
    let chatwoot = &tickets.chatwoot;
    if let Some(contact) = chatwoot.contact_by_source(source).await? {
        return Ok(contact);
    }
    let made = make(tickets, customer, source).await;
    match chatwoot.contact_by_source(source).await? {
        Some(contact) => Ok(contact),
        None => Err(made.err().unwrap_or(chatwoot::Error::NotFound)),
    }
}

async fn make(
    tickets: &Tickets,
    customer: &Customer,
    source: &SourceId,
) -> Result<(), chatwoot::Error> {
    let chatwoot = &tickets.chatwoot;
    let Ok(email) = Address::new(customer.address.as_str()) else {
        return Err(chatwoot::Error::NotFound);
    };
    let known = chatwoot.contacts_by_email(&email).await?;
    if let Some(contact) = known.iter().min_by_key(|contact| contact.id) {
        if known.len() > 1 {
            tracing::warn!(customer = %customer.id, "two contacts have this customer's address; the older one is taken");
        }
        return chatwoot.attach_contact_inbox(contact.id, source).await;
    }
    let Ok(name) = ContactName::new(customer.called()) else {
        return Err(chatwoot::Error::NotFound);
    };
    chatwoot
        .create_contact(&NewContact {
            name,
            email,
            source: source.clone(),
        })
        .await
        .map(|_| ())
}
