//! What the end-to-end tests take: Node.js, the npm packages of end2end/ and a Chromium, never one that a test tool downloads.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::apt;
use crate::problem::{During, Outcome, Problem};
use crate::run::{self, Quiet};
use crate::workspace;

const OLDEST_NODE: u32 = 20;
const CHROMIUM_NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// The version of Node.js, if it is new enough.
pub(crate) fn check_node() -> Outcome<String> {
    let mut node = Command::new("node");
    node.arg("--version");
    let version = run::answer(node).unwrap_or_default();
    let number = version.trim_start_matches('v').to_owned();
    let major = number
        .split('.')
        .next()
        .and_then(|major| major.parse().ok());
    match major {
        Some(OLDEST_NODE..) => Ok(number),
        _ => Err(Problem::new(format!(
            "The end-to-end tests take Node.js {OLDEST_NODE} or newer; here is {}.\n\
             Get one from https://nodejs.org, from your distribution (Debian 13 has 20; Debian 12's 18 is too old, \
             https://deb.nodesource.com has newer ones for it) or with nvm: nvm install 22.",
            if number.is_empty() { "none" } else { &number }
        ))),
    }
}

/// Installs exactly the packages that the lock names, unless they are there.
pub(crate) fn ensure_packages() -> Outcome {
    let folder = workspace::root().join("end2end");
    let lock = folder.join("package-lock.json");
    let wanted = fs::read_to_string(&lock).during(format!("reading {}", lock.display()))?;
    let stamp = folder.join("node_modules/.installed-from");
    if fs::read_to_string(&stamp).is_ok_and(|there| there == wanted) {
        return Ok(());
    }
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.current_dir(&folder)
        .args(["ci", "--no-audit", "--no-fund"])
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .env("PUPPETEER_SKIP_DOWNLOAD", "1");
    Quiet {
        what: "Installing the npm packages of the end-to-end tests",
        usually: "20 s",
        log: "npm.log",
        limit: None,
    }
    .run(npm)?;
    fs::write(&stamp, wanted).during(format!("writing {}", stamp.display()))
}

/// Finds a Chromium, or installs Debian's where this user may.
pub(crate) fn ensure_chromium() -> Outcome<PathBuf> {
    if let Some(named) = env::var_os("CHROME_PATH").map(PathBuf::from) {
        return if named.is_file() {
            Ok(named)
        } else {
            Err(Problem::new(format!(
                "CHROME_PATH names {}, which is no file",
                named.display()
            )))
        };
    }
    if let Some(found) = find_chromium() {
        return Ok(found);
    }
    let problem = match apt::install(
        &["chromium", "fonts-dejavu-core", "fonts-noto-color-emoji"],
        "Installing Debian's Chromium",
        "1 min, 100 MB",
    ) {
        Ok(()) => match find_chromium() {
            Some(found) => return Ok(found),
            None => "installed, but not on the PATH".to_owned(),
        },
        Err(problem) => problem.to_string(),
    };
    Err(Problem::new(format!(
        "The end-to-end tests take Chromium or Chrome. None is here, and installing it did not work: {problem}\n\
         Install one (Debian: apt-get install chromium) or name it: CHROME_PATH=/path/to/chrome"
    )))
}

/// A Chromium that is there: the one that CHROME_PATH names, or one on the PATH.
pub(crate) fn chromium_here() -> Option<PathBuf> {
    let named = env::var_os("CHROME_PATH").map(PathBuf::from);
    named.filter(|path| path.is_file()).or_else(find_chromium)
}

fn find_chromium() -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let mut places = CHROMIUM_NAMES.iter().flat_map(|name| {
        let name = workspace::program(name);
        folders.iter().map(move |folder| folder.join(&name))
    });
    places.find(|place| place.is_file())
}
