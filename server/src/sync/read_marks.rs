//! Tells Chatwoot what customers have seen, so that agents get read marks: a moment after it was, one call for all that was seen of
//! a ticket, never more of them than a part of Chatwoot's calls. What cannot be told now is kept, and told later.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use chatwoot::{ConversationId, Error, MessageHint, Refusal, SourceId};

use super::pace::Pace;
use super::{inbox_identifier, is_down, lock, millis};
use crate::clock::Millis;
use crate::failure::chain;
use crate::ownership::OwnedTicket;
use crate::store::read_marks::{self as kept, Mark};
use crate::store::seen::{self, Place};
use crate::store::{StoreError, messages};
use crate::tickets::{Busy, Tickets};

/// What is seen within this is one call.
const SOON: Duration = Duration::from_secs(2);
/// So many calls may follow each other at once.
const BURST: u64 = 30;
/// And in the long run one each: a fiftieth of Chatwoot's 3000 a minute.
const EACH: Duration = Duration::from_secs(1);
/// What could not be told is tried again after this.
const AGAIN: Duration = Duration::from_secs(20);
/// For so long after a call Chatwoot tells what it marked.
const ECHO: Duration = Duration::from_secs(15);
/// Nothing is due.
const IDLE: Duration = Duration::from_hours(1);
/// How many conversations' last call is remembered.
const REMEMBERED: usize = 10_000;

/// What was told lately.
#[derive(Default)]
pub(super) struct ReadMarks {
    told: Mutex<HashMap<u64, (Millis, u64)>>,
    bell: crate::tickets::Bell,
}

/// When something that is seen now is told.
pub(crate) fn when_to_tell(now: Millis) -> Millis {
    now + millis(SOON)
}

/// There may be something to tell.
pub(crate) fn tell_seen(tickets: &Tickets) {
    tickets.sync.read_marks.bell.ring(tickets.background.busy());
}

/// Whether a change of a message is that it was marked as read, because we told so: of a customer's page nothing changes by it.
pub(super) fn explain(tickets: &Tickets, hint: &MessageHint, now: Millis) -> bool {
    let told = lock(&tickets.sync.read_marks.told);
    let ours = told.get(&hint.conversation.number());
    let is_echo =
        |(at, newest): &(Millis, u64)| now < at + millis(ECHO) && hint.id.number() <= *newest;
    !hint.is_new && hint.is_of_team && ours.is_some_and(is_echo)
}

pub(super) fn start(tickets: &Tickets) {
    tickets.keep("read marks", |this, busy| async move {
        work(&this, busy).await;
    });
}

async fn work(tickets: &Tickets, mut busy: Busy) {
    let mut pace = Pace::new(BURST, EACH);
    while !tickets.background.is_stopping() {
        let until = match step(tickets, &mut pace).await {
            Ok(None) => continue,
            Ok(Some(until)) => until,
            Err(error) => {
                tracing::error!(cause = chain(&error), "read marks wait: the store fails");
                tickets.clock.now() + millis(AGAIN)
            }
        };
        let bell = &tickets.sync.read_marks.bell;
        busy = bell.rest_until(&tickets.background, busy, until).await;
    }
}

/// Tells what is due next. Else until when to rest.
async fn step(tickets: &Tickets, pace: &mut Pace) -> Result<Option<Millis>, StoreError> {
    let now = tickets.clock.now();
    let Some(mark) = tickets.store.read(kept::next).await? else {
        return Ok(Some(now + millis(IDLE)));
    };
    if mark.due > now {
        return Ok(Some(mark.due));
    }
    if is_down(tickets) {
        // Its return rings.
        return Ok(Some(now + millis(AGAIN)));
    }
    if let Some(until) = pace.earliest(now) {
        return Ok(Some(until));
    }
    let is_told = match to_tell(tickets, &mark).await? {
        None => true,
        Some(call) => {
            pace.take(now);
            match call.make(tickets).await {
                Ok(()) => true,
                Err(error) => {
                    let cause = chain(&error);
                    tracing::debug!(ticket = %mark.ticket, cause, "what was seen was not told");
                    is_final(&error)
                }
            }
        }
    };
    let again = tickets.clock.now() + millis(AGAIN);
    tickets
        .store
        .write(move |tx| {
            if is_told {
                kept::told(tx, &mark)
            } else {
                kept::put_off(tx, &mark, again)
            }
        })
        .await?;
    Ok(None)
}

/// Whether asking again would be answered alike.
fn is_final(error: &Error) -> bool {
    matches!(
        error,
        Error::NotFound | Error::Taken(_) | Error::Invalid(_) | Error::Refused(Refusal::Object)
    )
}

/// That a conversation was seen so far.
struct Call {
    source: SourceId,
    conversation: ConversationId,
    seen: Place,
}

/// The call, if it would be true: it says that everything was seen, so that nothing is said while there is something newer.
async fn to_tell(tickets: &Tickets, mark: &Mark) -> Result<Option<Call>, StoreError> {
    let (customer, ticket) = (mark.customer, mark.ticket.clone());
    let known = tickets.store.read(move |tx| {
        let owned = OwnedTicket::check(tx, customer, &ticket)?;
        let place = match &owned {
            Some(owned) => owned.place_of_contact(tx)?,
            None => None,
        };
        let seen = seen::mark(tx, &ticket)?;
        let newest = messages::newest_of_team(tx, &ticket, u64::MAX >> 1)?;
        Ok((place, seen, newest))
    });
    let (Some((conversation, source)), Some(seen), newest) = known.await? else {
        return Ok(None);
    };
    if newest.is_some_and(|newest| newest > seen) {
        return Ok(None);
    }
    Ok(Some(Call {
        source,
        conversation,
        seen,
    }))
}

impl Call {
    async fn make(&self, tickets: &Tickets) -> Result<(), Error> {
        let inbox = inbox_identifier(tickets).await?;
        let now = tickets.clock.now();
        {
            // First: Chatwoot may tell before it answers.
            let mut told = lock(&tickets.sync.read_marks.told);
            if told.len() >= REMEMBERED {
                told.retain(|_, (at, _)| now < *at + millis(ECHO));
            }
            told.insert(self.conversation.number(), (now, self.seen.message));
        }
        tickets
            .chatwoot
            .public_update_last_seen(&inbox, &self.source, self.conversation)
            .await
    }
}
