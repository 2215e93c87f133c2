//! Trunk, wasm-bindgen, wasm-split and cargo-deny: taken from the PATH if the version is exactly ours, else from the shared cache, else built there.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::problem::{During, Outcome};
use crate::run::{self, Quiet};
use crate::workspace::{self, cache};

/// These tools work for a second or two; building them as if for years would take minutes more.
const QUICKLY_BUILT: [(&str, &str); 3] = [
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
];

/// A build tool in the only version that is used.
pub(crate) struct Tool {
    package: &'static str,
    program: &'static str,
    version: String,
    usually: &'static str,
    options: &'static [&'static str],
    settings: &'static [(&'static str, &'static str)],
    /// Whether it says its version. One that does not is ours if it is in the cache, under this version.
    tells_version: bool,
}

/// A tool that is there.
pub(crate) struct Ready {
    name: String,
    /// The program: a whole path, or only its name if it is on the PATH anyway.
    pub(crate) program: PathBuf,
}

impl fmt::Display for Ready {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.name)
    }
}

/// The command that writes the JavaScript beside the WASM; it must equal the crate in the lock, to the last digit.
pub(crate) fn wasm_bindgen() -> Outcome<Tool> {
    Ok(Tool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: workspace::locked_version("wasm-bindgen")?,
        usually: "2 to 3 min on two cores",
        options: &["--bin", "wasm-bindgen"],
        settings: &QUICKLY_BUILT,
        tells_version: true,
    })
}

/// The bundler. Newer ones want a newer Rust. It is built without TLS, since it must fetch nothing.
pub(crate) fn trunk() -> Tool {
    Tool {
        package: "trunk",
        program: "trunk",
        version: "0.21.14".to_owned(),
        usually: "3 to 4 min on two cores",
        options: &["--no-default-features"],
        settings: &QUICKLY_BUILT,
        tells_version: true,
    }
}

/// What takes the bundle apart at the functions that `wasm_split` marks: the version that fits `wasm_split_helpers`, which comes with leptos.
/// It does not tell its version.
pub(crate) fn wasm_split() -> Tool {
    Tool {
        package: "wasm_split_cli_support",
        program: "wasm-split-cli",
        version: "0.2.4".to_owned(),
        usually: "1 to 2 min on two cores",
        options: &["--features", "build-binary"],
        settings: &QUICKLY_BUILT,
        tells_version: false,
    }
}

/// What looks at licences, banned crates and where crates come from.
pub(crate) fn cargo_deny() -> Tool {
    Tool {
        package: "cargo-deny",
        program: "cargo-deny",
        version: "0.20.2".to_owned(),
        usually: "2 min on two cores",
        options: &["--no-default-features"],
        settings: &QUICKLY_BUILT,
        tells_version: true,
    }
}

/// Finds the tool, or installs it.
pub(crate) fn ensure(tool: &Tool) -> Outcome<Ready> {
    let name = format!("{} {}", tool.program, tool.version);
    if tool.tells_version && is_version(tool, Command::new(tool.program)) {
        return Ok(Ready {
            name,
            program: tool.program.into(),
        });
    }
    let home = cache()
        .join("tools")
        .join(format!("{}-{}", tool.package, tool.version));
    let program = home.join("bin").join(workspace::program(tool.program));
    if !is_version(tool, Command::new(&program)) {
        install(tool, &home)?;
    }
    Ok(Ready { name, program })
}

fn is_version(tool: &Tool, mut command: Command) -> bool {
    if !tool.tells_version {
        command.arg("--help");
        return run::answer(command).is_some();
    }
    command
        .arg("--version")
        .env("TRUNK_SKIP_VERSION_CHECK", "true");
    run::answer(command)
        .is_some_and(|answer| answer.split_whitespace().nth(1) == Some(tool.version.as_str()))
}

fn install(tool: &Tool, home: &Path) -> Outcome {
    let build = cache().join(format!("build-{}", tool.package));
    let mut cargo = workspace::cargo();
    cargo
        // Not in the workspace: its settings are not the tool's.
        .current_dir(cache())
        .args(["install", "--locked", tool.package])
        .args(["--version", &tool.version])
        .args(tool.options)
        .arg("--root")
        .arg(home)
        .env("CARGO_TARGET_DIR", &build)
        .env_remove("RUSTFLAGS")
        .envs(tool.settings.iter().copied());
    Quiet {
        what: &format!("Building {} {}", tool.package, tool.version),
        usually: tool.usually,
        log: &format!("{}.log", tool.package),
        limit: None,
    }
    .run(cargo)?;
    fs::remove_dir_all(&build).during(format!("removing {}", build.display()))
}
