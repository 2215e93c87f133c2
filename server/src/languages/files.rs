//! Where texts lie: built into the program, and in LOCALES_DIR. A file there is read after the built-in one of the same language, so that
//! it may say less.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rust_embed::RustEmbed;

use super::negotiate;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../locales"]
struct BuiltIn;

/// Texts of the browser.
pub(super) const APP: &str = "app.ftl";
/// Texts of mails.
pub(super) const EMAILS: &str = "emails.ftl";
/// The files that a language has.
pub const FILES: [&str; 2] = [APP, EMAILS];

/// Largest file of texts that is read.
const LARGEST: u64 = 1024 * 1024;

/// Where texts come from.
pub struct Sources {
    folder: Option<PathBuf>,
}

/// One file of texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Where it lies; for a built-in one, where it lies among the sources of this program.
    pub path: PathBuf,
    /// What it says.
    pub text: String,
}

/// What the files of the folder look like from outside: other, if any of them has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stamp(Vec<(PathBuf, u64, Option<SystemTime>)>);

impl Sources {
    /// What is built in, and a folder.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self { folder }
    }

    /// The languages that have texts for the browser, in order.
    pub fn tags(&self) -> Vec<String> {
        let built_in = BuiltIn::iter().filter_map(|path| {
            let tag = path.strip_suffix("/app.ftl")?;
            Some(tag.to_owned())
        });
        let mut tags: BTreeSet<String> = built_in.collect();
        tags.extend(
            self.folders()
                .into_iter()
                .filter(|tag| self.path(tag, APP).is_some_and(|it| it.is_file())),
        );
        tags.into_iter()
            .filter(|tag| negotiate::is_tag(tag))
            .collect()
    }

    /// All that a language's file says: of two messages with one name the later counts.
    pub(super) fn text(&self, tag: &str, file: &str) -> Option<String> {
        match (self.built_in(tag, file), self.own(tag, file)) {
            (Some(built_in), Some(own)) => Some(format!("{}\n{}", built_in.text, own.text)),
            (one, other) => one.or(other).map(|source| source.text),
        }
    }

    /// A file that is built in.
    pub fn built_in(&self, tag: &str, file: &str) -> Option<Source> {
        let name = format!("{tag}/{file}");
        let found = BuiltIn::get(&name)?;
        Some(Source {
            path: Path::new("locales").join(name),
            text: as_text(&found.data),
        })
    }

    /// A file of the folder.
    pub fn own(&self, tag: &str, file: &str) -> Option<Source> {
        let path = self.path(tag, file)?;
        let length = std::fs::metadata(&path)
            .ok()
            .filter(std::fs::Metadata::is_file)?
            .len();
        if length > LARGEST {
            tracing::warn!(
                "{} is larger than a file of texts can be, and is not read",
                path.display()
            );
            return None;
        }
        match std::fs::read(&path) {
            Ok(bytes) => Some(Source {
                text: as_text(&bytes),
                path,
            }),
            Err(error) => {
                tracing::warn!("{} cannot be read: {error}", path.display());
                None
            }
        }
    }

    /// Where a language's file is, or would be: in the folder, unless the language is built in only.
    pub fn place(&self, tag: &str, file: &str) -> PathBuf {
        self.path(tag, file)
            .filter(|path| path.parent().is_some_and(Path::is_dir))
            .unwrap_or_else(|| Path::new("locales").join(tag).join(file))
    }

    fn path(&self, tag: &str, file: &str) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(tag).join(file))
    }

    fn folders(&self) -> Vec<String> {
        let Some(folder) = &self.folder else {
            return Vec::new();
        };
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| negotiate::is_tag(name))
            .collect()
    }

    pub(super) fn stamp(&self) -> Stamp {
        let mut stamp = Vec::new();
        for tag in self.folders() {
            for file in FILES {
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

/// A file's text; an editor's mark at its beginning would hide the first message.
fn as_text(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned()
}
