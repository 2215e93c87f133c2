//! What a customer wrote and the store said no to, and has all the same.

use super::Tickets;
use crate::store::StoreError;
use crate::store::outbox::{self, Entry, NewEntry, State};

/// The row of what could not be written, if it is there: the disk may fail between `portal.db` and the read model. Then it will be sent, and
/// whoever were told that it was not taken would write it again. Else the error.
pub(super) async fn after_all(
    tickets: &Tickets,
    new: &NewEntry,
    error: StoreError,
) -> Result<Entry, StoreError> {
    let (customer, key) = (new.customer, new.key.clone());
    let stored = tickets
        .store
        .read(move |tx| outbox::with_key(tx, customer, &key))
        .await;
    match stored {
        Ok(Some(entry))
            if entry.ticket == new.ticket
                && entry.is_what(new)
                && entry.state != State::TakenBack =>
        {
            Ok(entry)
        }
        _ => Err(error),
    }
}
