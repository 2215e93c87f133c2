//! Conversations of e-mail inboxes that are of nobody whom the portal knows: what else is told of one costs no reading for a while. When
//! somebody comes for the first time, his list is filled whatever was known here, and the poll does not ask here.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use super::{lock, millis};
use crate::clock::Millis;

/// So long: the poll brings what becomes somebody's meanwhile.
const KNOWN: Duration = Duration::from_mins(10);
/// So many are remembered.
const REMEMBERED: usize = 10_000;

/// Which, and since when.
#[derive(Default)]
pub(super) struct Nobodys(Mutex<HashMap<u64, Millis>>);

impl Nobodys {
    /// This one was read, and is nobody's.
    pub(super) fn note(&self, conversation: u64, now: Millis) {
        let mut known = lock(&self.0);
        if known.len() >= REMEMBERED {
            known.retain(|_, at| now < *at + millis(KNOWN));
        }
        if known.len() < REMEMBERED {
            known.insert(conversation, now);
        }
    }

    /// Whether this one was, a while ago at most.
    pub(super) fn has(&self, conversation: u64, now: Millis) -> bool {
        let known = lock(&self.0);
        let at = known.get(&conversation);
        at.is_some_and(|at| now < *at + millis(KNOWN))
    }
}
