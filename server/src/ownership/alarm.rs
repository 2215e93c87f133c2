//! Tells the operator when a customer's contact is not his alone any more: somebody took it over, or two were merged. Once for each
//! customer and kind, not at every sign-in; `/healthz` and `check` have the number.

use chatwoot::Contact;

use super::own::is_shared;
use super::unmarked::has_address;
use crate::sign_in::address::masked;
use crate::store::StoreError;
use crate::store::alarms::{self, Told};
use crate::store::customers::Customer;
use crate::tickets::Tickets;

/// Looks at the contact that a customer's source id has now.
pub(crate) async fn watch(
    tickets: &Tickets,
    customer: &Customer,
    contact: &Contact,
) -> Result<(), StoreError> {
    let what = fault(tickets, customer, contact);
    let (id, now) = (customer.id, tickets.clock.now());
    let told = tickets
        .store
        .write(move |tx| alarms::note(tx, id, what, now))
        .await?;
    let address = masked(&customer.address);
    match (told, what) {
        (Told::New, Some(what)) => tracing::error!(
            %address, contact = %contact.id, what,
            "security: a customer's contact in Chatwoot is not his alone any more. His tickets stay his and nobody else sees them \
             here, but agents see another name, and Chatwoot's own mails may go to another address. Look at the contact; a \
             website inbox lets any visitor do this, so that such an inbox should be in another account"
        ),
        (Told::Over, _) => tracing::info!(
            %address, contact = %contact.id, "a customer's contact in Chatwoot is his alone again"
        ),
        (Told::Before | Told::New, _) => {}
    }
    Ok(())
}

/// What is wrong with it.
fn fault(tickets: &Tickets, customer: &Customer, contact: &Contact) -> Option<&'static str> {
    let shared = is_shared(tickets, customer, contact);
    match (has_address(contact, &customer.address), shared) {
        (false, true) => Some("it was merged with another customer's and has another address"),
        (false, false) => Some("it has another address"),
        (true, true) => Some("it was merged with another customer's"),
        (true, false) => None,
    }
}
