//! Who may have a sign-in mail (api.md §0b.21): whoever is in our store, has his source id in Chatwoot, or is found there by his address.
//! Whom agents have blocked may still read, so that being blocked changes nothing here.

use chatwoot::SourceId;

use crate::config::WhoMaySignIn;
use crate::state::State;
use crate::store::StoreError;
use crate::store::customers;

/// Whether an address gets a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Yes.
    Known,
    /// No: nobody knows it.
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
    if ours || state.config.sign_in == WhoMaySignIn::Anyone {
        return Ok(Verdict::Known);
    }
    for keys in state.keys.all() {
        let source = SourceId::new(keys.source_id(address))?;
        if state.chatwoot.contact_by_source(&source).await?.is_some() {
            return Ok(Verdict::Known);
        }
    }
    let address = chatwoot::Address::new(address)?;
    let contacts = state.chatwoot.contacts_by_email(&address).await?;
    Ok(if contacts.is_empty() {
        Verdict::Unknown
    } else {
        Verdict::Known
    })
}
