//! The folder of waiting files: written part by part, synced before they count, read part by part. Only their owner may read them.

use std::io;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::sealed::{FileKey, PART, TAG, length, parts};
use crate::store::make_private_folder;

/// Where they are.
#[derive(Clone)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new(path: PathBuf) -> Self {
        Self(path)
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Begins a file. It goes again unless it is kept.
    pub(super) fn begin(&self, name: &str, key: FileKey) -> io::Result<Writing> {
        make_private_folder(&self.0)?;
        let path = self.at(name);
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        // At once: made behind our back, it would stay when whoever waits for it goes away.
        let file = options.open(&path)?;
        Ok(Writing {
            file: file.into(),
            unkept: Unkept(Some(path)),
            folder: self.0.clone(),
            key,
            part: Vec::new(),
            number: 0,
        })
    }

    /// Whether a file of so many bytes is there; an error if the disk does not say. Waits for the disk.
    pub(crate) fn has(&self, name: &str, size: u64) -> io::Result<bool> {
        match std::fs::metadata(self.at(name)) {
            Ok(found) => Ok(found.len() == length(size)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The bytes of a file. It is opened when the first are asked for.
    pub(crate) fn read(
        &self,
        name: &str,
        size: u64,
        key: FileKey,
    ) -> BoxStream<'static, io::Result<Bytes>> {
        let path = self.at(name);
        let begin = Reading {
            path,
            file: None,
            key,
            number: 0,
            left: size,
        };
        stream::try_unfold(begin, Reading::next).boxed()
    }

    /// Removes files; what cannot be removed now is by the next sweep.
    pub(crate) async fn remove(&self, names: Vec<String>) {
        for name in names {
            remove(&self.at(&name)).await;
        }
    }

    /// All files in it.
    pub(super) async fn names(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        let mut entries = match tokio::fs::read_dir(&self.0).await {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(names),
            Err(error) => return Err(error),
        };
        while let Some(entry) = entries.next_entry().await? {
            if let Ok(name) = entry.file_name().into_string() {
                names.push(name);
            }
        }
        Ok(names)
    }
}

/// A file that is being written.
pub(super) struct Writing {
    file: File,
    unkept: Unkept,
    folder: PathBuf,
    key: FileKey,
    part: Vec<u8>,
    number: u64,
}

impl Writing {
    /// Writes a part, which is the last if it says so. Its memory is used again.
    pub(super) async fn write(&mut self, part: &[u8], last: bool) -> io::Result<()> {
        self.part.clear();
        self.part.reserve_exact(PART + TAG);
        self.part.extend_from_slice(part);
        self.key
            .seal(&mut self.part, self.number, last)
            .ok_or_else(|| io::Error::other("a part of a file cannot be sealed"))?;
        self.number += 1;
        self.file.write_all(&self.part).await?;
        // What went wrong is told here, and not by a later write.
        self.file.flush().await
    }

    /// It is on disk when this returns, under its name. It stays only if it is then kept.
    pub(super) async fn sync(&mut self) -> io::Result<()> {
        self.file.sync_all().await?;
        File::open(&self.folder).await?.sync_all().await
    }

    /// It stays.
    pub(super) fn keep(mut self) {
        self.unkept.0 = None;
    }

    /// It goes.
    pub(super) async fn forget(mut self) {
        if let Some(path) = self.unkept.0.take() {
            remove(&path).await;
        }
    }
}

/// Removes a file that was broken off, wherever that happened.
struct Unkept(Option<PathBuf>);

impl Drop for Unkept {
    fn drop(&mut self) {
        if let Some(path) = self.0.take() {
            // A moment's work, and nobody is there to wait for it. What stays is swept later.
            let _ = std::fs::remove_file(path);
        }
    }
}

async fn remove(path: &Path) {
    match tokio::fs::remove_file(path).await {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            tracing::error!(%error, "a file that is no longer needed cannot be removed from DATA_DIR/uploads");
        }
        _ => {}
    }
}

struct Reading {
    path: PathBuf,
    file: Option<File>,
    key: FileKey,
    number: u64,
    left: u64,
}

impl Reading {
    async fn next(mut self) -> io::Result<Option<(Bytes, Self)>> {
        if self.left == 0 {
            return Ok(None);
        }
        let mut file = match self.file.take() {
            Some(file) => file,
            None => File::open(&self.path).await?,
        };
        let last = parts(self.left) == 1;
        let size = usize::try_from(self.left).unwrap_or(usize::MAX).min(PART);
        let mut part = vec![0; size + TAG];
        file.read_exact(&mut part).await?;
        let broken = || io::Error::new(io::ErrorKind::InvalidData, "a waiting file was changed");
        self.key
            .open(&mut part, self.number, last)
            .ok_or_else(broken)?;
        self.number += 1;
        self.left -= size as u64;
        self.file = Some(file);
        Ok(Some((part.into(), self)))
    }
}

#[cfg(test)]
mod tests {
    use futures_util::TryStreamExt;

    use super::*;
    use crate::chance::Chance;

    async fn written(folder: &Folder, key: &FileKey, bytes: &[u8]) {
        let mut writing = folder.begin("a", key.clone()).unwrap();
        let count = bytes.chunks(PART).len();
        for (n, part) in bytes.chunks(PART).enumerate() {
            writing.write(part, n + 1 == count).await.unwrap();
        }
        writing.sync().await.unwrap();
        writing.keep();
    }

    async fn read(folder: &Folder, key: &FileKey, size: usize) -> io::Result<Vec<u8>> {
        let parts = folder.read("a", size as u64, key.clone());
        Ok(parts.try_collect::<Vec<_>>().await?.concat())
    }

    #[tokio::test]
    async fn what_is_written_is_read_again_and_is_nobody_elses() {
        let key = FileKey::make(&Chance::seeded(1));
        for size in [1, 17, PART - 1, PART, PART + 1, 3 * PART, 3 * PART + 5] {
            let dir = tempfile::tempdir().unwrap();
            let folder = Folder::new(dir.path().join("uploads"));
            let bytes: Vec<u8> = (0..size).map(|n| (n % 251) as u8).collect();
            written(&folder, &key, &bytes).await;
            assert!(folder.has("a", size as u64).unwrap(), "{size}");
            assert_eq!(read(&folder, &key, size).await.unwrap(), bytes, "{size}");
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                let mode = |path: PathBuf| std::fs::metadata(path).unwrap().permissions().mode();
                assert_eq!(mode(folder.at("a")) & 0o777, 0o600);
                assert_eq!(mode(folder.0.clone()) & 0o777, 0o700);
            }
        }
    }

    #[tokio::test]
    async fn what_was_changed_or_cut_on_the_disk_is_not_read_as_if_it_were_whole() {
        let key = FileKey::make(&Chance::seeded(1));
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::new(dir.path().to_owned());
        let bytes = vec![7; 2 * PART];
        written(&folder, &key, &bytes).await;
        let whole = std::fs::read(folder.at("a")).unwrap();
        let mut changed = whole.clone();
        changed[PART + TAG + 9] ^= 1;
        let cut = whole[..PART + TAG].to_vec();
        let swapped = [&whole[PART + TAG..], &whole[..PART + TAG]].concat();
        for odd in [changed, cut, swapped] {
            std::fs::write(folder.at("a"), odd).unwrap();
            assert!(read(&folder, &key, bytes.len()).await.is_err());
        }
        std::fs::write(folder.at("a"), &whole[..whole.len() - 1]).unwrap();
        assert!(!folder.has("a", bytes.len() as u64).unwrap());
    }

    #[tokio::test]
    async fn what_is_broken_off_leaves_nothing_behind() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::new(dir.path().to_owned());
        let key = FileKey::make(&Chance::seeded(1));
        let mut writing = folder.begin("a", key).unwrap();
        writing.write(b"half", false).await.unwrap();
        assert_eq!(folder.names().await.unwrap(), ["a"]);
        drop(writing);
        assert!(folder.names().await.unwrap().is_empty());
    }
}
