//! Who is told that something visible changed.

use app::tickets::model::TicketId;

use crate::store::customers::CustomerId;

/// Where changes are told. Ids only: whoever hears of one asks for the content through calls that check whose it is.
pub trait Changes: Send + Sync {
    /// Something visible of this customer's ticket is different, or, with none, of his list as a whole.
    fn changed(&self, customer: CustomerId, ticket: Option<&TicketId>);
}
