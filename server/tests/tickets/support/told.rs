//! What the portal tells open pages.

use app::tickets::model::TicketId;
use server::store::customers::CustomerId;
use server::tickets::Changes;
use tokio::sync::watch;

/// What the portal tells open pages.
#[derive(Default)]
pub struct Told(pub watch::Sender<Vec<(CustomerId, Option<TicketId>)>>);

impl Changes for Told {
    fn changed(&self, customer: CustomerId, ticket: Option<&TicketId>) {
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
