//! The demo's folder. The help desk forgets everything at each start, so the portal must too; a folder that is not a demo's is left alone.

use std::io;
use std::path::Path;

const MARK: &str = "demo";
const STORED: [&str; 7] = [
    "portal.db",
    "portal.db-wal",
    "portal.db-shm",
    "model.db",
    "model.db-wal",
    "model.db-shm",
    "lock",
];

/// Makes the folder, or empties it of what an earlier demo stored.
pub(super) fn begin_anew(folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    std::fs::create_dir_all(folder)?;
    let mark = folder.join(MARK);
    if folder.join("portal.db").exists() && !mark.exists() {
        let words = format!(
            "{} holds the data of a portal that is no demo; give another --data-dir",
            folder.display()
        );
        return Err(words.into());
    }
    std::fs::write(
        &mark,
        "The demo that is started here forgets what is in this folder.\n",
    )?;
    for name in STORED {
        match std::fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_of_a_real_portal_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("portal.db"), "real").unwrap();
        assert!(begin_anew(folder.path()).is_err());
        assert!(folder.path().join("portal.db").exists());
    }

    #[test]
    fn what_an_earlier_demo_stored_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        begin_anew(folder.path()).unwrap();
        std::fs::write(folder.path().join("portal.db"), "demo").unwrap();
        begin_anew(folder.path()).unwrap();
        assert!(!folder.path().join("portal.db").exists());
    }
}
