//! What we know of a listed conversation by ourselves: our record, or our signed mark on it.

use app::tickets::model::TicketId;
use chatwoot::{Conversation, SourceId};

use crate::store::StoreError;
use crate::store::customers::Customer;
use crate::store::owners::{self, Origin, Owner};
use crate::tickets::Tickets;

/// What record and mark say.
pub(super) enum Found {
    /// It is his.
    Owned(Owner),
    /// It is not to be shown: it came twice, or our record says another's.
    Hidden,
    /// Neither record nor mark.
    Unmarked,
}

pub(super) async fn read(
    tickets: &Tickets,
    customer: &Customer,
    source: &SourceId,
    conversation: &Conversation,
) -> Result<Found, StoreError> {
    let number = conversation.id.number();
    let customer = customer.id;
    let known = tickets
        .store
        .read(move |tx| owners::of_conversation(tx, number))
        .await?;
    if let Some(owner) = known.filter(|owner| owner.customer == customer) {
        return Ok(Found::Owned(owner));
    }
    let marked = valid_mark(tickets, source, conversation);
    let subject = conversation.marks.mail_subject.clone();
    let now = tickets.clock.now();
    let found = tickets
        .store
        .write(move |tx| {
            if let Some(owner) = owners::of_conversation(tx, number)? {
                return Ok(if owner.customer == customer {
                    Found::Owned(owner)
                } else {
                    Found::Hidden
                });
            }
            let Some(ticket) = marked else {
                return Ok(Found::Unmarked);
            };
            owners::record(
                tx,
                &Owner {
                    ticket: ticket.clone(),
                    customer,
                    conversation: None,
                    origin: Origin::Portal,
                    subject,
                },
                now,
            )?;
            let bound = owners::bind(tx, &ticket, number)?;
            match owners::of_ticket(tx, &ticket)? {
                Some(owner) if bound && owner.customer == customer => Ok(Found::Owned(owner)),
                _ => Ok(Found::Hidden),
            }
        })
        .await?;
    if matches!(found, Found::Hidden) {
        tracing::warn!(
            conversation = number,
            customer = %customer,
            "a conversation is hidden: the ticket is there already, or our record says another customer's"
        );
    }
    Ok(found)
}

/// The ticket that the conversation's mark names, if the mark is ours for this source id.
fn valid_mark(
    tickets: &Tickets,
    source: &SourceId,
    conversation: &Conversation,
) -> Option<TicketId> {
    let ticket = TicketId::parse(conversation.marks.portal_ticket.as_deref()?)?;
    let mark = conversation.marks.portal_sig.as_deref()?;
    let holds = tickets
        .keys
        .all()
        .any(|keys| keys.owner_mark_holds(source.as_str(), ticket.as_str(), mark));
    holds.then_some(ticket)
}
