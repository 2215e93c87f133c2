//! The durable store: SQLite in DATA_DIR. `portal.db` holds what must not be lost, `model.db` (attached as `model`) the read model, which can be rebuilt.
//!
//! One writer, a few readers. A write has returned only when it is on disk.

pub mod ability;
pub mod adoption;
mod ahead;
pub mod alarms;
pub mod away;
pub mod customers;
pub mod drafts;
mod elsewhere;
mod error;
pub mod events;
#[cfg(feature = "demo")]
pub mod failing;
mod folder;
pub mod forgotten;
mod format;
mod json;
pub mod lists;
pub mod messages;
pub mod names;
pub mod outbox;
pub mod owners;
pub mod read_marks;
mod readers;
pub mod seen;
pub mod sessions;
pub mod sign_ins;
pub mod tickets;
pub mod uploads;
pub mod webhook;
pub mod words;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

pub use error::StoreError;
pub use folder::make_private_folder;
use folder::{lock, make_private};
use readers::Readers;

/// Schemas of `portal.db`, one for each area.
const DURABLE: &[&str] = &[
    customers::SCHEMA,
    forgotten::SCHEMA,
    owners::SCHEMA,
    outbox::SCHEMA,
    seen::SCHEMA,
    sessions::SCHEMA,
    sign_ins::SCHEMA,
    adoption::SCHEMA,
    alarms::SCHEMA,
];
/// Schemas of `model.db`; tables are named `model.…`.
const REBUILDABLE: &[&str] = &[
    lists::SCHEMA,
    tickets::SCHEMA,
    messages::SCHEMA,
    events::SCHEMA,
    words::SCHEMA,
];

/// A handle on the store; clones share it.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    dir: PathBuf,
    writer: Mutex<Connection>,
    readers: Readers,
    /// Taken at the close: then nothing is written any more.
    lock: Mutex<Option<File>>,
    ability: ability::Ability,
    #[cfg(feature = "demo")]
    failing: failing::Failing,
}

impl Store {
    /// Opens or makes the store in a folder and locks the folder for this process.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        let folder = |error| StoreError::Folder(dir.to_owned(), error);
        make_private_folder(dir).map_err(folder)?;
        let lock = lock(dir)?;
        format::prepare(dir)?;
        for name in ["portal.db", "model.db"] {
            make_private(&dir.join(name)).map_err(folder)?;
        }
        let mut writer = first(dir)?;
        if format::is_of_another(&writer)? {
            tracing::warn!(
                "the read model was written beside another portal.db (was a backup put back?), and is begun anew"
            );
            drop(writer);
            format::take_away(dir)?;
            make_private(&dir.join("model.db")).map_err(folder)?;
            writer = first(dir)?;
        }
        format::pair(&mut writer)?;
        Ok(Self(Arc::new(Inner {
            dir: dir.to_owned(),
            writer: Mutex::new(writer),
            readers: Readers::open(dir)?,
            lock: Mutex::new(Some(lock)),
            ability: ability::Ability::default(),
            #[cfg(feature = "demo")]
            failing: failing::Failing::default(),
        })))
    }

    /// The folder that it is in.
    pub fn folder(&self) -> &Path {
        &self.0.dir
    }

    /// From now on writes fail like this when this says so.
    #[cfg(feature = "demo")]
    pub fn fails_when(&self, how: failing::How, fails: failing::Fails) {
        self.0.failing.set(Some((how, fails)));
    }

    /// No write fails any more but by itself.
    #[cfg(feature = "demo")]
    pub fn is_well_again(&self) {
        self.0.failing.set(None);
    }

    /// Looks into a store that another process may have, without changing anything.
    pub fn peek<T>(
        dir: &Path,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(dir.join("portal.db"), flags)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        work(&connection.transaction()?)
    }

    /// Tries whether a store can be written, or made where there is none. Nothing of it is different afterwards, not even its format.
    pub fn try_writing(dir: &Path) -> Result<(), StoreError> {
        if !dir.join("portal.db").exists() {
            return folder::try_making(dir)
                .map_err(|error| StoreError::Folder(dir.to_owned(), error));
        }
        let _lock = lock(dir)?;
        format::refuse(dir)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(dir.join("portal.db"), flags)?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(
            "CREATE TABLE check_writing (x); INSERT INTO check_writing VALUES (zeroblob(4096)); DROP TABLE check_writing;",
        )?;
        transaction.commit()?;
        Ok(())
    }

    /// Runs one transaction that writes. When this returns `Ok`, it is on disk. When `Err`, nothing of it is, unless the disk failed between
    /// the two files: `portal.db` is committed first (https://sqlite.org/lang_attach.html).
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let inner = Arc::clone(&self.0);
        tokio::task::spawn_blocking(move || {
            let end = inner.write(work);
            inner.ability.hears(&end);
            end
        })
        .await
        .map_err(|_| StoreError::Closing)?
    }

    /// What keeps it from writing, as the last writes told.
    pub fn inability(&self) -> Option<ability::Inability> {
        self.0.ability.now()
    }

    /// Lets the write that runs end, takes no other, and gives the folder free, whoever still has a handle.
    pub async fn close(&self) {
        let inner = Arc::clone(&self.0);
        let closing = tokio::task::spawn_blocking(move || {
            let _writer = inner.writer.lock().unwrap_or_else(PoisonError::into_inner);
            let mut lock = inner.lock.lock().unwrap_or_else(PoisonError::into_inner);
            drop(lock.take());
        });
        // An error means that the program is ending, and its lock with it.
        let _ = closing.await;
    }

    /// Takes what was deleted out of the files too: what the logs hold of it goes into the databases, which overwrite it, and the logs
    /// are emptied. False if a reader was in the way; the next time does it.
    pub async fn scrub(&self) -> Result<bool, StoreError> {
        let inner = Arc::clone(&self.0);
        tokio::task::spawn_blocking(move || {
            let connection = inner.writer.lock().unwrap_or_else(PoisonError::into_inner);
            if inner.is_closed() {
                return Err(StoreError::Closing);
            }
            let mut whole = true;
            for database in ["main", "model"] {
                let pragma = format!("PRAGMA {database}.wal_checkpoint(TRUNCATE)");
                let busy: bool = connection.query_row(&pragma, [], |row| row.get(0))?;
                whole &= !busy;
            }
            Ok(whole)
        })
        .await
        .map_err(|_| StoreError::Closing)?
    }

    /// Looks up a few rows by their keys. Here and now if a reader is free, since going to another thread and back takes longer than that;
    /// each query sees a state of its own, since beginning and ending a transaction takes longer than that, too.
    pub async fn glance<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        if let Some(reader) = self.0.readers.free() {
            return work(&reader);
        }
        self.read(move |tx| work(tx)).await
    }

    /// Runs queries that see one state of the store and are known to be short: here and now if a reader is free.
    pub async fn read_briefly<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        if let Some(mut reader) = self.0.readers.free() {
            return work(&reader.transaction()?);
        }
        self.read(work).await
    }

    /// Runs queries that see one state of the store.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let inner = Arc::clone(&self.0);
        tokio::task::spawn_blocking(move || work(&inner.readers.any().transaction()?))
            .await
            .map_err(|_| StoreError::Closing)?
    }
}

impl Inner {
    fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut connection = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_closed() {
            return Err(StoreError::Closing);
        }
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = work(&transaction)?;
        #[cfg(feature = "demo")]
        self.failing.judge(false)?;
        transaction.commit()?;
        #[cfg(feature = "demo")]
        self.failing.judge(true)?;
        Ok(value)
    }

    fn is_closed(&self) -> bool {
        let lock = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
        lock.is_none()
    }
}

/// The connection that writes, with all tables there.
fn first(dir: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let mut writer = connect(dir, flags)?;
    let transaction = writer.transaction()?;
    format::bring_up(&transaction)?;
    transaction.commit()?;
    Ok(writer)
}

fn connect(dir: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    // Each connection has a mutex of ours around it.
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(dir.join("portal.db"), flags)?;
    // Else a cached query with a bound LIMIT is compiled anew at each use.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.execute(
        "ATTACH DATABASE ?1 AS model",
        [dir.join("model.db").to_string_lossy()],
    )?;
    // The read model can be rebuilt, so it need not wait for the disk.
    connection.execute_batch(
        "PRAGMA main.journal_mode = WAL; PRAGMA main.synchronous = FULL;
         PRAGMA model.journal_mode = WAL; PRAGMA model.synchronous = NORMAL;
         PRAGMA main.secure_delete = ON; PRAGMA model.secure_delete = ON;
         PRAGMA foreign_keys = ON; PRAGMA cache_size = -1024; PRAGMA temp_store = MEMORY;",
    )?;
    Ok(connection)
}
