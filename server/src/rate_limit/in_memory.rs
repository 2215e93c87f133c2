//! Allowances in this process's memory, on the portal's clock, bounded.

use std::hash::{BuildHasher, RandomState};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use governor::clock::Clock as _;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use super::{LimitedAction, Limits, Rates, Wait, Who};
use crate::clock::Clock;

/// How long newcomers wait when the memory of a limit is full.
const FULL: Wait = Wait(60);
/// A full memory is gone through for what may be forgotten no more often than this, in milliseconds: it takes a while.
const TIDY_AGAIN: u64 = 1_000;

/// Keyed by a hash that nobody outside can foretell: half the memory of the thing itself.
type Limiter = RateLimiter<u64, DashMapStateStore<u64>, PortalClock, NoOpMiddleware<Nanos>>;

/// The allowances of one process.
pub struct InMemory {
    clock: PortalClock,
    limiters: Vec<(LimitedAction, Limiter)>,
    most_keys: usize,
    hasher: RandomState,
    tidied_at: AtomicU64,
}

impl InMemory {
    /// All allowances full. Of each action at most `most_keys` are remembered at a time.
    pub fn new(clock: Clock, most_keys: usize, rates: Rates) -> Self {
        let clock = PortalClock(clock);
        let limiter = |action: LimitedAction| {
            let (burst, each) = action.figures(rates);
            let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
            let quota = Quota::with_period(each)
                .unwrap_or_else(|| Quota::per_second(NonZeroU32::MIN))
                .allow_burst(burst);
            (
                action,
                RateLimiter::new(quota, DashMapStateStore::default(), clock.clone()),
            )
        };
        Self {
            limiters: LimitedAction::ALL.into_iter().map(limiter).collect(),
            clock,
            most_keys,
            hasher: RandomState::new(),
            tidied_at: AtomicU64::new(0),
        }
    }

    /// Makes room. What is left then is an attack.
    fn has_room(&self, action: LimitedAction, limiter: &Limiter) -> bool {
        if limiter.len() < self.most_keys {
            return true;
        }
        let now = self.clock.0.now();
        let before = self.tidied_at.load(Ordering::Relaxed);
        let may = now >= before + TIDY_AGAIN
            && self
                .tidied_at
                .compare_exchange(before, now, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok();
        if may {
            // Full allowances need no memory.
            limiter.retain_recent();
            if limiter.len() >= self.most_keys {
                tracing::warn!(?action, "a limit's memory is full: newcomers wait");
            }
        }
        limiter.len() < self.most_keys
    }
}

impl Limits for InMemory {
    fn take(&self, action: LimitedAction, who: Who) -> Result<(), Wait> {
        let Some((_, limiter)) = self.limiters.iter().find(|(it, _)| *it == action) else {
            return Ok(());
        };
        if !self.has_room(action, limiter) {
            return Err(FULL);
        }
        limiter
            .check_key(&self.hasher.hash_one(who))
            .map_err(|not_until| {
                let wait = not_until.wait_time_from(self.clock.now());
                let seconds = u32::try_from(wait.as_millis().div_ceil(1000));
                Wait(seconds.unwrap_or(u32::MAX).max(1))
            })
    }

    fn tidy(&self) {
        for (_, limiter) in &self.limiters {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

#[derive(Clone, Debug)]
struct PortalClock(Clock);

impl governor::clock::Clock for PortalClock {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        Nanos::from(Duration::from_millis(self.0.now()))
    }
}
