//! One ticket's sender as others see it: a bell to ring, and word of when it rests.

use std::sync::{Mutex, PoisonError};

use tokio::sync::{Notify, watch};

use crate::tickets::Busy;

/// A sender that runs.
#[derive(Default)]
pub(super) struct Runner {
    bell: Notify,
    /// Rung and not heard yet: as long as that, something is under way.
    rung: Mutex<Option<Busy>>,
    rests: watch::Sender<u64>,
}

impl Runner {
    pub(super) fn ring(&self, busy: Busy) {
        *self.rung.lock().unwrap_or_else(PoisonError::into_inner) = Some(busy);
        self.bell.notify_one();
    }

    /// Whether it was rung since the last time that this was asked.
    pub(super) fn is_rung(&self) -> bool {
        let mut rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        rung.take().is_some()
    }

    /// Waits until it is rung.
    pub(super) async fn bell(&self) {
        self.bell.notified().await;
        self.is_rung();
    }

    /// It rests from now on.
    pub(super) fn parked(&self) {
        self.rests.send_modify(|n| *n += 1);
    }

    pub(super) fn settled(&self) -> Settled {
        Settled(self.rests.subscribe())
    }
}

/// To be waited for: the sender has done what it could do at once.
pub(crate) struct Settled(watch::Receiver<u64>);

impl Settled {
    /// Waits until the sender rests or ends.
    pub(crate) async fn wait(mut self) {
        // An error means that it ended.
        let _ = self.0.changed().await;
    }
}
