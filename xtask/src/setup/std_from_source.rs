//! Builds the browser target's standard library from Debian's `rust-src`, for machines that reach a Debian mirror but not
//! Rust's own servers.
//!
//! The result is as if rustup had installed it. It must carry bitcode, or every link with LTO fails.

use std::fs;
use std::path::{Path, PathBuf};

use super::apt::Backports;
use super::rust::Rustc;
use crate::problem::{During, Outcome, Problem};
use crate::run::Quiet;
use crate::workspace::{self, WASM, cache};

/// Builds it and puts it into `folder`, which holds none yet.
pub(crate) fn build(rustc: &Rustc, folder: &Path) -> Outcome {
    let work = cache().join("std");
    clear(&work)?;
    let source = rustc.sysroot.join("lib/rustlib/src/rust");
    let link = if source.join("library/Cargo.lock").exists() {
        None
    } else {
        let tree = fetch(rustc, &work)?;
        Some(Link::put(&tree, &source)?)
    };
    let built = compile(&work);
    drop(link);
    install(&built?, folder)?;
    clear(&work)
}

fn fetch(rustc: &Rustc, work: &Path) -> Outcome<PathBuf> {
    let unpacked = work.join("source");
    let backports = Backports::open(&work.join("apt"))?;
    let versions = backports.versions("rust-src")?;
    let wanted = format!("{}+", rustc.version);
    let version = versions
        .iter()
        .find(|version| version.starts_with(&wanted))
        .ok_or_else(|| {
            Problem::new(format!(
                "Debian's backports have no rust-src {}, only {}. Use one of these versions of Rust, or a machine where `rustup target add {WASM}` works.",
                rustc.version,
                versions.join(", ")
            ))
        })?;
    backports.unpack("rust-src", version, &unpacked)?;
    let tree = unpacked.join(format!("usr/src/rustc-{}", rustc.version));
    if tree.join("library/Cargo.lock").exists() {
        Ok(tree)
    } else {
        Err(Problem::new(format!(
            "Debian's rust-src {version} has no library/Cargo.lock where it was expected"
        )))
    }
}

/// The source where cargo looks for it, for as long as this lives.
struct Link(PathBuf);

impl Link {
    fn put(tree: &Path, place: &Path) -> Outcome<Self> {
        if let Some(parent) = place.parent() {
            fs::create_dir_all(parent).during(no_right_to(parent))?;
        }
        if place.is_symlink() {
            // Left by a set-up that was interrupted.
            fs::remove_file(place).during(no_right_to(place))?;
        }
        link(tree, place).during(no_right_to(place))?;
        Ok(Self(place.to_owned()))
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        // Should it stay, the next set-up replaces it.
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(unix)]
fn link(tree: &Path, place: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(tree, place)
}

#[cfg(not(unix))]
fn link(_tree: &Path, _place: &Path) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

fn no_right_to(place: &Path) -> String {
    format!(
        "changing {} (if Rust belongs to the system: run this once as its administrator, or install the package libstd-rust-dev-wasm32)",
        place.display()
    )
}

fn compile(work: &Path) -> Outcome<PathBuf> {
    let package = work.join("empty");
    fs::create_dir_all(package.join("src")).during("making an empty package")?;
    fs::write(package.join("src/lib.rs"), "").during("making an empty package")?;
    fs::write(
        package.join("Cargo.toml"),
        "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n",
    )
    .during("making an empty package")?;

    let target = work.join("target");
    let mut cargo = workspace::cargo();
    cargo
        .current_dir(&package)
        .args(["build", "--release", "--target", WASM])
        .args(["-Z", "build-std=std,panic_abort,proc_macro,test"])
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "1")
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
            "-Cembed-bitcode=yes",
        )
        .env_remove("RUSTFLAGS");
    Quiet {
        what: "Building the browser target's standard library",
        usually: "1 min",
        log: "std.log",
        limit: None,
    }
    .run(cargo)?;
    Ok(target.join(WASM).join("release/deps"))
}

/// Copies beside the place and renames at the end, so that an interrupted set-up leaves no half library.
fn install(built: &Path, folder: &Path) -> Outcome {
    let partial = folder.with_extension("partial");
    clear(&partial)?;
    fs::create_dir_all(&partial).during(no_right_to(&partial))?;
    let entries = fs::read_dir(built).during(format!("reading {}", built.display()))?;
    for entry in entries.flatten() {
        let name = entry.file_name();
        let text = name.to_string_lossy();
        if text.ends_with(".rlib") && !text.starts_with("libempty-") {
            fs::copy(entry.path(), partial.join(&name)).during(no_right_to(&partial))?;
        }
    }
    clear(folder)?;
    fs::rename(&partial, folder).during(no_right_to(folder))
}

fn clear(folder: &Path) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder).during(format!("removing {}", folder.display()))?;
    }
    Ok(())
}
