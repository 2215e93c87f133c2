//! What Markdown and plain text come to, and that nothing comes to more than it may.

use app::tickets::markup::Node::{self, *};
use proptest::prelude::*;

use super::*;

fn text(words: &str) -> Node {
    Text(words.to_owned())
}

fn link(to: &str, words: &str) -> Node {
    Link(to.to_owned(), vec![text(words)])
}

/// How deep a node is; a text alone is 1.
fn depth(nodes: &[Node]) -> usize {
    nodes
        .iter()
        .map(|node| 1 + inside(node).into_iter().map(depth).max().unwrap_or(0))
        .max()
        .unwrap_or(0)
}

fn inside(node: &Node) -> Vec<&[Node]> {
    match node {
        Text(_) | CodeBlock(_) | Rule | Code(_) | Break => vec![],
        Paragraph(it)
        | Heading(_, it)
        | Quote(it)
        | Strong(it)
        | Emphasis(it)
        | Strike(it)
        | Link(_, it) => vec![it],
        List(_, items) => items.iter().map(Vec::as_slice).collect(),
        Table(rows) => rows.iter().flatten().map(Vec::as_slice).collect(),
    }
}

fn links<'a>(nodes: &'a [Node], out: &mut Vec<&'a str>) {
    for node in nodes {
        if let Link(to, _) = node {
            out.push(to);
        }
        inside(node).into_iter().for_each(|it| links(it, out));
    }
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
fn links_of_other_kinds_are_their_text() {
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example",
        "/tickets",
        "https://good.example@evil.example/",
        "blob:https://x.example/1",
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
    assert!(depth(&nodes) <= DEEPEST, "{}", depth(&nodes));
    assert!(app::tickets::markup::plain_text(&nodes).contains("found"));
    let deep: String = (0..200)
        .map(|n| format!("{}- {n}\n", " ".repeat(n * 2)))
        .collect();
    assert!(depth(&markdown(&deep)) <= DEEPEST);
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
        "\\PC{0,6}",
    ];
    prop::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn nothing_yields_an_odd_link_or_a_deep_tree(words in markdown_like()) {
        for nodes in [markdown(&words), plain(&words)] {
            prop_assert!(depth(&nodes) <= DEEPEST);
            let mut found = Vec::new();
            links(&nodes, &mut found);
            for to in found {
                prop_assert!(["http://", "https://", "mailto:", "tel:"].iter().any(|ok| to.starts_with(ok)), "{}", to);
            }
        }
    }

    #[test]
    fn any_text_at_all_is_read(words in any::<String>()) {
        let _ = (markdown(&words), plain(&words));
    }

    #[test]
    fn any_subject_escaped_stays_one_bold_line(words in "[ -~äß€😀]{1,60}") {
        let words = words.trim();
        prop_assume!(!words.is_empty());
        let nodes = markdown(&format!("**{}**", escape_markdown(words)));
        prop_assert_eq!(app::tickets::markup::plain_text(&nodes), words);
    }
}
