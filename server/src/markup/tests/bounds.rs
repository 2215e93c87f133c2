//! Whatever is written comes to no more than it may, and its words stay.
//!
//! The inputs in `fuzz/seeds` are tried here too, so that what a fuzzer once found stays found.

use proptest::prelude::*;

use super::*;

#[test]
fn r12_seeds_and_what_was_found_from_them_keep_the_rules() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/seeds");
    let mut read = 0;
    for target in std::fs::read_dir(folder).unwrap() {
        for seed in std::fs::read_dir(target.unwrap().path()).unwrap() {
            let seed = seed.unwrap().path();
            let words = String::from_utf8_lossy(&std::fs::read(&seed).unwrap()).into_owned();
            for nodes in [markdown(&words), plain(&words), html(&words)] {
                assert_eq!(rules::broken(&nodes), None, "{}", seed.display());
            }
            read += 1;
        }
    }
    assert!(read >= 10, "{read}");
}

#[test]
fn r12_long_nesting_of_anything_keeps_the_rules() {
    for words in [
        ">",
        "> ",
        "[",
        "*",
        "**a",
        "`",
        "![",
        "[a](",
        "[[a](b)](c)",
        "- > ",
        "<div>",
        "&#1;",
        "|a",
        "http://a@b.c ",
        "a@b.c ",
        "<b><i>a",
        "<ul><li>a",
        "<blockquote>a",
        "<a href=https://a.b>a",
        "<img src=https://a.b>",
        "<a x='",
        "</div>",
        "<td>a",
    ] {
        let long = words.repeat((1 << 16) / words.len());
        for nodes in [markdown(&long), plain(&long), html(&long)] {
            assert_eq!(rules::broken(&nodes), None, "{words}");
        }
    }
    let whole = "*a [b](".repeat((1 << 20) / 7);
    for nodes in [markdown(&whole), plain(&whole), html(&whole)] {
        assert_eq!(rules::broken(&nodes), None);
    }
    // Short rows are as long as the longest: what that adds counts too.
    let wide = format!(
        "{}\n{}\n{}",
        "a|".repeat(4000),
        "-|".repeat(4000),
        "a|\n".repeat(9000)
    );
    assert_eq!(rules::broken(&markdown(&wide)), None);
}

#[test]
fn nesting_is_bounded_and_its_text_stays() {
    let deep = format!("{} found", "> ".repeat(200));
    let nodes = markdown(&deep);
    assert!(rules::depth(&nodes) <= DEEPEST);
    assert!(app::tickets::markup::plain_text(&nodes).contains("found"));
    let deep: String = (0..200)
        .map(|n| format!("{}- {n}\n", " ".repeat(n * 2)))
        .collect();
    assert!(rules::depth(&markdown(&deep)) <= DEEPEST);
}

#[test]
fn nothing_of_a_long_message_is_lost() {
    for text in [
        "line\n".repeat(5_000),
        "- item\n".repeat(30_000),
        "a\n\n".repeat(40_000),
        "*x* ".repeat(30_000),
    ] {
        let (shown, typed) = (markdown(&text), plain(&text));
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
        for nodes in [shown, typed] {
            assert_eq!(
                letters(&app::tickets::markup::plain_text(&nodes)),
                letters(&text)
            );
        }
    }
    let lines: Vec<_> = (0..500).map(|n| n.to_string()).collect();
    let Paragraph(nodes) = &plain(&lines.join("\n"))[0] else {
        panic!()
    };
    assert_eq!(nodes.len(), 999);
}

fn markdown_like() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("> ".to_owned()),
        Just("- ".to_owned()),
        Just("1. ".to_owned()),
        Just("    ".to_owned()),
        Just("\n".to_owned()),
        Just("\n\n".to_owned()),
        Just("*".to_owned()),
        Just("**".to_owned()),
        Just("~~".to_owned()),
        Just("[".to_owned()),
        Just("](".to_owned()),
        Just(")".to_owned()),
        Just("![".to_owned()),
        Just("|a|b|\n|-|-|\n".to_owned()),
        Just("|".to_owned()),
        Just("<".to_owned()),
        Just("<a href=".to_owned()),
        Just("javascript:alert(1)".to_owned()),
        Just("https://x.example/".to_owned()),
        Just("\\".to_owned()),
        Just("`".to_owned()),
        Just("```\n".to_owned()),
        Just("&#106;avascript:".to_owned()),
        Just("&#x202E;".to_owned()),
        Just("\u{2066}".to_owned()),
        Just("mailto:a@b.example?bcc=".to_owned()),
        Just("tel:*1".to_owned()),
        Just("https://a@b.example".to_owned()),
        "\\PC{0,6}",
    ];
    prop::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn a6_nothing_that_is_written_yields_an_odd_link_a_deep_tree_or_a_control_character(words in markdown_like()) {
        for nodes in [markdown(&words), plain(&words), html(&words)] {
            prop_assert_eq!(rules::broken(&nodes), None);
        }
    }

    #[test]
    fn any_text_at_all_is_read(words in any::<String>()) {
        for nodes in [markdown(&words), plain(&words), html(&words)] {
            prop_assert_eq!(rules::broken(&nodes), None);
        }
    }

    #[test]
    fn any_subject_escaped_stays_one_bold_line(words in "[ -~äß€😀]{1,60}") {
        let words = words.trim();
        prop_assume!(!words.is_empty());
        let nodes = markdown(&format!("**{}**", escape_markdown(words)));
        prop_assert_eq!(app::tickets::markup::plain_text(&nodes), words);
    }
}
