//! Whether the store can write, as its last writes told: said to the log when it changes, with what to do, and to `/healthz`.

use std::sync::{Mutex, PoisonError};

use rusqlite::ErrorCode;

use super::StoreError;

/// What keeps a store from writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inability {
    /// No room on the disk.
    Full,
    /// The files, or the disk they are on, can only be read.
    ReadOnly,
    /// The disk fails, or a file on it is broken.
    Failing,
}

impl Inability {
    /// What an error says of the store as a whole; none of one that says something of the work only.
    pub fn of(error: &StoreError) -> Option<Self> {
        let StoreError::Sqlite(rusqlite::Error::SqliteFailure(cause, _)) = error else {
            return None;
        };
        match cause.code {
            ErrorCode::DiskFull => Some(Self::Full),
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Some(Self::ReadOnly),
            ErrorCode::SystemIoFailure
            | ErrorCode::CannotOpen
            | ErrorCode::DatabaseCorrupt
            | ErrorCode::NotADatabase => Some(Self::Failing),
            _ => None,
        }
    }

    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::ReadOnly => "read-only",
            Self::Failing => "failing",
        }
    }

    /// What to do about it.
    pub fn cure(self) -> &'static str {
        match self {
            Self::Full => {
                "make room on the disk of DATA_DIR, or raise its quota: the portal goes on by itself"
            }
            Self::ReadOnly => {
                "see how the disk of DATA_DIR is mounted, and whether this user may write there: the portal goes on by itself"
            }
            Self::Failing => {
                "see the system's log about the disk of DATA_DIR (dmesg); if it fails, stop the portal and put a backup on another one"
            }
        }
    }
}

/// What the last writes told.
#[derive(Default)]
pub(super) struct Ability(Mutex<Option<Inability>>);

impl Ability {
    pub(super) fn now(&self) -> Option<Inability> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hears how a write ended.
    pub(super) fn hears<T>(&self, end: &Result<T, StoreError>) {
        let found = match end {
            Ok(_) => None,
            Err(error) => match Inability::of(error) {
                Some(inability) => Some((inability, error)),
                None => return,
            },
        };
        let is = found.map(|(inability, _)| inability);
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if *known == is {
            return;
        }
        *known = is;
        drop(known);
        match found {
            Some((inability, error)) => tracing::error!(
                cause = %error,
                cure = inability.cure(),
                "the store cannot be written: what customers write is not taken, and they are told so; reading goes on"
            ),
            None => tracing::info!("the store can be written again"),
        }
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::ffi;

    use super::*;

    fn failed(code: i32) -> Result<(), StoreError> {
        Err(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None).into())
    }

    #[test]
    fn r8_a_full_a_read_only_and_a_failing_disk_are_told_apart_until_a_write_succeeds() {
        let ability = Ability::default();
        for (code, word) in [
            (ffi::SQLITE_FULL, "full"),
            (ffi::SQLITE_READONLY, "read-only"),
            (ffi::SQLITE_IOERR_WRITE, "failing"),
            (ffi::SQLITE_IOERR_FSYNC, "failing"),
            (ffi::SQLITE_CORRUPT, "failing"),
        ] {
            ability.hears(&failed(code));
            assert_eq!(ability.now().map(Inability::word), Some(word), "{code}");
        }
        // What says something of the work only changes nothing.
        ability.hears(&failed(ffi::SQLITE_CONSTRAINT));
        ability.hears::<()>(&Err(StoreError::Closing));
        assert_eq!(ability.now(), Some(Inability::Failing));
        ability.hears(&Ok(()));
        assert_eq!(ability.now(), None);
    }
}
