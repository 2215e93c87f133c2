//! What agents call a customer is his name here too, as long as the contact is his alone: else it is another person's (api.md §0b.4).

use app::session::model::NAME_LIMIT;
use chatwoot::{Channel, Contact, ContactName};

use super::own::is_shared;
use super::unmarked::has_address;
use crate::failure::chain;
use crate::store::customers::Customer;
use crate::store::names;
use crate::sync::Trouble;
use crate::tickets::Tickets;
use crate::tickets::input;

/// Whether the contact that has a customer's source id is his: neither taken over nor merged with another customer's.
pub(crate) fn is_his_alone(tickets: &Tickets, customer: &Customer, contact: &Contact) -> bool {
    has_address(contact, &customer.address) && !is_shared(tickets, customer, contact)
}

/// Keeps the name that agents gave a customer's contact. `customer` was read before the contact. Nothing waits for a name that cannot be
/// learned now.
pub(crate) async fn learn_name(tickets: &Tickets, customer: &Customer, contact: &Contact) {
    if let Err(trouble) = try_to_learn(tickets, customer, contact).await {
        let cause = chain(&trouble);
        tracing::warn!(customer = %customer.id, cause, "a customer's name was not learned");
    }
}

async fn try_to_learn(
    tickets: &Tickets,
    customer: &Customer,
    contact: &Contact,
) -> Result<(), Trouble> {
    let name = contact.name.as_ref().map(ContactName::as_str);
    let name = input::name(name.unwrap_or_default());
    let name: String = name.chars().take(NAME_LIMIT as usize).collect();
    if name.is_empty()
        || name == customer.called()
        || !is_his_alone(tickets, customer, contact)
        || visits_websites(tickets, contact).await?
    {
        return Ok(());
    }
    let (id, before) = (customer.id, customer.name.clone());
    let kept = tickets
        .store
        .write(move |tx| names::learn(tx, id, before.as_deref(), &name));
    Ok(kept.await?)
}

/// Whether the contact has used a website widget, so that any visitor may have written into it.
pub(super) async fn visits_websites(tickets: &Tickets, contact: &Contact) -> Result<bool, Trouble> {
    let own = tickets.chatwoot.inbox_id();
    if contact.inboxes.iter().all(|way| way.inbox == own) {
        return Ok(false);
    }
    let inboxes = tickets.chatwoot.inboxes().await?;
    let mut websites = inboxes
        .iter()
        .filter(|inbox| inbox.channel == Channel::WebWidget);
    Ok(websites.any(|site| contact.inboxes.iter().any(|way| way.inbox == site.id)))
}
