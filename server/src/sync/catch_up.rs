//! After a long pause each list may have missed something. Whoever comes has his fetched at once; all others' are fetched slowly, one after
//! another, so that who is away is mailed what came meanwhile.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::{fill, millis};
use crate::failure::chain;
use crate::store::customers::CustomerId;
use crate::store::lists;
use crate::tickets::{Bell, Busy, Tickets};

/// Between two customers: some hundred calls a minute, beside what those cost who look.
const BETWEEN: Duration = Duration::from_secs(2);
/// A customer is waited for so long.
const PATIENCE: Duration = Duration::from_mins(1);
/// Looked at this often without a reason too: a list may be found to have missed something one by one.
const AT_LEAST: Duration = Duration::from_hours(1);

/// Word that lists may have missed something.
#[derive(Default)]
pub(super) struct CatchUp {
    wanted: AtomicBool,
    /// Who is at it looks again by himself. His bell would count as something under way for as long as Chatwoot is away.
    at_it: AtomicBool,
    bell: Bell,
}

pub(super) fn start(tickets: &Tickets) {
    tickets.keep("catching up", |this, busy| async move {
        work(&this, busy).await;
    });
}

/// Lists may have missed something.
pub(super) fn begin(tickets: &Tickets) {
    let it = &tickets.sync.catch_up;
    it.wanted.store(true, Ordering::SeqCst);
    if !it.at_it.load(Ordering::SeqCst) {
        it.bell.ring(tickets.background.busy());
    }
}

async fn work(tickets: &Tickets, mut busy: Busy) {
    let it = &tickets.sync.catch_up;
    it.wanted.store(true, Ordering::SeqCst);
    while !tickets.background.is_stopping() {
        it.at_it.store(true, Ordering::SeqCst);
        while it.wanted.swap(false, Ordering::SeqCst) {
            busy = all(tickets, busy).await;
        }
        it.at_it.store(false, Ordering::SeqCst);
        if it.wanted.load(Ordering::SeqCst) {
            continue;
        }
        let until = tickets.clock.now() + millis(AT_LEAST);
        busy = it.bell.rest_until(&tickets.background, busy, until).await;
        it.wanted.store(true, Ordering::SeqCst);
    }
}

async fn all(tickets: &Tickets, mut busy: Busy) -> Busy {
    let mut last = None;
    while !tickets.background.is_stopping() {
        let next: Option<CustomerId> = match tickets
            .store
            .read(move |tx| lists::next_stale(tx, last))
            .await
        {
            Ok(next) => next,
            Err(error) => {
                tracing::error!(
                    cause = chain(&error),
                    "which lists missed something cannot be read"
                );
                None
            }
        };
        let Some(customer) = next else {
            break;
        };
        last = Some(customer);
        let filled = fill::want_fill(tickets, customer);
        // What fetches it counts by itself, and goes on by itself where it takes long: one must not hold up all others.
        drop(busy);
        tokio::select! {
            () = filled.wait() => {}
            () = tickets.clock.sleep(PATIENCE) => {}
        }
        busy = tickets.background.busy();
        let until = tickets.clock.now() + millis(BETWEEN);
        busy = tickets.background.rest(busy, until).await;
    }
    busy
}
