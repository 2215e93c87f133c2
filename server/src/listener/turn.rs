//! Whose turn it is on a connection.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Whose turn it is: the client's, to send a head, or ours, to answer. The lowest bit says that it is ours; above it requests are counted.
#[derive(Clone, Default)]
pub(super) struct Turn(Arc<AtomicU64>);

/// The answer is over when this is dropped.
pub(super) struct Ended(Turn);

impl Turn {
    /// A head is there: it is our turn.
    pub(super) fn begin(&self) -> Ended {
        let now = self.0.load(Ordering::Relaxed);
        self.0.store((now | 1) + 2, Ordering::Relaxed);
        Ended(self.clone())
    }

    pub(super) fn is_ours(&self) -> bool {
        self.0.load(Ordering::Relaxed) & 1 == 1
    }

    pub(super) fn requests(&self) -> u64 {
        self.0.load(Ordering::Relaxed) >> 1
    }
}

impl Drop for Ended {
    fn drop(&mut self) {
        self.0.0.fetch_and(!1, Ordering::Relaxed);
    }
}
