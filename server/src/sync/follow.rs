//! Reads again what Chatwoot told of. Never more of it than a part of Chatwoot's calls, whatever is told.

use std::sync::Arc;
use std::time::Duration;

use chatwoot::ConversationId;
use tokio::sync::Semaphore;

use super::hints::{Next, Reason, Thing, missed};
use super::pace::Pace;
use super::ready::Ready;
use super::{Trouble, contacts, fill, millis, missing, moment, poll, refresh, thread, trouble};
use crate::clock::Millis;
use crate::failure::chain;
use crate::ownership::OwnedTicket;
use crate::store::customers::CustomerId;
use crate::store::{customers, messages, outbox, owners, tickets as kept};
use crate::tickets::{Busy, Tickets};

/// How many are read at once.
const AT_ONCE: usize = 4;
/// So many readings may follow each other at once.
const BURST: u64 = 60;
/// And in the long run one each: two calls, so that with everything else it stays below a fifth of Chatwoot's 3000 a minute.
const EACH: Duration = Duration::from_millis(250);
/// A conversation that may be one we are opening is looked at again after this.
const OPENING: Duration = Duration::from_secs(1);
/// A call of ours takes no longer than this.
const UNDER_WAY: Duration = Duration::from_secs(20);
/// Nothing is due.
const IDLE: Duration = Duration::from_hours(1);

pub(super) fn start(tickets: &Tickets) {
    tickets.keep(
        "reading of what Chatwoot told of",
        |this, busy| async move {
            follow(&this, busy).await;
        },
    );
}

async fn follow(tickets: &Tickets, mut busy: Busy) {
    let hints = &tickets.sync.hints;
    let at_once = Arc::new(Semaphore::new(AT_ONCE));
    let mut pace = Pace::new(BURST, EACH);
    let mut ready = Ready::default();
    while !tickets.background.is_stopping() {
        let now = tickets.clock.now();
        let (judged, until) = judge_next(tickets, &mut ready, now).await;
        let rest = match pace.earliest(now).filter(|_| !ready.is_empty()) {
            Some(at) => until.min(at),
            None => match ready.take() {
                Some((thing, reason)) => {
                    pace.take(now);
                    read(tickets, thing, reason, &at_once).await;
                    continue;
                }
                None => until,
            },
        };
        if !judged {
            busy = hints.bell.rest_until(&tickets.background, busy, rest).await;
        }
    }
}

/// Puts what is due among what is to be read, if it is news: that costs nobody anything. False with the time of the next if none is due.
async fn judge_next(tickets: &Tickets, ready: &mut Ready, now: Millis) -> (bool, Millis) {
    let idle = now + millis(IDLE);
    if !ready.has_room() {
        return (false, idle);
    }
    match tickets.sync.hints.next(now) {
        Next::Read(thing, reason) => {
            if let Some(watched) = judge(tickets, thing, reason).await {
                ready.add(thing, reason, watched);
            }
            (true, now)
        }
        Next::Poll => {
            missed(tickets);
            (true, now)
        }
        Next::Rest(until) => (false, until),
        Next::Nothing => (false, idle),
    }
}

/// Whether it concerns a customer, and what is here already does not say it; if so, whether he has a page open. When in doubt it is
/// somebody's news.
async fn judge(tickets: &Tickets, thing: Thing, reason: Reason) -> Option<bool> {
    let whose = match thing {
        Thing::Contact(number, _) | Thing::Person(number) => {
            let known = tickets
                .store
                .read(move |tx| customers::by_contact(tx, number));
            match known.await {
                Ok(whose) if whose.is_empty() => return None,
                whose => whose.unwrap_or_default().iter().map(|it| it.id).collect(),
            }
        }
        Thing::Watcher(_) | Thing::MovedLast => {
            // Of those who watch.
            return missing::is_sought(tickets).then_some(true);
        }
        Thing::Conversation(number) => match whose_news(tickets, number, reason).await {
            Some(whose) => Vec::from_iter(whose),
            None => return None,
        },
    };
    Some(whose.iter().any(|it| tickets.changes.is_watched(*it)))
}

/// Whose a conversation is, if anybody's; none where what is told is not news.
async fn whose_news(tickets: &Tickets, number: u64, reason: Reason) -> Option<Option<CustomerId>> {
    let is_nobodys = tickets.sync.nobodys.has(number, tickets.clock.now());
    let known = tickets.store.read(move |tx| {
        let Some(owner) = owners::of_conversation(tx, number)? else {
            let is_news = !is_nobodys && !owners::was_refused(tx, number)?;
            return Ok(is_news.then_some(None));
        };
        let Some(kept) = kept::find(tx, &owner.ticket)?.filter(|kept| kept.read) else {
            return Ok(Some(Some(owner.customer)));
        };
        let has_message = match reason.message {
            Some(id) => messages::is_here(tx, &owner.ticket, id)?,
            None => true,
        };
        let is_as_new = reason
            .updated_at
            .is_none_or(|at| kept.upstream.is_some_and(|then| then >= at));
        let is_news = reason.always || !has_message || !is_as_new;
        Ok(is_news.then_some(Some(owner.customer)))
    });
    known.await.unwrap_or(Some(None))
}

async fn read(tickets: &Tickets, thing: Thing, reason: Reason, at_once: &Arc<Semaphore>) {
    let Ok(permit) = Arc::clone(at_once).acquire_owned().await else {
        return;
    };
    let busy = tickets.background.busy();
    let this = tickets.clone();
    tickets
        .background
        .spawn("reading of what Chatwoot told of", async move {
            let read = match thing {
                Thing::Conversation(number) => conversation(&this, number, reason).await,
                Thing::Contact(number, _) => contact(&this, number).await,
                Thing::Person(number) => contacts::read(&this, number).await,
                Thing::Watcher(number) => {
                    missing::compare(&this, CustomerId::from_row(number)).await
                }
                Thing::MovedLast => missing::compare_what_moved_last(&this).await,
            };
            match (read, thing) {
                (Err(trouble), Thing::Conversation(number)) if trouble.is_of_one_ticket(&this) => {
                    if let Ok(id) = ConversationId::new(number) {
                        trouble.pass_over(&this, id, reason.changed);
                    }
                }
                (Err(trouble), _) => {
                    tracing::warn!(
                        ?thing,
                        cause = chain(&trouble),
                        "what Chatwoot told of was not read; the poll will"
                    );
                    // But that a message was changed or deleted, no poll tells.
                    if let (Thing::Conversation(number), Some(_)) = (thing, reason.changed)
                        && let Ok(id) = ConversationId::new(number)
                    {
                        trouble::again(&this, id, reason.changed);
                    }
                }
                (Ok(()), _) => {}
            }
            drop(permit);
            drop(busy);
        });
}

async fn conversation(tickets: &Tickets, number: u64, reason: Reason) -> Result<(), Trouble> {
    let Ok(id) = ConversationId::new(number) else {
        return Ok(());
    };
    let Some(owner) = thread::owner_of(tickets, id).await? else {
        return unknown(tickets, id, reason).await;
    };
    let read = {
        let _lock = tickets.ticket_locks.lock(&owner.ticket).await;
        // Whoever held the lock may have written what was told of.
        if whose_news(tickets, number, reason).await.is_none() {
            return Ok(());
        }
        let customer = owner.customer;
        let filled = tickets
            .store
            .read(move |tx| crate::store::lists::find(tx, customer));
        if filled.await?.filled_at.is_none() {
            // Filling brings it.
            fill::want_fill_if_he_was_here(tickets, customer).await?;
            return Ok(());
        }
        refresh::by_number(tickets, id, reason.changed).await
    };
    match read {
        Err(Trouble::Chatwoot(chatwoot::Error::NotFound)) => {
            let owned = tickets
                .store
                .read(move |tx| OwnedTicket::check(tx, owner.customer, &owner.ticket));
            if let Some(owned) = owned.await? {
                super::check_gone(tickets, &owned).await;
            }
            Ok(())
        }
        read => read.map(|_| ()),
    }
}

/// A conversation that we have no record of.
async fn unknown(tickets: &Tickets, id: ConversationId, reason: Reason) -> Result<(), Trouble> {
    let now = tickets.clock.now();
    let openings = tickets.store.read(outbox::openings).await?;
    let is_under_way = |it: &outbox::Entry| {
        it.state == outbox::State::Doubtful && now < it.attempted_at + millis(UNDER_WAY)
    };
    if openings.iter().any(is_under_way) {
        // It is most likely ours, told before our own call was answered.
        let due = now + millis(OPENING);
        let hints = &tickets.sync.hints;
        hints.add(Thing::Conversation(id.number()), reason, due);
        hints.bell.ring(tickets.background.busy());
        return Ok(());
    }
    let asked = moment(tickets);
    match tickets.chatwoot.conversation(id).await {
        Ok(conversation) => poll::take(tickets, conversation, asked).await.map(|_| ()),
        Err(chatwoot::Error::NotFound) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Whoever's tickets were first seen on a contact, or are on it since contacts were merged: his list is fetched again, and what is gone is found.
async fn contact(tickets: &Tickets, number: u64) -> Result<(), Trouble> {
    let whose = tickets
        .store
        .read(move |tx| customers::by_contact(tx, number))
        .await?;
    for customer in whose {
        // Not waited for: fills wait for each other, and what else was told must not wait for them.
        fill::want_fill(tickets, customer.id);
    }
    Ok(())
}
