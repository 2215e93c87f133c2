//! The source of Rust's standard library, where cargo looks for it: there already, added by rustup, or Debian's.
//!
//! From it the bundle gets a standard library built for size, and machines that do not reach Rust's servers one at all.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::apt::Backports;
use super::rust::Rustc;
use crate::problem::{During, Outcome, Problem};
use crate::run::Quiet;
use crate::workspace::cache;

const RUSTUP_MAY_TAKE: Duration = Duration::from_secs(60);

/// Makes sure that it is there.
pub(crate) fn ensure(rustc: &Rustc) -> Outcome {
    let place = rustc.sysroot.join("lib/rustlib/src/rust");
    let is_there = || place.join("library/Cargo.lock").exists();
    if is_there() {
        return Ok(());
    }
    if !is_debian_wanted() && from_rustup().is_ok() && is_there() {
        return Ok(());
    }
    let tree = from_debian(rustc)?;
    put(&tree, &place)
}

/// Whether the machine is said to reach a Debian mirror, but not Rust's own servers.
pub(crate) fn is_debian_wanted() -> bool {
    env::var("WASM_STD").is_ok_and(|wish| wish == "debian")
}

fn from_rustup() -> Outcome {
    let mut command = Command::new("rustup");
    command.args(["component", "add", "rust-src"]);
    Quiet {
        what: "Adding the standard library's source with rustup",
        usually: "10 s; given up after 60 s",
        log: "rustup-src.log",
        limit: Some(RUSTUP_MAY_TAKE),
    }
    .run(command)
}

/// Debian's source of the same version, kept in the cache.
fn from_debian(rustc: &Rustc) -> Outcome<PathBuf> {
    let kept = cache().join(format!("rust-src-{}", rustc.version));
    if kept.join("library/Cargo.lock").exists() {
        return Ok(kept);
    }
    let work = cache().join("rust-src");
    clear(&work)?;
    let backports = Backports::open(&work.join("apt"))?;
    let versions = backports.versions("rust-src")?;
    let wanted = format!("{}+", rustc.version);
    let version = versions
        .iter()
        .find(|version| version.starts_with(&wanted))
        .ok_or_else(|| {
            Problem::new(format!(
                "Debian's backports have no rust-src {}, only {}. Use one of these versions of Rust, or a machine where rustup reaches Rust's servers.",
                rustc.version,
                versions.join(", ")
            ))
        })?;
    let unpacked = work.join("source");
    backports.unpack("rust-src", version, &unpacked)?;
    let library = unpacked.join(format!("usr/src/rustc-{}/library", rustc.version));
    if !library.join("Cargo.lock").exists() {
        return Err(Problem::new(format!(
            "Debian's rust-src {version} has no library/Cargo.lock where it was expected"
        )));
    }
    clear(&kept)?;
    fs::create_dir_all(&kept).during(format!("making {}", kept.display()))?;
    fs::rename(&library, kept.join("library")).during("keeping the standard library's source")?;
    clear(&work)?;
    Ok(kept)
}

/// Links the source where cargo looks for it. It stays: another checkout may be building with it.
fn put(tree: &Path, place: &Path) -> Outcome {
    if let Some(parent) = place.parent() {
        fs::create_dir_all(parent).during(no_right_to(parent))?;
    }
    if place.is_symlink() {
        // To a source that is gone, or is another version's.
        fs::remove_file(place).during(no_right_to(place))?;
    }
    link(tree, place).during(no_right_to(place))
}

#[cfg(unix)]
fn link(tree: &Path, place: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(tree, place)
}

#[cfg(not(unix))]
fn link(_tree: &Path, _place: &Path) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

/// What to say when a place in the toolchain cannot be written.
pub(super) fn no_right_to(place: &Path) -> String {
    format!(
        "changing {} (if Rust belongs to the system: run this once as its administrator, or install the packages rust-src and libstd-rust-dev-wasm32)",
        place.display()
    )
}

fn clear(folder: &Path) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder).during(format!("removing {}", folder.display()))?;
    }
    Ok(())
}
