//! DATA_DIR as a folder: nobody else's on this machine, and one process's at a time.

use std::fs::{File, TryLockError};
use std::io::Write;
use std::path::Path;

use super::StoreError;

/// Makes a folder, with those above it, that no other user of this machine can look into. One that is there stays as it is.
pub fn make_private_folder(dir: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

/// What customers wrote, and Chatwoot's signing key, are nobody else's on this machine. SQLite gives its other files the same mode.
pub(super) fn make_private(file: &Path) -> std::io::Result<()> {
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(file)?;
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(())
}

/// Tries whether a folder can be made and written by this user, and leaves nothing behind.
pub(super) fn try_making(dir: &Path) -> std::io::Result<()> {
    let there = dir.ancestors().find(|it| it.exists());
    let probe = there
        .unwrap_or(Path::new("."))
        .join(format!(".chatwoot-portal-check-{}", std::process::id()));
    // Never another's file, nor through a link.
    let written = File::create_new(&probe)?.write_all(&[0; 4096]);
    written.and(std::fs::remove_file(&probe))
}

/// The lock file holds the process that has it, so that a second start can say who.
pub(super) fn lock(dir: &Path) -> Result<File, StoreError> {
    let path = dir.join("lock");
    let folder = |error| StoreError::Folder(dir.to_owned(), error);
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(folder)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let holder = std::fs::read_to_string(&path).unwrap_or_default();
            return Err(StoreError::InUse(dir.to_owned(), holder.trim().to_owned()));
        }
        Err(TryLockError::Error(error)) => return Err(folder(error)),
    }
    std::fs::write(&path, std::process::id().to_string()).map_err(folder)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::super::Store;
    use super::*;

    #[tokio::test]
    async fn a_folder_has_one_portal_at_a_time_and_the_second_is_told_which() {
        let dir = tempfile::tempdir().unwrap();
        let first = Store::open(dir.path()).unwrap();
        let Err(refused) = Store::open(dir.path()) else {
            panic!("opened twice")
        };
        assert!(
            refused
                .to_string()
                .contains(&std::process::id().to_string()),
            "{refused}"
        );
        let kept = first.clone();
        first.close().await;
        Store::open(dir.path()).unwrap();
        let late = kept.write(|_| Ok(())).await;
        assert!(matches!(late, Err(StoreError::Closing)));
    }
}
