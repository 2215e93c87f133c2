//! Takes the app apart along the functions that `wasm_split` marks: what only they lead to goes into files of its own, which the browser
//! loads when it gets there.
//!
//! wasm-split works on what the linker left, by its relocations (`app/build.rs`). So wasm-bindgen, which Trunk has run on the whole, is run
//! again on what stays; and what loads the parts becomes a piece of its script, since each would name the other by a hash of its bytes.

use std::fs;
use std::path::{Path, PathBuf};

use super::stamp::files_under;
use super::{Effort, names};
use crate::problem::{During, Outcome, Problem};
use crate::run::{Quiet, say};
use crate::setup::Toolbox;
use crate::stopwatch::Stopwatch;
use crate::workspace::{self, WASM};

/// In Trunk's folder, a line for each part: its name, and the files that it takes.
pub(super) const PARTS: &str = "parts";

/// The script that wasm-split writes.
const LOADER: &str = "./__wasm_split.js";

/// How its functions begin, before the part's name.
const LOAD: &str = "__wasm_split_load_";

/// The app in one piece, with its names, for whoever asks what is how large.
pub(crate) fn whole() -> PathBuf {
    workspace::target().join("whole.wasm")
}

/// Puts the parts into Trunk's folder, in place of the whole.
pub(super) fn split(toolbox: &Toolbox, effort: Effort) -> Outcome {
    let clock = Stopwatch::start();
    let dist = workspace::target().join("dist");
    let script = script_of(&dist)?;
    let name = script.file_stem().unwrap_or_default().to_owned();
    let bound = dist.join(format!("{}_bg.wasm", name.display()));
    fs::rename(&bound, whole()).during(format!("moving {}", bound.display()))?;

    let profile = match effort {
        Effort::Release => "wasm-release",
        Effort::Dev => "debug",
    };
    let built = workspace::wasm_target().join(WASM).join(profile);
    let apart = workspace::target().join("apart");
    if apart.exists() {
        fs::remove_dir_all(&apart).during(format!("removing {}", apart.display()))?;
    }
    let mut splitter = toolbox.splitter();
    splitter
        .arg(built.join("app.wasm"))
        .arg(&apart)
        .args(["--target", "web", "--out-name"])
        .arg(&name);
    quietly("Taking the app apart", "split.log", splitter)?;

    let mut bindgen = toolbox.bindgen();
    bindgen
        // The parts share the app's table of functions, which would go with the rest of the linker's exports.
        .args(["--target", "web", "--no-typescript", "--keep-lld-exports"])
        .arg("--out-name")
        .arg(&name)
        .arg("--out-dir")
        .arg(&dist)
        .arg(apart.join(&name).with_extension("wasm"));
    quietly("Binding what stays", "bindgen.log", bindgen)?;

    let loader = apart.join(LOADER);
    let loader = fs::read_to_string(&loader).during(format!("reading {}", loader.display()))?;
    let glue = fs::read_to_string(&script).during(format!("reading {}", script.display()))?;
    let module = fs::read(&bound).during(format!("reading {}", bound.display()))?;
    let (glue, module) = names::shortened(&joined(&glue, &loader)?, &module)?;
    fs::write(&script, glue).during(format!("writing {}", script.display()))?;
    fs::write(&bound, module).during(format!("writing {}", bound.display()))?;

    for file in files_under(&apart)? {
        let part = file.file_name().unwrap_or_default().to_string_lossy();
        if part.starts_with("split_") || part.starts_with("chunk_") {
            let to = dist.join(&*part);
            fs::copy(&file, &to).during(format!("copying {}", file.display()))?;
        }
    }
    fs::write(dist.join(PARTS), parts(&loader)?).during("writing the list of parts")?;
    say(&format!("  taken apart in {clock}"));
    Ok(())
}

fn quietly(what: &str, log: &str, command: std::process::Command) -> Outcome {
    Quiet {
        what,
        usually: "1 s",
        log,
        limit: None,
    }
    .run(command)
}

/// The one script that Trunk's page starts.
fn script_of(dist: &Path) -> Outcome<PathBuf> {
    let mut files = files_under(dist)?;
    files.retain(|file| {
        file.extension().is_some_and(|extension| extension == "js") && file.parent() == Some(dist)
    });
    match files.as_slice() {
        [script] => Ok(script.clone()),
        _ => Err(Problem::new(format!(
            "{} holds {} scripts where one was expected",
            dist.display(),
            files.len()
        ))),
    }
}

/// wasm-bindgen's script with the loader in it, in place of a file that it would import.
fn joined(glue: &str, loader: &str) -> Outcome<String> {
    let mut script = String::with_capacity(glue.len() + loader.len());
    let mut names = Vec::new();
    for line in glue.lines() {
        let import = line.strip_prefix("import * as ");
        let name = import.and_then(|rest| rest.strip_suffix(&format!(" from \"{LOADER}\"")));
        match name {
            Some(name) => names.push(name),
            None => push_line(&mut script, line),
        }
    }
    let mut functions = Vec::new();
    let mut initialises = false;
    for line in loader.lines() {
        if line.starts_with("import { initSync } from ") {
            initialises = true;
        } else if line.trim() == "console.error(e);" {
            // What cannot be loaded the app says itself; a page that is left breaks off what it loads, which is no error.
        } else if let Some(line) = line.strip_prefix("export ") {
            let name = line
                .strip_prefix("const ")
                .and_then(|it| it.split(' ').next());
            functions.extend(name.filter(|name| name.starts_with(LOAD)));
            push_line(&mut script, line);
        } else {
            push_line(&mut script, line);
        }
    }
    if names.is_empty() || functions.is_empty() || !initialises {
        return Err(Problem::new(
            "wasm-split and wasm-bindgen have written other scripts than expected",
        ));
    }
    for name in names {
        push_line(
            &mut script,
            &format!("const {name} = {{ {} }};", functions.join(", ")),
        );
    }
    Ok(script)
}

fn push_line(script: &mut String, line: &str) {
    script.push_str(line);
    script.push('\n');
}

/// The list of parts: their own files, and those that several share, which the loader tells in a comment before each.
fn parts(loader: &str) -> Outcome<String> {
    let mut shared = Vec::new();
    let mut lines = loader.lines().peekable();
    while let Some(line) = lines.next() {
        let users = line
            .strip_prefix("/* ")
            .and_then(|rest| rest.strip_suffix(" */"));
        let chunk = lines.peek().and_then(|next| {
            let name = next.strip_prefix("const __")?;
            Some(name.split_once(" = makeLoad(")?.0)
        });
        if let (Some(users), Some(chunk)) = (users, chunk) {
            shared.push((users.split(", ").collect::<Vec<_>>(), chunk));
        }
    }
    let mut list = String::new();
    for (start, _) in loader.match_indices(&format!("export const {LOAD}")) {
        let rest = &loader[start..];
        let name = rest
            .split([' ', '='])
            .nth(2)
            .and_then(|it| it.strip_prefix(LOAD));
        let name = name.ok_or_else(|| Problem::new("wasm-split names a part strangely"))?;
        list.push_str(name);
        for (_, chunk) in shared.iter().filter(|(users, _)| users.contains(&name)) {
            list.push_str(&format!(" {chunk}.wasm"));
        }
        // A part may have nothing of its own.
        let own = format!("split_{name}.wasm");
        if loader.contains(&own) {
            list.push_str(&format!(" {own}"));
        }
        list.push('\n');
    }
    Ok(list)
}

#[cfg(test)]
mod tests;
