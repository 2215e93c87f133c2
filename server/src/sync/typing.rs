//! An agent types: told to the open pages of the ticket's customer, and forgotten. Nothing of what is typed is known here.

use std::sync::Arc;

use chatwoot::TypingHint;
use tokio::sync::Semaphore;

use crate::failure::chain;
use crate::live::Hand;
use crate::store::{messages, owners};
use crate::tickets::Tickets;

/// So many are looked up at once; what comes meanwhile is not told.
const AT_ONCE: usize = 16;

/// How many are looked up now.
pub(super) struct Typing(Arc<Semaphore>);

impl Default for Typing {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

/// Chatwoot told of it.
pub(super) fn told(tickets: &Tickets, hint: &TypingHint) {
    let Ok(permit) = Arc::clone(&tickets.sync.typing.0).try_acquire_owned() else {
        return;
    };
    let busy = tickets.background.busy();
    let (this, hint) = (tickets.clone(), hint.clone());
    tickets.background.spawn("word of who types", async move {
        if let Err(error) = tell(&this, hint).await {
            tracing::debug!(cause = chain(&error), "whose agent types was not read");
        }
        drop(permit);
        drop(busy);
    });
}

async fn tell(tickets: &Tickets, hint: TypingHint) -> Result<(), crate::store::StoreError> {
    let number = hint.conversation.number();
    let owner = tickets
        .store
        .read(move |tx| owners::of_conversation(tx, number))
        .await?;
    let Some(owner) = owner.filter(|owner| tickets.changes.is_watched(owner.customer)) else {
        return Ok(());
    };
    let hand = match (hint.on, hint.name) {
        (false, _) => Hand::Rests,
        (true, None) => Hand::Somebodys,
        (true, Some(name)) => {
            let ticket = owner.ticket.clone();
            let known = tickets
                .store
                .read(move |tx| messages::newest_by_agent(tx, &ticket, &name));
            known.await?.map_or(Hand::Somebodys, Hand::AuthorOf)
        }
    };
    tickets.changes.typing(owner.customer, &owner.ticket, hand);
    Ok(())
}
