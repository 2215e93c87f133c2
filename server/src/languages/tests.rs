use std::fs;
use std::path::Path;
use std::time::Duration;

use http::header::{CACHE_CONTROL, ETAG};

use super::*;

fn write(folder: &Path, tag: &str, file: &str, text: &str) {
    fs::create_dir_all(folder.join(tag)).unwrap();
    fs::write(folder.join(tag).join(file), text).unwrap();
}

fn languages(folder: &Path) -> (Languages, Clock) {
    let clock = Clock::still(1_000_000);
    let languages = Languages::new(Some(folder.to_owned()), "en".to_owned(), clock.clone());
    (languages, clock)
}

/// A tag of those that nobody is ever given: no folder will be built in under it.
const NEW: &str = "qaa";

fn tags(languages: &Languages) -> Vec<String> {
    languages.choices().into_iter().map(|it| it.tag).collect()
}

#[test]
fn a_language_dropped_into_the_folder_is_there_without_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let (languages, clock) = languages(folder.path());
    let built_in = tags(&languages);
    assert!(!languages.has(NEW));
    write(
        folder.path(),
        NEW,
        "app.ftl",
        "language-name = فارسی\nlanguage-direction = rtl\n",
    );
    clock.advance(Duration::from_millis(LOOK_EACH));
    let all = languages.choices();
    let new = all.iter().find(|it| it.tag == NEW).unwrap();
    assert_eq!(
        (new.name.as_str(), new.direction.as_str()),
        ("فارسی", "rtl")
    );
    let before = new.version.clone();
    write(
        folder.path(),
        NEW,
        "app.ftl",
        "language-name = فارسی!\nlanguage-direction = rtl\n",
    );
    clock.advance(Duration::from_millis(LOOK_EACH));
    assert_ne!(languages.of(NEW).version, before);
    fs::remove_dir_all(folder.path().join(NEW)).unwrap();
    clock.advance(Duration::from_millis(LOOK_EACH));
    assert_eq!(tags(&languages), built_in);
}

#[test]
fn the_folder_wins_message_by_message() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "es",
        "app.ftl",
        "language-name = Castellano\n",
    );
    let (languages, _) = languages(folder.path());
    let spanish = languages.of("es");
    assert_eq!(spanish.name, "Castellano");
    let words = spanish.texts.get("page-load-again");
    assert_ne!(words, "page-load-again");
    assert_ne!(words, languages.of("en").texts.get("page-load-again"));
}

#[test]
fn a_broken_file_keeps_its_good_messages() {
    let folder = tempfile::tempdir().unwrap();
    let text = "language-name = Italiano\n\nbroken = { $x\n\npage-failed = Un attimo\n";
    write(folder.path(), NEW, "app.ftl", text);
    let (languages, _) = languages(folder.path());
    let italian = languages.of(NEW);
    assert_eq!(italian.name, "Italiano");
    assert_eq!(italian.texts.get("page-failed"), "Un attimo");
    let found = locales_check::broken(Path::new("it/app.ftl"), text);
    assert_eq!(found.len(), 1);
    assert!(
        found[0].to_string().starts_with("it/app.ftl:"),
        "{}",
        found[0]
    );
}

#[test]
fn mails_fall_back_to_english_and_have_no_invisible_marks() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), NEW, "app.ftl", "language-name = Italiano\n");
    let (languages, _) = languages(folder.path());
    let args = fluent::FluentArgs::from_iter([("brand", "Acme")]);
    let [italian, english] = [NEW, "en"].map(|tag| {
        languages
            .of(tag)
            .emails
            .text("sign-in-subject", Some(&args))
    });
    assert_eq!(italian, english);
    assert!(
        english.contains("Acme") && !english.contains('\u{2068}'),
        "{english:?}"
    );
}

#[test]
fn texts_are_kept_for_ever_under_their_version_only() {
    let folder = tempfile::tempdir().unwrap();
    let (languages, _) = languages(folder.path());
    let none = HeaderMap::new();
    let version = languages.of("es").version.clone();
    for (asked, keep) in [
        (
            Some(version.as_str()),
            "public, max-age=31536000, immutable",
        ),
        (Some("old"), "no-cache"),
        (None, "no-cache"),
    ] {
        let answer = languages.file("es.ftl", asked, &none).unwrap();
        assert_eq!(answer.headers()[CACHE_CONTROL], keep, "{asked:?}");
        assert!(answer.headers().contains_key(ETAG));
    }
    for other in ["qaa.ftl", "es", "es.txt", "../es.ftl", "ES.ftl", ".ftl", ""] {
        assert!(languages.file(other, None, &none).is_none(), "{other}");
    }
}

#[test]
fn a_browser_is_sent_the_texts_without_what_is_for_translators() {
    let text = "# For translators\nlanguage-name = Italiano\nnote = Uno #1\n\n    # due\n";
    assert_eq!(
        without_comments(text),
        "language-name = Italiano\nnote = Uno #1\n\n    # due\n"
    );
}

#[test]
fn only_tags_of_languages_are_folders_of_texts() {
    let folder = tempfile::tempdir().unwrap();
    for name in [
        "qaa",
        "qab-Hant-TW",
        "x",
        "not_a_tag",
        ".git",
        "toolonglanguage",
    ] {
        write(folder.path(), name, "app.ftl", "language-name = ?\n");
    }
    write(
        folder.path(),
        "qac",
        "emails.ftl",
        "sign-in-subject = Anmelden\n",
    );
    let (languages, _) = languages(folder.path());
    let built_in = Sources::new(None);
    let mut new = tags(&languages);
    new.retain(|tag| built_in.built_in(tag, APP).is_none());
    assert_eq!(new, ["qaa", "qab-Hant-TW"]);
}

#[test]
fn the_visitors_choice_comes_before_his_mails_and_his_browser() {
    let folder = tempfile::tempdir().unwrap();
    let (languages, _) = languages(folder.path());
    for (cookie, customers, accept, tag) in [
        (Some("es"), Some("en"), Some("en"), "es"),
        (None, Some("es"), Some("en"), "es"),
        (None, None, Some("qaa, es-MX;q=0.8, en;q=0.1"), "es"),
        (Some("qaa"), None, Some("es"), "es"),
        (None, None, Some("qaa"), "en"),
        (Some("../../etc"), Some(""), None, "en"),
    ] {
        assert_eq!(
            languages.negotiate(cookie, customers, accept).tag,
            tag,
            "{cookie:?} {customers:?} {accept:?}"
        );
    }
}

#[test]
fn whoever_asks_for_a_variety_that_there_is_not_gets_the_language() {
    let folder = tempfile::tempdir().unwrap();
    let (languages, _) = languages(folder.path());
    for (accept, tag) in [
        ("de-AT, en;q=0.5", "de"),
        ("fr-CA, fr;q=0.9, en;q=0.8", "fr"),
        ("pt-PT, pt;q=0.9, en;q=0.8", "pt-BR"),
        ("pt", "pt-BR"),
        ("ar-EG, en-US;q=0.7", "ar"),
        ("en-GB, ar;q=0.9", "en"),
    ] {
        assert_eq!(
            languages.negotiate(None, None, Some(accept)).tag,
            tag,
            "{accept}"
        );
    }
}
