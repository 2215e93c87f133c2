//! When a customer's tickets are fetched as a whole: when he first comes, and again when something may have been missed. Tried until it is
//! done.

mod filler;

use std::sync::Arc;
use std::time::Duration;

use super::{Ended, lock, millis};
use crate::failure::{Failure, chain};
use crate::store::customers::{self, Customer, CustomerId};
use crate::store::{StoreError, lists};
use crate::tickets::{Busy, Tickets};

/// How many customers are filled at once.
pub(super) const AT_ONCE: usize = 2;
/// After a failure it is tried again after this, twice as long each time.
const REST: Duration = Duration::from_secs(5);
/// But never longer than this.
const LONGEST_REST: Duration = Duration::from_secs(20);

/// Fetches a customer's tickets, unless that is under way.
pub(crate) fn want_fill(tickets: &Tickets, customer: CustomerId) -> Ended {
    let mut filling = lock(&tickets.sync.filling);
    if let Some(ended) = filling.get(&customer).filter(|ended| !ended.is_over()) {
        return ended.clone();
    }
    let (ended, guard) = Ended::new();
    filling.insert(customer, ended.clone());
    let guard = Arc::new(guard);
    tickets.keep("fetching of a customer's tickets", move |this, busy| {
        let guard = Arc::clone(&guard);
        async move {
            persist(&this, customer, busy).await;
            lock(&this.sync.filling).remove(&customer);
            drop(guard);
        }
    });
    ended
}

/// Fetches a customer's tickets if that was never done as a whole.
pub(crate) async fn want_fill_if_new(
    tickets: &Tickets,
    customer: CustomerId,
) -> Result<Option<Ended>, Failure> {
    let list = tickets
        .store
        .read(move |tx| lists::find(tx, customer))
        .await?;
    Ok(list
        .filled_at
        .is_none()
        .then(|| want_fill(tickets, customer)))
}

/// The read model was begun anew: whoever was here before has his tickets fetched when something moves in one of them, for he may be
/// away. Who never came has to prove his address first.
pub(super) async fn want_fill_if_he_was_here(
    tickets: &Tickets,
    customer: CustomerId,
) -> Result<(), StoreError> {
    let known = reread(tickets, customer).await?;
    if known.is_some_and(|it| it.source.is_some()) {
        want_fill(tickets, customer);
    }
    Ok(())
}

async fn persist(tickets: &Tickets, customer: CustomerId, mut busy: Busy) {
    let mut rest = millis(REST);
    while !tickets.background.is_stopping() {
        let Ok(permit) = tickets.sync.fills_at_once.acquire().await else {
            return;
        };
        let filled = filler::fill(tickets, customer).await;
        drop(permit);
        match filled {
            Ok(()) => return,
            Err(trouble) => {
                tracing::warn!(%customer, cause = chain(&trouble), "a customer's tickets were not fetched as a whole");
            }
        }
        // By chance up to half as long again, so that many do not come at once.
        let part = u64::from(u16::from_le_bytes(tickets.chance.bytes()));
        let until = tickets.clock.now() + rest + rest * part / (2 * u64::from(u16::MAX));
        busy = tickets.background.rest(busy, until).await;
        rest = (rest * 2).min(millis(LONGEST_REST));
    }
}

async fn reread(tickets: &Tickets, id: CustomerId) -> Result<Option<Customer>, StoreError> {
    tickets.store.read(move |tx| customers::find(tx, id)).await
}
