//! Opens a ticket in Chatwoot. The owner record is there before it is sent, and its mark goes with it.

use std::sync::atomic::Ordering;

use chatwoot::{
    ContactId, Content, Conversation, Mark, MessageSourceId, NewConversation, SourceId, Subject,
};

use super::{Outcome, contact, files, look, pace, step, takes};
use crate::failure::chain;
use crate::ownership::{self, OwnedTicket};
use crate::store::customers::{self, Customer};
use crate::store::outbox::{Entry, State, wish};
use crate::store::{StoreError, lists, names, owners, tickets as kept};
use crate::sync::{self, Moment, Trouble};
use crate::tickets::Tickets;
use crate::translate;

pub(super) async fn send(
    tickets: &Tickets,
    entry: &Entry,
    owned: &OwnedTicket,
) -> Result<Outcome, StoreError> {
    let _one_at_a_time = tickets.customer_locks.lock(&entry.customer).await;
    match try_to(tickets, entry, owned).await {
        Ok(outcome) => Ok(outcome),
        Err(Trouble::Store(error)) => Err(error),
        // A call before the one that counts: nothing of the ticket was sent.
        Err(Trouble::Chatwoot(error)) => {
            tracing::warn!(ticket = %owned.id(), cause = chain(&error), "a ticket was not opened");
            Ok(Outcome::Later(entry.state, pace::rest(tickets, entry)))
        }
    }
}

async fn try_to(tickets: &Tickets, entry: &Entry, owned: &OwnedTicket) -> Result<Outcome, Trouble> {
    // Whoever filled the customer's list may have found it.
    if owned.conversation().is_some() {
        return Ok(done(tickets, entry).await?);
    }
    let asked = sync::moment(tickets);
    let customer = customer(tickets, entry).await?;
    let source = sync::source_of(tickets, &customer).await?;
    if entry.state == State::Doubtful {
        let looked = look::conversation(tickets, &source, owned.id()).await;
        match pace::after_look(tickets, entry, looked) {
            Ok(Some(found)) => {
                let judged = ownership::judge(tickets, &customer, &source, found).await;
                return match judged {
                    Ok(Some(found)) => {
                        let conversation = found.conversation().clone();
                        Ok(arrived(tickets, entry, conversation, asked).await?)
                    }
                    Ok(None) => Ok(Outcome::Refused),
                    Err(trouble) => Ok(unjudged(tickets, entry, &trouble)),
                };
            }
            Ok(None) => {}
            Err(wait) => return Ok(wait),
        }
    }
    let locked = sync::inbox_is_locked(tickets).await?;
    let was_locked = tickets.outbox.locked.swap(locked, Ordering::Relaxed);
    if locked {
        if !was_locked {
            tracing::error!(
                "the portal's inbox puts all of a customer's tickets into one conversation: switch off “lock to single \
                 conversation” in its settings; new tickets wait until then"
            );
        }
        return Ok(Outcome::Later(entry.state, pace::rest(tickets, entry)));
    }
    let contact = match contact::ensure(tickets, &customer, &source).await {
        Ok(contact) => contact,
        Err(error @ chatwoot::Error::Invalid(_)) => {
            tracing::warn!(ticket = %owned.id(), cause = chain(&error), "Chatwoot does not take a customer's contact");
            return Ok(Outcome::Refused);
        }
        Err(error) => return Err(error.into()),
    };
    ownership::watch(tickets, &customer, &contact).await?;
    ownership::learn_name(tickets, &customer, &contact).await;
    if !note_contact(tickets, &customer, &contact).await? {
        return Ok(Outcome::Refused);
    }
    let Some(new) = new_conversation(tickets, entry, owned, contact.id, source) else {
        return Ok(Outcome::Refused);
    };
    let files = match files::of(tickets, entry).await {
        Ok(files) => files,
        Err(absent) => return Ok(absent.outcome(tickets, entry)),
    };
    if !step::begins(tickets, entry).await? {
        return Ok(Outcome::Done);
    }
    match tickets.chatwoot.open_conversation(&new, files).await {
        Ok(conversation) if is_ours(&conversation, owned) => {
            Ok(arrived(tickets, entry, conversation, asked).await?)
        }
        Ok(conversation) => {
            tracing::error!(
                conversation = %conversation.id,
                "Chatwoot put a new ticket into another conversation: switch off “lock to single conversation” in the \
                 settings of the portal's inbox"
            );
            Ok(Outcome::Refused)
        }
        Err(error) => {
            tracing::warn!(ticket = %owned.id(), cause = chain(&error), "a ticket was not opened");
            Ok(match (&error, pace::after(tickets, entry, &error)) {
                // The contact was merged or deleted, or somebody else made its place: it is looked up again.
                (chatwoot::Error::NotFound | chatwoot::Error::Taken(_), _) => {
                    Outcome::Later(State::Queued, pace::rest(tickets, entry))
                }
                (_, outcome) => outcome,
            })
        }
    }
}

async fn customer(tickets: &Tickets, entry: &Entry) -> Result<Customer, StoreError> {
    let id = entry.customer;
    let found = tickets
        .store
        .read(move |tx| customers::find(tx, id))
        .await?;
    found.ok_or_else(|| StoreError::Row("outbox", "its customer is not there".to_owned()))
}

/// Keeps what the contact says. False if agents have blocked it: then nothing is sent.
async fn note_contact(
    tickets: &Tickets,
    customer: &Customer,
    contact: &chatwoot::Contact,
) -> Result<bool, StoreError> {
    let (id, number, blocked) = (customer.id, contact.id.number(), contact.blocked);
    let now = tickets.clock.now();
    let has_wish = tickets.store.write(move |tx| {
        customers::pin_contact(tx, id, number)?;
        lists::set_blocked(tx, id, blocked, now)?;
        names::hurry(tx, id, now)
    });
    if has_wish.await? {
        sync::tell_names(tickets);
    }
    Ok(!blocked)
}

fn new_conversation(
    tickets: &Tickets,
    entry: &Entry,
    owned: &OwnedTicket,
    contact: ContactId,
    source: SourceId,
) -> Option<NewConversation> {
    let text = if tickets.settings.subject_line {
        translate::first_message(&entry.subject, &entry.text)
    } else {
        entry.text.clone()
    };
    let content = if text.is_empty() && !entry.files.is_empty() {
        None
    } else {
        Some(Content::new(text).ok()?)
    };
    let ticket = owned.id().as_str();
    let mark = tickets.keys.current().owner_mark(source.as_str(), ticket);
    Some(NewConversation {
        contact,
        source,
        subject: Subject::new(entry.subject.as_str()).ok()?,
        portal_ticket: Mark::new(ticket).ok()?,
        portal_sig: Mark::new(mark).ok()?,
        content,
        message_source_id: MessageSourceId::new(look::mark(entry)).ok()?,
    })
}

fn is_ours(conversation: &Conversation, owned: &OwnedTicket) -> bool {
    conversation.marks.portal_ticket.as_deref() == Some(owned.id().as_str())
}

fn unjudged(tickets: &Tickets, entry: &Entry, trouble: &Trouble) -> Outcome {
    tracing::warn!(ticket = %entry.ticket, cause = chain(trouble), "a ticket that was found cannot be taken yet");
    Outcome::Later(State::Doubtful, pace::rest(tickets, entry))
}

/// It is there: bound to its record, and its thread read.
async fn arrived(
    tickets: &Tickets,
    entry: &Entry,
    conversation: Conversation,
    asked: Moment,
) -> Result<Outcome, StoreError> {
    tickets.sync.signals.must_come(tickets.clock.now());
    let it = entry.clone();
    let shown = tickets.settings.priority;
    let facts = translate::conversation(&conversation, Some(&entry.subject), shown);
    let now = tickets.clock.now();
    let bound = tickets
        .store
        .write(move |tx| {
            let bound = owners::bind(tx, &it.ticket, facts.conversation)?;
            if bound {
                wish::opened(tx, it.id, now)?;
                kept::change(tx, it.customer, &it.ticket, now, |change| {
                    change.facts(&facts)
                })?;
            }
            Ok(bound)
        })
        .await?;
    if !bound {
        return not_bound(tickets, entry, &conversation).await;
    }
    tickets.changes.changed(entry.customer, Some(&entry.ticket));
    takes::heard(tickets).await;
    sync::read_now(tickets, &entry.ticket, conversation, asked).await;
    Ok(Outcome::Done)
}

/// It cannot be bound. If that is because it was opened twice, an earlier try having come later than any should, the ticket is the
/// other one.
async fn not_bound(
    tickets: &Tickets,
    entry: &Entry,
    double: &Conversation,
) -> Result<Outcome, StoreError> {
    let ticket = entry.ticket.clone();
    let owner = tickets
        .store
        .read(move |tx| owners::of_ticket(tx, &ticket))
        .await?;
    let Some(first) = owner.and_then(|it| it.conversation) else {
        return Ok(Outcome::Refused);
    };
    tracing::error!(
        ticket = %entry.ticket, first, double = %double.id,
        "Chatwoot opened a ticket twice, since it stored an earlier try too late to be found: its customer sees the first; \
         close the double, and answer in the first"
    );
    done(tickets, entry).await
}

async fn done(tickets: &Tickets, entry: &Entry) -> Result<Outcome, StoreError> {
    let (it, now) = (entry.clone(), tickets.clock.now());
    tickets
        .store
        .write(move |tx| {
            wish::opened(tx, it.id, now)?;
            kept::touch(tx, it.customer, &it.ticket, now)
        })
        .await?;
    tickets.changes.changed(entry.customer, Some(&entry.ticket));
    Ok(Outcome::Done)
}
