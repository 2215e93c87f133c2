//! Asking for a mail (promise S5): the address is read, an allowance is taken, a wish is put into memory, and the answer leaves. What is
//! looked up is looked up afterwards, the same way for every address.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use app::session::model::SignInRequest;
use tokio::sync::Notify;

use super::address::Address;
use super::token;
use crate::client::Client;
use crate::clock::Millis;
use crate::cookies::BrowserId;
use crate::failure::{Failure, chain};
use crate::rate_limit::{LimitedAction, Who};
use crate::state::State;
use crate::store::StoreError;
use crate::store::sign_ins::{self, SignIn, SignInId, Stage};

/// Wishes that may wait in memory: so many are far more than come while the store takes them, and past it whoever asks is told that it
/// cannot be done now.
const WAITING: usize = 1024;
/// A store that failed is given so long before it is asked again.
const AGAIN: Duration = Duration::from_secs(5);
/// Links and codes of one address that are good at the same time.
const LIVE: u32 = 3;
/// Wrong codes that may be typed.
const TRIES: u32 = 5;
/// Sessions that a link may give to browsers that did not ask.
const OTHERS: u32 = 2;

/// Wishes on their way into the store. Each stays here until it is there.
#[derive(Default)]
pub struct Wishes {
    here: Mutex<VecDeque<Wish>>,
    came: Notify,
}

impl Wishes {
    /// Wishes that are not in the store yet.
    pub fn waiting(&self) -> usize {
        self.lock().len()
    }

    /// False if there are too many.
    fn add(&self, wish: Wish) -> bool {
        let mut here = self.lock();
        let is_room = here.len() < WAITING;
        if is_room {
            here.push_back(wish);
            self.came.notify_one();
        }
        is_room
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Wish>> {
        self.here.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A wish for a sign-in mail.
#[derive(Clone)]
struct Wish {
    id: SignInId,
    address: Address,
    language: String,
    return_to: Option<String>,
    device: String,
    browser_hash: [u8; 32],
    asked_at: Millis,
    expires_at: Millis,
}

/// Takes a wish. The answer says nothing about the address but whether it can be one: what it says else, it says of any.
pub fn take(
    state: &State,
    client: &Client,
    browser: &BrowserId,
    request: SignInRequest,
) -> Result<(), Failure> {
    let address = Address::parse(&request.address)?;
    let hash = state
        .keys
        .current()
        .token_hash("limit", address.as_str().as_bytes());
    let mut name = [0; 16];
    name.copy_from_slice(&hash[..16]);
    if state
        .limits
        .take(LimitedAction::MailFromClient, client.who())
        .is_err()
    {
        tracing::info!(client = %client.ip, "too many sign-in mails asked for by one client");
        return Ok(());
    }
    if state
        .limits
        .take(LimitedAction::MailToAddress, Who::Named(name))
        .is_err()
    {
        tracing::info!(address = %address.masked(), "too many sign-in mails asked for to one address");
        return Ok(());
    }
    let asked_at = state.clock.now();
    let wish = Wish {
        id: state.chance.bytes(),
        address,
        language: state.languages.closest(&request.language),
        return_to: request.return_to.filter(|path| app::paths::is_page(path)),
        device: client.device(),
        browser_hash: browser.hash(state.keys.current()),
        asked_at,
        expires_at: asked_at + u64::from(state.config.link_minutes) * 60_000,
    };
    match state.wishes.add(wish) {
        true => Ok(()),
        false => Err(Failure::unavailable(
            "too many sign-in mails are asked for at once, or the store cannot be written",
        )),
    }
}

/// Stores wishes as they come; `mailer` does the rest. What cannot be stored is tried again as long as its link would be good.
pub async fn store_wishes(state: Arc<State>) {
    loop {
        if state.wishes.waiting() == 0 {
            state.wishes.came.notified().await;
            continue;
        }
        if let Err(error) = store_all(&state).await {
            tracing::error!(
                cause = chain(&error),
                "wishes for sign-in mails cannot be stored; trying again"
            );
            state.clock.sleep(AGAIN).await;
        }
        let now = state.clock.now();
        let late = {
            let mut here = state.wishes.lock();
            let before = here.len();
            here.retain(|wish| wish.expires_at > now);
            before - here.len()
        };
        if late > 0 {
            tracing::error!(late, "wishes for sign-in mails could not be stored in time");
        }
    }
}

/// The portal stops, and nobody asks any more: what is left is stored, if the store can be written at all.
pub async fn store_last(state: &State) {
    let left = state.wishes.waiting();
    if left > 0
        && let Err(error) = store_all(state).await
    {
        tracing::error!(
            left,
            cause = chain(&error),
            "wishes for sign-in mails are lost: the portal stops, and they cannot be stored"
        );
    }
}

/// Stores all that wait now, and forgets them here.
async fn store_all(state: &State) -> Result<(), StoreError> {
    let wishes: Vec<Wish> = state.wishes.lock().iter().cloned().collect();
    let count = wishes.len();
    let rows: Vec<SignIn> = wishes.into_iter().map(|wish| row(state, wish)).collect();
    let stored = state.store.write(move |tx| {
        for row in &rows {
            sign_ins::ask(tx, row, LIVE)?;
        }
        Ok(())
    });
    stored.await?;
    // Whoever else takes from it does so when this no longer runs.
    state.wishes.lock().drain(..count);
    state.post.wake();
    Ok(())
}

fn row(state: &State, wish: Wish) -> SignIn {
    let keys = state.keys.current();
    let hashes = token::hashes(keys, &wish.id, &token::derive(keys, &wish.id));
    SignIn {
        id: wish.id,
        link_hash: hashes.link,
        code_hash: hashes.code,
        browser_hash: wish.browser_hash,
        address: wish.address.as_str().to_owned(),
        language: wish.language,
        return_to: wish.return_to,
        device: wish.device,
        asked_at: wish.asked_at,
        expires_at: wish.expires_at,
        armed: false,
        tries_left: TRIES,
        for_asker: 1,
        for_others: OTHERS,
        stage: Stage::Asked,
        attempts: 0,
    }
}
