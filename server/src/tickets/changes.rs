//! Who is told that something visible changed, and who would hear it.

use app::tickets::model::TicketId;

use crate::live::{Hand, Live};
use crate::store::customers::CustomerId;

/// Where changes are told. Ids only: whoever hears of one asks for the content through calls that check whose it is.
pub trait Changes: Send + Sync {
    /// Something visible of this customer's ticket is different, or, with none, of his list as a whole.
    fn changed(&self, customer: CustomerId, ticket: Option<&TicketId>);
    /// An agent types in this customer's ticket, or has stopped.
    fn typing(&self, customer: CustomerId, ticket: &TicketId, hand: Hand);
    /// Whether he has a page open.
    fn is_watched(&self, customer: CustomerId) -> bool;
    /// Everybody who has a page open.
    fn watching(&self) -> Vec<CustomerId>;
}

impl Changes for Live {
    fn changed(&self, customer: CustomerId, ticket: Option<&TicketId>) {
        // Of the list as a whole every page is told as of a ticket that nobody has: it fetches its list again.
        let ticket = ticket.cloned().unwrap_or_else(TicketId::nobodys);
        Self::changed(self, customer, ticket);
    }

    fn typing(&self, customer: CustomerId, ticket: &TicketId, hand: Hand) {
        Self::typing(self, customer, ticket, hand);
    }

    fn is_watched(&self, customer: CustomerId) -> bool {
        Self::is_watched(self, customer)
    }

    fn watching(&self) -> Vec<CustomerId> {
        Self::watching(self)
    }
}
