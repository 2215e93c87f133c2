//! What is to be read, once the store has said that it is news and whose it is: what concerns somebody who has a page open comes first,
//! and each thing once.

use std::collections::{HashMap, VecDeque};

use super::hints::{Reason, Thing, WAITING};

/// What waits for its turn.
#[derive(Default)]
pub(super) struct Ready {
    reasons: HashMap<Thing, Reason>,
    watched: VecDeque<Thing>,
    others: VecDeque<Thing>,
}

impl Ready {
    pub(super) fn is_empty(&self) -> bool {
        self.reasons.is_empty()
    }

    pub(super) fn has_room(&self) -> bool {
        self.reasons.len() < WAITING
    }

    pub(super) fn add(&mut self, thing: Thing, reason: Reason, watched: bool) {
        let known = self.reasons.get(&thing).copied();
        let both = known.map_or(reason, |known| known.and(reason));
        self.reasons.insert(thing, both);
        match (known, watched) {
            // Somebody may have opened a page since; where it waited before there will be nothing left to read.
            (_, true) if !self.watched.contains(&thing) => self.watched.push_back(thing),
            (None, false) => self.others.push_back(thing),
            _ => {}
        }
    }

    pub(super) fn take(&mut self) -> Option<(Thing, Reason)> {
        while let Some(thing) = self.watched.pop_front().or_else(|| self.others.pop_front()) {
            if let Some(reason) = self.reasons.remove(&thing) {
                return Some((thing, reason));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(id: u64) -> Reason {
        Reason {
            message: Some(id),
            ..Reason::default()
        }
    }

    #[test]
    fn r7_what_somebody_looks_at_comes_first_and_each_thing_once() {
        let mut ready = Ready::default();
        let [one, two, three] = [1, 2, 3].map(Thing::Conversation);
        ready.add(one, message(1), false);
        ready.add(two, message(2), false);
        ready.add(three, message(3), true);
        ready.add(two, message(4), true);
        assert_eq!(ready.take(), Some((three, message(3))));
        assert!(matches!(ready.take(), Some((thing, reason)) if thing == two && reason.always));
        assert_eq!(ready.take(), Some((one, message(1))));
        assert_eq!(ready.take(), None);
        assert!(ready.is_empty());
    }
}
