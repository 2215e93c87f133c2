//! What time it is, given from outside so that tests and the demo settle it; the only place that asks the machine.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Tells the time in unix milliseconds.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// Moves the time forward by so many milliseconds.
pub type MoveClock = Arc<dyn Fn(i64) + Send + Sync>;

/// The machine's clock, which can be moved ahead.
pub fn movable_clock() -> (Clock, MoveClock) {
    let ahead = Arc::new(AtomicI64::new(0));
    let read = Arc::clone(&ahead);
    let clock: Clock = Arc::new(move || machine_millis() + read.load(Ordering::SeqCst));
    let by: MoveClock = Arc::new(move |millis| {
        ahead.fetch_add(millis, Ordering::SeqCst);
    });
    (clock, by)
}

/// A clock that stands still until it is moved, from this unix millisecond on.
pub fn still_clock(start: i64) -> (Clock, MoveClock) {
    let at = Arc::new(AtomicI64::new(start));
    let read = Arc::clone(&at);
    let clock: Clock = Arc::new(move || read.load(Ordering::SeqCst));
    let by: MoveClock = Arc::new(move |millis| {
        at.fetch_add(millis, Ordering::SeqCst);
    });
    (clock, by)
}

fn machine_millis() -> i64 {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that asks the machine"
    )]
    let now = SystemTime::now();
    now.duration_since(UNIX_EPOCH).map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    })
}
