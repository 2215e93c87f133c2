//! The built files, read once at the start: in a release they are part of the program and take no memory of their own.

use std::borrow::Cow;
use std::collections::HashMap;

use bytes::Bytes;
use rust_embed::{EmbeddedFile, RustEmbed};

use super::stored::{Stored, type_by_name};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/bundle"]
struct Bundle;

/// Version of a bundle that says none: the stand-in of build.rs.
const UNBUILT: &str = "unbuilt";

/// What was built.
pub(super) struct Built {
    /// The page, as it was packed.
    pub(super) page: String,
    /// Changes with every bundle.
    pub(super) version: String,
    /// The files of each part of the app that is loaded by itself, by its name (`app::part::Part`).
    pub(super) parts: HashMap<String, Vec<String>>,
    /// By path: `assets/…`, named by their content, and `public/…`.
    pub(super) files: HashMap<String, Stored>,
}

impl Built {
    /// Reads the bundle.
    pub(super) fn read() -> Self {
        let text = |path| String::from_utf8(bytes(Bundle::get(path)?).to_vec()).ok();
        let page = text("index.html").unwrap_or_else(|| {
            tracing::error!("there is no bundle to serve: run `cargo xtask bundle`");
            String::new()
        });
        let mut files = HashMap::new();
        for path in Bundle::iter() {
            let is_served = path.starts_with("assets/") || path.starts_with("public/");
            if !is_served || path.ends_with(".br") {
                continue;
            }
            if let Some(plain) = Bundle::get(&path) {
                let hash = plain.metadata.sha256_hash();
                let brotli = Bundle::get(&format!("{path}.br")).map(bytes);
                let file = Stored::hashed(type_by_name(&path), bytes(plain), brotli, &hash);
                files.insert(path.to_string(), file);
            }
        }
        Self {
            page,
            version: text("version").unwrap_or_else(|| UNBUILT.to_owned()),
            parts: parts(&text("parts").unwrap_or_default()),
            files,
        }
    }
}

/// A line for each part: its name, and the paths of its files.
fn parts(list: &str) -> HashMap<String, Vec<String>> {
    let lines = list.lines().map(|line| {
        let mut words = line.split(' ').map(str::to_owned);
        (words.next().unwrap_or_default(), words.collect())
    });
    lines.collect()
}

fn bytes(file: EmbeddedFile) -> Bytes {
    match file.data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    }
}
