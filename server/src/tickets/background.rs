//! The background work of this area: its tasks, how they rest on the clock, and whether all of them do.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::clock::{Clock, Millis};
use crate::lasting;

/// What is being sent may take this long to finish when the portal stops.
const LAST_WORK: Duration = Duration::from_secs(10);

/// Tasks of this area.
pub struct Background {
    clock: Clock,
    tasks: TaskTracker,
    stopping: CancellationToken,
    killed: CancellationToken,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    at_work: Mutex<AtWork>,
    changed: watch::Sender<u64>,
    next: AtomicU64,
}

#[derive(Default)]
struct AtWork {
    busy: usize,
    /// Who rests, and until when.
    resting: HashMap<u64, Millis>,
}

/// Wakes somebody who rests. From the ring until it is heard, something is under way.
#[derive(Default)]
pub(crate) struct Bell {
    notify: Notify,
    rung: Mutex<Option<Busy>>,
}

impl Bell {
    /// Rings.
    pub(crate) fn ring(&self, busy: Busy) {
        *self.rung.lock().unwrap_or_else(PoisonError::into_inner) = Some(busy);
        self.notify.notify_one();
    }

    /// Whether it was rung since this was last asked.
    pub(crate) fn was_rung(&self) -> bool {
        let mut rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        rung.take().is_some()
    }

    /// Rests until then, or until it is rung or the portal ends. Meanwhile nothing counts as under way.
    pub(crate) async fn rest_until(&self, work: &Background, busy: Busy, until: Millis) -> Busy {
        let busy = work.rest_until(busy, until, self.notify.notified()).await;
        self.was_rung();
        busy
    }
}

/// While it lives, something is under way.
pub(crate) struct Busy(Arc<State>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.update(|work| work.busy -= 1);
    }
}

impl State {
    fn update(&self, how: impl FnOnce(&mut AtWork)) {
        how(&mut self.at_work.lock().unwrap_or_else(PoisonError::into_inner));
        self.changed.send_modify(|n| *n += 1);
    }
}

/// Takes a rest off the books, also when whoever rests is dropped.
struct Resting<'a>(&'a State, u64);

impl Drop for Resting<'_> {
    fn drop(&mut self) {
        self.0.update(|work| {
            work.resting.remove(&self.1);
        });
    }
}

impl Background {
    pub(super) fn new(clock: Clock) -> Self {
        Self {
            clock,
            tasks: TaskTracker::new(),
            stopping: CancellationToken::new(),
            killed: CancellationToken::new(),
            state: Arc::default(),
        }
    }

    /// Something is under way from now on.
    pub(crate) fn busy(&self) -> Busy {
        self.state.update(|work| work.busy += 1);
        Busy(Arc::clone(&self.state))
    }

    /// Runs a task until it ends, panics, or the portal ends.
    pub(crate) fn spawn(
        &self,
        what: &'static str,
        task: impl Future<Output = ()> + Send + 'static,
    ) {
        let killed = self.killed.clone();
        self.tasks.spawn(async move {
            tokio::select! {
                () = killed.cancelled() => {}
                _ = lasting::caught(what, task) => {}
            }
        });
    }

    /// Whether nothing new is to begin.
    pub(crate) fn is_stopping(&self) -> bool {
        self.stopping.is_cancelled()
    }

    /// Rests until then, or until the portal ends. Meanwhile nothing counts as under way.
    pub(crate) async fn rest(&self, busy: Busy, until: Millis) -> Busy {
        self.rest_until(busy, until, std::future::pending()).await
    }

    async fn rest_until(
        &self,
        busy: Busy,
        until: Millis,
        sooner: impl Future<Output = ()>,
    ) -> Busy {
        let id = self.state.next.fetch_add(1, Ordering::Relaxed);
        self.state.update(|work| {
            work.resting.insert(id, until);
        });
        let resting = Resting(&self.state, id);
        drop(busy);
        tokio::select! {
            () = self.clock.sleep_until(until) => {}
            () = sooner => {}
            () = self.stopping.cancelled() => {}
        }
        let busy = self.busy();
        drop(resting);
        busy
    }

    /// Waits until nothing is under way, and nobody rests whose time has come.
    pub(super) async fn idle(&self) {
        let mut changed = self.state.changed.subscribe();
        loop {
            changed.borrow_and_update();
            if self.is_idle() {
                return;
            }
            if changed.changed().await.is_err() {
                return;
            }
        }
    }

    fn is_idle(&self) -> bool {
        let work = self.state.at_work.lock();
        let work = work.unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        work.busy == 0 && work.resting.values().all(|until| *until > now)
    }

    pub(super) async fn stop(&self) {
        self.stopping.cancel();
        self.tasks.close();
        tokio::select! {
            () = self.tasks.wait() => {}
            () = self.clock.sleep(LAST_WORK) => {}
        }
        self.kill().await;
    }

    pub(super) async fn kill(&self) {
        self.stopping.cancel();
        self.killed.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}
