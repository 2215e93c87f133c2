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

    /// It rests at the latest when what this gives is let go of, also by a panic.
    pub(super) fn parks(&self) -> impl Drop {
        Parks(self)
    }

    pub(super) fn settled(&self) -> Settled {
        Settled(self.rests.subscribe())
    }
}

struct Parks<'a>(&'a Runner);

impl Drop for Parks<'_> {
    fn drop(&mut self) {
        self.0.parked();
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
