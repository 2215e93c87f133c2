//! Mails about answers that the customer has not seen.

use std::time::Duration;

use super::reader::Reader;

/// When customers are mailed, and what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotifyConfig {
    /// An answer is mailed when it was not seen for so long; none: nothing is mailed.
    pub after: Option<Duration>,
    /// Who has not looked since the last mail about a ticket gets no other about it for so long.
    pub pause: Duration,
    /// That a ticket was solved is mailed too.
    pub status: bool,
    /// The mail holds what was written; else only that there is something.
    pub content: bool,
}

impl NotifyConfig {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        let after = match reader.text("NOTIFY_AFTER_SECONDS").as_deref() {
            Some("off" | "0") => None,
            _ => {
                let seconds = reader.number("NOTIFY_AFTER_SECONDS", 120, 10..=86_400);
                Some(Duration::from_secs(seconds.into()))
            }
        };
        let pause = reader.number("NOTIFY_PAUSE_MINUTES", 240, 1..=10_080);
        Self {
            after,
            pause: Duration::from_secs(u64::from(pause) * 60),
            status: reader.switch("NOTIFY_STATUS", false),
            content: reader.switch("NOTIFY_CONTENT", true),
        }
    }
}
