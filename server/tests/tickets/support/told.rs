//! What the portal tells open pages.

use std::sync::atomic::{AtomicU32, Ordering};

use app::tickets::model::TicketId;
use server::store::customers::CustomerId;
use server::tickets::Changes;
use tokio::sync::watch;

/// What the portal tells open pages.
#[derive(Default)]
pub struct Told(
    pub watch::Sender<Vec<(CustomerId, Option<TicketId>)>>,
    /// Whoever tells this many words from now on panics; none if it is zero.
    pub AtomicU32,
);

impl Changes for Told {
    fn changed(&self, customer: CustomerId, ticket: Option<&TicketId>) {
        let left = self.1.load(Ordering::SeqCst);
        self.1.store(left.saturating_sub(1), Ordering::SeqCst);
        assert_ne!(left, 1, "told to panic");
        self.0
            .send_modify(|told| told.push((customer, ticket.cloned())));
    }

    fn typing(&self, _: CustomerId, _: &TicketId, _: server::live::Hand) {}

    fn is_watched(&self, _: CustomerId) -> bool {
        false
    }

    fn watching(&self) -> Vec<CustomerId> {
        Vec::new()
    }
}
