//! Why something that needs both the store and Chatwoot was not done.

use crate::failure::Failure;
use crate::store::StoreError;

/// One of the two did not do it.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Chatwoot.
    #[error(transparent)]
    Chatwoot(#[from] chatwoot::Error),
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        Self::unavailable(trouble)
    }
}
