//! How quickly a client takes what it is sent.

use std::io;
use std::task::Poll;
use std::time::Duration;

use tokio::time::Instant;

use super::patient::{FLOOR, TAKE};

/// How quickly an answer is taken.
#[derive(Default)]
pub(super) struct Taking {
    /// Which answer it is, by the requests before it.
    request: u64,
    /// Bytes of it.
    taken: u64,
    /// How long we had to wait.
    waited: Duration,
    since: Option<Instant>,
}

impl Taking {
    pub(super) fn count(&mut self, said: &Poll<io::Result<usize>>) {
        if let Poll::Ready(Ok(bytes)) = said {
            self.taken += *bytes as u64;
        }
    }

    /// Nothing more is taken for now. Answers how long that may be so.
    pub(super) fn stops(&mut self, now: Instant, request: u64) -> Duration {
        if self.request != request {
            *self = Self {
                request,
                ..Self::default()
            };
        }
        self.since = Some(now);
        let earned = TAKE + Duration::from_secs(self.taken / FLOOR);
        earned.saturating_sub(self.waited).min(TAKE)
    }

    pub(super) fn goes_on(&mut self, now: Instant) {
        if let Some(since) = self.since.take() {
            self.waited += now - since;
        }
    }
}
