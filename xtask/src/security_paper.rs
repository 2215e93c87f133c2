//! Holds docs/security.md to the sources: every requirement has its line, and every test and file that it names exists.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::workspace;

/// The requirements of ASVS 5.0.0 that begin at level 1, and those that level 2 adds.
const FIRST_LEVEL: &str = "1.2.1-5 1.3.1-2 1.5.1 2.1.1 2.2.1-2 2.3.1 3.2.1-2 3.3.1 3.4.1-2 3.5.1-3 4.1.1 4.4.1 5.2.1-2 5.3.1-2 6.1.1 \
    6.2.1-8 6.3.1-2 6.4.1-2 7.2.1-4 7.4.1-2 8.1.1 8.2.1-2 8.3.1 9.1.1-3 9.2.1 10.4.1-5 11.3.1-2 11.4.1 12.1.1 12.2.1-2 13.4.1 14.2.1 \
    14.3.1 15.1.1 15.2.1 15.3.1";
const SECOND_LEVEL: &str = "1.1.1-2 1.2.6-9 1.3.3-11 1.4.1-3 1.5.2 2.1.2-3 2.2.3 2.3.2-4 2.4.1 3.3.2-4 3.4.3-6 3.5.4-5 3.7.1-2 4.1.2-3 \
    4.2.1 4.3.1-2 4.4.2-4 5.1.1 5.2.3 5.4.1-3 6.1.2-3 6.2.9-12 6.3.3-4 6.4.3-4 6.5.1-5 6.6.1-3 6.8.1-4 7.1.1-3 7.3.1-2 7.4.3-5 7.5.1-2 \
    7.6.1-2 8.1.2 8.2.3 8.4.1 9.2.2-4 10.1.1-2 10.2.1-2 10.3.1-4 10.4.6-11 10.5.1-5 10.6.1-2 10.7.1-3 11.1.1-2 11.2.1-3 11.3.3 11.4.2-4 \
    11.5.1 11.6.1 12.1.2-3 12.3.1-4 13.1.1 13.2.1-5 13.3.1-2 13.4.2-5 14.1.1-2 14.2.2-4 14.3.2-3 15.1.2-3 15.2.2-3 15.3.2-7 16.1.1 \
    16.2.1-5 16.3.1-4 16.4.1-3 16.5.1-3 17.1.1 17.2.1-4 17.3.1-2";

const VERDICTS: [&str; 4] = ["holds", "n/a", "operator", "falls short"];

fn spelled_out(list: &str) -> Vec<String> {
    let mut all = Vec::new();
    for word in list.split_whitespace() {
        let (section, numbers) = word.rsplit_once('.').unwrap();
        let (first, last) = numbers.split_once('-').unwrap_or((numbers, numbers));
        for number in first.parse::<u32>().unwrap()..=last.parse().unwrap() {
            all.push(format!("{section}.{number}"));
        }
    }
    all
}

fn paper() -> String {
    fs::read_to_string(workspace::root().join("docs/security.md")).unwrap()
}

/// The cells of the lines that begin with a requirement's number, below a heading.
fn rows<'a>(paper: &'a str, heading: &str) -> Vec<Vec<&'a str>> {
    let part = paper.split("\n## ").find(|part| part.starts_with(heading));
    let lines = part.unwrap().lines();
    let cells = lines.map(|line| line.split('|').map(str::trim).skip(1).collect::<Vec<_>>());
    cells
        .filter(|cells| {
            cells
                .first()
                .is_some_and(|cell| cell.starts_with(|c: char| c.is_ascii_digit()))
        })
        .collect()
}

/// All files of a kind below some folders.
fn sources(folders: &[&str], ending: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if path.file_name().is_some_and(|name| name != "node_modules") {
                    walk(&path, ending, found);
                }
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    for folder in folders {
        walk(&workspace::root().join(folder), ending, &mut found);
    }
    found
}

/// Names of functions after `#[test]` and its like.
fn tests() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for path in sources(
        &["app", "chatwoot", "fake-chatwoot", "server", "xtask"],
        ".rs",
    ) {
        let text = fs::read_to_string(path).unwrap();
        let mut is_test = false;
        for line in text.lines().map(str::trim) {
            is_test |= line.starts_with("#[test]") || line.starts_with("#[tokio::test");
            // proptest! has its own way to say it, the same attribute inside.
            if let Some((_, rest)) = line.split_once("fn ").filter(|_| is_test) {
                let name = rest
                    .split(|c: char| !(c.is_alphanumeric() || c == '_'))
                    .next();
                names.insert(name.unwrap().to_owned());
                is_test = false;
            }
        }
    }
    names
}

#[test]
fn every_requirement_of_both_levels_has_its_line_and_a_verdict() {
    let paper = paper();
    for (heading, list, how_many) in [
        ("ASVS 5.0, level 1", FIRST_LEVEL, 70),
        ("ASVS 5.0, level 2", SECOND_LEVEL, 183),
    ] {
        let wanted = spelled_out(list);
        assert_eq!(wanted.len(), how_many, "{heading}");
        let rows = rows(&paper, heading);
        let told = rows.iter().flat_map(|cells| cells[0].split(", "));
        assert_eq!(told.collect::<Vec<_>>(), wanted, "{heading}");
        for cells in rows {
            assert!(VERDICTS.contains(&cells[2]), "{cells:?}");
            assert!(cells[3].len() > 3, "{cells:?} has no reason");
        }
    }
}

#[test]
fn every_test_and_file_that_the_security_paper_names_exists() {
    let (paper, tests) = (paper(), tests());
    let specs: Vec<String> = sources(&["end2end/tests"], ".ts")
        .into_iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let (mut named, mut missing) = (0, Vec::new());
    for word in paper.split('`').skip(1).step_by(2) {
        let is_plain = word
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if is_plain && word.matches('_').count() >= 3 {
            named += 1;
            if !tests.contains(word) {
                missing.push(word);
            }
        } else if word.contains('/')
            && word.contains('.')
            && !word.contains(' ')
            && !workspace::root().join(word).exists()
        {
            missing.push(word);
        }
    }
    assert!(named > 100, "only {named} tests are named");
    let level_tables = paper.split("## ASVS 5.0, level 1").nth(1).unwrap();
    for title in level_tables.split('"').skip(1).step_by(2) {
        if !specs.iter().any(|spec| spec.contains(title)) {
            missing.push(title);
        }
    }
    assert_eq!(
        missing, [""; 0],
        "docs/security.md names tests or files that are gone: name what took their place"
    );
}
