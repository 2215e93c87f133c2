//! Whether Chatwoot stores what it is sent. With its database full or read-only it goes on answering what is read.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use super::{hurry, millis};
use crate::clock::Millis;
use crate::tickets::Tickets;

/// While something was stored within this time, what is refused again and again is refused for what it is.
const RECENT: Duration = Duration::from_mins(9);

/// When something that anybody wrote was last stored, and whether the operator was told that nothing is.
#[derive(Default)]
pub(super) struct Takes {
    last: AtomicU64,
    told: AtomicBool,
}

/// Something was stored.
pub(super) async fn heard(tickets: &Tickets) {
    let takes = &tickets.outbox.takes;
    takes.last.store(tickets.clock.now(), Ordering::Relaxed);
    if takes.told.swap(false, Ordering::Relaxed) {
        tracing::info!("Chatwoot stores again what customers write");
        hurry(tickets).await;
    }
}

/// A message, an agent's too, was stored at this time, unix seconds.
pub(crate) fn has_stored(tickets: &Tickets, at: i64) {
    let at = u64::try_from(at).unwrap_or_default().saturating_mul(1000);
    // Chatwoot's clock may run ahead.
    let at = at.min(tickets.clock.now());
    tickets.outbox.takes.last.fetch_max(at, Ordering::Relaxed);
}

/// Whether anybody's writing was stored lately.
pub(super) fn anything(tickets: &Tickets, now: Millis) -> bool {
    let last = tickets.outbox.takes.last.load(Ordering::Relaxed);
    last > 0 && now.saturating_sub(last) < millis(RECENT)
}

/// Tells the operator, once.
pub(super) fn tell(tickets: &Tickets) {
    if !tickets.outbox.takes.told.swap(true, Ordering::Relaxed) {
        tracing::error!(
            cure = "see Chatwoot's own log, and whether its database is full or read-only",
            "Chatwoot answers, and stores nothing that customers write; it waits, and is tried again"
        );
    }
}
