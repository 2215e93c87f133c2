//! After the answer has left: looks the address up, sends the mail, and tries again while the link is good (promise R5). One queue for
//! every address.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream;

use super::known::{self, Undecided, Verdict};
use super::{address, token};
use crate::clock::Millis;
use crate::email::sign_in::SignInMail;
use crate::failure;
use crate::rate_limit::{LimitedAction, Who};
use crate::state::State;
use crate::store::StoreError;
use crate::store::sign_ins::{self, SignIn, Stage};

/// Look-ups and mails at the same time.
const AT_ONCE: usize = 16;
/// The longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(120);
/// What a broken store is given before it is asked again.
const PAUSE: Duration = Duration::from_secs(5);

/// Works until the portal stops.
pub async fn work(state: Arc<State>) {
    loop {
        // Taken before the look into the store, so that what comes meanwhile is not missed.
        let woken = state.post.woken();
        match round(&state).await {
            Ok(None) => woken.await,
            Ok(Some(at)) => {
                tokio::select! {
                    () = woken => {}
                    () = state.clock.sleep_until(at) => {}
                }
            }
            Err(error) => {
                tracing::error!(%error, "the queue of sign-in mails cannot be read");
                state.clock.sleep(PAUSE).await;
            }
        }
    }
}

/// Does all that is due. Answers when the next is.
async fn round(state: &State) -> Result<Option<Millis>, StoreError> {
    let now = state.clock.now();
    let due = state.store.read(move |tx| sign_ins::due(tx, now)).await?;
    stream::iter(due)
        .for_each_concurrent(AT_ONCE, |wish| async move {
            if let Err(error) = one_step(state, wish).await {
                tracing::error!(%error, "a sign-in mail's state cannot be stored");
            }
        })
        .await;
    state.store.read(sign_ins::next_due).await
}

async fn one_step(state: &State, wish: SignIn) -> Result<(), StoreError> {
    let now = state.clock.now();
    let spent = wish.expires_at <= now || wish.for_asker == 0;
    let (stage, attempts, next_at) = match wish.stage {
        _ if spent => (Stage::NoMail, wish.attempts, now),
        Stage::Asked => match look_up(state, &wish).await {
            Ok(Verdict::Known) => (Stage::Known, 0, now),
            Ok(Verdict::Unknown) => (Stage::NoMail, 0, now),
            Err(error) => {
                tracing::warn!(
                    cause = failure::chain(&error),
                    "Chatwoot cannot say whether somebody who wants to sign in is known; asking again"
                );
                later(state, &wish)
            }
        },
        Stage::Known => match send(state, &wish).await {
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
                later(state, &wish)
            }
        },
        done @ (Stage::Mailed | Stage::NoMail) => (done, wish.attempts, now),
    };
    let id = wish.id;
    let moved = state
        .store
        .write(move |tx| sign_ins::move_to(tx, &id, stage, attempts, next_at));
    moved.await
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
