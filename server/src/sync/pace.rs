//! How much may be asked of Chatwoot for one purpose: a burst, and then a steady trickle.

use std::time::Duration;

use super::millis;
use crate::clock::Millis;

/// An allowance of calls.
pub(crate) struct Pace {
    burst: u64,
    each: Millis,
    /// When all of the burst is there again.
    full_at: Millis,
}

impl Pace {
    /// So many may follow each other at once, and in the long run one each `each`.
    pub(crate) fn new(burst: u64, each: Duration) -> Self {
        Self {
            burst,
            each: millis(each),
            full_at: 0,
        }
    }

    /// Until when to rest; none if there is something left.
    pub(crate) fn earliest(&self, now: Millis) -> Option<Millis> {
        let until = self.full_at.saturating_sub((self.burst - 1) * self.each);
        (until > now).then_some(until)
    }

    /// Takes one.
    pub(crate) fn take(&mut self, now: Millis) {
        self.full_at = self.full_at.max(now) + self.each;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r9_a_minute_is_at_most_a_burst_and_the_trickle() {
        let (mut pace, mut taken) = (Pace::new(60, Duration::from_millis(250)), 0);
        for now in 1_000_000..1_060_000 {
            while pace.earliest(now).is_none() {
                pace.take(now);
                taken += 1;
            }
        }
        assert_eq!(taken, 60 + 239);
    }
}
