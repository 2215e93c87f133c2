//! Sessions that an operator ends beside the running portal: their streams close within a second as well.

use std::sync::Arc;
use std::time::Duration;

use crate::failure::chain;
use crate::state::State;
use crate::store::{StoreError, sessions};
use crate::sync::millis;

/// How often it is looked whether another process has written.
const EACH: Duration = Duration::from_millis(500);

/// Looks as long as the portal runs.
pub(crate) async fn watch(state: Arc<State>) {
    let mut known = None;
    let work = &state.tickets.background;
    let mut busy = work.busy();
    loop {
        busy = work.rest(busy, state.clock.now() + millis(EACH)).await;
        if work.is_stopping() {
            return;
        }
        if let Err(error) = look(&state, &mut known).await {
            tracing::debug!(
                cause = chain(&error),
                "whether sessions were ended was not read"
            );
        }
    }
}

async fn look(state: &State, known: &mut Option<i64>) -> Result<(), StoreError> {
    let open = state.live.sessions();
    if open.is_empty() {
        return Ok(());
    }
    let now = state.store.written_elsewhere().await?;
    if *known == Some(now) {
        return Ok(());
    }
    let ended = state.store.read(move |tx| {
        let mut ended = Vec::new();
        for session in open {
            if sessions::find(tx, &session)?.is_none() {
                ended.push(session);
            }
        }
        Ok(ended)
    });
    for session in ended.await? {
        state.sessions.ended(session);
    }
    *known = Some(now);
    Ok(())
}
