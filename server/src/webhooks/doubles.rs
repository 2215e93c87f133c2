//! Which deliveries were here already: by their id, which is not signed, and by their signature, which nobody can change.

use std::collections::{HashSet, VecDeque};

use crate::clock::Millis;

/// So many names are remembered: what Chatwoot sends in five minutes at more than 300 a second. Past it the oldest is forgotten,
/// and its double would have a ticket read once more.
const REMEMBERED: usize = 200_000;

/// The names of deliveries.
#[derive(Default)]
pub(super) struct Doubles {
    known: HashSet<u128>,
    order: VecDeque<(Millis, u128)>,
}

impl Doubles {
    /// Whether none of these names was seen since `forget_before`, and remembers them.
    pub(super) fn are_new(&mut self, names: [u128; 2], now: Millis, forget_before: Millis) -> bool {
        while self
            .order
            .front()
            .is_some_and(|(at, _)| *at < forget_before || self.order.len() >= REMEMBERED)
        {
            if let Some((_, name)) = self.order.pop_front() {
                self.known.remove(&name);
            }
        }
        if names.iter().any(|name| self.known.contains(name)) {
            return false;
        }
        for name in names {
            if self.known.insert(name) {
                self.order.push_back((now, name));
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a10_a_delivery_counts_once_by_its_id_and_by_its_signature() {
        let mut doubles = Doubles::default();
        assert!(doubles.are_new([1, 2], 0, 0));
        assert!(!doubles.are_new([1, 3], 0, 0));
        assert!(!doubles.are_new([4, 2], 0, 0));
        assert!(doubles.are_new([5, 6], 0, 0));
        assert!(doubles.are_new([1, 2], 700, 600), "it is too old by then");
    }

    #[test]
    fn a10_what_is_remembered_is_bounded() {
        let mut doubles = Doubles::default();
        for name in 0..REMEMBERED as u128 {
            assert!(doubles.are_new([2 * name, 2 * name + 1], 0, 0));
            assert!(doubles.order.len() <= REMEMBERED + 2);
        }
        assert_eq!(doubles.known.len(), doubles.order.len());
        assert!(!doubles.are_new([2 * REMEMBERED as u128 - 1, 0], 0, 0));
    }
}
