//! A ticket's thread, read from Chatwoot and put into the read model. Whoever calls holds the ticket's lock, unless it says else.

mod mail;

use chatwoot::{Conversation, ConversationId, Cursor, Label, Message, MessageId};

use super::{Moment, Trouble, order};
use crate::ownership::OwnedConversation;
use crate::store::customers::{self, Customer};
use crate::store::messages;
use crate::store::owners::{Origin, Owner};
use crate::store::tickets::{self as kept, Changed, Facts};
use crate::store::{StoreError, lists, outbox};
use crate::tickets::Tickets;
use crate::translate::{self, CANCEL_LABEL, Thread, Translated};

/// The newest part of a thread.
struct Part {
    messages: Vec<Message>,
    /// Everything from this number on is in it.
    from: u64,
    /// It is the whole thread.
    whole: bool,
}

/// Reads a ticket's newest messages and puts them and the conversation into the read model. True if something shows. `asked`
/// is when Chatwoot was asked for the conversation: if the ticket was written since, it is asked for again.
pub(super) async fn read(
    tickets: &Tickets,
    owned: OwnedConversation,
    asked: Moment,
) -> Result<bool, Trouble> {
    read_back_to(tickets, owned, asked, None).await
}

/// The same, with all messages from one on that Chatwoot says was changed or deleted, if it is one that shows.
pub(super) async fn read_back_to(
    tickets: &Tickets,
    owned: OwnedConversation,
    asked: Moment,
    changed: Option<u64>,
) -> Result<bool, Trouble> {
    let id = owned.conversation().id;
    let owner = owned.owner().clone();
    let mut conversation = owned.conversation().clone();
    if order::is_outdated(tickets, &owner.ticket, asked) {
        conversation = tickets.chatwoot.conversation(id).await?;
    }
    let part = if owner.origin == Origin::Mail {
        mail::part(tickets, &owner, id).await?
    } else {
        let ticket = owner.ticket.clone();
        let known = tickets.store.read(move |tx| {
            let highest = messages::ends(tx, &ticket)?.map(|(_, highest)| highest);
            let changed = match changed {
                Some(id) if messages::is_here(tx, &ticket, id)? => Some(id),
                _ => None,
            };
            Ok(highest.map(|highest| changed.map_or(highest, |id| id.min(highest))))
        });
        newest(tickets, id, known.await?).await?
    };
    take_mark_off(tickets, &owner, &mut conversation).await?;
    put(tickets, owner, conversation, part).await
}

/// The last 20, and what lies between them and this message, which is known.
async fn newest(
    tickets: &Tickets,
    id: ConversationId,
    back_to: Option<u64>,
) -> Result<Part, chatwoot::Error> {
    let mut part = tickets.chatwoot.messages(id, Cursor::Newest).await?;
    let mut messages = part.messages;
    while let (true, Some(lowest), Some(back_to)) = (part.more, part.lowest, back_to) {
        if lowest.number() <= back_to {
            break;
        }
        part = tickets
            .chatwoot
            .messages(id, Cursor::Before(lowest))
            .await?;
        messages.append(&mut part.messages);
    }
    Ok(Part {
        messages,
        from: if part.more {
            part.lowest.map_or(0, MessageId::number)
        } else {
            0
        },
        whole: !part.more,
    })
}

/// The cancel mark of a ticket that is open again comes off, or its next solution would look like the customer's.
async fn take_mark_off(
    tickets: &Tickets,
    owner: &Owner,
    conversation: &mut Conversation,
) -> Result<(), Trouble> {
    if conversation.status == chatwoot::Status::Resolved || !translate::is_cancelled(conversation) {
        return Ok(());
    }
    let ticket = owner.ticket.clone();
    let waiting = tickets
        .store
        .read(move |tx| outbox::waiting(tx, &ticket))
        .await?;
    if waiting.cancelling.is_some() {
        return Ok(());
    }
    let labels = tickets.chatwoot.labels(conversation.id).await?;
    let rest: Vec<Label> = labels
        .into_iter()
        .filter(|label| label.as_str() != CANCEL_LABEL)
        .collect();
    tickets.chatwoot.set_labels(conversation.id, rest).await?;
    conversation.labels.retain(|label| label != CANCEL_LABEL);
    Ok(())
}

async fn put(
    tickets: &Tickets,
    owner: Owner,
    conversation: Conversation,
    part: Part,
) -> Result<bool, Trouble> {
    let Some(person) = customer_of(tickets, &owner).await? else {
        return Ok(false);
    };
    let now = tickets.clock.now();
    let (customer, ticket) = (person.id, owner.ticket.clone());
    let blocked = conversation.muted || conversation.sender().is_some_and(|it| it.blocked);
    // Mails can lie with another contact than the one that is known to be his.
    let sender = conversation.sender().map(|it| it.id.number());
    let is_his = owner.origin != Origin::Mail || person.contact.is_none_or(|it| Some(it) == sender);
    let (facts, mut messages) = translated(tickets, &person, &owner, &conversation, &part.messages);
    let changed = tickets
        .store
        .write(move |tx| {
            // What the first fill brings counts as seen.
            let filled = lists::find(tx, customer)?.filled_at.is_some();
            for key in messages.iter().filter_map(|message| message.key.as_ref()) {
                crate::outbox::found(tx, &owner.ticket, key, now)?;
            }
            if owner.origin == Origin::Mail {
                mail::end(tx, &owner.ticket, &mut messages)?;
            }
            let changed = kept::change(tx, customer, &owner.ticket, now, |change| {
                change.facts(&facts)?;
                for message in &messages {
                    change.message(message)?;
                }
                let present: Vec<u64> = messages.iter().map(|message| message.id).collect();
                change.only(part.from, &present)?;
                change.note_status()?;
                if !filled {
                    change.seen_so_far()?;
                }
                if part.whole {
                    change.complete(true)?;
                }
                change.newest_read()
            })?;
            if is_his {
                lists::set_blocked(tx, customer, blocked, now)?;
            }
            Ok(changed)
        })
        .await?;
    order::written(tickets, &ticket);
    tell(tickets, customer, &ticket, &changed);
    Ok(changed.shows)
}

/// Reads one part further back. True if the thread is whole then.
async fn read_back(
    tickets: &Tickets,
    owner: &Owner,
    conversation: &Conversation,
) -> Result<bool, Trouble> {
    let Some(person) = customer_of(tickets, owner).await? else {
        return Ok(true);
    };
    let ticket = owner.ticket.clone();
    let ends = tickets
        .store
        .read(move |tx| messages::ends(tx, &ticket))
        .await?;
    let before = ends.and_then(|(lowest, _)| MessageId::new(lowest).ok());
    let cursor = before.map_or(Cursor::Newest, Cursor::Before);
    let part = tickets.chatwoot.messages(conversation.id, cursor).await?;
    let (now, whole) = (tickets.clock.now(), !part.more);
    let (customer, ticket) = (owner.customer, owner.ticket.clone());
    let (_, messages) = translated(tickets, &person, owner, conversation, &part.messages);
    let changed = tickets
        .store
        .write(move |tx| {
            kept::change(tx, customer, &ticket, now, |change| {
                for message in &messages {
                    change.message(message)?;
                }
                if whole {
                    change.complete(true)?;
                }
                Ok(())
            })
        })
        .await?;
    tell(tickets, customer, &owner.ticket, &changed);
    Ok(whole)
}

async fn customer_of(tickets: &Tickets, owner: &Owner) -> Result<Option<Customer>, StoreError> {
    let id = owner.customer;
    tickets.store.read(move |tx| customers::find(tx, id)).await
}

/// Chatwoot's words in ours, before the store is asked to keep them: it has one writer.
fn translated(
    tickets: &Tickets,
    customer: &Customer,
    owner: &Owner,
    conversation: &Conversation,
    messages: &[Message],
) -> (Facts, Vec<Translated>) {
    let shown = tickets.settings.priority;
    let facts = translate::conversation(conversation, owner.subject.as_deref(), shown);
    let thread = Thread {
        address: &customer.address,
        subject: match owner.origin {
            Origin::Portal | Origin::Adopted => Some(facts.subject.as_str()),
            Origin::Agent | Origin::Mail => None,
        },
        adopted: owner.origin == Origin::Adopted,
        by_email: owner.origin == Origin::Mail,
        opened_at: conversation.created_at.unwrap_or_default(),
    };
    let messages = messages
        .iter()
        .map(|message| {
            let mut message = translate::message(message, thread);
            let is_chatwoots = |address: &str| tickets.chatwoot.is_file(address);
            translate::inline(&mut message, &owner.ticket, is_chatwoots);
            message
        })
        .collect();
    (facts, messages)
}

fn tell(
    tickets: &Tickets,
    customer: crate::store::customers::CustomerId,
    ticket: &app::tickets::model::TicketId,
    changed: &Changed,
) {
    for double in &changed.doubles {
        tracing::warn!(%ticket, message = double, "a message came twice; the second is hidden");
    }
    if changed.shows {
        tickets.changes.changed(customer, Some(ticket));
        tickets.away.wake(tickets);
    }
}

/// Reads what is left of a thread, from its newest to its first message, for somebody who does not hold its lock: a reply must not wait
/// for more than a page of it.
pub(super) async fn complete(tickets: &Tickets, owned: &OwnedConversation) -> Result<(), Trouble> {
    let ticket = &owned.owner().ticket;
    loop {
        let _lock = tickets.ticket_locks.lock(ticket).await;
        let id = ticket.clone();
        // Meanwhile it may have been completed, or be gone.
        let kept = tickets.store.read(move |tx| kept::find(tx, &id)).await?;
        if kept.is_none_or(|kept| kept.complete)
            || read_back(tickets, owned.owner(), owned.conversation()).await?
        {
            return Ok(());
        }
    }
}

/// Our record of a conversation that is known.
pub(super) async fn owner_of(
    tickets: &Tickets,
    conversation: ConversationId,
) -> Result<Option<Owner>, StoreError> {
    tickets
        .store
        .read(move |tx| crate::store::owners::of_conversation(tx, conversation.number()))
        .await
}
