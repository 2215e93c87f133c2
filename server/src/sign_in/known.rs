//! Who may have a sign-in mail (api.md §0b.21): whoever is in our store, has his source id in Chatwoot, or is found there by his address.

use std::time::Duration;

use chatwoot::SourceId;

use crate::clock::Clock;
use crate::config::WhoMaySignIn;
use crate::state::State;
use crate::store::StoreError;
use crate::store::customers;

/// How long a customer of ours waits for Chatwoot's word on whether he is blocked.
const PATIENCE: Duration = Duration::from_secs(3);

/// Whether an address gets a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Yes.
    Known,
    /// No: nobody knows it, or agents have blocked it.
    Unknown,
}

/// Why there is no verdict yet.
#[derive(Debug, thiserror::Error)]
pub enum Undecided {
    /// Our store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Chatwoot failed.
    #[error(transparent)]
    Chatwoot(#[from] chatwoot::Error),
    /// It is no address to Chatwoot.
    #[error("the address cannot be looked up: {0}")]
    Text(#[from] chatwoot::BadText),
}

/// Judges an address (ASCII, lower case).
pub async fn judge(state: &State, address: &str) -> Result<Verdict, Undecided> {
    let ours = {
        let address = address.to_owned();
        let stored = state
            .store
            .read(move |tx| customers::by_address(tx, &address));
        stored.await?.is_some()
    };
    let welcome = ours || state.config.sign_in == WhoMaySignIn::Anyone;
    if !welcome {
        return ask(state, address)
            .await
            .map(|found| found.unwrap_or(Verdict::Unknown));
    }
    // Chatwoot can only say that he is blocked; when it does not answer, he is let in to read.
    Ok(
        match within(&state.clock, PATIENCE, ask(state, address)).await {
            Some(Ok(Some(verdict))) => verdict,
            Some(Ok(None)) | None => Verdict::Known,
            Some(Err(error)) => {
                tracing::warn!(%error, "Chatwoot could not say whether a customer is blocked; he gets his mail");
                Verdict::Known
            }
        },
    )
}

/// What Chatwoot says; `None` if it does not know him.
async fn ask(state: &State, address: &str) -> Result<Option<Verdict>, Undecided> {
    let verdict = |blocked: bool| {
        if blocked {
            Verdict::Unknown
        } else {
            Verdict::Known
        }
    };
    for keys in state.keys.all() {
        let source = SourceId::new(keys.source_id(address))?;
        if let Some(contact) = state.chatwoot.contact_by_source(&source).await? {
            return Ok(Some(verdict(contact.blocked)));
        }
    }
    let contacts = state
        .chatwoot
        .contacts_by_email(&chatwoot::Address::new(address)?)
        .await?;
    if contacts.is_empty() {
        return Ok(None);
    }
    Ok(Some(verdict(
        contacts.iter().all(|contact| contact.blocked),
    )))
}

async fn within<T>(clock: &Clock, patience: Duration, work: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        done = work => Some(done),
        () = clock.sleep(patience) => None,
    }
}
