//! The texts of all languages and the views that use them belong together: nothing is missing, nothing is left over, and all name the same values.

#![expect(
    clippy::unwrap_used,
    reason = "a test may end at what is not as it should be"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use app::language::catalogue::Catalogue;
use app::language::texts::{Intl, Options, Texts, Value};
use fluent::{FluentArgs, FluentValue};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// All languages there are: a folder makes one.
fn languages() -> Vec<String> {
    let entries = fs::read_dir(folder("../locales")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name());
    names.map(|name| name.into_string().unwrap()).collect()
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
    // The server reads these.
    for id in [
        "language-name",
        "language-direction",
        "page-failed",
        "page-load-again",
        "page-needs-script",
    ] {
        assert!(there.remove(id), "{id}");
    }
    assert_eq!(asked(), there);
}

#[test]
fn every_language_says_all_that_english_says_with_the_same_values() {
    let english = messages("en");
    for tag in languages() {
        assert_eq!(messages(&tag), english, "{tag}");
    }
}

/// Plural rules and numbers as `fluent` has them with no help.
struct Plain;

impl Intl for Plain {
    fn plural(&self, tag: &str, number: f64, ordinal: bool) -> String {
        assert!(!ordinal);
        let forms = "form = { $n ->\n [zero] zero\n [one] one\n [two] two\n [few] few\n [many] many\n *[other] other\n }\n";
        let args = FluentArgs::from_iter([("n", FluentValue::from(number))]);
        Catalogue::empty()
            .with(tag, forms)
            .text("form", Some(&args))
    }

    fn number(&self, number: f64, _: &Options<'_>) -> String {
        number.to_string()
    }

    fn date(&self, at: f64, options: &Options<'_>) -> String {
        format!("{at} {options:?}")
    }

    fn parse(&self, digits: &str) -> f64 {
        digits.parse().unwrap()
    }
}

#[test]
fn browser_and_server_read_every_text_alike() {
    for tag in languages() {
        let ftl = fs::read_to_string(folder("../locales").join(&tag).join("app.ftl")).unwrap();
        let server = Catalogue::empty().with(&tag, &ftl);
        let browser = Texts::default().with(&tag, ftl);
        for (id, names) in messages(&tag) {
            for number in [0_u32, 1, 2, 7, 11, 100] {
                for text in ["Ada", ""] {
                    let (mut args, mut values) = (FluentArgs::new(), Vec::new());
                    for name in &names {
                        let name: &'static str = name.clone().leak();
                        if [
                            "n", "seconds", "minutes", "left", "over", "limit", "actual", "tries",
                        ]
                        .contains(&name)
                        {
                            args.set(name, FluentValue::from(number));
                            values.push((name, Value::from(number)));
                        } else {
                            args.set(name, FluentValue::from(text));
                            values.push((name, Value::from(text)));
                        }
                    }
                    assert_eq!(
                        browser.say(&Plain, &id, &values),
                        server.text(&id, Some(&args)),
                        "{tag} {id}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_whole_syntax_is_read() {
    let ftl = r#"
-brand = { $case ->
   *[nominative] Acme
    [genitive] Acme's
 }
greeting = Hello from { -brand }, { -brand(case: "genitive") } { nested }!
nested = { "\u0041" }{ NUMBER($n, minimumFractionDigits: 2) }
pick = { $who ->
    [ada] Ada
   *[other] somebody
 }
exact = { NUMBER($n) ->
    [0] none
    [one] one
   *[other] { 12 } or { $n }
 }
loop = { loop }
gone = { $missing } { nowhere }
when = { DATETIME($n, dateStyle: "long") }
broken = { $
last = still read
"#;
    let texts = Texts::default()
        .with("en", ftl.to_owned())
        .with("es", "only-there = aquí\nlast = nunca".to_owned());
    let say =
        |id: &str, n: u32| texts.say(&Plain, id, &vec![("n", n.into()), ("who", "ada".into())]);
    assert_eq!(
        say("greeting", 3),
        "Hello from Acme, Acme's A\u{2068}3\u{2069}!"
    );
    assert_eq!(say("pick", 0), "Ada");
    assert_eq!(say("exact", 0), "none");
    assert_eq!(say("exact", 1), "one");
    assert_eq!(say("exact", 5), "\u{2068}12\u{2069} or \u{2068}5\u{2069}");
    assert_eq!(say("loop", 0), "");
    assert_eq!(say("gone", 0), "\u{2068}{$missing}\u{2069} {nowhere}");
    assert_eq!(say("when", 7), r#"7 [("dateStyle", "long")]"#);
    assert_eq!(say("last", 0), "still read");
    // Of another language, which may run the other way.
    assert_eq!(say("only-there", 0), "\u{2068}aquí\u{2069}");
    assert_eq!(say("no-such-message", 0), "no-such-message");
}
