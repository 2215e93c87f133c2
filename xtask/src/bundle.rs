//! Makes what the browser loads: Trunk builds the app, it is taken apart into what is loaded when, then everything is packed into
//! target/bundle for the server to embed.
//!
//! The work is skipped while nothing that goes into it has changed.

mod compress;
mod names;
mod pack;
mod page;
mod split;
mod stamp;
mod style;
mod wasm;

use std::fs;
use std::path::PathBuf;

pub(crate) use compress::brotli;
pub(crate) use split::whole;
use stamp::Stamp;
pub(crate) use stamp::files_under;
pub(crate) use wasm::sizes as wasm_sizes;

use crate::problem::{During, Outcome};
use crate::run::{Quiet, say};
use crate::setup::Toolbox;
use crate::stopwatch::Stopwatch;
use crate::workspace::{self, WASM};

/// How much effort goes into small files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effort {
    /// As delivered: optimised for size, compressed.
    Release,
    /// Quick to build, large to load.
    Dev,
}

impl Effort {
    /// The effort that an option --dev asks for.
    pub(crate) fn of(dev: bool) -> Self {
        if dev { Self::Dev } else { Self::Release }
    }
}

/// What makes the released bundle smaller: no places in panics and no words for Debug, which no customer reads. Stable compilers take
/// these two flags when they are told to; nothing in the code depends on them.
const SMALL: &str = "--cfg erase_components -Zlocation-detail=none -Zfmt-debug=none";

/// What makes it smaller still where the standard library is built too: a panic has no words at all.
const SMALLER: &str = "-Zunstable-options -Cpanic=immediate-abort";

/// Tells cargo to build the standard library, for size.
const BUILD_STD: [(&str, &str); 2] = [
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
];

/// The packed bundle's folder.
pub(crate) fn folder() -> PathBuf {
    workspace::target().join("bundle")
}

/// Brings the bundle up to date.
pub(crate) fn make(toolbox: &Toolbox, effort: Effort) -> Outcome {
    let clock = Stopwatch::start();
    let target = workspace::target();
    fs::create_dir_all(&target).during(format!("making {}", target.display()))?;
    // Two at once would write into the same folders.
    let _lock = workspace::lock(&target.join("bundle.lock"), "bundle")?;
    let stamp = Stamp::of_inputs(effort)?;
    if stamp.is_that_of(&folder()) {
        say(&format!("bundle: nothing changed ({clock})"));
        return Ok(());
    }
    say("bundle");
    fetch(toolbox, effort)?;
    trunk(toolbox, effort)?;
    split::split(toolbox, effort)?;
    let packing = Stopwatch::start();
    let partial = workspace::target().join("bundle.partial");
    pack::pack(&pack::Sources::of_workspace(), effort, &partial)?;
    Stamp::forget()?;
    if folder().exists() {
        fs::remove_dir_all(folder()).during("removing the old bundle")?;
    }
    fs::rename(&partial, folder()).during("putting the bundle in its place")?;
    stamp.keep()?;
    say(&format!("  packed in {packing}"));
    say(&format!(
        "bundle: {} in {clock}",
        workspace::shown(&folder())
    ));
    Ok(())
}

/// Trunk works offline, so that it fetches no tools of its own; cargo's packages come first.
fn fetch(toolbox: &Toolbox, effort: Effort) -> Outcome {
    let mut cargo = workspace::cargo();
    if effort == Effort::Release && toolbox.has_std_source {
        cargo.env("RUSTC_BOOTSTRAP", "1").envs(BUILD_STD);
    }
    cargo.args(["fetch", "--target", WASM]);
    if let Some(host) = workspace::host() {
        cargo.args(["--target", &host]);
    }
    Quiet {
        what: "Looking for the packages that Cargo.lock names",
        usually: "1 s, 20 s the first time",
        log: "fetch.log",
        limit: None,
    }
    .run(cargo)
}

fn trunk(toolbox: &Toolbox, effort: Effort) -> Outcome {
    let mut trunk = toolbox.trunk();
    workspace::forget_this_package(&mut trunk);
    trunk
        .current_dir(workspace::root())
        .args(["build", "--offline", "true"])
        .env("CARGO_TARGET_DIR", workspace::wasm_target())
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        // Trunk's own backtraces would hide what the compiler says.
        .env("RUST_BACKTRACE", "0")
        .env_remove("RUSTFLAGS");
    let (what, usually) = match effort {
        Effort::Release => {
            let mut flags = SMALL.to_owned();
            if toolbox.has_std_source {
                flags = format!("{SMALL} {SMALLER}");
                trunk.envs(BUILD_STD);
            }
            trunk
                .arg("--release")
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
            (
                "Building the app for the browser, optimised for size",
                "3 min, 1 min when little changed",
            )
        }
        Effort::Dev => (
            "Building the app for the browser, unoptimised",
            "70 s, 5 s when little changed",
        ),
    };
    Quiet {
        what,
        usually,
        log: "trunk.log",
        limit: None,
    }
    .run(trunk)
}
