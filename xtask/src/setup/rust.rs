//! Looks for the programs that nobody can build without: git, a C compiler and Rust.

use std::path::PathBuf;
use std::process::Command;

use crate::problem::{Outcome, Problem};
use crate::run;

const OLDEST: (u32, u32) = (1, 95);

/// The Rust compiler that cargo uses here.
pub(crate) struct Rustc {
    /// Such as "1.95.0".
    pub(crate) version: String,
    /// The folder whose lib/rustlib holds the standard libraries.
    pub(crate) sysroot: PathBuf,
}

/// Names everything that is missing, all at once, with where to get it.
pub(crate) fn check() -> Outcome<Rustc> {
    let mut missing = Vec::new();
    if answer("git", &["--version"]).is_none() {
        missing.push("git (Debian: apt-get install git)".to_owned());
    }
    if answer("cc", &["--version"]).is_none() {
        missing.push("a C compiler called cc (Debian: apt-get install gcc)".to_owned());
    }
    let rustc = find();
    match &rustc {
        Some(rustc) if is_recent(&rustc.version) => {}
        Some(rustc) => missing.push(format!(
            "Rust {}.{} or newer; here is {} (rustup update stable)",
            OLDEST.0, OLDEST.1, rustc.version
        )),
        None => missing.push("Rust (https://rustup.rs)".to_owned()),
    }
    match rustc {
        Some(rustc) if missing.is_empty() => Ok(rustc),
        _ => Err(Problem::new(format!(
            "This machine lacks:\n  - {}",
            missing.join("\n  - ")
        ))),
    }
}

fn find() -> Option<Rustc> {
    let version = answer("rustc", &["--version"])?;
    Some(Rustc {
        version: version.split_whitespace().nth(1)?.to_owned(),
        sysroot: answer("rustc", &["--print", "sysroot"])?.into(),
    })
}

fn is_recent(version: &str) -> bool {
    let mut numbers = version.split(['.', '-']).map(|part| part.parse().ok());
    matches!(
        (numbers.next().flatten(), numbers.next().flatten()),
        (Some(major), Some(minor)) if (major, minor) >= OLDEST
    )
}

fn answer(program: &str, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new(program);
    command.args(arguments);
    run::answer(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_compared_by_number() {
        assert!(is_recent("1.95.0"));
        assert!(is_recent("1.100.0-nightly"));
        assert!(is_recent("2.0.0"));
        assert!(!is_recent("1.94.1"));
        assert!(!is_recent("1.9.0"));
    }
}
