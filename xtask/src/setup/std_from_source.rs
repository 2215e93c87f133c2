//! Builds the browser target's standard library from its source, for machines that do not reach Rust's own servers.
//!
//! The result is as if rustup had installed it. It must carry bitcode, or every link with LTO fails.

use std::fs;
use std::path::{Path, PathBuf};

use super::rust::Rustc;
use super::std_source::{self, no_right_to};
use crate::problem::{During, Outcome};
use crate::run::Quiet;
use crate::workspace::{self, WASM, cache};

/// Builds it and puts it into `folder`, which holds none yet.
pub(crate) fn build(rustc: &Rustc, folder: &Path) -> Outcome {
    let work = cache().join("std");
    clear(&work)?;
    std_source::ensure(rustc)?;
    let built = compile(&work)?;
    install(&built, folder)?;
    clear(&work)
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
