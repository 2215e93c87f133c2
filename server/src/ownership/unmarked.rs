//! A conversation without our mark: an agent began it for the contact. It is judged once, soon after it began, and the verdict
//! is kept, since whoever can choose the moment can make the rule give him another's ticket.

use std::sync::atomic::Ordering;
use std::time::Duration;

use app::tickets::model::TicketId;
use chatwoot::{Contact, Conversation, SourceId};

use super::named::visits_websites;
use super::own::is_shared;
use crate::store::StoreError;
use crate::store::customers::Customer;
use crate::store::owners::{self, Origin, Owner};
use crate::sync::Trouble;
use crate::tickets::Tickets;

/// How soon after its beginning a conversation must be judged.
const WITHIN: Duration = Duration::from_secs(60);

pub(super) async fn judge(
    tickets: &Tickets,
    customer: &Customer,
    source: &SourceId,
    conversation: &Conversation,
) -> Result<Option<Owner>, Trouble> {
    let number = conversation.id.number();
    let refused = tickets
        .store
        .read(move |tx| owners::was_refused(tx, number))
        .await?;
    if refused {
        return Ok(None);
    }
    let reason = match fault(tickets, customer, source, conversation).await? {
        None => {
            return accept(tickets, customer, number, Origin::Agent).await;
        }
        Some(reason) => reason,
    };
    let now = tickets.clock.now();
    let new = tickets
        .store
        .write(move |tx| owners::refuse(tx, number, reason, now))
        .await?;
    if new {
        tickets.refused.fetch_add(1, Ordering::Relaxed);
        tracing::warn!(
            conversation = number,
            customer = %customer.id,
            reason,
            "a conversation without our mark is not shown; Chatwoot itself tells the customer of it"
        );
    }
    Ok(None)
}

/// Records a conversation that bears no mark of ours as his, under a name of ours.
pub(super) async fn accept(
    tickets: &Tickets,
    customer: &Customer,
    number: u64,
    origin: Origin,
) -> Result<Option<Owner>, Trouble> {
    let ticket = TicketId::parse(&tickets.chance.uuid())
        .ok_or_else(|| StoreError::Row("owners", "a new UUID is none".to_owned()))?;
    let owner = Owner {
        ticket,
        customer: customer.id,
        conversation: Some(number),
        origin,
        subject: None,
    };
    let now = tickets.clock.now();
    let accepted = tickets.store.write(move |tx| {
        // It may have been seen in two ways at once.
        if let Some(known) = owners::of_conversation(tx, number)? {
            return Ok(Some(known).filter(|known| known.customer == owner.customer));
        }
        owners::record(tx, &owner, now)?;
        Ok(Some(owner))
    });
    Ok(accepted.await?)
}

/// Why a conversation is not taken for his; none if it is. An error is no verdict.
async fn fault(
    tickets: &Tickets,
    customer: &Customer,
    source: &SourceId,
    conversation: &Conversation,
) -> Result<Option<&'static str>, Trouble> {
    if conversation.marks.portal_sig.is_some() {
        return Ok(Some(
            "its mark was made under another SESSION_SECRET: if that was yours, list it in SESSION_SECRET_PREVIOUS",
        ));
    }
    // By its own clock, which began it: the portal's may be another machine's.
    let chatwoot = tickets.chatwoot.version().await?;
    let now = chatwoot
        .time()
        .unwrap_or_else(|| tickets.clock.now() / 1000);
    let began = conversation
        .created_at
        .and_then(|at| u64::try_from(at).ok())
        .unwrap_or_default();
    if began.abs_diff(now) > WITHIN.as_secs() {
        return Ok(Some("it was seen too long after it began"));
    }
    let Some(contact) = tickets.chatwoot.contact_by_source(source).await? else {
        return Ok(Some("its source id has no contact"));
    };
    if conversation.sender().map(|sender| sender.id) != Some(contact.id) {
        return Ok(Some("its contact is not the one of the source id"));
    }
    if customer.contact != Some(contact.id.number()) {
        return Ok(Some(
            "its contact is not the one that the source id was made on",
        ));
    }
    if !has_address(&contact, &customer.address) {
        return Ok(Some("its contact has another address"));
    }
    if is_shared(tickets, customer, &contact) {
        return Ok(Some("its contact has source ids of several customers"));
    }
    if visits_websites(tickets, &contact).await? {
        return Ok(Some("its contact is a website visitor too"));
    }
    Ok(None)
}

/// Whether the contact's address is the verified one, byte for byte but for the case of ASCII letters.
pub(super) fn has_address(contact: &Contact, address: &str) -> bool {
    contact
        .email
        .as_deref()
        .is_some_and(|it| it.eq_ignore_ascii_case(address))
}
