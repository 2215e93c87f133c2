//! A store that fails when it is told to, for tests: a write that is done but for its commit is taken back, as on a full disk.

use std::sync::{Mutex, PoisonError};

use rusqlite::ffi;

use super::StoreError;

/// Says of each write whether it fails.
pub type Fails = Box<dyn FnMut() -> bool + Send>;

/// Fails writes, if somebody says which.
#[derive(Default)]
pub(super) struct Failing(Mutex<Option<Fails>>);

impl Failing {
    pub(super) fn set(&self, fails: Fails) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(fails);
    }

    /// An error if this write is to fail.
    pub(super) fn judge(&self) -> Result<(), StoreError> {
        let mut fails = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match fails.as_mut().map(|fails| fails()) {
            Some(true) => {
                let full = ffi::Error::new(ffi::SQLITE_FULL);
                Err(rusqlite::Error::SqliteFailure(full, None).into())
            }
            Some(false) | None => Ok(()),
        }
    }
}
