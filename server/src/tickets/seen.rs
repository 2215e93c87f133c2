//! Seen: our own mark, of which Chatwoot is told. It moves on only, as far as the version that was on the screen.

use super::{Tickets, version};
use crate::failure::Failure;
use crate::ownership::OwnedTicket;
use crate::store::{messages, read_marks, seen, tickets};
use crate::sync;

/// Everything of the support team's up to this version has been on the customer's screen.
pub(crate) async fn mark_seen(
    tickets: &Tickets,
    ticket: &OwnedTicket,
    version: u64,
) -> Result<(), Failure> {
    let version = version::back(version);
    let (customer, id) = (ticket.customer(), ticket.id().clone());
    let now = tickets.clock.now();
    let tell_at = ticket
        .has_place_of_contact()
        .then(|| sync::when_to_tell(now));
    let (moved, shows) = tickets
        .store
        .write(move |tx| {
            let Some(place) = messages::newest_of_team(tx, &id, version)? else {
                return Ok((false, false));
            };
            if !seen::move_to(tx, customer, &id, place)? {
                return Ok((false, false));
            }
            if let Some(tell_at) = tell_at {
                read_marks::want(tx, customer, &id, tell_at)?;
            }
            let changed = tickets::change(tx, customer, &id, now, |_| Ok(()))?;
            Ok((true, changed.shows))
        })
        .await?;
    if moved {
        sync::tell_seen(tickets);
    }
    if shows {
        tickets.changes.changed(customer, Some(ticket.id()));
    }
    Ok(())
}
