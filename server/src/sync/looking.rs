//! Who looks at his tickets: while anybody does, agents are followed closely, and a change of Chatwoot's health is told.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use super::{lock, millis};
use crate::clock::Millis;
use crate::store::customers::CustomerId;
use crate::tickets::{Bell, Tickets};

/// Somebody looks for so long after he asked for something.
const LOOKING: Duration = Duration::from_secs(120);
/// A page may be open for so long after it asked for something.
const OPEN: Duration = Duration::from_hours(1);
/// So many who looked are remembered.
const REMEMBERED: usize = 10_000;

/// Who looks.
#[derive(Default)]
pub(super) struct Looking {
    last: AtomicU64,
    who: Mutex<HashMap<CustomerId, Millis>>,
    at_once: AtomicBool,
    /// Rung when somebody begins to, or the poll is wanted now.
    pub(super) bell: Bell,
}

/// A customer looks at his tickets.
pub(crate) fn looked(tickets: &Tickets, customer: CustomerId) {
    let looking = &tickets.sync.looking;
    let now = tickets.clock.now();
    {
        let mut who = lock(&looking.who);
        if who.len() >= REMEMBERED {
            who.retain(|_, at| now < *at + millis(OPEN));
        }
        if who.len() < REMEMBERED {
            who.insert(customer, now);
        }
    }
    let before = looking.last.swap(now, Ordering::Relaxed);
    if now >= before.saturating_add(millis(LOOKING)) {
        looking.bell.ring(tickets.background.busy());
    }
}

/// Sorts customers: who asked for something last comes first.
pub(super) fn by_their_last_asking(tickets: &Tickets, customers: &mut [CustomerId]) {
    let who = lock(&tickets.sync.looking.who);
    customers.sort_by_key(|it| std::cmp::Reverse(who.get(it).copied().unwrap_or_default()));
}

/// Something may have been missed: the poll does not wait for its time.
pub(super) fn poll_now(tickets: &Tickets) {
    let looking = &tickets.sync.looking;
    looking.at_once.store(true, Ordering::Relaxed);
    looking.bell.ring(tickets.background.busy());
}

/// Whether the poll is not to wait; asked once.
pub(super) fn is_wanted_now(tickets: &Tickets) -> bool {
    tickets.sync.looking.at_once.swap(false, Ordering::Relaxed)
}

/// Whether anybody looks now.
pub(super) fn somebody_looks(tickets: &Tickets) -> bool {
    let last = tickets.sync.looking.last.load(Ordering::Relaxed);
    tickets.clock.now() < last.saturating_add(millis(LOOKING))
}

/// Tells everybody who may have a page open that his tickets are as fresh, or as old, as they were not a moment ago.
pub(super) fn tell_everybody(tickets: &Tickets) {
    let now = tickets.clock.now();
    let who: Vec<CustomerId> = lock(&tickets.sync.looking.who)
        .iter()
        .filter(|(_, at)| now < **at + millis(OPEN))
        .map(|(customer, _)| *customer)
        .collect();
    for customer in who {
        tickets.changes.changed(customer, None);
    }
}
