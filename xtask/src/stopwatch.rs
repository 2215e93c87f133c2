//! Measured time, for progress lines and time limits. The only file here that looks at the clock.

use std::fmt;
use std::time::{Duration, Instant};

/// A clock that was started and tells how long ago; it displays as "3 min 26 s".
#[derive(Clone, Copy)]
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    #[expect(
        clippy::disallowed_methods,
        reason = "a build task reports real elapsed time; nothing is decided by it but a time limit"
    )]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// The time since the start.
    pub(crate) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

impl fmt::Display for Stopwatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&in_words(self.elapsed()))
    }
}

/// A duration as a person says it: "0.4 s", "48 s", "3 min 26 s".
pub(crate) fn in_words(duration: Duration) -> String {
    match duration.as_secs() {
        0..10 => format!("{:.1} s", duration.as_secs_f64()),
        seconds @ 10..60 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_times_have_a_decimal_and_long_ones_minutes() {
        assert_eq!(in_words(Duration::from_millis(440)), "0.4 s");
        assert_eq!(in_words(Duration::from_secs(48)), "48 s");
        assert_eq!(in_words(Duration::from_secs(206)), "3 min 26 s");
    }
}
