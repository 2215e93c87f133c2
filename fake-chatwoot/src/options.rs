//! What can be settled when a fake Chatwoot is started.

use std::sync::Arc;
use std::time::Duration;

use crate::clock::{Clock, MoveClock, movable_clock};
use crate::mailbox::Mailbox;

/// From an address to the source_id under which its tickets are kept.
pub type SourceIdOf = Arc<dyn Fn(&str) -> String + Send + Sync>;

/// From a source_id and a ticket's uuid to the mark that says whose it is.
pub type MarkOf = Arc<dyn Fn(&str, &str) -> String + Send + Sync>;

/// How a fake Chatwoot is started. `Options::default()` suits a test: any port, no delays, an empty account.
#[derive(Clone)]
pub struct Options {
    /// Port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// What time it is, in unix milliseconds.
    pub clock: Clock,
    /// Moves that clock ahead, for the desk page's buttons; without it they are not shown.
    pub move_clock: Option<MoveClock>,
    /// Whether calls take as long as the real one's.
    pub latency: Latency,
    /// What is there at the start.
    pub seed: Seed,
    /// Base of the absolute addresses it gives out (Chatwoot's FRONTEND_URL); its own address if none.
    pub frontend_url: Option<String>,
    /// How the portal derives a source_id, for the seeded tickets.
    pub source_id_of: SourceIdOf,
    /// How the portal marks a ticket as its own, for the seeded tickets.
    pub mark_of: MarkOf,
    /// How long `fail: slow` and `slow@…` take.
    pub slow: Duration,
    /// A mail server whose page is to be shown beside the desk, at `/mailbox`, and from which mail to the e-mail inboxes is fetched.
    pub mailbox: Option<Mailbox>,
    /// Whether every field that is none of a customer's business says [`CANARY`](crate::CANARY).
    pub canaries: bool,
    /// Two fakes with the same salt draw the same tokens and uuids.
    pub salt: String,
}

/// How long calls take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Latency {
    /// As quickly as it can.
    #[default]
    None,
    /// As long as was measured on a real one: by call and number of rows.
    AsReal,
}

/// What is there at the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Seed {
    /// The account, its inboxes and agents; no contact.
    #[default]
    Empty,
    /// Customers with believable tickets besides.
    Demo,
}

impl Default for Options {
    fn default() -> Self {
        let (clock, by) = movable_clock();
        Self {
            port: 0,
            clock,
            move_clock: Some(by),
            latency: Latency::None,
            seed: Seed::Empty,
            frontend_url: None,
            source_id_of: Arc::new(|address| format!("p1_{}", address.to_ascii_lowercase())),
            mark_of: Arc::new(|source_id, ticket| format!("mark of {source_id} on {ticket}")),
            slow: Duration::from_secs(15),
            mailbox: None,
            canaries: false,
            salt: "fake chatwoot".to_owned(),
        }
    }
}
