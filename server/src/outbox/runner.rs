//! One ticket's sender as others see it: a bell to ring, and word of when it rests.

use tokio::sync::watch;

use crate::tickets::Bell;

/// A sender that runs.
#[derive(Default)]
pub(super) struct Runner {
    pub(super) bell: Bell,
    rests: watch::Sender<u64>,
}

impl Runner {
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
