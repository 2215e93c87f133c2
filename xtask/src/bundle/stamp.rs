//! Tells whether anything that goes into the bundle has changed since it was made, by content and not by file times.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

use super::Effort;
use crate::problem::{During, Outcome};
use crate::run;
use crate::workspace;

const INPUTS: [&str; 9] = [
    "app",
    "style",
    "public",
    "xtask/src/bundle",
    "xtask/src/bundle.rs",
    "xtask/src/setup/tools.rs",
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
];

/// A hash over all inputs of a bundle.
pub(crate) struct Stamp(String);

impl Stamp {
    /// The stamp that a bundle made now would bear.
    pub(crate) fn of_inputs(effort: Effort) -> Outcome<Self> {
        let mut rustc = Command::new("rustc");
        rustc.arg("--version");
        let mut hash = Sha256::new();
        hash.update(format!("{effort:?} {:?}\n", run::answer(rustc)));
        let root = workspace::root();
        for input in INPUTS {
            for file in files_under(&root.join(input))? {
                add(&mut hash, &root, &file)?;
            }
        }
        Ok(Self(super::pack::hex(&hash.finalize())))
    }

    /// Whether a whole bundle is there and was made from these inputs.
    pub(crate) fn is_that_of(&self, bundle: &Path) -> bool {
        bundle.join("version").exists()
            && fs::read_to_string(place()).is_ok_and(|kept| kept == self.0)
    }

    /// Remembers that the bundle that is there now bears this stamp.
    pub(crate) fn keep(&self) -> Outcome {
        fs::write(place(), &self.0).during("writing the bundle's stamp")
    }

    /// Says that the bundle that is there bears no stamp any more.
    pub(crate) fn forget() -> Outcome {
        if place().exists() {
            fs::remove_file(place()).during("removing the bundle's stamp")?;
        }
        Ok(())
    }
}

fn place() -> PathBuf {
    workspace::target().join("bundle.stamp")
}

fn add(hash: &mut Sha256, root: &Path, file: &Path) -> Outcome {
    let bytes = fs::read(file).during(format!("reading {}", file.display()))?;
    let name = file.strip_prefix(root).unwrap_or(file);
    hash.update(format!("{} {}\n", name.display(), bytes.len()));
    hash.update(bytes);
    Ok(())
}

/// Every file under a path, or the path itself, in an order that does not change; nothing if it is missing.
pub(crate) fn files_under(path: &Path) -> Outcome<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        if !folder.exists() {
            continue;
        }
        let entries = fs::read_dir(&folder).during(format!("reading {}", folder.display()))?;
        for entry in entries {
            let path = entry
                .during(format!("reading {}", folder.display()))?
                .path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
