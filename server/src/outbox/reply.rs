//! Sends a reply.

use chatwoot::{Content, Message, MessageSourceId, NewMessage};

use super::{Outcome, look, pace};
use crate::failure::chain;
use crate::ownership::{self, OwnedNumber, OwnedTicket};
use crate::store::outbox::{Entry, State};
use crate::store::{StoreError, customers, outbox, owners, tickets as kept};
use crate::sync::{self, Trouble};
use crate::tickets::Tickets;
use crate::translate;

pub(super) async fn send(
    tickets: &Tickets,
    entry: &Entry,
    owned: &OwnedTicket,
) -> Result<Outcome, StoreError> {
    let _lock = tickets.ticket_locks.lock(owned.id()).await;
    if is_done(tickets, entry).await? {
        return Ok(Outcome::Done);
    }
    let conversation = match ownership::reach(tickets, owned).await {
        Ok(Some(conversation)) => conversation,
        // Its opening is before it in order, so that its record is broken or means another Chatwoot.
        Ok(None) => return Ok(Outcome::Refused),
        Err(Trouble::Store(error)) => return Err(error),
        Err(Trouble::Chatwoot(error)) => return unreachable(tickets, entry, owned, &error).await,
    };
    if entry.state == State::Doubtful {
        let began = tickets.clock.now();
        match look::message(tickets, conversation, entry).await {
            Ok(Some(found)) => return arrived(tickets, entry, conversation, found).await,
            Ok(None) => {
                if let Some(wait) = pace::unseen(tickets, entry, began) {
                    return Ok(wait);
                }
            }
            Err(error) => return Ok(pace::blind(tickets, entry, &error)),
        }
    }
    let (Ok(content), Ok(source_id)) = (
        Content::new(entry.text.as_str()),
        MessageSourceId::new(look::mark(entry)),
    ) else {
        return Ok(Outcome::Refused);
    };
    let (id, now) = (entry.id, tickets.clock.now());
    tickets
        .store
        .write(move |tx| outbox::mark_sent(tx, id, now))
        .await?;
    let new = NewMessage {
        content,
        source_id,
        in_reply_to: None,
    };
    match tickets
        .chatwoot
        .post_incoming(conversation.id(), &new)
        .await
    {
        Ok(message) => arrived(tickets, entry, conversation, message).await,
        Err(chatwoot::Error::NotFound) => {
            sync::check_gone(tickets, owned).await;
            Ok(Outcome::Refused)
        }
        Err(error) => {
            tracing::warn!(ticket = %owned.id(), cause = chain(&error), "a reply was not sent");
            Ok(pace::after(tickets, entry, &error))
        }
    }
}

/// Its conversation could not be looked at, so that nothing was sent now.
pub(super) async fn unreachable(
    tickets: &Tickets,
    entry: &Entry,
    owned: &OwnedTicket,
    error: &chatwoot::Error,
) -> Result<Outcome, StoreError> {
    if matches!(error, chatwoot::Error::NotFound) {
        sync::check_gone(tickets, owned).await;
        return Ok(Outcome::Refused);
    }
    tracing::warn!(ticket = %owned.id(), cause = chain(error), "a ticket cannot be written to now");
    sync::heard(tickets, error);
    Ok(Outcome::Later(entry.state, pace::rest(tickets, entry)))
}

/// Whether it was found meanwhile by somebody who read the ticket.
pub(super) async fn is_done(tickets: &Tickets, entry: &Entry) -> Result<bool, StoreError> {
    let (customer, key) = (entry.customer, entry.key.clone());
    let now = tickets
        .store
        .read(move |tx| outbox::with_key(tx, customer, &key))
        .await?;
    Ok(now.is_none_or(|now| now.state == State::Done))
}

/// It is there: the thread has it at once, under the browser's key.
async fn arrived(
    tickets: &Tickets,
    entry: &Entry,
    conversation: OwnedNumber,
    message: Message,
) -> Result<Outcome, StoreError> {
    sync::heard_well(tickets);
    let now = tickets.clock.now();
    let it = entry.clone();
    let closed = tickets
        .store
        .write(move |tx| {
            outbox::done(tx, it.id, now)?;
            let customer = customers::find(tx, it.customer)?;
            let owner = owners::of_ticket(tx, &it.ticket)?;
            let thread = translate::Thread {
                address: customer.as_ref().map_or("", |it| it.address.as_str()),
                subject: owner.as_ref().and_then(|it| it.subject.as_deref()),
                // A reply is never the message that its ticket began with.
                opened_at: i64::MIN / 2,
            };
            let translated = translate::message(&message, thread);
            let mut closed = false;
            kept::change(tx, it.customer, &it.ticket, now, |change| {
                closed = change.before().is_some_and(|kept| kept.resolved);
                change.touch();
                change.message(&translated)
            })?;
            Ok(closed)
        })
        .await?;
    sync::written(tickets, &entry.ticket);
    tickets.changes.changed(entry.customer, Some(&entry.ticket));
    if closed {
        // Chatwoot opens it by itself, after it has stored the message.
        sync::reopened(tickets, &entry.ticket, conversation).await;
    }
    Ok(Outcome::Done)
}
