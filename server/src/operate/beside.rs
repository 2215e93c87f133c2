//! The durable half of a store, opened beside the portal that has it locked. SQLite keeps the two apart.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::config;
use crate::store::StoreError;

/// How long the portal may be writing before this gives up.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why it could not be done.
#[derive(Debug, thiserror::Error)]
pub enum OperateError {
    /// No store is there.
    #[error("{0} has no portal.db: run this in the folder of the .env, or set DATA_DIR")]
    NoStore(PathBuf),
    /// What would be overwritten.
    #[error("{0} is there already: give a folder that is not")]
    Exists(PathBuf),
    /// No address.
    #[error("{0:?} is no mail address")]
    NoAddress(String),
    /// The copy is not whole.
    #[error("the copy in {0} is broken ({1}): see whether that disk is full or failing")]
    Broken(PathBuf, String),
    /// A file or folder.
    #[error("{0}: {1}")]
    File(PathBuf, #[source] std::io::Error),
    /// The store's own words.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// SQLite's own words.
    #[error("the store failed: {0}")]
    Sqlite(#[from] rusqlite::Error),
}

/// The folder of the store, as the portal would find it.
pub(super) fn data_dir() -> PathBuf {
    config::setting("DATA_DIR").map_or_else(|| PathBuf::from("./data"), PathBuf::from)
}

/// Opens what must not be lost.
pub(super) fn open(data: &Path) -> Result<Connection, OperateError> {
    let path = data.join("portal.db");
    if !path.is_file() {
        return Err(OperateError::NoStore(data.to_owned()));
    }
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.busy_timeout(PATIENCE)?;
    connection.execute_batch("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;")?;
    Ok(connection)
}
