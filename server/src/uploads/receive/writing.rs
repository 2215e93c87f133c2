//! A file's bytes on their way to the disk: looked at before they are written, and no more than may come.

use std::io;

use app::error::AppError;
use app::tickets::upload::FileProblem;
use axum::body::BodyDataStream;
use futures_util::StreamExt;

use crate::failure::Failure;
use crate::uploads::folder::Writing;
use crate::uploads::sealed::PART;
use crate::uploads::{Uploads, kind};

/// What was written.
pub(super) struct Written {
    pub(super) size: u64,
    pub(super) told: kind::Told,
}

/// Writes what comes, part by part.
pub(super) async fn write(
    ours: &Uploads,
    writing: &mut Writing,
    limit: u64,
    body: &mut BodyDataStream,
) -> Result<Written, Failure> {
    let mut part = Vec::with_capacity(PART);
    let mut size = 0_u64;
    let mut told = None;
    while let Some(bytes) = body.next().await {
        // It broke off, or did not come in time: there is nobody to tell.
        let mut bytes = bytes.map_err(|_| AppError::BadRequest)?;
        size += bytes.len() as u64;
        if size > limit {
            return Err(AppError::File(FileProblem::TooLarge { limit }).into());
        }
        while !bytes.is_empty() {
            // A full part is written only when more has come: the last one is sealed as such.
            if part.len() == PART {
                look(ours, &part, &mut told)?;
                writing.write(&part, false).await.map_err(not_written)?;
                part.clear();
            }
            let room = bytes.len().min(PART - part.len());
            part.extend_from_slice(&bytes.split_to(room));
        }
    }
    if size == 0 {
        return Err(AppError::File(FileProblem::Empty).into());
    }
    let told = look(ours, &part, &mut told)?;
    writing.write(&part, true).await.map_err(not_written)?;
    writing.sync().await.map_err(not_written)?;
    Ok(Written { size, told })
}

/// Looks at a part before it is written: the first says what the file is.
fn look(
    ours: &Uploads,
    part: &[u8],
    told: &mut Option<kind::Told>,
) -> Result<kind::Told, AppError> {
    let runs = (told.is_none() && kind::is_program(part)) || kind::is_installer(part);
    if runs && !ours.settings.programs {
        return Err(AppError::File(FileProblem::Program));
    }
    Ok(*told.get_or_insert_with(|| kind::of(part)))
}

/// The disk did not take it.
pub(super) fn not_written(error: io::Error) -> Failure {
    use io::ErrorKind::{QuotaExceeded, StorageFull};
    if matches!(error.kind(), StorageFull | QuotaExceeded) {
        tracing::error!(%error, "a customer's file was refused: the disk of DATA_DIR is full; make room on it");
        return AppError::File(FileProblem::NoRoom).into();
    }
    Failure::unavailable(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r8_a_full_disk_is_told_as_such_and_another_fault_is_not() {
        for kind in [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded] {
            let failure = not_written(kind.into());
            assert_eq!(*failure.public(), AppError::File(FileProblem::NoRoom));
        }
        let other = not_written(io::ErrorKind::PermissionDenied.into());
        assert!(matches!(other.public(), AppError::Unavailable { .. }));
    }
}
