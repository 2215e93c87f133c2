//! What is no longer needed goes: files that nothing took in time, those that Chatwoot has, and those that no row knows.

use std::time::Duration;

use crate::failure::chain;
use crate::store::uploads;
use crate::tickets::{Busy, Tickets};

/// How often it is looked.
const EACH: Duration = Duration::from_mins(10);

/// Tidies up now, and again and again.
pub(crate) fn start(tickets: &Tickets) {
    tickets.keep("tidying of files", |this, busy| async move {
        again_and_again(&this, busy).await;
    });
}

/// Lets go of what Chatwoot has.
pub(crate) async fn release(tickets: &Tickets) {
    let now = tickets.clock.now();
    let released = tickets.store.write(move |tx| uploads::release(tx, now));
    match released.await {
        Ok(names) => tickets.uploads.folder().remove(names).await,
        Err(error) => {
            tracing::error!(
                cause = chain(&error),
                "files that were sent cannot be let go of"
            );
        }
    }
}

async fn again_and_again(tickets: &Tickets, mut busy: Busy) {
    let each = u64::try_from(EACH.as_millis()).unwrap_or(u64::MAX);
    while !tickets.background.is_stopping() {
        release(tickets).await;
        forget(tickets).await;
        sweep(tickets).await;
        let until = tickets.clock.now() + each;
        busy = tickets.background.rest(busy, until).await;
    }
}

async fn forget(tickets: &Tickets) {
    let now = tickets.clock.now();
    let forgot = tickets
        .store
        .write(move |tx| uploads::forget_unused(tx, now));
    match forgot.await {
        Ok(names) => tickets.uploads.folder().remove(names).await,
        Err(error) => {
            tracing::error!(
                cause = chain(&error),
                "files that nothing took cannot be forgotten"
            );
        }
    }
}

/// Removes files that no row knows: they were broken off, or their rows are gone.
async fn sweep(tickets: &Tickets) {
    let ours = &tickets.uploads;
    let names = match ours.folder.names().await {
        Ok(names) => names,
        Err(error) => {
            tracing::error!(%error, "DATA_DIR/uploads cannot be read");
            return;
        }
    };
    // In this order: what is still coming gets its row before it has come.
    let mut left: Vec<String> = names
        .into_iter()
        .filter(|it| !ours.coming.has(it))
        .collect();
    if left.is_empty() {
        return;
    }
    match tickets.store.read(uploads::known).await {
        Ok(known) => left.retain(|name| !known.contains(name)),
        Err(_) => return,
    }
    if !left.is_empty() {
        tracing::info!(
            files = left.len(),
            "files that no row knows are removed from DATA_DIR/uploads"
        );
        ours.folder.remove(left).await;
    }
}
