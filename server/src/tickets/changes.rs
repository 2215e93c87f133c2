//! Who is told that something visible changed.

use app::tickets::model::TicketId;

use crate::live::Live;
use crate::store::customers::CustomerId;

/// Where changes are told. Ids only: whoever hears of one asks for the content through calls that check whose it is.
pub trait Changes: Send + Sync {
    /// Something visible of this customer's ticket is different, or, with none, of his list as a whole.
    fn changed(&self, customer: CustomerId, ticket: Option<&TicketId>);
}

impl Changes for Live {
    fn changed(&self, customer: CustomerId, ticket: Option<&TicketId>) {
        // Of the list as a whole every page is told as of a ticket that nobody has: it fetches its list again.
        let nobodys = || TicketId::parse("00000000-0000-0000-0000-000000000000");
        if let Some(ticket) = ticket.cloned().or_else(nobodys) {
            Self::changed(self, customer, ticket);
        }
    }
}
