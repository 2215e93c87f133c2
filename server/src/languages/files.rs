//! Where texts lie: built into the program, and in LOCALES_DIR. A file there is read after the built-in one of the same language, so that
//! it may say less.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;
use std::time::SystemTime;

use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use super::negotiate;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../locales"]
struct BuiltIn;

/// Largest file of texts that is read.
const LARGEST: u64 = 1024 * 1024;

/// The texts.
pub(super) struct Files {
    folder: Option<PathBuf>,
}

/// What the files of the folder look like from outside: other, if any of them has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stamp(Vec<(PathBuf, u64, Option<SystemTime>)>);

impl Files {
    pub(super) fn new(folder: Option<PathBuf>) -> Self {
        Self { folder }
    }

    /// The languages that have texts for the browser, in order.
    pub(super) fn tags(&self) -> Vec<String> {
        let built_in = BuiltIn::iter().filter_map(|path| {
            let tag = path.strip_suffix("/app.ftl")?;
            Some(tag.to_owned())
        });
        let mut tags: BTreeSet<String> = built_in.collect();
        tags.extend(self.folders().into_iter().filter(|tag| self.path(tag, "app.ftl").is_some_and(|it| it.is_file())));
        tags.into_iter().filter(|tag| negotiate::is_tag(tag)).collect()
    }

    /// A file of a language.
    pub(super) fn text(&self, tag: &str, file: &str) -> Option<String> {
        let built_in = BuiltIn::get(&format!("{tag}/{file}"))
            .map(|found| String::from_utf8_lossy(&found.data).into_owned());
        match (built_in, self.own(tag, file)) {
            // Of two messages with one name the later counts.
            (Some(built_in), Some(own)) => Some(format!("{built_in}\n{own}")),
            (one, other) => one.or(other),
        }
    }

    fn own(&self, tag: &str, file: &str) -> Option<String> {
        let path = self.path(tag, file)?;
        let length = std::fs::metadata(&path).ok().filter(std::fs::Metadata::is_file)?.len();
        if length > LARGEST {
            tracing::warn!("{} is larger than a file of texts can be, and is not read", path.display());
            return None;
        }
        match std::fs::read(&path) {
            Ok(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
            Err(error) => {
                tracing::warn!("{} cannot be read: {error}", path.display());
                None
            }
        }
    }

    fn path(&self, tag: &str, file: &str) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(tag).join(file))
    }

    fn folders(&self) -> Vec<String> {
        let Some(folder) = &self.folder else {
            return Vec::new();
        };
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.filter_map(|entry| entry.file_name().into_string().ok()).filter(|name| negotiate::is_tag(name)).collect()
    }

    pub(super) fn stamp(&self) -> Stamp {
        let mut stamp = Vec::new();
        for tag in self.folders() {
            for file in ["app.ftl", "emails.ftl"] {
                let Some(path) = self.path(&tag, file) else {
                    continue;
                };
                if let Ok(about) = std::fs::metadata(&path) {
                    stamp.push((path, about.len(), about.modified().ok()));
                }
            }
        }
        stamp.sort();
        Stamp(stamp)
    }
}

/// A short name for a text's content.
pub(super) fn version(text: &str) -> String {
    Sha256::digest(text)[..6].iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
