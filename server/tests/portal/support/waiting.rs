//! How a test waits: for what it names, by the portal's own word, while the clock stands still or is moved.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use super::Stage;

impl Stage {
    /// Waits until nothing is under way that does not wait for a later time.
    pub(crate) async fn rests(&self) {
        soon(self.state().tickets.idle()).await;
    }

    /// Lets so much time pass, and all happen that is due then.
    pub(crate) async fn time_passes(&self, time: Duration) {
        self.rests().await;
        self.clock.advance(time);
        self.rests().await;
    }

    /// Waits until the portal has fetched its logo.
    pub(crate) async fn has_its_logo(&self) {
        self.until(|| async { self.state().pages.logo().is_some() })
            .await;
    }

    /// Waits until something is so, for things that nobody announces. Bounded by real time, for a fault only.
    pub(crate) async fn until<F: Future<Output = bool>>(&self, mut so: impl FnMut() -> F) {
        soon(async {
            while !so().await {
                tokio::task::yield_now().await;
            }
        })
        .await;
    }

    /// Waits until a mail was tried in vain and is to be tried again, and lets that time come.
    pub(crate) async fn comes_to_the_next_try(&self) {
        let at = self.tried_in_vain().await;
        self.clock
            .advance(Duration::from_millis(at - self.clock.now()));
    }

    /// Waits until a mail was tried in vain. Answers when it is to be tried again.
    pub(crate) async fn tried_in_vain(&self) -> u64 {
        soon(async {
            loop {
                let due = self
                    .state()
                    .store
                    .read(server::store::sign_ins::next_due)
                    .await;
                match due.unwrap() {
                    Some(at) if at > self.clock.now() => return at,
                    _ => tokio::task::yield_now().await,
                }
            }
        })
        .await
    }

    /// Waits until no wish is waiting: each has its mail, or will have none.
    pub(crate) async fn wishes_are_done(&self) {
        let state = Arc::clone(self.state());
        self.until(|| {
            let state = Arc::clone(&state);
            async move {
                let none_in_memory = state.wishes.waiting() == 0;
                let due = state.store.read(server::store::sign_ins::next_due).await;
                none_in_memory && due.unwrap().is_none()
            }
        })
        .await;
    }
}

/// What must happen with no time passing on the clock. The limit is there for what never happens: how long it really takes is a matter
/// of how busy the machine is.
pub(crate) async fn soon<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(60), work)
        .await
        .expect("it did not happen within a minute")
}
