//! After the answer has left: looks the address up, sends the mail, and tries again while the link is good (promise R5). One queue for
//! every address.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::Transaction;
use tokio::sync::Semaphore;
use tokio::task::{JoinError, JoinSet};

use super::known::{self, Undecided, Verdict};
use super::{address, token};
use crate::clock::Millis;
use crate::email::sign_in::SignInMail;
use crate::failure;
use crate::lasting;
use crate::rate_limit::{LimitedAction, Who};
use crate::state::State;
use crate::store::StoreError;
use crate::store::sign_ins::{self, SignIn, SignInId, Stage};

/// Look-ups at the same time, and mails.
const AT_ONCE: usize = 16;
/// The longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(120);
/// Milliseconds that a broken store is given before it is asked again.
const PAUSE: Millis = 5_000;

/// Works until the portal stops. One that hangs holds up none but those behind it in its lane.
pub async fn work(state: Arc<State>) {
    let mut under_way = UnderWay::default();
    loop {
        let next = match under_way.begin_due(&state).await {
            Ok(next) => next,
            Err(error) => {
                tracing::error!(%error, "the queue of sign-in mails cannot be read");
                Some(state.clock.now() + PAUSE)
            }
        };
        tokio::select! {
            () = state.post.woken() => {}
            Some(done) = under_way.steps.join_next() => under_way.forget(done),
            () = sleep_until(&state, next) => {}
        }
    }
}

async fn sleep_until(state: &State, next: Option<Millis>) {
    match next {
        Some(at) => state.clock.sleep_until(at).await,
        None => std::future::pending().await,
    }
}

/// The wishes that are worked on.
struct UnderWay {
    steps: JoinSet<SignInId>,
    ids: HashSet<SignInId>,
    look_ups: Arc<Semaphore>,
    mails: Arc<Semaphore>,
}

impl Default for UnderWay {
    fn default() -> Self {
        Self {
            steps: JoinSet::new(),
            ids: HashSet::new(),
            look_ups: Arc::new(Semaphore::new(AT_ONCE)),
            mails: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }
}

impl UnderWay {
    /// Begins what is due. Answers when the next is.
    async fn begin_due(&mut self, state: &Arc<State>) -> Result<Option<Millis>, StoreError> {
        let now = state.clock.now();
        let read = move |tx: &Transaction<'_>| {
            Ok((sign_ins::due(tx, now)?, sign_ins::next_after(tx, now)?))
        };
        let (due, next) = state.store.read(read).await?;
        for wish in due {
            if !self.ids.insert(wish.id) {
                continue;
            }
            let lane = match wish.stage {
                Stage::Known => Arc::clone(&self.mails),
                Stage::Asked | Stage::Mailed | Stage::NoMail => Arc::clone(&self.look_ups),
            };
            let state = Arc::clone(state);
            self.steps.spawn(async move {
                let id = wish.id;
                // The lanes are never closed.
                let place = lane.acquire().await;
                let step = lasting::caught("sign-in mails", one_step(&state, &wish)).await;
                let step = step.unwrap_or_else(|| Step::after_a_panic(&state, &wish));
                drop(place);
                // What was done is done: a store that fails must not make it be done again, and a mail be sent every few seconds.
                while let Err(error) = step.store(&state, id).await {
                    tracing::error!(%error, "a sign-in mail's state cannot be stored");
                    state.clock.sleep(Duration::from_millis(PAUSE)).await;
                }
                id
            });
        }
        Ok(next)
    }

    fn forget(&mut self, done: Result<SignInId, JoinError>) {
        match done {
            Ok(id) => _ = self.ids.remove(&id),
            Err(error) => {
                // Which one it was is not known: all may be begun again, and a link is no other for being mailed twice.
                tracing::error!(%error, "a step of a sign-in mail broke off");
                self.ids.clear();
            }
        }
    }
}

/// How far a wish is after a step.
#[derive(Clone, Copy)]
struct Step {
    stage: Stage,
    attempts: u32,
    next_at: Millis,
}

impl Step {
    /// The same again after a pause.
    fn after_a_panic(state: &State, wish: &SignIn) -> Self {
        let (stage, attempts, next_at) = later(state, wish);
        Self {
            stage,
            attempts,
            next_at,
        }
    }

    async fn store(self, state: &State, id: SignInId) -> Result<(), StoreError> {
        let Self {
            stage,
            attempts,
            next_at,
        } = self;
        let moved = state
            .store
            .write(move |tx| sign_ins::move_to(tx, &id, stage, attempts, next_at));
        moved.await
    }
}

async fn one_step(state: &State, wish: &SignIn) -> Step {
    let now = state.clock.now();
    let spent = wish.expires_at <= now || wish.for_asker == 0;
    let (stage, attempts, next_at) = match wish.stage {
        _ if spent => (Stage::NoMail, wish.attempts, now),
        Stage::Asked => match look_up(state, wish).await {
            Ok(Verdict::Known) => (Stage::Known, 0, now),
            Ok(Verdict::Unknown) => (Stage::NoMail, 0, now),
            Err(error) => {
                tracing::warn!(
                    cause = failure::chain(&error),
                    "Chatwoot cannot say whether somebody who wants to sign in is known; asking again"
                );
                later(state, wish)
            }
        },
        Stage::Known => match send(state, wish).await {
            Ok(()) => (Stage::Mailed, wish.attempts + 1, now),
            Err(NotSent::Never(why)) => {
                tracing::error!(why, "a sign-in mail cannot be made");
                (Stage::NoMail, wish.attempts, now)
            }
            Err(NotSent::Later(why)) => {
                tracing::warn!(
                    why,
                    attempt = wish.attempts + 1,
                    to = address::masked(&wish.address),
                    "a sign-in mail was not sent; trying again"
                );
                later(state, wish)
            }
        },
        done @ (Stage::Mailed | Stage::NoMail) => (done, wish.attempts, now),
    };
    Step {
        stage,
        attempts,
        next_at,
    }
}

async fn look_up(state: &State, wish: &SignIn) -> Result<Verdict, Undecided> {
    if state
        .limits
        .take(LimitedAction::LookUpInAll, Who::All)
        .is_err()
    {
        tracing::error!(
            "too many addresses to look up: somebody floods the sign-in; wishes are dropped"
        );
        return Ok(Verdict::Unknown);
    }
    known::judge(state, &wish.address).await
}

enum NotSent {
    Later(String),
    Never(String),
}

async fn send(state: &State, wish: &SignIn) -> Result<(), NotSent> {
    let tokens = token::derive_again(&state.keys, &wish.id, &wish.link_hash).ok_or_else(|| {
        NotSent::Never("its secret is gone; list it in SESSION_SECRET_PREVIOUS".to_owned())
    })?;
    if wish.attempts == 0
        && state
            .limits
            .take(LimitedAction::MailInAll, Who::All)
            .is_err()
    {
        tracing::error!(
            "more than 60 sign-in mails a minute: somebody floods the sign-in; mails are held back"
        );
        return Err(NotSent::Never("past the limit of mails in all".to_owned()));
    }
    let mail = SignInMail {
        wish,
        link: &state.config.portal.page(&app::paths::confirm(&tokens.link)),
        code: &token::show_code(&tokens.code),
        minutes: state.config.link_minutes,
    };
    let message = mail
        .message(state)
        .map_err(|error| NotSent::Never(failure::chain(error.as_ref())))?;
    state
        .post
        .send(message)
        .await
        .map_err(|error| NotSent::Later(failure::chain(&error)))
}

/// The same stage again after a pause that doubles, up to a fifth of it more or less by chance.
fn later(state: &State, wish: &SignIn) -> (Stage, u32, Millis) {
    let attempts = wish.attempts + 1;
    let pause = Duration::from_secs(1)
        .saturating_mul(1 << attempts.min(8))
        .min(LONGEST_PAUSE);
    let millis = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX);
    let by_chance = u64::from(state.chance.bytes::<1>()[0]) * (millis / 5 * 2) / 255;
    let at = state.clock.now() + millis * 4 / 5 + by_chance;
    (wish.stage, attempts, at)
}
