//! Debian's package tool: one more suite looked into without touching the machine's own settings, and packages installed
//! where that is allowed.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::problem::{During, Outcome, Problem};
use crate::run::{self, Quiet};

const SUITE: &str = "trixie-backports";

/// The suite that has the source of current Rust versions, with lists and downloads in a folder of its own.
pub(crate) struct Backports {
    folder: PathBuf,
}

impl Backports {
    /// Reads the suite's list from the mirror that the machine uses.
    pub(crate) fn open(folder: &Path) -> Outcome<Self> {
        for part in ["lists/partial", "cache/archives/partial"] {
            let path = folder.join(part);
            fs::create_dir_all(&path).during(format!("making {}", path.display()))?;
        }
        fs::write(
            folder.join("backports.sources"),
            backports_entry(&machine_entries()),
        )
        .during("writing a package source")?;
        let backports = Self {
            folder: folder.to_owned(),
        };
        let mut command = backports.tool("apt-get");
        command.arg("update");
        Quiet {
            what: "Asking Debian's backports for the source of Rust",
            usually: "5 s",
            log: "apt.log",
            limit: None,
        }
        .run(command)?;
        Ok(backports)
    }

    /// The versions of a package in the suite, newest first.
    pub(crate) fn versions(&self, package: &str) -> Outcome<Vec<String>> {
        let mut command = self.tool("apt-cache");
        command.args(["madison", package]);
        let table = run::answer(command)
            .ok_or_else(|| Problem::new(format!("apt-cache madison {package} failed")))?;
        let versions = table.lines().filter_map(|line| line.split('|').nth(1));
        Ok(versions.map(|version| version.trim().to_owned()).collect())
    }

    /// Downloads a package and lays its files out under `into`, without installing it.
    pub(crate) fn unpack(&self, package: &str, version: &str, into: &Path) -> Outcome {
        let mut download = self.tool("apt-get");
        download
            .current_dir(&self.folder)
            .args(["download", &format!("{package}={version}")]);
        Quiet {
            what: &format!("Downloading {package} {version} from Debian"),
            usually: "10 s, 45 MB",
            log: "apt.log",
            limit: None,
        }
        .run(download)?;
        let files = fs::read_dir(&self.folder).during("looking for the download")?;
        let archive = files
            .flatten()
            .map(|entry| entry.path())
            .find(|path| path.extension().is_some_and(|extension| extension == "deb"))
            .ok_or_else(|| Problem::new(format!("{package} was not downloaded")))?;
        let mut unpack = Command::new("dpkg-deb");
        unpack.arg("-x").arg(archive).arg(into);
        Quiet {
            what: &format!("Unpacking {package}"),
            usually: "10 s",
            log: "apt.log",
            limit: None,
        }
        .run(unpack)
    }

    fn tool(&self, name: &str) -> Command {
        let at = |setting: &str, path: &Path| format!("{setting}={}", path.display());
        let mut command = Command::new(name);
        command
            .args(["-o", "Dir::Etc::sourceparts=/dev/null"])
            // The folder is in a home that apt's own user may not enter.
            .args(["-o", "APT::Sandbox::User=root"])
            .arg("-o")
            .arg(at(
                "Dir::Etc::sourcelist",
                &self.folder.join("backports.sources"),
            ))
            .arg("-o")
            .arg(at("Dir::State::lists", &self.folder.join("lists")))
            .arg("-o")
            .arg(at("Dir::Cache", &self.folder.join("cache")));
        command
    }
}

/// Installs packages for everybody, if this user may: as root, or by a sudo that asks nothing.
pub(crate) fn install(packages: &[&str], what: &str, usually: &str) -> Outcome {
    let prefix =
        administrator().ok_or_else(|| Problem::new("neither root nor a sudo that asks nothing"))?;
    for (step, usually, arguments) in [
        (
            "Asking Debian's mirror what there is",
            "10 s",
            vec!["update"],
        ),
        (
            what,
            usually,
            [&["install", "-y", "--no-install-recommends"], packages].concat(),
        ),
    ] {
        let mut words = prefix.iter().copied().chain(["apt-get"]);
        let mut command = Command::new(words.next().unwrap_or("apt-get"));
        command
            .args(words)
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive");
        Quiet {
            what: step,
            usually,
            log: "apt.log",
            limit: None,
        }
        .run(command)?;
    }
    Ok(())
}

fn administrator() -> Option<Vec<&'static str>> {
    let mut apt = Command::new("apt-get");
    apt.arg("--version");
    run::answer(apt)?;
    let mut id = Command::new("id");
    id.arg("-u");
    if run::answer(id)? == "0" {
        return Some(Vec::new());
    }
    let mut sudo = Command::new("sudo");
    sudo.args(["-n", "true"]);
    run::answer(sudo).map(|_| vec!["sudo", "-n"])
}

fn machine_entries() -> String {
    let etc = env::var_os("APT_ETC").map_or_else(|| PathBuf::from("/etc/apt"), PathBuf::from);
    let parts = fs::read_dir(etc.join("sources.list.d"))
        .into_iter()
        .flatten();
    let mut files: Vec<PathBuf> = parts.flatten().map(|entry| entry.path()).collect();
    files.sort();
    files.insert(0, etc.join("sources.list"));
    let texts = files
        .iter()
        .filter_map(|path| fs::read_to_string(path).ok());
    texts.collect::<Vec<_>>().join("\n\n")
}

/// The machine's own Debian entry with the suite replaced; in either of apt's two forms.
fn backports_entry(entries: &str) -> String {
    let mut mirror = "http://deb.debian.org/debian".to_owned();
    let mut signed_by = "/usr/share/keyrings/debian-archive-keyring.gpg".to_owned();
    for block in entries.split("\n\n") {
        let field = |name: &str| {
            let mut lines = block.lines();
            lines.find_map(|line| line.strip_prefix(name).map(str::trim))
        };
        let in_list = block.lines().find_map(|line| {
            let words = line.strip_prefix("deb ")?.split_whitespace();
            words.into_iter().find(|word| word.contains("://"))
        });
        let uris = field("URIs:").and_then(|uris| uris.split_whitespace().next());
        if let Some(uri) = uris.or(in_list)
            && uri.trim_end_matches('/').ends_with("/debian")
        {
            uri.clone_into(&mut mirror);
            if let Some(key) = field("Signed-By:") {
                key.clone_into(&mut signed_by);
            }
            break;
        }
    }
    format!(
        "Types: deb\nURIs: {mirror}\nSuites: {SUITE}\nComponents: main\nSigned-By: {signed_by}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machines_own_mirror_is_asked() {
        let entry = backports_entry(
            "deb https://deb.nodesource.com/node_20.x nodistro main\n\n\
             Types: deb\n# a comment\nURIs: http://mirror.example/debian\nSuites: bookworm bookworm-updates\n\
             Components: main\nSigned-By: /keys/debian.gpg\n",
        );
        assert_eq!(
            entry,
            "Types: deb\nURIs: http://mirror.example/debian\nSuites: trixie-backports\nComponents: main\nSigned-By: /keys/debian.gpg\n"
        );
    }

    #[test]
    fn an_entry_of_the_older_form_is_understood() {
        let entry =
            backports_entry("deb [arch=amd64] http://mirror.example/debian/ bookworm main\n");
        assert!(
            entry.contains("URIs: http://mirror.example/debian/\n"),
            "{entry}"
        );
    }
}
