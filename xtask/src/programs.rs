//! Builds the programs of the workspace and starts them: the operator's release, the demo, the fake alone.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::bundle::{self, Effort};
use crate::problem::{During, Outcome, Problem};
use crate::run::{self, say};
use crate::setup;
use crate::stopwatch::Stopwatch;
use crate::workspace;

const PORTAL: &str = "chatwoot-portal";
const FAKE: &str = "fake-chatwoot";
const TORTURE: &str = "torture";

/// The features with which the whole workspace is built natively: the same for demo and tests, so that one build serves both.
pub(crate) const NATIVE: [&str; 3] = ["--workspace", "--features", "app/ssr,server/demo"];

/// Builds what an operator installs, one program with everything inside, and gives its path.
pub(crate) fn release() -> Outcome<PathBuf> {
    let clock = Stopwatch::start();
    bundle::make(&setup::for_building()?, Effort::Release)?;
    let mut cargo = workspace::cargo();
    cargo.args(["build", "--release", "--package", "server", "--bin", PORTAL]);
    run::shown(cargo)?;
    let program = workspace::programs("release").join(workspace::program(PORTAL));
    let size = fs::metadata(&program)
        .during(format!("looking at {}", program.display()))?
        .len();
    say(&format!(
        "build: {}, {}.{} MB, in {clock}",
        workspace::shown(&program),
        size / 1_000_000,
        size / 100_000 % 10
    ));
    Ok(program)
}

/// Builds the portal with its demo inside and gives its path.
pub(crate) fn build_demo() -> Outcome<PathBuf> {
    build(&[&NATIVE[..], &["--bin", PORTAL]].concat(), PORTAL)
}

/// Builds the same beside one of the tests: cargo then takes the features that tests add, and compiles nothing a second time.
pub(crate) fn build_tested_demo() -> Outcome<PathBuf> {
    let beside_a_test = ["--bin", PORTAL, "--test", "texts"];
    build(&[&NATIVE[..], &beside_a_test].concat(), PORTAL)
}

/// Builds the program that breaks everything around the portal, and gives its path.
pub(crate) fn build_torture() -> Outcome<PathBuf> {
    let beside_a_test = ["--bin", TORTURE, "--test", "texts"];
    build(&[&NATIVE[..], &beside_a_test].concat(), TORTURE)
}

/// Starts the demo in place of this program. `--clean` among the arguments forgets what earlier ones stored; the others are
/// the demo's own.
pub(crate) fn demo(mut arguments: Vec<String>) -> Outcome {
    let data = workspace::target().join("demo");
    let clean = arguments.iter().any(|argument| argument == "--clean");
    arguments.retain(|argument| argument != "--clean");
    if clean && data.exists() {
        fs::remove_dir_all(&data).during(format!("removing {}", data.display()))?;
        say(&format!("demo: {} removed", workspace::shown(&data)));
    }
    bundle::make(&setup::for_building()?, Effort::Release)?;
    let mut portal = Command::new(build_demo()?);
    portal.current_dir(workspace::root()).arg("demo");
    if !names(&arguments, "--data-dir") {
        portal.arg("--data-dir").arg(data);
    }
    portal.args(arguments);
    run::become_program(portal)
}

/// Starts the fake Chatwoot alone in place of this program.
pub(crate) fn fake(arguments: Vec<String>) -> Outcome {
    let mut fake = Command::new(build_fake()?);
    fake.args(arguments);
    run::become_program(fake)
}

/// Builds the fake Chatwoot alone and gives its path.
pub(crate) fn build_fake() -> Outcome<PathBuf> {
    build(&["--package", FAKE, "--bin", FAKE], FAKE)
}

fn build(selection: &[&str], name: &str) -> Outcome<PathBuf> {
    let clock = Stopwatch::start();
    say(&format!(
        "building {name} (the first time 2 to 4 min on two cores)"
    ));
    let mut cargo = workspace::cargo();
    cargo.arg("build").args(selection);
    run::shown(cargo)?;
    say(&format!("  done in {clock}"));
    let program = workspace::programs("debug").join(workspace::program(name));
    if program.is_file() {
        Ok(program)
    } else {
        Err(Problem::new(format!(
            "cargo built {name}, but not into {}",
            workspace::shown(&program)
        )))
    }
}

fn names(arguments: &[String], option: &str) -> bool {
    arguments.iter().any(|argument| {
        argument == option
            || argument
                .strip_prefix(option)
                .is_some_and(|rest| rest.starts_with('='))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_is_seen_in_both_its_forms() {
        let given = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert!(names(&given(&["--data-dir", "x"]), "--data-dir"));
        assert!(names(&given(&["--port=1", "--data-dir=x"]), "--data-dir"));
        assert!(!names(&given(&["--data-directory"]), "--data-dir"));
    }
}
