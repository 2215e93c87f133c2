//! What the portal said it has taken, and in what order: what has to be in Chatwoot in the end.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What somebody did to a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// Opened it.
    Open,
    /// Wrote to it.
    Reply,
    /// Cancelled it.
    Cancel,
}

/// One act that was acknowledged.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    /// What.
    pub(crate) act: Act,
    /// The browser's key.
    pub(crate) key: String,
    /// Whose it is, to look at it as he does.
    pub(crate) person: usize,
    /// The files it was written with, by their names.
    pub(crate) files: Vec<String>,
}

impl Written {
    /// Without files.
    pub(crate) fn of(act: Act, key: String, person: usize) -> Self {
        Self {
            act,
            key,
            person,
            files: Vec::new(),
        }
    }
}

/// Everything that was acknowledged, by ticket. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Book(Arc<Mutex<BTreeMap<String, Vec<Written>>>>);

impl Book {
    /// An act was acknowledged.
    pub(crate) fn note(&self, ticket: &str, written: Written) {
        self.lock()
            .entry(ticket.to_owned())
            .or_default()
            .push(written);
    }

    /// Each ticket with its acts, in the order in which they were acknowledged.
    pub(crate) fn tickets(&self) -> BTreeMap<String, Vec<Written>> {
        self.lock().clone()
    }

    /// How many acts there are.
    pub(crate) fn len(&self) -> usize {
        self.lock().values().map(Vec::len).sum()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Vec<Written>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
