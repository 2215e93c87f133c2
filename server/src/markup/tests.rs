//! What Markdown and plain text come to.

use app::tickets::markup::Node::{self, *};

use super::*;

mod bounds;
mod links;
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
fn a6_characters_written_as_entities_are_held_to_the_same_rules() {
    assert_eq!(
        markdown("a&#x202E;b&#7;c&#x2066;d&Tab;e"),
        vec![Paragraph(vec![text("abcd\te")])]
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
