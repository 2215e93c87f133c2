//! How far Chatwoot's clock and the portal's are apart: from five minutes on every delivery is refused for its age.

use std::fmt;
use std::time::Duration;

use chatwoot::{Client, Version};

use super::WINDOW;
use crate::clock::{Clock, Millis};

/// What the operator can do.
pub(crate) const CURE: &str = "set the clocks of both machines by NTP";
/// What was compared is whole seconds, and took its way.
const ABOUT: Duration = Duration::from_secs(5);

/// How far two clocks are apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Apart {
    seconds: u64,
    ahead: bool,
}

impl Apart {
    /// By what Chatwoot says of itself; none if it says nothing of the kind. `now` is the portal's machine's time.
    pub(crate) fn of(found: &Version, now: Millis) -> Option<Self> {
        found.time().map(|time| Self::between(time, now))
    }

    /// Chatwoot's seconds and the portal's milliseconds.
    pub(crate) fn between(theirs: u64, now: Millis) -> Self {
        let ours = now / 1000;
        Self {
            seconds: theirs.abs_diff(ours),
            ahead: theirs > ours,
        }
    }

    /// Seconds.
    pub(crate) fn seconds(self) -> u64 {
        self.seconds
    }

    /// Asks Chatwoot. None if its deliveries are not refused for it, or that cannot be known.
    pub(crate) async fn that_refuses(chatwoot: &Client, clock: &Clock) -> Option<Self> {
        let version = chatwoot.version().await.ok()?;
        Self::of(&version, clock.others_now()).filter(|it| it.refuses())
    }

    fn refuses(self) -> bool {
        Duration::from_secs(self.seconds) + ABOUT >= WINDOW
    }
}

impl fmt::Display for Apart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let by = if self.ahead { "ahead of" } else { "behind" };
        write!(
            f,
            "Chatwoot's clock is {} s {by} the portal's",
            self.seconds
        )
    }
}
