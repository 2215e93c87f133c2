//! What is coming at this moment: how many files of one customer and of all, and the room that they will need.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use app::error::AppError;
use app::tickets::upload::FileProblem;

use super::Settings;
use crate::store::customers::CustomerId;

/// Files of one customer at a time.
const OF_ONE: usize = 8;
/// Files of all at a time: each holds some 200 KiB of memory.
const IN_ALL: usize = 256;
/// What the browser is told when there was no place.
const COME_AGAIN: u32 = 5;

/// The files that are coming.
#[derive(Default)]
pub(super) struct Coming(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    names: HashSet<String>,
    customers: HashMap<CustomerId, Share>,
    all: Share,
}

#[derive(Clone, Copy, Default)]
struct Share {
    files: usize,
    bytes: u64,
}

/// A file that is coming, until it is dropped.
pub(super) struct Place {
    coming: Arc<Coming>,
    customer: CustomerId,
    name: String,
    bytes: u64,
}

impl Coming {
    /// A place for a file of so many bytes at most. `waiting` is what its customer, and all, have waiting besides.
    pub(super) fn begin(
        self: &Arc<Self>,
        (customer, name): (CustomerId, String),
        bytes: u64,
        waiting: (u64, u64),
        settings: &Settings,
    ) -> Result<Place, AppError> {
        let mut inner = self.lock();
        let own = inner.customers.get(&customer).copied().unwrap_or_default();
        if own.files >= OF_ONE || inner.all.files >= IN_ALL {
            let wait_seconds = COME_AGAIN;
            return Err(AppError::TooMany { wait_seconds });
        }
        let together = (waiting.0 + own.bytes, waiting.1 + inner.all.bytes);
        fits(together, bytes, settings)?;
        inner.all.add(bytes);
        inner.customers.entry(customer).or_default().add(bytes);
        inner.names.insert(name.clone());
        Ok(Place {
            coming: Arc::clone(self),
            customer,
            name,
            bytes,
        })
    }

    /// Whether a file of this name is coming.
    pub(super) fn has(&self, name: &str) -> bool {
        self.lock().names.contains(name)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether so many bytes more may wait besides what one customer and all have waiting.
pub(super) fn fits(
    (own, all): (u64, u64),
    bytes: u64,
    settings: &Settings,
) -> Result<(), AppError> {
    if own + bytes > settings.waiting {
        let limit = settings.waiting;
        return Err(AppError::File(FileProblem::TooMuchWaiting { limit }));
    }
    if all + bytes > settings.waiting_in_all {
        tracing::error!(
            "no more files fit into DATA_DIR: those that wait have WAITING_MIB; look whether Chatwoot takes what is sent (`check`), \
             or raise WAITING_MIB"
        );
        return Err(AppError::File(FileProblem::NoRoom));
    }
    Ok(())
}

impl Share {
    fn add(&mut self, bytes: u64) {
        self.files += 1;
        self.bytes += bytes;
    }

    fn take(&mut self, bytes: u64) {
        self.files -= 1;
        self.bytes -= bytes;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut inner = self.coming.lock();
        inner.names.remove(&self.name);
        inner.all.take(self.bytes);
        if let Some(own) = inner.customers.get_mut(&self.customer) {
            own.take(self.bytes);
            if own.files == 0 {
                inner.customers.remove(&self.customer);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r9_a_customer_sends_so_many_files_at_a_time_and_leaves_room_for_others() {
        let coming = Arc::new(Coming::default());
        let (ada, bob) = (CustomerId::from_row(1), CustomerId::from_row(2));
        let settings = Settings::default();
        let begin = |customer, n: usize, bytes| {
            coming.begin((customer, n.to_string()), bytes, (0, 0), &settings)
        };
        let mut places: Vec<Place> = (0..OF_ONE).map(|n| begin(ada, n, 1).unwrap()).collect();
        let refused = begin(ada, 9, 1).err();
        assert_eq!(refused, Some(AppError::TooMany { wait_seconds: 5 }));
        assert!(begin(bob, 10, 1).is_ok());
        assert!(coming.has("0") && !coming.has("10"));
        places.clear();
        assert!(begin(ada, 11, settings.waiting).is_ok());
        let refused = begin(ada, 12, settings.waiting + 1).err();
        let limit = settings.waiting;
        let much = AppError::File(FileProblem::TooMuchWaiting { limit });
        assert_eq!(refused, Some(much));
        assert_eq!(coming.lock().all.files, 0);
        assert!(coming.lock().customers.is_empty());
    }

    #[test]
    fn what_comes_counts_with_what_waits() {
        let coming = Arc::new(Coming::default());
        let settings = Settings {
            waiting: 100,
            waiting_in_all: 120,
            ..Settings::default()
        };
        let (ada, bob) = (CustomerId::from_row(1), CustomerId::from_row(2));
        let begin = |customer, name: &str, waiting| {
            coming.begin((customer, name.to_owned()), 40, waiting, &settings)
        };
        let _first = begin(ada, "a", (20, 20)).unwrap();
        let limit = settings.waiting;
        let much = AppError::File(FileProblem::TooMuchWaiting { limit });
        assert_eq!(begin(ada, "b", (30, 30)).err(), Some(much));
        let _second = begin(bob, "c", (0, 20)).unwrap();
        let room = AppError::File(FileProblem::NoRoom);
        assert_eq!(begin(bob, "d", (0, 20)).err(), Some(room));
    }
}
