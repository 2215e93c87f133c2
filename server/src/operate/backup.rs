//! A backup: one state of `portal.db`, and the files that wait; not the read model, which is built again when it is missing.
//! The copy is a folder that a portal can be started on as it is.

use std::ffi::OsStr;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::beside::{self, OperateError};
use crate::store::{make_private_folder, outbox};
use crate::uploads;

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// Where it is.
    pub folder: PathBuf,
    /// Size of `portal.db` in it.
    pub bytes: u64,
    /// Customers.
    pub customers: u64,
}

impl fmt::Display for Copied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            folder,
            bytes,
            customers,
        } = self;
        let kib = bytes.div_ceil(1024);
        write!(f, "{}: {kib} KiB, {customers} customers", folder.display())
    }
}

/// Copies a store, whether or not a portal runs on it. The folder must not be there yet, and is there only when the copy is whole.
pub fn copy(data: &Path, folder: &Path) -> Result<Copied, OperateError> {
    if folder.exists() {
        return Err(OperateError::Exists(folder.to_owned()));
    }
    let store = beside::open(data)?;
    let unfinished = beside_name(folder);
    let failed = |error| OperateError::File(unfinished.clone(), error);
    match fs::remove_dir_all(&unfinished) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    make_private_folder(&unfinished).map_err(failed)?;
    let path = unfinished.join("portal.db");
    store.execute("VACUUM INTO ?1", [path.to_string_lossy()])?;
    drop(store);
    let customers = prepare(&path)?;
    // After the database: a file whose row is gone by now is one that was sent.
    copy_tree(
        &data.join(uploads::FOLDER),
        &unfinished.join(uploads::FOLDER),
    )
    .map_err(failed)?;
    let file = File::open(&path).map_err(failed)?;
    file.sync_all().map_err(failed)?;
    let bytes = file.metadata().map_err(failed)?.len();
    fs::rename(&unfinished, folder).map_err(failed)?;
    Ok(Copied {
        folder: folder.to_owned(),
        bytes,
        customers,
    })
}

/// Reads the copy from end to end, and makes it fit for a day on which the portal has gone on without it.
fn prepare(path: &Path) -> Result<u64, OperateError> {
    let copy = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    outbox::doubt_all(&copy)?;
    let verdict: String = copy.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(OperateError::Broken(path.to_owned(), verdict));
    }
    let customers: i64 = copy.query_row("SELECT count(*) FROM customers", [], |row| row.get(0))?;
    Ok(customers.cast_unsigned())
}

fn copy_tree(from: &Path, to: &Path) -> io::Result<()> {
    let copied = if from.is_dir() {
        make_private_folder(to)?;
        fs::read_dir(from)?.try_for_each(|entry| {
            let entry = entry?;
            copy_tree(&entry.path(), &to.join(entry.file_name()))
        })
    } else {
        fs::copy(from, to).and_then(|_| File::open(to)?.sync_all())
    };
    match copied {
        // Sent and taken away in this moment.
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

fn beside_name(folder: &Path) -> PathBuf {
    let mut name = folder
        .file_name()
        .unwrap_or(OsStr::new("backup"))
        .to_owned();
    name.push(".unfinished");
    folder.with_file_name(name)
}
