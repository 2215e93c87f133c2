//! Cancels a ticket: the label first, so that it never looks solved by the team, then closed as its contact. Both can be done
//! twice, so that a doubtful end is simply tried again.

use chatwoot::{Conversation, Label, SetStatus, SourceId};

use super::{Outcome, pace, reach, step};
use crate::failure::chain;
use crate::ownership::OwnedTicket;
use crate::store::customers::CustomerId;
use crate::store::outbox::{Entry, State};
use crate::store::owners::Origin;
use crate::store::{StoreError, customers, outbox, tickets as kept};
use crate::sync;
use crate::tickets::Tickets;
use crate::translate::{self, CANCEL_LABEL};

use app::tickets::model::EventKind;

pub(super) async fn send(
    tickets: &Tickets,
    entry: &Entry,
    owned: &OwnedTicket,
) -> Result<Outcome, StoreError> {
    let _lock = tickets.ticket_locks.lock(owned.id()).await;
    let conversation = match reach::conversation(tickets, entry, owned).await? {
        Ok(conversation) => conversation,
        Err(outcome) => return Ok(outcome),
    };
    let by = match owned.origin() {
        // It is not filed under his source id, and what it is filed under may be anything.
        Origin::Adopted | Origin::Mail => By::Portal,
        Origin::Portal | Origin::Agent => match source_of(tickets, entry.customer).await? {
            Some(source) => By::Customer(source),
            None => return Ok(Outcome::Refused),
        },
    };
    // Looked at first: while that is not answered, nothing is done and it can be taken back.
    let now = match tickets.chatwoot.conversation(conversation.id()).await {
        Ok(now) => now,
        Err(error) => return Ok(reach::unreachable(tickets, entry, owned, &error).await),
    };
    if !step::begins(tickets, entry).await? {
        return Ok(Outcome::Done);
    }
    match close(tickets, &now, &by).await {
        Ok(Closed::ByCustomer) => done(tickets, entry, true).await,
        Ok(Closed::Already) => {
            sync::read_again(tickets, owned.id(), conversation).await;
            done(tickets, entry, false).await
        }
        Ok(Closed::Not) => Ok(Outcome::Later(State::Doubtful, pace::rest(tickets, entry))),
        Err(chatwoot::Error::NotFound) => {
            if sync::check_gone(tickets, owned).await {
                return Ok(Outcome::Refused);
            }
            Ok(Outcome::Later(State::Queued, pace::rest(tickets, entry)))
        }
        Err(error) if error.done() == chatwoot::Done::No => {
            tracing::warn!(ticket = %owned.id(), cause = chain(&error), "a ticket was not cancelled");
            Ok(Outcome::Later(entry.state, pace::rest(tickets, entry)))
        }
        Err(error) => {
            // Sent again it does the same; but it may come late, and nothing that follows must be undone by it.
            tracing::warn!(ticket = %owned.id(), cause = chain(&error), "a ticket may be cancelled");
            Ok(Outcome::InDoubt(pace::rest(tickets, entry)))
        }
    }
}

/// As whom a ticket is closed.
enum By {
    /// The customer, whom Chatwoot knows by this.
    Customer(SourceId),
    /// The portal, for him.
    Portal,
}

async fn source_of(
    tickets: &Tickets,
    customer: CustomerId,
) -> Result<Option<SourceId>, StoreError> {
    let found = tickets
        .store
        .read(move |tx| customers::find(tx, customer))
        .await?;
    Ok(found
        .and_then(|customer| customer.source)
        .and_then(|source| SourceId::new(source).ok()))
}

enum Closed {
    /// By this, or by an earlier try of it.
    ByCustomer,
    /// The support team was quicker.
    Already,
    /// Chatwoot left it open.
    Not,
}

async fn close(tickets: &Tickets, now: &Conversation, by: &By) -> Result<Closed, chatwoot::Error> {
    let id = now.id;
    let marked = translate::is_cancelled(now);
    if now.status == chatwoot::Status::Resolved {
        return Ok(if marked {
            Closed::ByCustomer
        } else {
            Closed::Already
        });
    }
    let inbox = sync::inbox_identifier(tickets).await?;
    let labels = tickets.chatwoot.labels(id).await?;
    if !labels.iter().any(|label| label.as_str() == CANCEL_LABEL)
        && let Ok(label) = Label::new(CANCEL_LABEL)
    {
        let with = labels.into_iter().chain([label]).collect();
        tickets.chatwoot.set_labels(id, with).await?;
    }
    // Filed under a source id of an earlier secret, it is not reached by the customer's own of now.
    let is_elsewhere = |source: &SourceId| now.source_hint().is_some_and(|it| it != source);
    let status = match by {
        By::Customer(source) if !is_elsewhere(source) => {
            tickets.chatwoot.public_resolve(&inbox, source, id).await?
        }
        By::Customer(_) | By::Portal => {
            tickets
                .chatwoot
                .toggle_status(id, SetStatus::Resolved)
                .await?
        }
    };
    Ok(if status == chatwoot::Status::Resolved {
        Closed::ByCustomer
    } else {
        Closed::Not
    })
}

async fn done(tickets: &Tickets, entry: &Entry, by_customer: bool) -> Result<Outcome, StoreError> {
    let now = tickets.clock.now();
    let it = entry.clone();
    tickets
        .store
        .write(move |tx| {
            outbox::done(tx, it.id, now)?;
            // As it was read: an earlier try that ended in doubt may still come late.
            outbox::attempted(tx, it.id, it.attempted_at)?;
            kept::change(tx, it.customer, &it.ticket, now, |change| {
                change.touch();
                if !by_customer {
                    return Ok(());
                }
                let open = change.before().is_none_or(|kept| !kept.resolved);
                change.set_status(true, true)?;
                if open {
                    change.event(EventKind::CancelledByYou, now)?;
                }
                Ok(())
            })?;
            Ok(())
        })
        .await?;
    sync::written(tickets, &entry.ticket);
    tickets.changes.changed(entry.customer, Some(&entry.ticket));
    Ok(Outcome::Done)
}
