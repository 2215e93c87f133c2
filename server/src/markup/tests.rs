//! What Markdown and plain text come to, and that nothing comes to more than it may.
//!
//! The inputs in `fuzz/seeds` are tried here too, so that what a fuzzer once found stays found.

use app::tickets::markup::Node::{self, *};
use proptest::prelude::*;

use super::*;

mod mails;
mod rules;

fn text(words: &str) -> Node {
    Text(words.to_owned())
}

fn link(to: &str, words: &str) -> Node {
    Link(to.to_owned(), vec![text(words)])
}

#[test]
fn markdown_becomes_nodes() {
    assert_eq!(
        markdown(
            "# Hi\n\nSome **bold** and *soft* `code`,\nnext line\\\nhard\n\n1. one\n2. two\n\n> said\n\n```sh\nls -l\n```\n\n---\n\n~~gone~~"
        ),
        vec![
            Heading(1, vec![text("Hi")]),
            Paragraph(vec![
                text("Some "),
                Strong(vec![text("bold")]),
                text(" and "),
                Emphasis(vec![text("soft")]),
                text(" "),
                Code("code".into()),
                text(","),
                Break,
                text("next line"),
                Break,
                text("hard"),
            ]),
            List(Some(1), vec![vec![text("one")], vec![text("two")]]),
            Quote(vec![Paragraph(vec![text("said")])]),
            CodeBlock("ls -l".into()),
            Rule,
            Paragraph(vec![Strike(vec![text("gone")])]),
        ]
    );
}

#[test]
fn a_table_has_its_head_first() {
    assert_eq!(
        markdown("|a|b|\n|-|-|\n|1|**2**|"),
        vec![Table(vec![
            vec![vec![text("a")], vec![text("b")]],
            vec![vec![text("1")], vec![Strong(vec![text("2")])]],
        ])]
    );
}

#[test]
fn html_is_text() {
    assert_eq!(
        markdown("<script>alert(1)</script>\n\nhi <b onclick=x>you</b>"),
        vec![
            Paragraph(vec![text("<script>alert(1)</script>")]),
            Paragraph(vec![text("hi <b onclick=x>you</b>")]),
        ]
    );
}

#[test]
fn a_picture_is_a_link_and_is_not_loaded() {
    assert_eq!(
        markdown(
            "![cat](https://example.com/cat.png) [![in](https://x.example/i.png)](https://example.com/)"
        ),
        vec![Paragraph(vec![
            link("https://example.com/cat.png", "cat"),
            text(" "),
            link("https://example.com/", "in"),
        ])]
    );
}

#[test]
fn a6_links_of_other_kinds_are_their_text() {
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#x09;script:alert(1)",
        "&#1;javascript:alert(1)",
        "javascript&colon;alert(1)",
        "&#106;avascript:alert(1)",
        "java\u{00AD}script:alert(1)",
        "ｊavascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example",
        "/tickets",
        "?x",
        "#top",
        "portal",
        "https://good.example@evil.example/",
        "https://user:word@evil.example/",
        "https://",
        "blob:https://x.example/1",
        "view-source:https://x.example/",
        "intent://x.example/#Intent;scheme=https;end",
        "ftp://x.example/",
        "ws://x.example/",
        "mailto:",
        "mailto:ada@example.com%0D%0ABcc:all@example.com",
        "tel:*%2306%23",
        "tel:*#06#",
        "tel:",
        "tel:+49;ext=1",
    ] {
        assert_eq!(
            markdown(&format!("[here]({address})")),
            vec![Paragraph(vec![text("here")])],
            "{address}"
        );
    }
    assert_eq!(
        markdown("[c](tel:+4930123)"),
        vec![Paragraph(vec![link("tel:+4930123", "c")])]
    );
}

#[test]
fn a6_a_link_is_written_as_the_browser_reads_it() {
    for (given, read) in [
        ("https:evil.example", "https://evil.example/"),
        ("https:/\\\\evil.example/a", "https://evil.example/a"),
        ("HTTPS://Evil.Example", "https://evil.example/"),
        ("https://еvil.example/", "https://xn--vil-qdd.example/"),
        (
            "https://x.example/&#x202E;gpj.exe",
            "https://x.example/%E2%80%AEgpj.exe",
        ),
        (
            "https://bank.example\\\\@evil.example/",
            "https://bank.example/@evil.example/",
        ),
        (
            "mailto:a@x.example?bcc=all@x.example&subject=s",
            "mailto:a@x.example",
        ),
        (
            "mailto:a@x.example?subject=Re:%20one",
            "mailto:a@x.example?subject=Re:%20one",
        ),
        ("mailto:a@x.example?subject=x%0ABcc:b", "mailto:a@x.example"),
    ] {
        assert_eq!(
            markdown(&format!("[here]({given})")),
            vec![Paragraph(vec![link(read, "here")])],
            "{given}"
        );
    }
}

#[test]
fn a6_a_link_that_names_another_place_says_where_it_leads() {
    for (shown, target, read) in [
        (
            "https://bank.example/login",
            "https://evil.example/x",
            "https://bank.example/login (evil.example)",
        ),
        (
            "bank.example",
            "https://evil.example/x",
            "bank.example (evil.example)",
        ),
        (
            "www.bank.example",
            "https://bank.example/login",
            "www.bank.example",
        ),
        (
            "https://bank.example/",
            "https://bank.example/a?b",
            "https://bank.example/",
        ),
        ("here", "https://evil.example/x", "here"),
        ("3.5", "https://evil.example/x", "3.5"),
        (
            "help@bank.example",
            "mailto:x@evil.example",
            "help@bank.example (x@evil.example)",
        ),
        (
            "Help@bank.example",
            "mailto:help@bank.example",
            "Help@bank.example",
        ),
    ] {
        assert_eq!(
            markdown(&format!("[{shown}]({target})")),
            vec![Paragraph(vec![link(target, read)])],
            "{shown} {target}"
        );
    }
}

#[test]
fn a6_characters_written_as_entities_are_held_to_the_same_rules() {
    assert_eq!(
        markdown("a&#x202E;b&#7;c&#x2066;d&Tab;e"),
        vec![Paragraph(vec![text("abcd\te")])]
    );
}

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
fn bare_addresses_become_links_but_not_in_code() {
    assert_eq!(
        markdown("See https://example.com/a?b=1. Or `https://example.com`, or ask ada@example.com"),
        vec![Paragraph(vec![
            text("See "),
            link("https://example.com/a?b=1", "https://example.com/a?b=1"),
            text(". Or "),
            Code("https://example.com".into()),
            text(", or ask "),
            link("mailto:ada@example.com", "ada@example.com"),
        ])]
    );
}

#[test]
fn the_backslashes_of_chatwoots_editor_are_breaks_and_never_shown() {
    assert_eq!(
        markdown("one\\\ntwo\\\n\n\\\n\nthree\\"),
        vec![
            Paragraph(vec![text("one"), Break, text("two")]),
            Paragraph(vec![text("three")])
        ]
    );
}

#[test]
fn what_a_customer_types_has_no_meaning_but_its_lines_and_addresses() {
    assert_eq!(
        plain("2*3*4 and <b>\r\n- https://example.com\n\n\n\n# no"),
        vec![
            Paragraph(vec![
                text("2*3*4 and <b>"),
                Break,
                text("- "),
                link("https://example.com/", "https://example.com")
            ]),
            Paragraph(vec![text("# no")]),
        ]
    );
}

#[test]
fn characters_that_turn_the_text_around_are_dropped() {
    assert_eq!(
        plain("a\u{202E}b\u{0007}c"),
        vec![Paragraph(vec![text("abc")])]
    );
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

#[test]
fn a_subject_escaped_is_shown_as_it_was_written() {
    for subject in [
        "Printer *on* fire_ <b> [x](y) `z` ~~a~~ #1 \\ | ! & 100% (really) + - 1. x",
        "plain",
        "Größe: 3 > 2",
    ] {
        let nodes = markdown(&format!("**{}**", escape_markdown(subject)));
        assert_eq!(
            nodes,
            vec![Paragraph(vec![Strong(vec![text(subject)])])],
            "{subject}"
        );
    }
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
