//! Sets the priority that a customer chose for his new ticket, once that is there. It can be done twice, so that a doubtful end is simply
//! tried again; what somebody has set meanwhile stays.

use app::tickets::priority::Priority;

use super::{Outcome, pace};
use crate::failure::chain;
use crate::ownership::{self, OwnedTicket};
use crate::store::outbox::{self, Entry, State, wish};
use crate::store::{StoreError, tickets as kept};
use crate::sync::{self, Trouble};
use crate::tickets::Tickets;
use crate::translate;

/// After so many calls in vain it stays as it is, which is some ten minutes: the ticket itself has arrived.
const TRIES: u32 = 30;

pub(super) async fn set(
    tickets: &Tickets,
    entry: &Entry,
    owned: &OwnedTicket,
) -> Result<Outcome, StoreError> {
    let wanted = entry.priority.filter(|_| tickets.settings.priority.asks());
    let Some(wanted) = wanted else {
        return done(tickets, entry, None).await;
    };
    if entry.attempts >= TRIES {
        tracing::error!(ticket = %owned.id(), "Chatwoot does not take the priority that a customer chose; the ticket has none");
        return done(tickets, entry, None).await;
    }
    let _lock = tickets.ticket_locks.lock(owned.id()).await;
    match try_to(tickets, entry, owned, wanted).await {
        Ok(stands) => done(tickets, entry, stands).await,
        Err(Trouble::Store(error)) => Err(error),
        Err(Trouble::Chatwoot(chatwoot::Error::NotFound))
            if sync::check_gone(tickets, owned).await =>
        {
            done(tickets, entry, None).await
        }
        Err(trouble) => {
            tracing::warn!(ticket = %owned.id(), cause = chain(&trouble), "a ticket's priority is not set yet");
            Ok(Outcome::Later(State::Arrived, pace::rest(tickets, entry)))
        }
    }
}

/// The priority that the ticket has now.
async fn try_to(
    tickets: &Tickets,
    entry: &Entry,
    owned: &OwnedTicket,
    wanted: Priority,
) -> Result<Option<Priority>, Trouble> {
    let Some(conversation) = ownership::reach(tickets, owned).await? else {
        return Ok(None);
    };
    let id = conversation.id();
    // Set already: by an earlier try, by an agent, or by a rule of theirs.
    if let Some(there) = tickets.chatwoot.conversation(id).await?.priority {
        return Ok(Some(translate::priority(there)));
    }
    let row = entry.id;
    tickets.store.write(move |tx| wish::tried(tx, row)).await?;
    let to = translate::chatwoots_priority(wanted);
    tickets.chatwoot.toggle_priority(id, to).await?;
    Ok(Some(wanted))
}

async fn done(
    tickets: &Tickets,
    entry: &Entry,
    stands: Option<Priority>,
) -> Result<Outcome, StoreError> {
    let (it, now) = (entry.clone(), tickets.clock.now());
    let stands = stands.filter(|_| tickets.settings.priority.shows());
    let changed = tickets.store.write(move |tx| {
        outbox::done(tx, it.id, now)?;
        kept::change(tx, it.customer, &it.ticket, now, |change| {
            change.priority(stands)
        })
    });
    if changed.await?.shows {
        tickets.changes.changed(entry.customer, Some(&entry.ticket));
    }
    Ok(Outcome::Done)
}
