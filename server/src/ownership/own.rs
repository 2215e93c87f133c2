//! All source ids that are one customer's: the one that is kept, and those of each SESSION_SECRET that is known.

use chatwoot::{Contact, SourceId};

use crate::store::customers::Customer;
use crate::tickets::Tickets;

/// What all source ids of the portal begin with.
pub(super) const OURS: &str = "p1_";

/// Whether a contact has another customer's source id besides: it was merged.
pub(super) fn is_shared(tickets: &Tickets, customer: &Customer, contact: &Contact) -> bool {
    let is_own = |source: &str| {
        customer.source.as_deref() == Some(source)
            || tickets
                .keys
                .all()
                .any(|keys| keys.source_id(&customer.address) == source)
    };
    contact
        .sources_in(tickets.chatwoot.inbox_id())
        .map(SourceId::as_str)
        .any(|source| source.starts_with(OURS) && !is_own(source))
}
