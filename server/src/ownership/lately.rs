//! Which tickets' conversations were recognised a short while ago, so that a reply needs no look before it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use app::tickets::model::TicketId;

use crate::clock::Millis;
use crate::sync::millis;

/// So long nobody puts another Chatwoot in the place of one.
const LATELY: Duration = Duration::from_mins(5);
/// So many are remembered.
const MOST: usize = 10_000;

/// When each was last recognised.
#[derive(Default)]
pub(crate) struct Recognised(Mutex<HashMap<TicketId, Millis>>);

impl Recognised {
    /// It was just now.
    pub(super) fn note(&self, ticket: &TicketId, now: Millis) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.retain(|_, at| now < *at + millis(LATELY));
        }
        if all.len() < MOST {
            all.insert(ticket.clone(), now);
        }
    }

    /// Whether it was lately.
    pub(super) fn lately(&self, ticket: &TicketId, now: Millis) -> bool {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(ticket).is_some_and(|at| now < *at + millis(LATELY))
    }
}
