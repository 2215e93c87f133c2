//! The standard library for the browser's target: found, added by rustup, or built from the source that Debian has.
//!
//! Two of them in one sysroot break every build (E0464), so whatever is there is looked at before anything is added.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::rust::Rustc;
use super::{std_from_source, std_source};
use crate::problem::{Outcome, Problem};
use crate::run::{Quiet, say};
use crate::workspace::WASM;

const RUSTUP_MAY_TAKE: Duration = Duration::from_secs(60);

/// Makes sure that there is exactly one, and says where it came from.
pub(crate) fn ensure(rustc: &Rustc) -> Outcome<&'static str> {
    let folder = library_folder(rustc);
    match look(&folder) {
        Found::One => return Ok("there"),
        Found::Several => {
            return Err(Problem::new(format!(
                "{} holds more than one standard library, with which no build works (E0464).\n\
                 Remove {} and start this again.",
                folder.display(),
                folder.parent().unwrap_or(&folder).display()
            )));
        }
        Found::None => {}
    }
    if std_source::is_debian_wanted() {
        std_from_source::build(rustc, &folder)?;
        return Ok("built from Debian's source");
    }
    match from_rustup() {
        Ok(()) if matches!(look(&folder), Found::One) => Ok("from rustup"),
        Ok(()) => Err(Problem::new(format!(
            "rustup added {WASM}, but to another toolchain than the one in use ({})",
            rustc.sysroot.display()
        ))),
        Err(problem) => {
            say(&format!("  {problem}"));
            say("  So it is built from Debian's source of the same version.");
            std_from_source::build(rustc, &folder)?;
            Ok("built from Debian's source")
        }
    }
}

fn from_rustup() -> Outcome {
    let mut command = Command::new("rustup");
    command.args(["target", "add", WASM]);
    Quiet {
        what: "Adding the browser's target with rustup",
        usually: "10 s; given up after 60 s",
        log: "rustup.log",
        limit: Some(RUSTUP_MAY_TAKE),
    }
    .run(command)
}

fn library_folder(rustc: &Rustc) -> PathBuf {
    rustc.sysroot.join("lib/rustlib").join(WASM).join("lib")
}

#[derive(Debug, PartialEq)]
enum Found {
    None,
    One,
    Several,
}

fn look(folder: &Path) -> Found {
    let names = fs::read_dir(folder).into_iter().flatten().flatten();
    let count = names
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| name.starts_with("libstd-") && name.ends_with(".rlib"))
        .count();
    match count {
        0 => Found::None,
        1 => Found::One,
        _ => Found::Several,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_library_is_told_from_none_and_from_several() {
        let folder = tempfile::tempdir().unwrap();
        let add = |name: &str| fs::write(folder.path().join(name), "").unwrap();
        assert_eq!(look(&folder.path().join("missing")), Found::None);
        add("libstd_detect-1.rlib");
        assert_eq!(look(folder.path()), Found::None);
        add("libstd-1.rlib");
        assert_eq!(look(folder.path()), Found::One);
        add("libstd-2.rlib");
        assert_eq!(look(folder.path()), Found::Several);
    }
}
