//! Runs every check in the order in which a mistake shows soonest, stops at the first that fails, and repeats the closing
//! lines of each runner at the end.

use std::path::Path;
use std::process::{Command, ExitStatus};

use clap::ValueEnum;

use crate::bundle::{self, Effort};
use crate::problem::{Outcome, Problem};
use crate::programs::{self, NATIVE};
use crate::run::{self, say};
use crate::setup;
use crate::stopwatch::Stopwatch;
use crate::torture::{self, Wish};
use crate::workspace::{self, WASM};

/// A part of the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// The format of the Rust files
    Fmt,
    /// Clippy, on this machine's programs and on the browser's
    Clippy,
    /// Licences, banned crates and sources of all that we depend on, and known weaknesses where a list of them is at hand
    Deny,
    /// The types of the end-to-end tests
    Types,
    /// The tests of all crates, the fake against the recordings among them
    Unit,
    /// The tests of the fake Chatwoot alone
    Fake,
    /// The portal while everything around it breaks, in the short form
    Torture,
    /// The demo in Chromium
    E2e,
}

/// The whole: `Fake` is a part of `Unit`.
const WHOLE: [Part; 7] = [
    Part::Fmt,
    Part::Deny,
    Part::Types,
    Part::Clippy,
    Part::Unit,
    Part::Torture,
    Part::E2e,
];

/// Runs one part, or all; what stands behind `--` goes to the runner of that one part.
pub(crate) fn run(only: Option<Part>, arguments: &[String]) -> Outcome {
    let clock = Stopwatch::start();
    let parts = only.map_or_else(|| WHOLE.to_vec(), |part| vec![part]);
    let mut summary = Vec::new();
    for part in parts {
        let name = format!("{part:?}").to_lowercase();
        say(&format!("\n=== {name}"));
        let clock = Stopwatch::start();
        let mut closing = Vec::new();
        let outcome = part.run(arguments, &mut closing);
        summary.push(format!("{name}: {clock}"));
        summary.extend(closing.into_iter().map(|line| format!("  {line}")));
        if let Err(problem) = outcome {
            say(&format!("\n=== summary\n{}", summary.join("\n")));
            return Err(Problem::new(format!(
                "{name} failed after {clock}: {problem}"
            )));
        }
    }
    say(&format!("\n=== summary\n{}", summary.join("\n")));
    say(&format!("test: passed in {clock}"));
    Ok(())
}

impl Part {
    fn run(self, arguments: &[String], closing: &mut Vec<String>) -> Outcome {
        match self {
            Self::Fmt => checked(cargo(&["fmt", "--all", "--check"]), arguments, closing),
            Self::Clippy => clippy(arguments, closing),
            Self::Deny => deny(arguments, closing),
            Self::Types => types(arguments, closing),
            Self::Unit => {
                let mut tests = cargo(&["test"]);
                tests.args(NATIVE);
                checked(tests, arguments, closing)
            }
            Self::Fake => checked(
                cargo(&["test", "--package", "fake-chatwoot"]),
                arguments,
                closing,
            ),
            Self::Torture => checked(torture::command(&Wish::short())?, arguments, closing),
            Self::E2e => end_to_end(arguments, closing),
        }
    }
}

/// The workspace as it is tested, the operator's release, and the browser's half.
fn clippy(arguments: &[String], closing: &mut Vec<String>) -> Outcome {
    setup::for_building()?;
    let mut native = cargo(&["clippy", "--all-targets"]);
    native.args(NATIVE);
    let release = cargo(&["clippy", "--package", "server"]);
    let mut browser = cargo(&["clippy", "--package", "app", "--features", "csr"]);
    browser
        .args(["--target", WASM, "--target-dir"])
        .arg(workspace::wasm_target());
    for mut command in [native, release, browser] {
        command.args(["--", "-D", "warnings"]);
        checked(command, arguments, closing)?;
    }
    Ok(())
}

/// What deny.toml says. Known weaknesses are looked for only where somebody has fetched the list, since a test must not hang on a network.
fn deny(arguments: &[String], closing: &mut Vec<String>) -> Outcome {
    let mut deny = setup::for_auditing()?;
    deny.args(["--locked", "check"]);
    if workspace::has_advisories() {
        deny.args(["--disable-fetch", "advisories"]);
    } else {
        closing.push(
            "advisories were not looked at: no list at hand (cargo deny fetch db gets it)"
                .to_owned(),
        );
    }
    deny.args(["bans", "licenses", "sources"]);
    checked(deny, arguments, closing)
}

fn types(arguments: &[String], closing: &mut Vec<String>) -> Outcome {
    setup::for_checking_types()?;
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.current_dir(workspace::root().join("end2end"))
        .args(["run", "--silent", "check"]);
    checked(npm, arguments, closing)
}

fn end_to_end(arguments: &[String], closing: &mut Vec<String>) -> Outcome {
    let toolbox = setup::for_building()?;
    let chromium = setup::for_testing()?;
    bundle::make(&toolbox, Effort::Release)?;
    let portal = programs::build_tested_demo()?;
    let mut tests = playwright(&portal, &chromium);
    tests.args(["--reporter", "list", "--workers", "2"]);
    checked(tests, arguments, closing)
}

/// Every screen in every state and look, as pictures on one page.
pub(crate) fn gallery() -> Outcome {
    let toolbox = setup::for_building()?;
    let chromium = setup::for_testing()?;
    bundle::make(&toolbox, Effort::Release)?;
    let portal = programs::build_tested_demo()?;
    let mut pictures = playwright(&portal, &chromium);
    pictures.args(["--config", "gallery.config.ts"]);
    checked(pictures, &[], &mut Vec::new())?;
    let page = workspace::target().join("gallery/index.html");
    say(&format!("gallery: {}", workspace::shown(&page)));
    Ok(())
}

fn playwright(portal: &Path, chromium: &Path) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npx.cmd" } else { "npx" });
    command
        .current_dir(workspace::root().join("end2end"))
        .args(["--no-install", "playwright", "test"])
        .env("PORTAL_BINARY", portal)
        .env("CHROME_PATH", chromium)
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    command
}

fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = workspace::cargo();
    cargo.args(arguments);
    cargo
}

fn checked(mut command: Command, arguments: &[String], closing: &mut Vec<String>) -> Outcome {
    command.args(arguments);
    let words: Vec<_> = command
        .get_args()
        .map(|word| word.to_string_lossy())
        .collect();
    let words = words.join(" ");
    say(&format!("--- {words}"));
    let (status, lines) = run::shown_and_kept(command)?;
    closing.extend(closing_lines(&lines));
    judge(status, &words)
}

fn judge(status: ExitStatus, words: &str) -> Outcome {
    if status.success() {
        Ok(())
    } else {
        Err(Problem::new(format!("{words}: {status}")))
    }
}

/// What the runners say at their ends: cargo's `test result:` with the name of what ran, Playwright's counts.
fn closing_lines(lines: &[String]) -> Vec<String> {
    let mut closing = Vec::new();
    let mut running = String::new();
    for line in lines.iter().map(|line| line.trim()) {
        if let Some(what) = line.strip_prefix("Running ") {
            running = name_of(what);
        } else if let Some(name) = line.strip_prefix("Doc-tests ") {
            running = format!("{name} (examples)");
        } else if line.starts_with("test result:") {
            closing.push(format!("{running}: {line}"));
        } else if line.starts_with("torture:")
            || is_count_of_playwright(line)
            || is_verdict_of_deny(line)
        {
            closing.push(line.to_owned());
        }
    }
    closing
}

/// "unittests src/lib.rs (target/debug/deps/app-0123456789abcdef)" is "app (unittests src/lib.rs)".
fn name_of(running: &str) -> String {
    let Some((source, program)) = running.split_once(" (") else {
        return running.to_owned();
    };
    let program = program.trim_end_matches(')');
    let program = program.rsplit(['/', '\\']).next().unwrap_or(program);
    let name = program.rsplit_once('-').map_or(program, |(name, _)| name);
    format!("{name} ({source})")
}

/// "bans ok, licenses ok, sources ok".
fn is_verdict_of_deny(line: &str) -> bool {
    let is_verdict = |part: &str| part.ends_with(" ok") || part.ends_with(" FAILED");
    line.contains("sources ") && line.split(", ").all(is_verdict)
}

fn is_count_of_playwright(line: &str) -> bool {
    let Some((count, rest)) = line.split_once(' ') else {
        return false;
    };
    let kinds = [
        "passed",
        "failed",
        "flaky",
        "skipped",
        "did not run",
        "interrupted",
    ];
    let is_whole = |kind: &str| {
        rest.strip_prefix(kind)
            .is_some_and(|after| after.is_empty() || after.starts_with(" ("))
    };
    count.parse::<u32>().is_ok() && kinds.into_iter().any(is_whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_lines_of_both_runners_are_found() {
        let lines: Vec<String> = [
            "     Running unittests src/lib.rs (target/debug/deps/app-1)",
            "test a_link_works_once ... ok",
            "test result: ok. 1 passed; 0 failed; 0 ignored",
            "   Doc-tests app",
            "test result: ok. 0 passed; 0 failed; 0 ignored",
            "  ✓  1 signing_in.spec.ts:3:1 › a link works once (1.2s)",
            "  2 failed",
            "  12 passed (34.5s)",
            "12 passed tests were seen",
            "bans ok, licenses FAILED, sources ok",
        ]
        .map(str::to_owned)
        .into();
        assert_eq!(
            closing_lines(&lines),
            [
                "app (unittests src/lib.rs): test result: ok. 1 passed; 0 failed; 0 ignored",
                "app (examples): test result: ok. 0 passed; 0 failed; 0 ignored",
                "2 failed",
                "12 passed (34.5s)",
                "bans ok, licenses FAILED, sources ok",
            ]
        );
    }
}
