//! Where things are: the checkout, what is built in it, and the cache of build tools that all checkouts of one user share.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::problem::{During, Outcome, Problem};
use crate::run;

/// The target that the browser runs.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// The folder that holds the workspace's Cargo.toml.
pub(crate) fn root() -> PathBuf {
    let manifest = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest
        .parent()
        .map_or_else(|| manifest.clone(), Path::to_path_buf)
}

/// The folder for everything built that the source tree refers to by a fixed path, such as the bundle.
pub(crate) fn target() -> PathBuf {
    root().join("target")
}

/// Where cargo puts native programs of a profile's folder (`debug`, `release`).
pub(crate) fn programs(profile: &str) -> PathBuf {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(target, PathBuf::from);
    root().join(target).join(profile)
}

/// Where cargo puts what is built for the browser; a folder of its own, so that native builds do not wait for it.
pub(crate) fn wasm_target() -> PathBuf {
    target().join("wasm")
}

/// A file name of a program on this system.
pub(crate) fn program(name: &str) -> String {
    format!("{name}{}", env::consts::EXE_SUFFIX)
}

/// The folder shared by all checkouts of this user, where installed build tools stay.
pub(crate) fn cache() -> PathBuf {
    let user = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| env::home_dir().map(|home| home.join(".cache")));
    user.map_or_else(
        || target().join("xtask/cache"),
        |user| user.join("chatwoot-portal"),
    )
}

/// Whether somebody has fetched the list of known weaknesses to where cargo-deny looks for it.
pub(crate) fn has_advisories() -> bool {
    let home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(env::home_dir()?.join(".cargo")));
    let lists = home.and_then(|home| fs::read_dir(home.join("advisory-dbs")).ok());
    lists.is_some_and(|mut lists| {
        lists.any(|entry| entry.is_ok_and(|entry| entry.path().join("crates").is_dir()))
    })
}

/// Holds a lock for as long as the file lives, after waiting for whoever does the same work.
pub(crate) fn lock(path: &Path, work: &str) -> Outcome<File> {
    let lock = File::create(path).during(format!("opening {}", path.display()))?;
    if lock.try_lock().is_err() {
        run::say(&format!("{work}: somebody else is at it, waiting"));
        lock.lock()
            .during(format!("waiting for {}", path.display()))?;
    }
    Ok(lock)
}

/// A cargo that runs in the workspace's root.
pub(crate) fn cargo() -> Command {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(root());
    forget_this_package(&mut command);
    command
}

/// Takes away what cargo told this program about its own package: to a build script below, such as ring's, it would look like
/// a change, and everything above it would be built anew each time this and plain cargo take turns.
pub(crate) fn forget_this_package(command: &mut Command) {
    let about_this = [
        "CARGO_PKG_",
        "CARGO_MANIFEST_",
        "CARGO_BIN_",
        "CARGO_CRATE_",
        "CARGO_PRIMARY_",
    ];
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if about_this.iter().any(|start| text.starts_with(start)) {
            command.env_remove(&name);
        }
    }
}

/// The target that this machine's own programs are built for.
pub(crate) fn host() -> Option<String> {
    let mut rustc = Command::new("rustc");
    rustc.arg("-vV");
    let answer = run::answer(rustc)?;
    let mut lines = answer.lines();
    lines.find_map(|line| Some(line.strip_prefix("host: ")?.to_owned()))
}

/// A path as a person in the workspace's root would type it.
pub(crate) fn shown(path: &Path) -> String {
    let short = path.strip_prefix(root()).unwrap_or(path);
    short.display().to_string()
}

/// The version of a package that Cargo.lock names.
pub(crate) fn locked_version(package: &str) -> Outcome<String> {
    let path = root().join("Cargo.lock");
    let lock = fs::read_to_string(&path).during(format!("reading {}", path.display()))?;
    version_in(&lock, package)
        .ok_or_else(|| Problem::new(format!("Cargo.lock names no package {package}")))
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let named = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != named).skip(1);
    let version = lines.next()?.strip_prefix("version = \"")?;
    Some(version.strip_suffix('"')?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_tells_a_version_by_the_whole_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"9.9.9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.129"));
        assert_eq!(version_in(lock, "bindgen"), None);
    }
}
