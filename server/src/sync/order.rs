//! What is older than what: an answer of Chatwoot's that was asked for before a ticket was last written must not be taken for
//! how the ticket is now.

use std::collections::HashMap;
use std::sync::Mutex;

use app::tickets::model::TicketId;

use super::lock;
use crate::tickets::Tickets;

/// How many tickets' last writing is remembered.
const REMEMBERED: usize = 10_000;

/// When each ticket was last written, counted.
#[derive(Default)]
pub(super) struct Order(Mutex<State>);

#[derive(Default)]
struct State {
    count: u64,
    written: HashMap<TicketId, u64>,
}

/// A moment between writings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment(u64);

/// Now: taken before Chatwoot is asked.
pub(crate) fn moment(tickets: &Tickets) -> Moment {
    Moment(lock(&tickets.sync.order.0).count)
}

/// A ticket was written, there or here, by whoever holds its lock.
pub(crate) fn written(tickets: &Tickets, ticket: &TicketId) {
    let mut state = lock(&tickets.sync.order.0);
    state.count += 1;
    let count = state.count;
    if state.written.len() >= REMEMBERED {
        let old = count.saturating_sub(REMEMBERED as u64 / 2);
        state.written.retain(|_, at| *at > old);
    }
    state.written.insert(ticket.clone(), count);
}

/// Whether a ticket was written since.
pub(super) fn is_outdated(tickets: &Tickets, ticket: &TicketId, since: Moment) -> bool {
    let state = lock(&tickets.sync.order.0);
    state.written.get(ticket).is_some_and(|at| *at > since.0)
}
