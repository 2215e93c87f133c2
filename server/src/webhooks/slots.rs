//! Room for bodies that are being read, so many at once. Where all is taken, the one that has been coming for longest makes way: what
//! Chatwoot sends is here in a moment, and what stands still is most likely not Chatwoot's.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio_util::sync::CancellationToken;

/// So much room.
pub(super) struct Slots {
    most: usize,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    count: u64,
    /// The oldest first.
    slots: VecDeque<(u64, CancellationToken)>,
}

/// Room for one, until it is dropped or another needs it.
pub(super) struct Slot<'a> {
    of: &'a Slots,
    nth: u64,
    lost: CancellationToken,
}

impl Slots {
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            taken: Mutex::default(),
        }
    }

    pub(super) fn take(&self) -> Slot<'_> {
        let mut taken = self.lock();
        if taken.slots.len() >= self.most
            && let Some((_, oldest)) = taken.slots.pop_front()
        {
            oldest.cancel();
        }
        taken.count += 1;
        let (nth, lost) = (taken.count, CancellationToken::new());
        taken.slots.push_back((nth, lost.clone()));
        Slot {
            of: self,
            nth,
            lost,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Slot<'_> {
    /// Comes back when another needs the room.
    pub(super) async fn lost(&self) {
        self.lost.cancelled().await;
    }
}

impl Drop for Slot<'_> {
    fn drop(&mut self) {
        self.of.lock().slots.retain(|(nth, _)| *nth != self.nth);
    }
}
