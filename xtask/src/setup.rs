//! Brings what the build needs and the machine lacks: the browser target's standard library, Trunk, wasm-bindgen and wasm-split at the
//! versions this project is known to work with and, for the tests, cargo-deny, npm packages and Chromium.
//!
//! What is there is taken as it is; what is installed goes into a cache that all checkouts share. Nothing is done twice.

mod apt;
mod rust;
mod std_from_source;
mod std_source;
mod test_tools;
mod tools;
mod wasm_std;

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::problem::{During, Outcome};
use crate::run::say;
use crate::stopwatch::Stopwatch;
use crate::workspace;

/// Where the build tools were found.
pub(crate) struct Toolbox {
    trunk: PathBuf,
    bindgen: PathBuf,
    splitter: PathBuf,
    path: OsString,
    /// Whether the standard library can be built for size.
    pub(crate) has_std_source: bool,
}

impl Toolbox {
    /// Trunk, which finds exactly the wasm-bindgen that was looked for.
    pub(crate) fn trunk(&self) -> Command {
        let mut command = Command::new(&self.trunk);
        command.env("PATH", &self.path);
        command
    }

    /// The same wasm-bindgen by itself.
    pub(crate) fn bindgen(&self) -> Command {
        Command::new(&self.bindgen)
    }

    /// What takes the app apart.
    pub(crate) fn splitter(&self) -> Command {
        Command::new(&self.splitter)
    }
}

/// Makes sure of everything that building takes.
pub(crate) fn for_building() -> Outcome<Toolbox> {
    let clock = Stopwatch::start();
    let cache = workspace::cache();
    fs::create_dir_all(&cache).during(format!("making {}", cache.display()))?;
    let _lock = workspace::lock(&cache.join("setup.lock"), "setup")?;

    let rustc = rust::check()?;
    let std = wasm_std::ensure(&rustc)?;
    let source = std_source::ensure(&rustc);
    if let Err(problem) = &source {
        say(&format!("  {problem}"));
        say(
            "  So the standard library is taken as it was delivered: the first visit loads 13 KB more.",
        );
    }
    let bindgen = tools::ensure(&tools::wasm_bindgen()?)?;
    let splitter = tools::ensure(&tools::wasm_split())?;
    let trunk = tools::ensure(&tools::trunk())?;
    say(&format!(
        "setup: rustc {}, std for {} ({std}), {bindgen}, {splitter}, {trunk} ({clock})",
        rustc.version,
        workspace::WASM
    ));
    Ok(Toolbox {
        trunk: trunk.program,
        path: path_with(bindgen.program.parent()),
        bindgen: bindgen.program,
        splitter: splitter.program,
        has_std_source: source.is_ok(),
    })
}

/// Makes sure of what looks at the crates that we depend on.
pub(crate) fn for_auditing() -> Outcome<Command> {
    let clock = Stopwatch::start();
    let cache = workspace::cache();
    fs::create_dir_all(&cache).during(format!("making {}", cache.display()))?;
    let _lock = workspace::lock(&cache.join("setup.lock"), "setup")?;
    let deny = tools::ensure(&tools::cargo_deny())?;
    say(&format!("setup: {deny} ({clock})"));
    let mut command = Command::new(deny.program);
    command.current_dir(workspace::root());
    workspace::forget_this_package(&mut command);
    Ok(command)
}

/// Makes sure of Node.js and the npm packages of the end-to-end tests.
pub(crate) fn for_checking_types() -> Outcome {
    test_tools::check_node()?;
    test_tools::ensure_packages()
}

/// Makes sure of everything that the end-to-end tests take besides, and gives the path of Chromium.
pub(crate) fn for_testing() -> Outcome<PathBuf> {
    let clock = Stopwatch::start();
    let node = test_tools::check_node()?;
    test_tools::ensure_packages()?;
    let chromium = test_tools::ensure_chromium()?;
    say(&format!(
        "setup: node {node}, npm packages, {} ({clock})",
        chromium.display()
    ));
    Ok(chromium)
}

/// The path of Chromium, with what else the end-to-end tests take, if Node.js and a Chromium are there; neither is installed.
pub(crate) fn chromium_if_there() -> Outcome<Option<PathBuf>> {
    let (Ok(_), Some(chromium)) = (test_tools::check_node(), test_tools::chromium_here()) else {
        return Ok(None);
    };
    test_tools::ensure_packages()?;
    Ok(Some(chromium))
}

fn path_with(first: Option<&Path>) -> OsString {
    let path = env::var_os("PATH").unwrap_or_default();
    let first = first.filter(|folder| !folder.as_os_str().is_empty());
    let folders = first.map(Path::to_owned).into_iter();
    env::join_paths(folders.chain(env::split_paths(&path))).unwrap_or(path)
}
