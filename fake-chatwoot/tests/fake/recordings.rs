//! Replays what a real Chatwoot answered against the fake, over HTTP, by the rules of `replay.py`.
//!
//! `not_yet.txt` names the exchanges that the fake does not answer alike. One that is named and passes fails the test as much as one
//! that is not named and differs, so the list can only shrink.

mod compare;
mod exchange;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use exchange::{Exchange, Variables};
use fake_chatwoot::{FakeChatwoot, Options, still_clock};
use serde_json::Value;

/// When the recordings were made.
const THEN: i64 = 1_795_265_259_000;

#[tokio::test]
async fn the_fake_answers_as_the_real_one_did() {
    let (clock, _) = still_clock(THEN);
    let options = Options {
        clock,
        move_clock: None,
        ..Options::default()
    };
    let fake = FakeChatwoot::start(options).await.unwrap();
    let given = serde_json::to_value(fake.given()).unwrap();
    let mut variables = Variables::new(given.as_object().unwrap());
    let not_yet = not_yet();
    let (mut passed, mut excused, mut seen, mut faults) = (0, 0, BTreeSet::new(), Vec::new());
    for chapter in chapters() {
        let name = chapter.file_stem().unwrap().to_string_lossy().into_owned();
        for recorded in exchanges(&chapter) {
            if let Some(compute) = recorded.get("compute") {
                variables.compute(compute);
                continue;
            }
            let exchange = Exchange::new(&recorded);
            let title = format!("{name}: {}", exchange.name());
            seen.insert(title.clone());
            let problems = exchange.replay(&fake.url(), &mut variables).await;
            match (problems.is_empty(), not_yet.contains(&title)) {
                (true, false) => passed += 1,
                (true, true) => {
                    faults.push(format!("{title}\n    passes: take it off not_yet.txt"))
                }
                (false, true) => excused += 1,
                (false, false) => faults.push(format!("{title}\n    {}", problems.join("\n    "))),
            }
        }
    }
    for unknown in not_yet.difference(&seen) {
        faults.push(format!(
            "{unknown}\n    is in not_yet.txt, but in no recording"
        ));
    }
    println!("{passed} passed, {excused} not yet");
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    assert!(passed > 200, "only {passed} exchanges were found");
}

fn here() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn chapters() -> Vec<PathBuf> {
    let is_chapter = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        name.ends_with(".json") && name.chars().take(2).all(|c| c.is_ascii_digit())
    };
    let entries = std::fs::read_dir(here().join("recordings")).unwrap();
    let mut files: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .filter(is_chapter)
        .collect();
    files.sort();
    files
}

fn exchanges(chapter: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(chapter).unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    document["exchanges"].as_array().unwrap().clone()
}

fn not_yet() -> BTreeSet<String> {
    let text = std::fs::read_to_string(here().join("tests/not_yet.txt")).unwrap();
    let named = |line: &&str| !line.is_empty() && !line.starts_with('#');
    text.lines()
        .map(str::trim)
        .filter(named)
        .map(str::to_owned)
        .collect()
}
