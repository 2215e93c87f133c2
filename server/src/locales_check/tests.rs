use super::*;

fn found(english: &str, layers: &[&str]) -> Vec<String> {
    found_in("it", english, layers)
}

fn found_in(tag: &str, english: &str, layers: &[&str]) -> Vec<String> {
    let english = Layer {
        tag: "en",
        path: Path::new("en/app.ftl"),
        parsed: Parsed::read(english),
    };
    let path = Path::new("it/app.ftl");
    let layers: Vec<Layer<'_>> = layers
        .iter()
        .map(|text| Layer {
            tag,
            path,
            parsed: Parsed::read(text),
        })
        .collect();
    let mut found = Vec::new();
    compare(&english, &layers, path, &mut found);
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn what_is_missing_unknown_or_wrong_is_named_with_its_line() {
    let english = "one = One\ntwo = Two { $count }\n    .label = Label\nthree = Three\n";
    let italian = "# a comment\none = Uno { $count }\n\nfour = Quattro\ntwo = Due { $counts }\n    .label = { $x }\n";
    assert_eq!(
        found(english, &[italian]),
        [
            "it/app.ftl:2: one uses $count, but it is given none",
            "it/app.ftl:4: four is unknown; nothing shows it",
            "it/app.ftl:5: two uses $counts, but it is given $count",
            "it/app.ftl:5: note: two leaves out $count, which English uses",
            "it/app.ftl:6: two.label uses $x, but it is given none",
            "it/app.ftl: three is missing (en/app.ftl:4); English is shown in its place",
        ]
    );
}

#[test]
fn what_cannot_be_read_is_named_with_its_line() {
    let found = found("a = A\nb = B\n", &["a = A\n\nb = { $x\n\nc c = C\n"]);
    assert!(
        found[0].starts_with("it/app.ftl:3: cannot be read: ")
            || found[0].starts_with("it/app.ftl:5: cannot be read: "),
        "{found:?}"
    );
    assert!(
        found.iter().any(|line| line.contains("b is missing")),
        "{found:?}"
    );
}

#[test]
fn variables_in_every_corner_are_seen() {
    let english = "a = { $count ->\n    [one] { NUMBER($x) } { -term(case: \"y\") }\n   *[other] { b }\n }\nb = { $deep }\n-term = T\n";
    for (italian, wrong) in [
        (
            "a = { NUMBER($x) }{ $count }{ $deep }\nb = { $deep }\n",
            None,
        ),
        (
            "a = { $count ->\n   *[other] { $nested }\n }{ $x }{ $deep }\nb = { $deep }\n",
            Some("$nested"),
        ),
        (
            "a = { DATETIME($y, month: \"long\") }{ $x }{ $count }{ $deep }\nb = { $deep }\n",
            Some("$y"),
        ),
        (
            "a = { { $z } }{ $x }{ $count }{ $deep }\nb = { $deep }\n",
            Some("$z"),
        ),
        (
            "a = { SHOUT($x) }{ $count }{ $deep }\nb = { $deep }\n",
            Some("SHOUT()"),
        ),
        (
            "a = { -nothing }{ $x }{ $count }{ $deep }\nb = { $deep }\n",
            Some("-nothing"),
        ),
        (
            "a = { b.gone }{ $x }{ $count }{ $deep }\nb = { $deep }\n",
            Some("b.gone"),
        ),
        (
            "a = { $x }{ $count }{ $deep }\na = { $x }{ $count }{ $deep }\nb = { $deep }\n",
            Some("twice"),
        ),
    ] {
        let found = found(english, &[italian]);
        match wrong {
            None => assert_eq!(found, [""; 0]),
            Some(wrong) => assert!(
                found.len() == 1 && found[0].contains(wrong),
                "{wrong}: {found:?}"
            ),
        }
    }
}

#[test]
fn what_lies_over_a_built_in_language_may_say_less() {
    assert_eq!(
        found("a = A\nb = B\n", &["a = A\nb = B\n", "b = Bi\n"]),
        [""; 0]
    );
    assert_eq!(
        found("a = A\nb = B\n", &[]),
        ["it/app.ftl: there is no such file; English is shown in its place"]
    );
}

#[test]
fn a_form_that_the_language_has_for_some_number_is_asked_for() {
    let english = "n = { $n ->\n    [one] one\n   *[other] many\n }\n";
    let polish = "n = { $n ->\n    [one] a\n    [few] b\n   *[other] c\n }\n";
    assert_eq!(
        found_in("pl", english, &[polish]),
        ["it/app.ftl:1: note: n has no form [many], which this language has for 0"]
    );
    let arabic =
        "n = { $n ->\n    [0] z\n    [one] a\n    [two] b\n    [few] c\n   *[many] d\n }\n";
    assert_eq!(
        found_in("ar", english, &[arabic]),
        ["it/app.ftl:1: note: n has no form [other], which this language has for 100"]
    );
    // Japanese has one form, and whoever gives no other says that they are alike.
    for (tag, text) in [
        ("ja", "n = { $n ->\n   *[other] a\n }\n"),
        ("ja", "n = { $n ->\n    [one] b\n   *[other] a\n }\n"),
        ("de", "n = { $n }\n"),
    ] {
        assert_eq!(found_in(tag, english, &[text]), [""; 0], "{tag}: {text}");
    }
}

#[test]
fn a_direction_is_one_of_two() {
    let english = "language-direction = ltr\n";
    assert_eq!(found(english, &["language-direction = rtl\n"]), [""; 0]);
    assert_eq!(
        found(english, &["language-direction = right\n"]),
        ["it/app.ftl:1: language-direction is neither ltr nor rtl"]
    );
}

#[test]
fn the_built_in_texts_have_no_faults() {
    let found: Vec<String> = findings(&Sources::new(None))
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(found, [""; 0]);
}

#[test]
fn a_folder_is_checked_language_by_language() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("it")).unwrap();
    let file = folder.path().join("it/app.ftl");
    std::fs::write(&file, "nonsense-id = x\nlanguage-name = Italiano\n").unwrap();
    let found = findings(&Sources::new(Some(folder.path().to_owned())));
    let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
    let at = file.display();
    assert!(
        lines.contains(&format!("{at}:1: nonsense-id is unknown; nothing shows it")),
        "{lines:?}"
    );
    let missing = format!("{at}: language-direction is missing (locales/en/app.ftl:");
    assert!(
        lines.iter().any(|line| line.starts_with(&missing)),
        "{lines:?}"
    );
    let mails = folder.path().join("it/emails.ftl");
    assert!(
        lines.contains(&format!(
            "{}: there is no such file; English is shown in its place",
            mails.display()
        )),
        "{lines:?}"
    );
    assert!(found.iter().all(Finding::is_fault));
}
