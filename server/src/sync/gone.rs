//! Tickets that are no longer in Chatwoot.

use chatwoot::ConversationId;

use super::missing;
use crate::failure::chain;
use crate::ownership::OwnedTicket;
use crate::store::owners::Origin;
use crate::store::tickets as kept;
use crate::tickets::Tickets;

/// Chatwoot said that it has no such conversation: if that is so while it knows its inbox well, the ticket is gone here too.
/// A wrong address or a proxy in between says the same of everything. True if it is gone.
pub(crate) async fn check_gone(tickets: &Tickets, ticket: &OwnedTicket) -> bool {
    let Some(id) = ticket
        .conversation()
        .and_then(|n| ConversationId::new(n).ok())
    else {
        return false;
    };
    if tickets.chatwoot.inbox().await.is_err() {
        return false;
    }
    if !matches!(
        tickets.chatwoot.conversation(id).await,
        Err(chatwoot::Error::NotFound)
    ) {
        return false;
    }
    let (gone, now) = (ticket.id().clone(), tickets.clock.now());
    let forgot = tickets
        .store
        .write(move |tx| kept::forget(tx, &gone, now))
        .await;
    match forgot {
        Ok(true) => {
            tracing::info!(ticket = %ticket.id(), "a ticket was deleted in Chatwoot");
            if ticket.origin() != Origin::Mail {
                missing::found(tickets);
            }
            tickets
                .changes
                .changed(ticket.customer(), Some(ticket.id()));
        }
        Ok(false) => {}
        Err(error) => tracing::error!(cause = chain(&error), "a ticket cannot be forgotten"),
    }
    true
}
