//! Which tables the files have: each file says its format, an older one is brought up to ours after a copy was made, a newer one is
//! refused. The read model is never brought up: it is begun anew.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction};

use super::{
    DURABLE, REBUILDABLE, StoreError, away, customers, drafts, names, outbox, read_marks, uploads,
    webhook,
};

/// A change of the tables.
type Step = fn(&Transaction<'_>) -> Result<(), StoreError>;

/// What brings `portal.db` from each format to the next. A change of its tables is one more here, and never a change of one that is.
/// The first makes all tables that are not there, so that a file from before formats were counted is taken too.
const STEPS: &[Step] = &[
    |tx| make(tx, DURABLE),
    |tx| make(tx, &[webhook::SCHEMA]),
    |tx| make(tx, &[drafts::SCHEMA]),
    |tx| make(tx, &[uploads::SCHEMA]),
    away::make,
    |tx| make(tx, &[read_marks::SCHEMA]),
    outbox::wish::make,
    |tx| make(tx, &[names::SCHEMA]),
    customers::make_contact_now,
    away::make_status,
];
/// The format of `model.db`: one more with each change of its tables.
const MODEL: i64 = 4;

fn make(tx: &Transaction<'_>, schemas: &[&str]) -> Result<(), StoreError> {
    for schema in schemas {
        tx.execute_batch(schema)?;
    }
    Ok(())
}

/// The format of `portal.db` that this program knows.
fn known() -> i64 {
    i64::try_from(STEPS.len()).unwrap_or(i64::MAX)
}

/// Looks at both files before they are used: refuses newer ones, copies `portal.db` if it is to be changed, takes an older or broken
/// read model away. Call it under the folder's lock.
pub(super) fn prepare(dir: &Path) -> Result<(), StoreError> {
    let portal = dir.join("portal.db");
    if let Some((connection, format)) = look(&portal)? {
        refuse_newer(&portal, format, known())?;
        if format < known() && has_tables(&connection)? {
            copy(&connection, dir, format)?;
        }
    }
    let model = dir.join("model.db");
    match look(&model) {
        Ok(Some((connection, format))) => {
            refuse_newer(&model, format, MODEL)?;
            let old = format < MODEL && has_tables(&connection)?;
            drop(connection);
            if old {
                tracing::info!("the read model is of an earlier format, and is begun anew");
                take_away(dir)?;
            }
            Ok(())
        }
        Ok(None) => Ok(()),
        Err(StoreError::Broken(_, cause)) => {
            tracing::warn!(cause, "the read model is broken, and is begun anew");
            take_away(dir)
        }
        Err(error) => Err(error),
    }
}

/// Refuses files that are newer or broken, and changes nothing.
pub(super) fn refuse(dir: &Path) -> Result<(), StoreError> {
    for (name, known) in [("portal.db", known()), ("model.db", MODEL)] {
        let file = dir.join(name);
        match look(&file) {
            Ok(Some((_, format))) => refuse_newer(&file, format, known)?,
            Ok(None) => {}
            // It would be begun anew.
            Err(StoreError::Broken(..)) if name == "model.db" => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Whether the read model was written beside another state of `portal.db`, as after a backup was put back: then numbers of customers
/// in it may mean other people. A copy of an earlier run bears that run's sign; one of the same run has not given all its numbers.
pub(super) fn is_of_another(connection: &Connection) -> Result<bool, StoreError> {
    let sign = |pragma| connection.query_row(pragma, [], |row| row.get::<_, i64>(0));
    let of_this_run = sign("PRAGMA main.application_id")? == sign("PRAGMA model.application_id")?;
    let (has_any, has_unknown): (bool, bool) = connection.query_row(
        "SELECT highest > 0,
                highest > coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'customers'), 0)
         FROM (SELECT max(coalesce((SELECT max(customer) FROM model.lists), 0),
                          coalesce((SELECT max(customer) FROM model.tickets), 0)) AS highest)",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(has_unknown || (has_any && !of_this_run))
}

/// Gives both files a sign of this run, by which they are known to belong together.
pub(super) fn pair(connection: &mut Connection) -> Result<(), StoreError> {
    let tx = connection.transaction()?;
    let sign: i32 = tx.query_row("SELECT 1 + abs(random() % 2147483646)", [], |row| {
        row.get(0)
    })?;
    tx.execute_batch(&format!(
        "PRAGMA main.application_id = {sign}; PRAGMA model.application_id = {sign};"
    ))?;
    tx.commit()?;
    // The read model's log alone would not outlive a loss of power.
    connection.query_row("PRAGMA model.wal_checkpoint(PASSIVE)", [], |_| Ok(()))?;
    Ok(())
}

/// Brings both files up to what this program knows.
pub(super) fn bring_up(tx: &Transaction<'_>) -> Result<(), StoreError> {
    let format: i64 = tx.query_row("PRAGMA main.user_version", [], |row| row.get(0))?;
    let done = usize::try_from(format).unwrap_or_default();
    for step in STEPS.iter().skip(done) {
        step(tx)?;
    }
    make(tx, REBUILDABLE)?;
    tx.execute_batch(&format!(
        "PRAGMA main.user_version = {}; PRAGMA model.user_version = {MODEL};",
        known()
    ))?;
    Ok(())
}

/// A file and its format; none if it is not there.
fn look(file: &Path) -> Result<Option<(Connection, i64)>, StoreError> {
    if !file.exists() {
        return Ok(None);
    }
    // What the log still holds belongs to it, so that it is opened as it will be used.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let looked = Connection::open_with_flags(file, flags).and_then(|connection| {
        let format = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        Ok((connection, format))
    });
    match looked {
        Ok(found) => Ok(Some(found)),
        Err(error)
            if matches!(
                error.sqlite_error_code(),
                Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt)
            ) =>
        {
            Err(StoreError::Broken(file.to_owned(), error.to_string()))
        }
        Err(error) => Err(error.into()),
    }
}

fn refuse_newer(file: &Path, format: i64, known: i64) -> Result<(), StoreError> {
    if format <= known {
        return Ok(());
    }
    Err(StoreError::Newer {
        file: file.to_owned(),
        format,
        known,
    })
}

fn has_table(connection: &Connection, name: &str) -> Result<bool, StoreError> {
    Ok(connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = ?1)",
        [name],
        |row| row.get(0),
    )?)
}

fn has_tables(connection: &Connection) -> Result<bool, StoreError> {
    Ok(
        connection.query_row("SELECT EXISTS (SELECT 1 FROM sqlite_schema)", [], |row| {
            row.get(0)
        })?,
    )
}

/// A copy as it was before the change. One of an earlier try that failed is replaced.
fn copy(connection: &Connection, dir: &Path, format: i64) -> Result<(), StoreError> {
    let copy = dir.join(format!("portal.db.format-{format}"));
    remove(&copy)?;
    connection.execute("VACUUM INTO ?1", [copy.to_string_lossy()])?;
    // Whoever puts it back does so on a day on which the portal has gone on with the other.
    let copied = Connection::open_with_flags(&copy, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    if has_table(&copied, "outbox")? {
        outbox::doubt_all(&copied)?;
    }
    drop(copied);
    std::fs::File::open(&copy)
        .and_then(|file| file.sync_all())
        .map_err(|error| StoreError::Folder(dir.to_owned(), error))?;
    tracing::info!(
        "portal.db is brought up to a new format; as it was, it is in {}",
        copy.display()
    );
    Ok(())
}

/// Takes the read model away. Nobody may have it open.
pub(super) fn take_away(dir: &Path) -> Result<(), StoreError> {
    for name in ["model.db", "model.db-wal", "model.db-shm"] {
        remove(&dir.join(name))?;
    }
    Ok(())
}

fn remove(file: &PathBuf) -> Result<(), StoreError> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::Folder(file.clone(), error))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
