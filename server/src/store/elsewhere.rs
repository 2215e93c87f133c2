//! Whether another process has written into the store beside this one: an operator's command.

use std::sync::{Arc, PoisonError};

use super::{Store, StoreError};

impl Store {
    /// A number that is another one once another process has written into `portal.db`.
    pub async fn written_elsewhere(&self) -> Result<i64, StoreError> {
        let inner = Arc::clone(&self.0);
        tokio::task::spawn_blocking(move || {
            // To the connection that writes, all others are elsewhere, and those of this process only read.
            let writer = inner.writer.lock().unwrap_or_else(PoisonError::into_inner);
            Ok(writer.query_row("PRAGMA main.data_version", [], |row| row.get(0))?)
        })
        .await
        .map_err(|_| StoreError::Closing)?
    }
}
