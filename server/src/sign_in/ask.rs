//! Asking for a mail (promise S5): the address is read, an allowance is taken, a wish is put into memory, and the answer leaves. What is
//! looked up is looked up afterwards, the same way for every address.

use std::sync::Arc;

use app::error::AppError;
use app::session::model::SignInRequest;
use tokio::sync::{Mutex, mpsc};

use super::address::Address;
use super::token;
use crate::client::Client;
use crate::clock::Millis;
use crate::cookies::BrowserId;
use crate::rate_limit::{LimitedAction, Who};
use crate::state::State;
use crate::store::StoreError;
use crate::store::sign_ins::{self, SignIn, Stage};

/// Wishes that may wait in memory; past it they are dropped, as past a limit.
const WAITING: usize = 1024;
/// Links and codes of one address that are good at the same time.
const LIVE: u32 = 3;
/// Wrong codes that may be typed.
const TRIES: u32 = 5;
/// Sessions that a link may give to browsers that did not ask.
const OTHERS: u32 = 2;

/// Takes wishes, and knows how many are on their way into the store.
pub struct Wishes {
    sender: mpsc::Sender<Wish>,
    receiver: Mutex<mpsc::Receiver<Wish>>,
    here: Arc<()>,
}

impl Wishes {
    /// No wishes yet.
    pub(crate) fn new() -> Self {
        let (sender, receiver) = mpsc::channel(WAITING);
        Self {
            sender,
            receiver: Mutex::new(receiver),
            here: Arc::new(()),
        }
    }

    /// Wishes that are not in the store yet.
    pub fn waiting(&self) -> usize {
        Arc::strong_count(&self.here) - 1
    }
}

/// A wish for a sign-in mail.
pub struct Wish {
    _waits: Arc<()>,
    address: Address,
    language: String,
    return_to: Option<String>,
    device: String,
    browser_hash: [u8; 32],
    asked_at: Millis,
}

/// Takes a wish. The answer says nothing about the address but whether it can be one.
pub fn take(
    state: &State,
    client: &Client,
    browser: &BrowserId,
    request: SignInRequest,
) -> Result<(), AppError> {
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
    let wish = Wish {
        _waits: Arc::clone(&state.wishes.here),
        address,
        language: state.languages.closest(&request.language),
        return_to: request.return_to.filter(|path| app::paths::is_page(path)),
        device: client.device.clone(),
        browser_hash: browser.hash(state.keys.current()),
        asked_at: state.clock.now(),
    };
    if state.wishes.sender.try_send(wish).is_err() {
        tracing::warn!("too many sign-in mails asked for at once; one wish was dropped");
    }
    Ok(())
}

/// Stores wishes as they come; `mailer` does the rest.
pub async fn store_wishes(state: Arc<State>) {
    let mut wishes = state.wishes.receiver.lock().await;
    while let Some(wish) = wishes.recv().await {
        if let Err(error) = store_wish(&state, &wish).await {
            tracing::error!(%error, "a wish for a sign-in mail could not be stored");
        }
    }
}

async fn store_wish(state: &State, wish: &Wish) -> Result<(), StoreError> {
    let id = state.chance.bytes();
    let keys = state.keys.current();
    let hashes = token::hashes(keys, &id, &token::derive(keys, &id));
    let minutes = u64::from(state.config.link_minutes);
    let row = SignIn {
        id,
        link_hash: hashes.link,
        code_hash: hashes.code,
        browser_hash: wish.browser_hash,
        address: wish.address.as_str().to_owned(),
        language: wish.language.clone(),
        return_to: wish.return_to.clone(),
        device: wish.device.clone(),
        asked_at: wish.asked_at,
        expires_at: wish.asked_at + minutes * 60_000,
        armed: false,
        tries_left: TRIES,
        for_asker: 1,
        for_others: OTHERS,
        stage: Stage::Asked,
        attempts: 0,
    };
    state
        .store
        .write(move |tx| sign_ins::ask(tx, &row, LIVE))
        .await?;
    state.post.wake();
    Ok(())
}
