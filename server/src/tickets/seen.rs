//! Seen: our own mark. It moves on only, as far as the version that was on the screen.

use super::{Tickets, version};
use crate::failure::Failure;
use crate::ownership::OwnedTicket;
use crate::store::{messages, seen, tickets};

/// Everything of the support team's up to this version has been on the customer's screen.
pub(crate) async fn mark_seen(
    tickets: &Tickets,
    ticket: &OwnedTicket,
    version: u64,
) -> Result<(), Failure> {
    let version = version::back(version);
    let (customer, id) = (ticket.customer(), ticket.id().clone());
    let now = tickets.clock.now();
    let shows = tickets
        .store
        .write(move |tx| {
            let Some(place) = messages::newest_of_team(tx, &id, version)? else {
                return Ok(false);
            };
            if !seen::move_to(tx, customer, &id, place)? {
                return Ok(false);
            }
            let changed = tickets::change(tx, customer, &id, now, |_| Ok(()))?;
            Ok(changed.shows)
        })
        .await?;
    if shows {
        tickets.changes.changed(customer, Some(ticket.id()));
    }
    Ok(())
}
