//! Mail when away: who has not seen an answer for a while gets it by mail, one for all that waits in a ticket, and no other before he has
//! looked or a pause has passed.
//!
//! A ticket is read from Chatwoot again before its mail leaves, so that nothing is in it that was deleted; while Chatwoot is away nothing is
//! mailed. One mail at a time goes, at most so many a minute, and only when no sign-in mail waits.

mod send;
pub(crate) mod switch;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::clock::Millis;
use crate::failure::chain;
use crate::rate_limit::{LimitedAction, Wait, Who};
use crate::state::State;
use crate::store::away::{self, Rules, Work};
use crate::store::{StoreError, sign_ins};
use crate::sync::millis;
use crate::tickets::{Bell, Busy, Shared};

/// With nothing to do the queue is looked at this often all the same.
const AT_LEAST: Duration = Duration::from_mins(10);
/// While sign-in mails wait, this is how long answers do.
const SIGN_INS_FIRST: Duration = Duration::from_secs(1);
/// A broken store is given so long before it is asked again.
const STORE: Duration = Duration::from_secs(5);

/// Wakes who mails answers.
#[derive(Default)]
pub(crate) struct Waker {
    listens: AtomicBool,
    bell: Bell,
}

impl Waker {
    /// Something of a ticket is different.
    pub(crate) fn wake(&self, shared: &Shared) {
        if self.listens.load(Ordering::Relaxed) {
            self.bell.ring(shared.background.busy());
        }
    }
}

/// Begins to mail answers, or notes that none are mailed.
pub(crate) fn start(state: &Arc<State>) {
    let this = Arc::clone(state);
    let listens = &state.tickets.away.listens;
    listens.store(state.config.notify.after.is_some(), Ordering::Relaxed);
    state.tickets.keep("mails about answers", move |_, busy| {
        let this = Arc::clone(&this);
        async move { work(&this, busy).await }
    });
}

async fn work(state: &State, mut busy: Busy) {
    let (tickets, notify) = (&state.tickets, state.config.notify);
    while let Err(error) = set_on(state, notify.after.is_some()).await {
        tracing::error!(
            cause = chain(&error),
            "whether answers are mailed cannot be stored"
        );
        let until = state.clock.now() + millis(STORE);
        busy = tickets.background.rest(busy, until).await;
        if tickets.background.is_stopping() {
            return;
        }
    }
    let Some(after) = notify.after else {
        return;
    };
    let rules = Rules {
        after: millis(after),
        pause: millis(notify.pause),
        status: notify.status,
    };
    let mut mailer = send::Mailer::new(state, rules);
    while !tickets.background.is_stopping() {
        let until = match step(&mut mailer).await {
            Ok(until) => until,
            Err(error) => {
                tracing::error!(cause = chain(&error), "the queue of answers to mail fails");
                Some(state.clock.now() + millis(STORE))
            }
        };
        if let Some(until) = until {
            let bell = &tickets.away.bell;
            busy = bell.rest_until(&tickets.background, busy, until).await;
        }
    }
}

async fn set_on(state: &State, on: bool) -> Result<(), StoreError> {
    let now = state.clock.now();
    state.store.write(move |tx| away::set_on(tx, on, now)).await
}

/// Does what is due first. Answers until when to rest, if there is nothing.
async fn step(mailer: &mut send::Mailer<'_>) -> Result<Option<Millis>, StoreError> {
    mailer.store().await?;
    let (state, after) = (mailer.state, mailer.rules.after);
    let now = state.clock.now();
    let (next, sign_in) = state
        .store
        .read(move |tx| Ok((away::next(tx, after)?, !sign_ins::due(tx, now)?.is_empty())))
        .await?;
    let Some((at, work)) = next else {
        return Ok(Some(now + millis(AT_LEAST)));
    };
    if at > now {
        return Ok(Some(at.min(now + millis(AT_LEAST))));
    }
    if sign_in {
        return Ok(Some(now + millis(SIGN_INS_FIRST)));
    }
    if let Err(Wait(seconds)) = state.limits.take(LimitedAction::AnswerMailInAll, Who::All) {
        return Ok(Some(now + u64::from(seconds) * 1000));
    }
    match work {
        Work::Send(mail) => mailer.send(mail, true).await?,
        Work::Decide(ticket, customer) => mailer.decide(&ticket, customer).await?,
    }
    Ok(None)
}
