//! The time, given to whoever needs it. A served portal's clock is the machine's, but for that it never goes back: else all that rests would
//! rest longer by what the machine's clock was set back. Tests and the demo move theirs, and whoever waits on it wakes.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use tokio::sync::watch;

/// Unix time in milliseconds.
pub type Millis = u64;

/// A clock to read and to wait on. Clones share the same time.
#[derive(Clone, Debug)]
pub struct Clock {
    kind: Kind,
    moved: Arc<watch::Sender<u64>>,
    steady: Arc<Mutex<Steady>>,
}

/// The machine's time as it only goes forward: when its clock is set back, time goes on from where it was.
#[derive(Clone, Copy, Debug)]
struct Steady {
    time: Duration,
    since: Instant,
}

impl Steady {
    fn read(&mut self, machine: Duration, now: Instant) -> Duration {
        let steady = self.time + now.saturating_duration_since(self.since);
        if machine > steady {
            *self = Self {
                time: machine,
                since: now,
            };
        }
        steady.max(machine)
    }
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    /// The machine's time, plus what it was moved by.
    Running,
    /// Stands still at this time, plus what it was moved by.
    Still(Millis),
    /// The machine's time until this moment, and from then on so many times as fast.
    Hurried(Millis, u32),
}

impl Clock {
    /// The machine's clock.
    pub fn machine() -> Self {
        Self::new(Kind::Running)
    }

    /// A clock that stands still until it is moved.
    pub fn still(at: Millis) -> Self {
        Self::new(Kind::Still(at))
    }

    /// A clock for rehearsals: since this moment of the machine's time it runs so many times as fast. Whoever makes one of the
    /// same moment and speed, in another process too, reads the same time.
    pub fn hurried(since: Millis, speed: u32) -> Self {
        Self::new(Kind::Hurried(since, speed.max(1)))
    }

    fn new(kind: Kind) -> Self {
        Self {
            kind,
            moved: Arc::new(watch::Sender::new(0)),
            steady: Arc::new(Mutex::new(Steady {
                time: machine_time(),
                since: monotonic(),
            })),
        }
    }

    /// Now, Unix milliseconds. Never less than before.
    pub fn now(&self) -> Millis {
        self.at(|| {
            let mut steady = self.steady.lock().unwrap_or_else(PoisonError::into_inner);
            steady.read(machine_time(), monotonic())
        })
    }

    /// What others whose clocks are right have now: the same, but where the machine's clock was set back.
    pub fn others_now(&self) -> Millis {
        self.at(machine_time)
    }

    fn at(&self, machine: impl Fn() -> Duration) -> Millis {
        let base = match self.kind {
            Kind::Running => millis(machine()),
            Kind::Still(at) => at,
            Kind::Hurried(since, speed) => {
                since + millis(machine()).saturating_sub(since) * u64::from(speed)
            }
        };
        base + *self.moved.borrow()
    }

    /// How many times as fast as the machine's it runs.
    pub fn speed(&self) -> u32 {
        match self.kind {
            Kind::Hurried(_, speed) => speed,
            Kind::Running | Kind::Still(_) => 1,
        }
    }

    /// Moves the time forward; whoever waits for a time that has come goes on.
    pub fn advance(&self, by: Duration) {
        self.moved.send_modify(|moved| *moved += millis(by));
    }

    /// Waits for as long as this clock says.
    pub async fn sleep(&self, duration: Duration) {
        self.sleep_until(self.now() + millis(duration)).await;
    }

    /// Waits until this clock shows `until`.
    pub async fn sleep_until(&self, until: Millis) {
        let mut moved = self.moved.subscribe();
        loop {
            let now = self.now();
            if now >= until {
                return;
            }
            match self.kind {
                Kind::Still(_) => {
                    if moved.changed().await.is_err() {
                        return;
                    }
                }
                Kind::Running | Kind::Hurried(..) => {
                    let rest = Duration::from_millis(until - now) / self.speed();
                    tokio::select! {
                        // The machine's timer counts whole milliseconds, of which a hurried clock makes many.
                        () = tokio::time::sleep(rest) => {}
                        _ = moved.changed() => {}
                    }
                }
            }
        }
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the machine's time"
)]
fn machine_time() -> Duration {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the machine's time"
)]
fn monotonic() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_goes_on_when_the_machines_clock_is_set_back_and_with_it_when_it_is_set_forward() {
        let (hour, second) = (Duration::from_hours(1), Duration::from_secs(1));
        let (begun, since) = (1000 * hour, monotonic());
        let mut steady = Steady { time: begun, since };
        let mut reads = |machine, later| steady.read(machine, since + later);
        assert_eq!(reads(begun + second, second), begun + second);
        // Back by an hour.
        assert_eq!(
            reads(begun + 2 * second - hour, 2 * second),
            begun + 2 * second
        );
        assert_eq!(
            reads(begun + 3 * second - hour, 3 * second),
            begun + 3 * second
        );
        // Right again, and then an hour ahead for a moment.
        assert_eq!(reads(begun + 4 * second, 4 * second), begun + 4 * second);
        let ahead = begun + 5 * second + hour;
        assert_eq!(reads(ahead, 5 * second), ahead);
        assert_eq!(reads(begun + 6 * second, 6 * second), ahead + second);
    }

    #[test]
    fn the_machines_clock_is_read() {
        let clock = Clock::machine();
        let (first, others, then) = (clock.now(), clock.others_now(), clock.now());
        assert!(first <= then && others.abs_diff(then) < 60_000);
        assert!(first > 1_700_000_000_000);
    }

    #[tokio::test]
    async fn whoever_waits_on_a_still_clock_wakes_when_it_is_moved() {
        let clock = Clock::still(1_000);
        let waiting = tokio::spawn({
            let clock = clock.clone();
            async move {
                clock.sleep(Duration::from_secs(60)).await;
                clock.now()
            }
        });
        tokio::task::yield_now().await;
        clock.advance(Duration::from_secs(30));
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        clock.advance(Duration::from_secs(30));
        assert_eq!(waiting.await.unwrap(), 61_000);
    }
}
