//! Text within a line: cleaned, and with the addresses in it made links.

use std::borrow::Cow;

use app::tickets::markup::Node;
use linkify::{LinkFinder, LinkKind};

use super::links::safe_link;

/// A text with one kind of line end and without characters that would show nothing or turn what follows around.
pub(super) fn clean(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .map(|c| if c == '\r' { '\n' } else { c })
        .filter(|&c| is_shown(c))
        .collect()
}

/// Not what controls a terminal or the direction of what follows. A paragraph's own direction is found by the browser.
pub(super) fn is_shown(c: char) -> bool {
    c == '\n'
        || c == '\t'
        || !(c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
}

/// Adds a text, its web and mail addresses as links, as long as there may be more of them.
pub(super) fn linkified(text: &str, left: &mut usize, out: &mut Vec<Node>) {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url, LinkKind::Email]);
    for span in finder.spans(text) {
        if *left == 0 {
            push_text(&text[span.start()..], out);
            return;
        }
        let shown = span.as_str();
        let address = match span.kind() {
            Some(LinkKind::Url) => safe_link(shown),
            Some(LinkKind::Email) => safe_link(&format!("mailto:{shown}")),
            _ => None,
        };
        match address {
            Some(address) => {
                *left -= 1;
                out.push(Node::Link(address, vec![Node::Text(shown.to_owned())]));
            }
            None => push_text(shown, out),
        }
    }
}

/// Adds a text, to the one before if there is one.
pub(super) fn push_text(text: &str, out: &mut Vec<Node>) {
    if text.is_empty() {
        return;
    }
    // What was written as an entity comes here as the character that it means.
    let text: Cow<'_, str> = if text.chars().all(is_shown) {
        text.into()
    } else {
        text.chars().filter(|&c| is_shown(c)).collect()
    };
    if let Some(Node::Text(before)) = out.last_mut() {
        before.push_str(&text);
    } else if !text.is_empty() {
        out.push(Node::Text(text.into_owned()));
    }
}
