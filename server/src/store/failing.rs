//! A store that fails when it is told to, for tests: a write that is done but for its commit is taken back, as on a full disk, or only half
//! of it is.

use std::sync::{Mutex, PoisonError};

use rusqlite::ffi;

use super::StoreError;

/// Says of each write whether it fails.
pub type Fails = Box<dyn FnMut() -> bool + Send>;

/// How it fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// No room on the disk.
    Full,
    /// The disk is mounted to be read only.
    ReadOnly,
    /// The disk fails.
    Broken,
    /// No room on the disk, after `portal.db` was committed and before the read model was.
    FullBetween,
}

/// Fails writes, if somebody says which.
#[derive(Default)]
pub(super) struct Failing(Mutex<Option<(How, Fails)>>);

impl Failing {
    pub(super) fn set(&self, fails: Option<(How, Fails)>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = fails;
    }

    /// An error if this write is to fail, before or after it was committed.
    pub(super) fn judge(&self, committed: bool) -> Result<(), StoreError> {
        let mut fails = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let how = fails
            .as_mut()
            .filter(|(how, _)| (*how == How::FullBetween) == committed)
            .and_then(|(how, fails)| fails().then_some(*how));
        let code = match how {
            Some(How::Full | How::FullBetween) => ffi::SQLITE_FULL,
            Some(How::ReadOnly) => ffi::SQLITE_READONLY,
            Some(How::Broken) => ffi::SQLITE_IOERR_FSYNC,
            None => return Ok(()),
        };
        Err(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None).into())
    }
}
