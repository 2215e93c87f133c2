//! How a test waits: for what it names, by the portal's own word, while the clock stands still or is moved.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Sender, channel};
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

    /// Waits until whatever happened in Chatwoot was told and heard, and what that set going is done.
    pub(crate) async fn all_is_heard(&self) {
        // What the portal does may be told of as well.
        for _ in 0..2 {
            soon(self.fake.all_told()).await;
            self.rests().await;
        }
    }

    /// Waits until something is so that Chatwoot has told of: within five seconds of the clock.
    pub(crate) async fn hears(&self, so: impl AsyncFn() -> bool) {
        for _ in 0..25 {
            self.all_is_heard().await;
            self.time_passes(Duration::from_millis(200)).await;
            if so().await {
                return;
            }
        }
        panic!("it was not so within five seconds");
    }

    /// Waits until something is so, and lets so many seconds pass meanwhile at the most. Before each, as much happens as takes no time:
    /// the making of a cable is not counted among what is under way, and is given up after ten seconds.
    pub(crate) async fn seconds_until(&self, most: u32, so: impl AsyncFn() -> bool) {
        soon(async {
            for left in (0..=most).rev() {
                // Without a second left it may take what it takes.
                let mut looks = if left > 0 { 5 } else { u64::MAX };
                while looks > 0 {
                    if so().await {
                        return;
                    }
                    self.rests().await;
                    let _ = self.state().store.write(|_| Ok(())).await;
                    looks -= 1;
                }
                self.clock.advance(Duration::from_secs(1));
            }
        })
        .await;
    }

    /// Nothing is read from the store before what this answers with is dropped.
    pub(crate) async fn reads_nothing(&self) -> Vec<Sender<()>> {
        const READERS: u32 = 3;
        let reading = Arc::new(AtomicU32::new(0));
        let ends = (0..READERS).map(|_| {
            let ((end, ended), reading) = (channel(), Arc::clone(&reading));
            let store = self.state().store.clone();
            tokio::spawn(async move {
                let read = store.read(move |_| {
                    reading.fetch_add(1, Ordering::Relaxed);
                    // An error means that it was dropped.
                    let _ = ended.recv();
                    Ok(())
                });
                read.await.unwrap();
            });
            end
        });
        let ends = ends.collect();
        self.until(async || reading.load(Ordering::Relaxed) == READERS)
            .await;
        ends
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
