//! Keeps the webhook registered while the portal runs: at the start, every few minutes, and when a delivery could not be verified.

use std::sync::Arc;
use std::time::Duration;

use chatwoot::HookSecret;

use app::tickets::model::Freshness;

use super::{Done, Registered, Why, ensure};
use crate::config::Use;
use crate::failure::chain;
use crate::state::State;
use crate::store::StoreError;
use crate::store::webhook::{self, Kept};
use crate::sync::signals::Hook;

/// What its secret is sealed for.
const PURPOSE: &str = "webhook secret";
/// It is looked after this often.
const EACH: Duration = Duration::from_mins(5);
/// And while Chatwoot cannot be asked.
const AWAY: Duration = Duration::from_secs(20);
/// What fails so often in a row, while Chatwoot answers all else, is refused.
const IN_A_ROW: u32 = 3;
/// Whatever arrives, not more often than this.
const SELDOM: Duration = Duration::from_secs(30);

/// Registers the webhook and looks after it until the portal stops.
pub(crate) async fn keep(state: Arc<State>) {
    let url = state.config.live.webhook_url.clone();
    let signals = state.tickets.signals();
    if state.config.live.webhooks == Use::Off {
        signals.hook_is(Hook::Off, &url);
        return;
    }
    signals.hook_is(Hook::NotYet, &url);
    // Chatwoot may deliver before it can be asked.
    match state.store.read(webhook::find).await {
        Ok(Some(kept)) if kept.url == url => {
            let opened = state.keys.open(PURPOSE, &kept.secret);
            state.webhooks.set_secret(opened.and_then(HookSecret::new));
        }
        Ok(_) => {}
        Err(error) => tracing::error!(cause = chain(&error), "the webhook's secret cannot be read"),
    }
    let mut said = None;
    let mut in_vain = 0;
    loop {
        let mut ensured = ensure(&state.chatwoot, &url).await;
        if let Err(Why::Chatwoot(error)) = ensured {
            let is_well = state.tickets.freshness() == Freshness::Live;
            in_vain = if is_well { in_vain + 1 } else { 0 };
            ensured = Err(match in_vain {
                0..IN_A_ROW => Why::Chatwoot(error),
                _ => Why::Refused(error),
            });
        } else {
            in_vain = 0;
        }
        let rest = match &ensured {
            Err(Why::Chatwoot(_)) => AWAY,
            _ => EACH,
        };
        let hook = settle(&state, &url, ensured, said).await;
        // An outage in between is no reason to say it again.
        if hook != Hook::NotYet {
            said = Some(hook);
        }
        state.clock.sleep(SELDOM.min(rest)).await;
        tokio::select! {
            () = state.clock.sleep(rest.saturating_sub(SELDOM)) => {}
            () = state.webhooks.doubted.notified() => {}
        }
    }
}

async fn settle(
    state: &State,
    url: &str,
    ensured: Result<Registered, Why>,
    said: Option<Hook>,
) -> Hook {
    let hook = match &ensured {
        Ok(_) => Hook::Registered,
        Err(Why::Unsigned) => Hook::Unsigned,
        Err(Why::NotAllowed) => Hook::NotAllowed,
        Err(Why::Refused(_)) => Hook::Refused,
        Err(Why::Chatwoot(_)) => Hook::NotYet,
    };
    let is_news = said != Some(hook);
    match ensured {
        Ok(Registered { hook, secret, done }) => {
            if done != Done::Nothing || is_news {
                tracing::info!(url, id = %hook.id, "Chatwoot's webhook is registered");
            }
            remember(state, url, &hook, &secret).await;
            state.webhooks.set_secret(Some(secret));
        }
        // What is registered stays so while Chatwoot is away.
        Err(Why::Chatwoot(error)) => {
            tracing::debug!(cause = chain(&error), "the webhook was not looked after");
            return hook;
        }
        // One from before may be there, and deliver.
        Err(why @ Why::Refused(_)) => {
            if is_news {
                tracing::warn!(
                    url,
                    cure = why.cure(),
                    "no webhook: {why}; what agents write comes by the cable, or is polled for"
                );
            }
        }
        Err(why @ (Why::Unsigned | Why::NotAllowed)) => {
            if is_news {
                tracing::warn!(
                    cure = why.cure(),
                    "no webhook: {why}; what agents write comes by the cable, or is polled for"
                );
            }
            state.webhooks.set_secret(None);
        }
    }
    state.tickets.signals().hook_is(hook, url);
    hook
}

/// Stores it, if it is not what is stored.
async fn remember(state: &State, url: &str, hook: &chatwoot::Hook, secret: &HookSecret) {
    if let Err(error) = try_to_remember(state, url, hook, secret).await {
        tracing::error!(
            cause = chain(&error),
            "the webhook's secret cannot be stored"
        );
    }
}

async fn try_to_remember(
    state: &State,
    url: &str,
    hook: &chatwoot::Hook,
    secret: &HookSecret,
) -> Result<(), StoreError> {
    let id = hook.id.number();
    let is_kept = state.store.read(webhook::find).await?.is_some_and(|kept| {
        let opened = state.keys.open(PURPOSE, &kept.secret);
        kept.id == id && kept.url == url && opened.as_deref() == Some(secret.expose())
    });
    let keys = state.keys.current();
    let sealed = keys.seal(&state.chance, PURPOSE, secret.expose());
    match sealed {
        Some(secret) if !is_kept => {
            let url = url.to_owned();
            let kept = Kept { id, url, secret };
            state.store.write(move |tx| webhook::keep(tx, &kept)).await
        }
        _ => Ok(()),
    }
}
