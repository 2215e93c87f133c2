//! Word of when something that runs in the background has ended.

use tokio_util::sync::{CancellationToken, DropGuard};

/// To be waited for, by as many as like.
#[derive(Clone)]
pub(crate) struct Ended(CancellationToken);

impl Ended {
    /// The word, and what gives it when it is dropped.
    pub(super) fn new() -> (Self, DropGuard) {
        let token = CancellationToken::new();
        (Self(token.clone()), token.drop_guard())
    }

    /// Whether it has.
    pub(super) fn is_over(&self) -> bool {
        self.0.is_cancelled()
    }

    /// Waits until it has.
    pub(crate) async fn wait(self) {
        self.0.cancelled().await;
    }
}
