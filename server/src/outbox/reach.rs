//! The conversation that an act of writing goes to.

use super::{Outcome, pace};
use crate::failure::chain;
use crate::ownership::{self, OwnedNumber, OwnedTicket};
use crate::store::StoreError;
use crate::store::outbox::Entry;
use crate::sync::{self, Trouble};
use crate::tickets::Tickets;

/// A ticket's conversation, or what comes of the act without it.
pub(super) async fn conversation(
    tickets: &Tickets,
    entry: &Entry,
    owned: &OwnedTicket,
) -> Result<Result<OwnedNumber, Outcome>, StoreError> {
    Ok(match ownership::reach(tickets, owned).await {
        Ok(Some(conversation)) => Ok(conversation),
        // Its opening is before it in order, so that its record is broken or means another Chatwoot.
        Ok(None) => Err(Outcome::Refused),
        Err(Trouble::Store(error)) => return Err(error),
        Err(Trouble::Chatwoot(error)) => Err(unreachable(tickets, entry, owned, &error).await),
    })
}

/// Its conversation could not be looked at, so that nothing was sent now.
pub(super) async fn unreachable(
    tickets: &Tickets,
    entry: &Entry,
    owned: &OwnedTicket,
    error: &chatwoot::Error,
) -> Outcome {
    if matches!(error, chatwoot::Error::NotFound) && sync::check_gone(tickets, owned).await {
        return Outcome::Refused;
    }
    tracing::warn!(ticket = %owned.id(), cause = chain(error), "a ticket cannot be written to now");
    Outcome::Later(entry.state, pace::rest(tickets, entry))
}
