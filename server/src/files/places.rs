//! How many files are fetched at a time, by one customer and by all: each holds a connection of ours to Chatwoot. Who comes too many waits a little.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use app::error::AppError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::clock::Clock;
use crate::store::customers::CustomerId;

/// Files of one customer at a time: a page of pictures over HTTP/2.
const OF_ONE: usize = 16;
/// Files of all customers at a time.
const IN_ALL: usize = 256;
/// So long one waits for a place.
const PATIENCE: Duration = Duration::from_secs(10);
/// What the browser is told when there was none.
const COME_AGAIN: u32 = 10;

/// The places there are.
pub struct Downloads {
    all: Arc<Semaphore>,
    customers: Mutex<HashMap<CustomerId, Weak<Semaphore>>>,
}

/// A file that is being fetched, until it is dropped.
pub(super) struct Place(#[expect(dead_code, reason = "held")] [OwnedSemaphorePermit; 2]);

impl Default for Downloads {
    fn default() -> Self {
        Self {
            all: Arc::new(Semaphore::new(IN_ALL)),
            customers: Mutex::default(),
        }
    }
}

impl Downloads {
    /// A place, as soon as there is one.
    pub(super) async fn place(
        &self,
        clock: &Clock,
        customer: CustomerId,
    ) -> Result<Place, AppError> {
        let one = self.of(customer);
        let all = Arc::clone(&self.all);
        let both = async {
            let one = one.acquire_owned().await.ok()?;
            Some(Place([one, all.acquire_owned().await.ok()?]))
        };
        let found = tokio::select! {
            biased;
            found = both => found,
            () = clock.sleep(PATIENCE) => None,
        };
        found.ok_or(AppError::TooMany {
            wait_seconds: COME_AGAIN,
        })
    }

    fn of(&self, customer: CustomerId) -> Arc<Semaphore> {
        let mut customers = self
            .customers
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(one) = customers.get(&customer).and_then(Weak::upgrade) {
            return one;
        }
        // Whoever fetches nothing any more is forgotten: as many are left as there are places.
        customers.retain(|_, it| it.strong_count() > 0);
        let one = Arc::new(Semaphore::new(OF_ONE));
        customers.insert(customer, Arc::downgrade(&one));
        one
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn r9_a_customer_fetches_so_many_files_at_a_time_and_another_is_not_held_up() {
        let clock = Clock::still(1_790_000_000_000);
        let downloads = Downloads::default();
        let (ada, bob) = (CustomerId::from_row(1), CustomerId::from_row(2));
        let mut places = Vec::new();
        for _ in 0..OF_ONE {
            places.push(downloads.place(&clock, ada).await.unwrap());
        }
        let (refused, ()) = tokio::join!(downloads.place(&clock, ada), async {
            tokio::task::yield_now().await;
            clock.advance(PATIENCE);
        });
        assert_eq!(refused.err(), Some(AppError::TooMany { wait_seconds: 10 }));
        assert!(downloads.place(&clock, bob).await.is_ok());
        let (waited, ()) = tokio::join!(downloads.place(&clock, ada), async {
            tokio::task::yield_now().await;
            places.pop();
        });
        assert!(waited.is_ok());
        drop((places, waited));
        assert!(downloads.place(&clock, bob).await.is_ok());
        assert_eq!(downloads.customers.lock().unwrap().len(), 1);
    }
}
