//! Why the store did not do something.

use std::path::PathBuf;

/// Why the store did not do something.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite's own words: full, read-only, I/O error, broken file.
    #[error("the store failed: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The folder cannot be used.
    #[error("DATA_DIR {0}: {1}")]
    Folder(PathBuf, std::io::Error),
    /// Another process has it.
    #[error(
        "DATA_DIR {0} is in use by another portal (process {1}); stop that one, or give this one a DATA_DIR of its own"
    )]
    InUse(PathBuf, String),
    /// A newer program has written it.
    #[error(
        "{file} was written by a newer portal (its format is {format}, this one knows {known}): start the newer one again; or, to stay \
         with this one, put the copy beside it in its place that was made before the upgrade (portal.db.format-{known}), take its \
         -wal and -shm away, and take model.db away, which is built again"
    )]
    Newer {
        /// Which file.
        file: PathBuf,
        /// Its format.
        format: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// It is no database any more.
    #[error(
        "{0} is broken ({1}): put a copy of it in its place, from a backup or beside it, without {0}-wal and {0}-shm, and take \
         model.db away, which is built again"
    )]
    Broken(PathBuf, String),
    /// The work was dropped, which happens at shutdown only.
    #[error("the store is closing")]
    Closing,
    /// A row that we wrote cannot be read.
    #[error("a row of {0} cannot be read: {1}")]
    Row(&'static str, String),
}
