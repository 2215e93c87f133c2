//! Sends a reply.

use chatwoot::{BadText, Content, Message, MessageSourceId, NewMessage};

use super::{Outcome, files, look, pace, reach, step, takes};
use crate::failure::chain;
use crate::ownership::{OwnedNumber, OwnedTicket};
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
    // Whoever read the ticket meanwhile may have found it, or its customer taken it back.
    let state = state_now(tickets, entry).await?;
    if matches!(state, State::Done | State::Failed | State::TakenBack) {
        return Ok(Outcome::Done);
    }
    let conversation = match reach::conversation(tickets, entry, owned).await? {
        Ok(conversation) => conversation,
        Err(outcome) => return Ok(outcome),
    };
    match state {
        State::Queued
        | State::Handed
        | State::Done
        | State::Failed
        | State::Lost
        | State::TakenBack => {}
        State::Doubtful => {
            let looked = look::message(tickets, conversation, entry).await;
            match pace::after_look(tickets, entry, looked) {
                Ok(Some(found)) => return arrived(tickets, entry, conversation, found).await,
                Ok(None) => {}
                Err(wait) => return Ok(wait),
            }
        }
        State::Arrived => return see_to_ticket(tickets, entry, conversation).await,
    }
    let (Ok(content), Ok(source_id)) = (text_of(entry), MessageSourceId::new(look::mark(entry)))
    else {
        return Ok(Outcome::Refused);
    };
    let files = match files::of(tickets, entry).await {
        Ok(files) => files,
        Err(absent) => return Ok(absent.outcome(tickets, entry)),
    };
    if !step::begins(tickets, entry).await? {
        return Ok(Outcome::Done);
    }
    let new = NewMessage {
        content,
        source_id,
        in_reply_to: None,
    };
    match tickets
        .chatwoot
        .post_incoming(conversation.id(), &new, files)
        .await
    {
        Ok(message) => arrived(tickets, entry, conversation, message).await,
        Err(chatwoot::Error::NotFound) => {
            if sync::check_gone(tickets, owned).await {
                return Ok(Outcome::Refused);
            }
            // Something before Chatwoot said so.
            Ok(Outcome::Later(State::Doubtful, pace::rest(tickets, entry)))
        }
        Err(error) => {
            tracing::warn!(ticket = %owned.id(), cause = chain(&error), "a reply was not sent");
            Ok(pace::after(tickets, entry, &error))
        }
    }
}

/// What was written; none if there are only files.
fn text_of(entry: &Entry) -> Result<Option<Content>, BadText> {
    if entry.text.is_empty() && !entry.files.is_empty() {
        return Ok(None);
    }
    Content::new(entry.text.as_str()).map(Some)
}

/// How far it is by now.
pub(super) async fn state_now(tickets: &Tickets, entry: &Entry) -> Result<State, StoreError> {
    let (customer, key) = (entry.customer, entry.key.clone());
    let now = tickets
        .store
        .read(move |tx| outbox::with_key(tx, customer, &key))
        .await?;
    Ok(now.map_or(State::Done, |now| now.state))
}

/// It is there: the thread has it at once, under the browser's key.
async fn arrived(
    tickets: &Tickets,
    entry: &Entry,
    conversation: OwnedNumber,
    message: Message,
) -> Result<Outcome, StoreError> {
    let now = tickets.clock.now();
    tickets.sync.signals.must_come(now);
    let it = entry.clone();
    files::count(entry, &message);
    // Whether the ticket was opened again is not known of what was found, and matters where it was closed.
    let found = entry.state == State::Doubtful;
    let closed = tickets
        .store
        .write(move |tx| {
            let customer = customers::find(tx, it.customer)?;
            let owner = owners::of_ticket(tx, &it.ticket)?;
            let thread = translate::Thread {
                address: customer.as_ref().map_or("", |it| it.address.as_str()),
                subject: owner.as_ref().and_then(|it| it.subject.as_deref()),
                adopted: false,
                by_email: false,
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
            if closed || found {
                outbox::arrived(tx, it.id, now)?;
            } else {
                outbox::done(tx, it.id, now)?;
            }
            Ok(closed || found)
        })
        .await?;
    sync::written(tickets, &entry.ticket);
    tickets.changes.changed(entry.customer, Some(&entry.ticket));
    takes::heard(tickets).await;
    if closed {
        return see_to_ticket(tickets, entry, conversation).await;
    }
    Ok(Outcome::Done)
}

/// Chatwoot opens a closed ticket by itself, after it has stored the message, unless that step failed.
async fn see_to_ticket(
    tickets: &Tickets,
    entry: &Entry,
    conversation: OwnedNumber,
) -> Result<Outcome, StoreError> {
    match sync::reopened(tickets, conversation, &look::mark(entry)).await {
        Ok(()) | Err(Trouble::Chatwoot(chatwoot::Error::NotFound)) => {}
        Err(Trouble::Store(error)) => return Err(error),
        Err(trouble) => {
            tracing::warn!(ticket = %entry.ticket, cause = chain(&trouble), "whether a ticket is open again is not known yet");
            return Ok(Outcome::Later(State::Arrived, pace::rest(tickets, entry)));
        }
    }
    let (id, now) = (entry.id, tickets.clock.now());
    tickets
        .store
        .write(move |tx| outbox::done(tx, id, now))
        .await?;
    Ok(Outcome::Done)
}
