//! The texts of both languages and the views that use them belong together: nothing is missing, nothing is left over, and both name the same values.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Every message of a language and the values that it names.
fn messages(tag: &str) -> BTreeMap<String, BTreeSet<String>> {
    let ftl = fs::read_to_string(folder("../locales").join(tag).join("app.ftl")).unwrap();
    let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in ftl.lines().filter(|line| !line.starts_with('#')) {
        if let Some((id, _)) = line.split_once(" =")
            && line.starts_with(|c: char| c.is_ascii_lowercase())
        {
            current = id.to_owned();
            assert!(
                messages.insert(current.clone(), BTreeSet::new()).is_none(),
                "{tag}: {current} is there twice"
            );
        }
        for value in line.split('$').skip(1) {
            let name = value
                .split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
                .next()
                .unwrap_or_default();
            messages.get_mut(&current).unwrap().insert(name.to_owned());
        }
    }
    messages
}

fn sources(folder: &Path, into: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|it| it == "rs") {
            into.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}

/// What the views ask for: the first string after `t!(` or `say(`.
fn asked() -> BTreeSet<String> {
    let mut code = String::new();
    sources(&folder("src"), &mut code);
    ["t!(", "say("]
        .iter()
        .flat_map(|call| code.split(call).skip(1))
        .filter_map(|after| after.trim_start().strip_prefix('"')?.split('"').next())
        // `format!(` ends like `t!(`, and the macro's documentation has an example.
        .filter(|id| id.chars().all(|c| c.is_ascii_lowercase() || c == '-') && *id != "id")
        .map(str::to_owned)
        .collect()
}

#[test]
fn views_ask_for_what_there_is_and_nothing_is_left_over() {
    let mut there: BTreeSet<String> = messages("en").into_keys().collect();
    // The server reads these two.
    assert!(there.remove("language-name") && there.remove("language-direction"));
    assert_eq!(asked(), there);
}

#[test]
fn spanish_says_all_that_english_says_with_the_same_values() {
    assert_eq!(messages("es"), messages("en"));
}
