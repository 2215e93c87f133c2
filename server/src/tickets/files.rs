//! Files that wait for a message: taken by it in the transaction that stores it, given back, removed.

use app::error::AppError;
use app::tickets::upload::{FileLimits, FileProblem, UploadId, Uploaded};
use rusqlite::Transaction;

use super::{Shared, Tickets};
use crate::clock::Millis;
use crate::failure::Failure;
use crate::store::customers::CustomerId;
use crate::store::outbox::Entry;
use crate::store::{StoreError, uploads};
use crate::uploads::About;

/// Each once, in the order in which they were first named.
pub(super) fn each_once(files: Vec<UploadId>) -> Vec<UploadId> {
    let mut once: Vec<UploadId> = Vec::with_capacity(files.len().min(100));
    for file in files {
        if !once.contains(&file) {
            once.push(file);
        }
    }
    once
}

/// Whether there are too many of them for a message. Looked at before anything else is.
pub(super) fn check_count(limits: FileLimits, files: &[UploadId]) -> Result<(), AppError> {
    let limit = limits.files;
    if files.len() > usize::try_from(limit).unwrap_or(usize::MAX) {
        return Err(AppError::File(FileProblem::TooMany { limit }));
    }
    Ok(())
}

/// What a message takes: each file with what is kept of it from then on.
pub(super) type Taken = Vec<(UploadId, Vec<u8>)>;

/// The files for a message, if all of them wait and together are not too large.
pub(super) fn for_message(
    tx: &Transaction<'_>,
    tickets: &Shared,
    customer: CustomerId,
    limits: FileLimits,
    files: &[UploadId],
) -> Result<Result<Taken, AppError>, StoreError> {
    let mut taken = Vec::with_capacity(files.len());
    let mut size = 0;
    for id in files {
        let row = uploads::find(tx, customer, id)?.filter(|row| row.entry.is_none());
        let about = row.as_ref().filter(|row| is_there(tickets, row));
        let about = about.and_then(|row| About::of(&tickets.keys, customer, row));
        let (Some(row), Some(about)) = (row, about) else {
            let file = id.clone();
            return Ok(Err(AppError::File(FileProblem::Gone { file })));
        };
        size += row.size;
        taken.push((row.id, about.plain()));
    }
    let limit = limits.bytes_in_all;
    if size > limit {
        return Ok(Err(AppError::File(FileProblem::TooLargeInAll { limit })));
    }
    Ok(Ok(taken))
}

/// Whether its bytes are where they should be: a store put back from a copy may know of files that were not copied. A disk that fails
/// says nothing of that; they are looked for again before they are sent.
fn is_there(tickets: &Shared, row: &uploads::Row) -> bool {
    let folder = tickets.uploads.folder();
    row.file
        .as_ref()
        .is_some_and(|name| folder.has(name, row.size).unwrap_or(true))
}

/// The files of a message that is taken back wait again.
pub(super) fn give_back(
    tx: &Transaction<'_>,
    tickets: &Shared,
    entry: &Entry,
    now: Millis,
) -> Result<Vec<Uploaded>, StoreError> {
    let mut given = Vec::with_capacity(entry.files.len());
    for row in &entry.files {
        let about = About::plain_of(row);
        let sealed = about.as_ref().and_then(|about| {
            about.sealed(&tickets.keys, &tickets.chance, entry.customer, &row.id)
        });
        let (Some(about), Some(sealed)) = (about, sealed) else {
            let words = "what is kept of a file cannot be read".to_owned();
            return Err(StoreError::Row("uploads", words));
        };
        uploads::give_back(tx, entry.customer, &row.id, &sealed, now)?;
        given.push(about.uploaded(row));
    }
    Ok(given)
}

/// Those of these that a customer has waiting, as he sees them.
pub(super) fn waiting(
    tx: &Transaction<'_>,
    tickets: &Shared,
    customer: CustomerId,
    files: &[UploadId],
) -> Result<Vec<Uploaded>, StoreError> {
    let mut found = Vec::with_capacity(files.len());
    for id in files {
        let row = uploads::find(tx, customer, id)?.filter(|row| row.entry.is_none());
        let about = row
            .as_ref()
            .and_then(|row| About::of(&tickets.keys, customer, row));
        if let (Some(row), Some(about)) = (row, about) {
            found.push(about.uploaded(&row));
        }
    }
    Ok(found)
}

/// Removes one that no message has taken. One that is not there is as well.
pub(crate) async fn drop(
    tickets: &Tickets,
    customer: CustomerId,
    file: UploadId,
) -> Result<(), Failure> {
    let dropped = tickets
        .store
        .write(move |tx| uploads::drop(tx, customer, &file))
        .await?;
    tickets
        .uploads
        .folder()
        .remove(dropped.into_iter().collect())
        .await;
    Ok(())
}
