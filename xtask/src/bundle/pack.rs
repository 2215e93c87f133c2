//! Packs the bundle: each file is named after its final bytes, so that a browser may keep it for ever.
//!
//! Trunk names files by a hash that is taken before wasm-bindgen writes them; the same name can get other bytes.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::page::Page;
use super::split::PARTS;
use super::stamp::files_under;
use super::{Effort, compress, style, wasm};
use crate::problem::{During, Outcome, Problem};
use crate::workspace;

/// How the page names the stylesheet before it is packed.
const STYLESHEET: &str = "style.css";

/// The folders that a bundle is made of.
pub(crate) struct Sources {
    /// What Trunk made.
    pub(crate) dist: PathBuf,
    /// The styles.
    pub(crate) style: PathBuf,
    /// Files with names of their own, such as icons.
    pub(crate) public: PathBuf,
}

impl Sources {
    /// Those of this checkout.
    pub(crate) fn of_workspace() -> Self {
        let root = workspace::root();
        Self {
            dist: workspace::target().join("dist"),
            style: root.join("style"),
            public: root.join("public"),
        }
    }
}

/// Packs everything into the folder `into`, made anew.
pub(crate) fn pack(sources: &Sources, effort: Effort, into: &Path) -> Outcome {
    if into.exists() {
        fs::remove_dir_all(into).during(format!("removing {}", into.display()))?;
    }
    let page = sources.dist.join("index.html");
    let html = fs::read_to_string(&page).during(format!("reading {}", page.display()))?;
    let mut bundle = Bundle {
        page: Page::new(html),
        assets: Vec::new(),
        effort,
        folder: into.to_owned(),
        version: Sha256::new(),
    };

    let style = style::joined(&sources.style)?;
    let named = bundle.add(STYLESHEET, style.as_bytes())?;
    bundle.page.rename(STYLESHEET, &named)?;
    let parts = sources.dist.join(PARTS);
    let parts = fs::read_to_string(&parts).during(format!("reading {}", parts.display()))?;
    bundle.add_built(&sources.dist, &parts)?;
    bundle.add_parts(&parts)?;
    bundle.add_public(&sources.public)?;
    bundle.finish()
}

/// The first 16 hexadecimal digits name a file's content.
fn short_hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes)[..8])
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

struct Bundle {
    page: Page,
    /// Old file name and new one, of what has been added.
    assets: Vec<(String, String)>,
    effort: Effort,
    folder: PathBuf,
    version: Sha256,
}

impl Bundle {
    /// Adds a file under a name made from its bytes and gives its path in the bundle.
    fn add(&mut self, name: &str, bytes: &[u8]) -> Outcome<String> {
        let path = format!("assets/{}", name_by_content(name, bytes));
        self.write(&path, bytes)?;
        if self.effort == Effort::Release
            && let Some(small) = compress::brotli(bytes)?
        {
            self.write(&format!("{path}.br"), &small)?;
        }
        Ok(path)
    }

    /// Adds what Trunk made. A script may name other files, so it comes after them, with their new names in it.
    fn add_built(&mut self, dist: &Path, parts: &str) -> Outcome {
        let mut files = files_under(dist)?;
        files.retain(|file| file != &dist.join("index.html") && file != &dist.join(PARTS));
        files.sort_by_key(|file| {
            let script = file.extension().is_some_and(|extension| extension == "js");
            let inner = file.parent() != Some(dist);
            (script, !inner, file.clone())
        });
        for file in files {
            let old = path_in(dist, &file);
            let bytes = fs::read(&file).during(format!("reading {}", file.display()))?;
            let bytes = match file.extension().and_then(|extension| extension.to_str()) {
                Some("js") => self.with_new_names(bytes),
                Some("wasm") => wasm::without_names(&bytes)?,
                _ => bytes,
            };
            let new = self.add(&old, &bytes)?;
            let is_later = parts.split_whitespace().any(|name| name == old);
            if !old.contains('/') && !is_later {
                self.page.rename(&old, &new)?;
            }
            self.assets.push((old, new));
        }
        Ok(())
    }

    /// Says which files each part takes, so that the server can have the browser fetch them before the script asks.
    fn add_parts(&mut self, parts: &str) -> Outcome {
        let mut list = String::new();
        for line in parts.lines() {
            let mut names = line.split(' ');
            list.push_str(names.next().unwrap_or_default());
            for name in names {
                let asset = self.assets.iter().find(|(old, _)| old == name);
                let (_, new) = asset.ok_or_else(|| {
                    Problem::new(format!("there is no {name}, which a part takes"))
                })?;
                list.push_str(&format!(" {new}"));
            }
            list.push('\n');
        }
        self.write(PARTS, list.as_bytes())
    }

    /// All assets lie in one folder, so a script names another by `./` and its file name.
    fn with_new_names(&self, script: Vec<u8>) -> Vec<u8> {
        let Ok(mut text) = String::from_utf8(script.clone()) else {
            return script;
        };
        for (old, new) in &self.assets {
            let new = new.trim_start_matches("assets/");
            text = text.replace(&format!("./{old}"), &format!("./{new}"));
            text = text.replace(&format!("'{old}'"), &format!("'{new}'"));
        }
        text.into_bytes()
    }

    /// Adds files under the names they have.
    fn add_public(&mut self, public: &Path) -> Outcome {
        for file in files_under(public)? {
            let bytes = fs::read(&file).during(format!("reading {}", file.display()))?;
            self.write(&format!("public/{}", path_in(public, &file)), &bytes)?;
        }
        Ok(())
    }

    fn finish(mut self) -> Outcome {
        let page = std::mem::replace(&mut self.page, Page::new(String::new()));
        self.write("index.html", page.finish()?.as_bytes())?;
        let version = hex(&self.version.clone().finalize()[..8]);
        self.write("version", version.as_bytes())
    }

    fn write(&mut self, path: &str, bytes: &[u8]) -> Outcome {
        self.version.update(format!("{path} {}\n", bytes.len()));
        self.version.update(bytes);
        let file = self.folder.join(path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).during(format!("making {}", folder.display()))?;
        }
        fs::write(&file, bytes).during(format!("writing {}", file.display()))
    }
}

/// "app-0123456789abcdef_bg.wasm" becomes "app_bg-<hash of the bytes>.wasm".
fn name_by_content(path: &str, bytes: &[u8]) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
    format!(
        "{}-{}.{extension}",
        without_trunks_hash(stem),
        short_hash(bytes)
    )
}

fn without_trunks_hash(stem: &str) -> String {
    let Some((name, rest)) = stem.split_once('-') else {
        return stem.to_owned();
    };
    let digits = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
    if digits == 16 {
        format!("{name}{}", &rest[digits..])
    } else {
        stem.to_owned()
    }
}

fn path_in(folder: &Path, file: &Path) -> String {
    let path = file.strip_prefix(folder).unwrap_or(file);
    let parts = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests;
