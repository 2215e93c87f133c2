//! How far back an opened ticket is read. A message that is changed or deleted far above the end moves nothing that could be asked for:
//! whoever was not told of it, as before the portal started, finds it by reading as far as the page shows, once.

use std::collections::HashSet;
use std::sync::Mutex;

use app::tickets::model::TicketId;

use super::lock;
use crate::store::{StoreError, messages};
use crate::tickets::Tickets;
use crate::tickets::show::PAGE;

/// So many are remembered.
const REMEMBERED: usize = 10_000;

/// The tickets that were read so far back since there was a gap in what is told.
#[derive(Default)]
pub(super) struct ReadBack(Mutex<HashSet<TicketId>>);

/// The message back to which an opened ticket is to be read; none if nothing can have been missed above its end.
pub(super) async fn wanted(
    tickets: &Tickets,
    ticket: &TicketId,
) -> Result<Option<u64>, StoreError> {
    if lock(&tickets.sync.read_back.0).contains(ticket) {
        return Ok(None);
    }
    let id = ticket.clone();
    tickets
        .store
        .read(move |tx| messages::shown_from(tx, &id, PAGE))
        .await
}

/// It was read so far back.
pub(super) fn done(tickets: &Tickets, ticket: &TicketId) {
    let mut known = lock(&tickets.sync.read_back.0);
    let told = tickets.sync.signals.are_well(tickets.clock.now());
    if told && known.len() < REMEMBERED {
        known.insert(ticket.clone());
    }
}

/// From a time on something may have happened of which nobody was told.
pub(super) fn gap(tickets: &Tickets) {
    lock(&tickets.sync.read_back.0).clear();
}
