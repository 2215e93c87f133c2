//! The connections that read. Whoever comes takes the first that is free: of most portals only that one ever has anything in memory.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

use rusqlite::{Connection, OpenFlags};

use super::{StoreError, connect};

const READERS: usize = 3;

/// All of them.
pub(super) struct Readers {
    all: Vec<Mutex<Connection>>,
    next: AtomicUsize,
}

impl Readers {
    /// Opens them on the store in a folder.
    pub(super) fn open(dir: &Path) -> Result<Self, StoreError> {
        let one = |_| connect(dir, OpenFlags::SQLITE_OPEN_READ_WRITE).map(Mutex::new);
        Ok(Self {
            all: (0..READERS).map(one).collect::<Result<_, _>>()?,
            next: AtomicUsize::new(0),
        })
    }

    /// The first that is free, if one is. What panicked with it has left no transaction behind.
    pub(super) fn free(&self) -> Option<MutexGuard<'_, Connection>> {
        self.all.iter().find_map(|reader| match reader.try_lock() {
            Ok(reader) => Some(reader),
            Err(TryLockError::Poisoned(reader)) => Some(reader.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        })
    }

    /// One that is free, or will be. Those who wait do so at each in turn.
    pub(super) fn any(&self) -> MutexGuard<'_, Connection> {
        self.free().unwrap_or_else(|| {
            let turn = self.next.fetch_add(1, Ordering::Relaxed) % self.all.len();
            self.all[turn]
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Store;
    use super::*;

    fn which(taken: &Connection) -> *const Connection {
        taken
    }

    #[test]
    fn the_first_that_is_free_reads_and_who_finds_none_waits_for_one() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let readers = &store.0.readers;
        let first = which(&readers.any());
        assert_eq!(which(&readers.any()), first);
        let mut taken: Vec<_> = (0..READERS).map(|_| readers.any()).collect();
        assert!(readers.free().is_none());
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| drop(readers.any()));
            taken.clear();
            waiting.join().unwrap();
        });
        assert_eq!(which(&readers.any()), first);
    }

    #[test]
    fn a_panic_costs_no_reader() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let readers = &store.0.readers;
        for _ in 0..2 {
            let panicking = std::thread::scope(|scope| {
                let reading = || {
                    let mut reader = readers.any();
                    let _transaction = reader.transaction().unwrap();
                    panic!("in the middle");
                };
                scope.spawn(reading).join()
            });
            assert!(panicking.is_err());
        }
        let mut reader = readers.free().unwrap();
        assert!(reader.transaction().is_ok());
    }
}
