//! One ticket, read again: because it was opened, written to, or Chatwoot says that it changed. Equal wishes at once are one.

use std::time::Duration;

use app::tickets::model::TicketId;
use chatwoot::{Conversation, ConversationId, Cursor, InboxId, SetStatus};

use super::health::is_down;
use super::thread;
use super::{Ended, Moment, Trouble, lock, millis, moment, read_back};
use crate::failure::chain;
use crate::ownership::{self, OwnedConversation, OwnedNumber, OwnedTicket};
use crate::rate_limit::LimitedAction;
use crate::store::customers::CustomerId;
use crate::tickets::Tickets;

/// A page that asks again by itself has its ticket read again no sooner than this.
const SELDOM: Duration = Duration::from_secs(5);
/// How many tickets' last reading is remembered.
const REMEMBERED: usize = 10_000;

/// Has a ticket read again; `now` means that somebody opened it. None if it was read just now, or Chatwoot does not answer.
pub(crate) fn want_refresh(tickets: &Tickets, ticket: &OwnedTicket, now: bool) -> Option<Ended> {
    if is_down(tickets) {
        // The poll finds out when that is over.
        return None;
    }
    let id = ticket.id().clone();
    let mut refreshing = lock(&tickets.sync.refreshing);
    if let Some(ended) = refreshing.get(&id).filter(|ended| !ended.is_over()) {
        return Some(ended.clone());
    }
    let time = tickets.clock.now();
    {
        let mut refreshed = lock(&tickets.sync.refreshed);
        let soon = |at: &u64| time < at + millis(SELDOM);
        if !now && refreshed.get(&id).is_some_and(soon) {
            return None;
        }
        // Past it he sees what is here: the poll brings what is new.
        if tickets
            .allow(LimitedAction::ReadAgain, ticket.customer())
            .is_err()
        {
            return None;
        }
        if refreshed.len() >= REMEMBERED {
            refreshed.retain(|_, at| soon(at));
        }
        refreshed.insert(id.clone(), time);
    }
    let (ended, guard) = Ended::new();
    refreshing.insert(id.clone(), ended.clone());
    let busy = tickets.background.busy();
    let (this, ticket) = (tickets.clone(), ticket.clone());
    tickets.background.spawn("reading of a ticket", async move {
        refresh(&this, &ticket, now).await;
        lock(&this.sync.refreshing).remove(&id);
        drop(guard);
        drop(busy);
    });
    Some(ended)
}

async fn refresh(tickets: &Tickets, ticket: &OwnedTicket, opened: bool) {
    let Some(conversation) = ticket
        .conversation()
        .and_then(|n| ConversationId::new(n).ok())
    else {
        return;
    };
    let read = {
        let _lock = tickets.ticket_locks.lock(ticket.id()).await;
        as_shown(tickets, ticket.id(), conversation, opened).await
    };
    match read {
        Ok(Some(owned)) => {
            if let Err(trouble) = thread::complete(tickets, &owned).await {
                report(ticket.id(), &trouble);
            }
        }
        Ok(None) => {}
        Err(Trouble::Chatwoot(chatwoot::Error::NotFound)) => {
            super::check_gone(tickets, ticket).await;
        }
        Err(trouble) => report(ticket.id(), &trouble),
    }
}

/// Reads a known conversation again, as far as the page shows it if somebody opens it; under its lock.
async fn as_shown(
    tickets: &Tickets,
    ticket: &TicketId,
    number: ConversationId,
    opened: bool,
) -> Result<Option<OwnedConversation>, Trouble> {
    let back_to = match opened {
        true => read_back::wanted(tickets, ticket).await?,
        false => None,
    };
    let found = by_number(tickets, number, back_to).await?;
    if back_to.is_some() && found.is_some() {
        read_back::done(tickets, ticket);
    }
    Ok(found)
}

/// Reads a known conversation again, back to a message that was changed if there is one; under its lock.
pub(super) async fn by_number(
    tickets: &Tickets,
    number: ConversationId,
    changed: Option<u64>,
) -> Result<Option<OwnedConversation>, Trouble> {
    let Some(owner) = thread::owner_of(tickets, number).await? else {
        return Ok(None);
    };
    let asked = moment(tickets);
    let conversation = tickets.chatwoot.conversation(number).await?;
    let Some(owned) = ownership::recognise(tickets, owner, conversation).await? else {
        return Ok(None);
    };
    let ticket = owned.owner().ticket.clone();
    thread::read_back_to(tickets, owned.clone(), asked, changed).await?;
    // A page that asks because it was told of this has it read once.
    lock(&tickets.sync.refreshed).insert(ticket, tickets.clock.now());
    Ok(Some(owned))
}

/// What became of a ticket that was looked at.
pub(crate) enum LookedAgain {
    /// It is this customer's, in this inbox.
    Here(InboxId),
    /// It is not, or not any more.
    Gone,
}

/// Reads a ticket's newest messages again. Chatwoot has to answer.
pub(crate) async fn look_again(
    tickets: &Tickets,
    customer: CustomerId,
    ticket: &TicketId,
) -> Result<LookedAgain, Trouble> {
    let id = ticket.clone();
    let owned = tickets
        .store
        .read(move |tx| OwnedTicket::check(tx, customer, &id))
        .await?;
    let number = owned.as_ref().and_then(OwnedTicket::conversation);
    let (Some(owned), Some(Ok(number))) = (owned, number.map(ConversationId::new)) else {
        return Ok(LookedAgain::Gone);
    };
    let read = {
        let _lock = tickets.ticket_locks.lock(ticket).await;
        by_number(tickets, number, None).await
    };
    match read {
        Ok(Some(found)) => Ok(LookedAgain::Here(found.conversation().inbox)),
        Ok(None) => Ok(LookedAgain::Gone),
        Err(Trouble::Chatwoot(chatwoot::Error::NotFound)) => {
            // Whoever says so of everything is not believed.
            match super::check_gone(tickets, &owned).await {
                true => Ok(LookedAgain::Gone),
                false => Err(chatwoot::Error::NotFound.into()),
            }
        }
        Err(trouble) => Err(trouble),
    }
}

/// Reads a ticket again for somebody who holds its lock.
pub(crate) async fn read_again(tickets: &Tickets, ticket: &TicketId, number: OwnedNumber) {
    if let Err(trouble) = by_number(tickets, number.id(), None).await {
        report(ticket, &trouble);
    }
}

/// A reply with this mark is in a ticket that may be closed, for somebody who holds its lock: Chatwoot opens it after it has stored
/// the reply, unless that step failed. Where something came after the reply, an agent has closed it since.
pub(crate) async fn reopened(
    tickets: &Tickets,
    number: OwnedNumber,
    mark: &str,
) -> Result<(), Trouble> {
    let number = number.id();
    let conversation = tickets.chatwoot.conversation(number).await?;
    if conversation.status == chatwoot::Status::Resolved
        && !conversation.muted
        && is_newest(tickets, number, mark).await?
    {
        tickets
            .chatwoot
            .toggle_status(number, SetStatus::Open)
            .await?;
    }
    by_number(tickets, number, None).await?;
    Ok(())
}

async fn is_newest(tickets: &Tickets, number: ConversationId, mark: &str) -> Result<bool, Trouble> {
    let newest = tickets.chatwoot.messages(number, Cursor::Newest).await?;
    let newest = newest.messages.iter().max_by_key(|message| message.id);
    Ok(newest.is_some_and(|message| message.source_id.as_deref() == Some(mark)))
}

/// Reads the thread of a ticket that was just opened; Chatwoot was asked to at the moment given.
pub(crate) async fn read_now(
    tickets: &Tickets,
    ticket: &TicketId,
    conversation: Conversation,
    asked: Moment,
) {
    let _lock = tickets.ticket_locks.lock(ticket).await;
    if let Err(trouble) = read_known(tickets, conversation, asked).await {
        report(ticket, &trouble);
    }
}

async fn read_known(
    tickets: &Tickets,
    conversation: Conversation,
    asked: Moment,
) -> Result<(), Trouble> {
    if let Some(owner) = thread::owner_of(tickets, conversation.id).await?
        && let Some(owned) = ownership::recognise(tickets, owner, conversation).await?
    {
        thread::read(tickets, owned, asked).await?;
    }
    Ok(())
}

pub(super) fn report(ticket: &TicketId, trouble: &Trouble) {
    tracing::warn!(%ticket, cause = chain(trouble), "a ticket was not read again");
}
