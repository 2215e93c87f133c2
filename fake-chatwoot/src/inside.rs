//! What the routes and the helpers share: the rows, the weather, the ledger.

use std::collections::{BTreeMap, HashSet};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde_json::Value;
use tokio::sync::watch;

use crate::deliver::{Delivery, Road};
use crate::given::Given;
use crate::ids::MessageId;
use crate::options::Options;
use crate::store::Data;
use crate::weather::Weather;

/// The inside of a fake Chatwoot, in as many hands as need it.
pub(crate) type Shared = Arc<Inside>;

/// One write that came in, in the order of arrival.
#[derive(Clone, Debug, Serialize)]
pub struct LedgerEntry {
    /// Counts calls of every kind.
    pub number: u64,
    /// Unix milliseconds by the given clock.
    pub at: i64,
    /// `POST` and so on.
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// The body's parameters; a file is `{"$file": n}`.
    pub json: Value,
    /// What was answered; none while it is under way or if the connection was cut.
    pub status: Option<u16>,
    /// The message that it made, if it made one: so it was committed, whatever was answered.
    pub made: Option<MessageId>,
}

/// The calls so far.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    pub(crate) last_number: u64,
    pub(crate) entries: Vec<LedgerEntry>,
    pub(crate) calls: BTreeMap<String, u64>,
}

pub(crate) struct Inside {
    data: Mutex<Data>,
    ledger: Mutex<Ledger>,
    weather: Mutex<Weather>,
    /// How webhooks are carried, and those that wait, in the order in which they were sent.
    pub(crate) road: Mutex<Road>,
    /// Sentinels that act but once, by what they acted on.
    acted: Mutex<HashSet<String>>,
    /// The last mail that was fetched from the mail server.
    fetched: Mutex<u64>,
    /// Webhooks sent so far, and how many that is.
    pub(crate) deliveries: Mutex<Vec<Delivery>>,
    pub(crate) delivered: watch::Sender<u64>,
    /// Events whose webhooks, if they have any, are delivered or given up.
    pub(crate) settled: watch::Sender<u64>,
    /// Every webhook that is to be made or changed is refused.
    pub(crate) webhooks_refused: AtomicBool,
    /// Moved when every cable is to break.
    pub(crate) cables_cut: watch::Sender<u64>,
    pub(crate) options: Options,
    pub(crate) given: Given,
}

impl Inside {
    pub(crate) fn new(data: Data, given: Given, options: Options) -> Self {
        Self {
            data: Mutex::new(data),
            ledger: Mutex::default(),
            weather: Mutex::new(Weather::Well),
            road: Mutex::default(),
            acted: Mutex::default(),
            fetched: Mutex::default(),
            deliveries: Mutex::default(),
            delivered: watch::channel(0).0,
            settled: watch::channel(0).0,
            webhooks_refused: AtomicBool::new(false),
            cables_cut: watch::channel(0).0,
            options,
            given,
        }
    }

    /// The rows, locked.
    pub(crate) fn data(&self) -> MutexGuard<'_, Data> {
        held(&self.data)
    }

    /// The calls so far, locked.
    pub(crate) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        held(&self.ledger)
    }

    /// The weather now.
    pub(crate) fn weather(&self) -> Weather {
        *held(&self.weather)
    }

    /// Changes the weather.
    pub(crate) fn set_weather(&self, weather: Weather) {
        *held(&self.weather) = weather;
    }

    /// The last mail that was fetched, locked.
    pub(crate) fn fetched(&self) -> MutexGuard<'_, u64> {
        held(&self.fetched)
    }

    /// True the first time it is asked for this key.
    pub(crate) fn first_time(&self, key: &str) -> bool {
        held(&self.acted).insert(key.to_owned())
    }

    /// Notes in the ledger that a call made a message.
    pub(crate) fn note_made(&self, number: u64, message: MessageId) {
        if let Some(entry) = self
            .ledger()
            .entries
            .iter_mut()
            .rev()
            .find(|entry| entry.number == number)
        {
            entry.made = Some(message);
        }
    }
}

/// A test that panicked while it held the lock has left whole rows behind.
pub(crate) fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
