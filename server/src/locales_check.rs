//! `chatwoot-portal locales`: names the messages that a language lacks, has too many of, or that use a wrong variable, each with file and
//! line, against the built-in English.

mod compare;
mod finding;
mod forms;
mod parsed;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::config::setting;
use crate::languages::{FILES, LAST_RESORT, Source, Sources};
use compare::{Layer, compare};
use parsed::Parsed;

pub use finding::{Finding, What};

/// Checks the built-in texts and those of a folder, prints what was found, and fails if it has to be put right.
pub fn run(folder: Option<PathBuf>) -> ExitCode {
    let folder = folder.or_else(|| setting("LOCALES_DIR").map(PathBuf::from));
    if let Some(folder) = folder.as_ref().filter(|folder| !folder.is_dir()) {
        eprintln!(
            "{} is no folder. Give one with one folder per language, such as it/app.ftl.",
            folder.display()
        );
        return ExitCode::FAILURE;
    }
    let sources = Sources::new(folder);
    let found = findings(&sources);
    for finding in &found {
        println!("{finding}");
    }
    let faults = found.iter().filter(|finding| finding.is_fault()).count();
    let languages = sources.tags().join(", ");
    match faults {
        0 => println!("{languages}: no faults"),
        1 => println!("{languages}: 1 fault"),
        _ => println!("{languages}: {faults} faults"),
    }
    if faults == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Everything that is wrong with the texts there are, by language and file.
pub fn findings(sources: &Sources) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in FILES {
        let english = sources.built_in(LAST_RESORT, file).unwrap_or_default();
        let english = Layer {
            tag: LAST_RESORT,
            path: &english.path,
            parsed: Parsed::read(&english.text),
        };
        for tag in sources.tags() {
            let layers: Vec<Source> = [sources.built_in(&tag, file), sources.own(&tag, file)]
                .into_iter()
                .flatten()
                .collect();
            let layers: Vec<Layer<'_>> = layers
                .iter()
                .map(|source| Layer {
                    tag: &tag,
                    path: &source.path,
                    parsed: Parsed::read(&source.text),
                })
                .collect();
            let missing_at = sources.place(&tag, file);
            let begin = found.len();
            compare(&english, &layers, &missing_at, &mut found);
            found[begin..].sort_by_key(Finding::place);
        }
    }
    found
}

/// What is broken in one file.
pub fn broken(path: &Path, text: &str) -> Vec<Finding> {
    Parsed::read(text).broken(path)
}

#[cfg(test)]
mod tests;
