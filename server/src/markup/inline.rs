//! Text within a line: cleaned, and with the addresses in it made links.

use app::tickets::markup::Node;
use linkify::{LinkFinder, LinkKind};

use super::links::safe_link;

/// A text with one kind of line end and without characters that would show nothing or turn what follows around.
pub(super) fn clean(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .map(|c| if c == '\r' { '\n' } else { c })
        .filter(|&c| c == '\n' || c == '\t' || !c.is_control())
        .filter(|c| !matches!(c, '\u{202A}'..='\u{202E}'))
        .collect()
}

/// Adds a text, its web and mail addresses as links.
pub(super) fn linkified(text: &str, out: &mut Vec<Node>) {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url, LinkKind::Email]);
    for span in finder.spans(text) {
        let shown = span.as_str();
        let address = match span.kind() {
            Some(LinkKind::Url) => safe_link(shown),
            Some(LinkKind::Email) => safe_link(&format!("mailto:{shown}")),
            _ => None,
        };
        match address {
            Some(address) => out.push(Node::Link(address, vec![Node::Text(shown.to_owned())])),
            None => push_text(shown, out),
        }
    }
}

/// Adds a text, to the one before if there is one.
pub(super) fn push_text(text: &str, out: &mut Vec<Node>) {
    if text.is_empty() {
        return;
    }
    if let Some(Node::Text(before)) = out.last_mut() {
        before.push_str(text);
    } else {
        out.push(Node::Text(text.to_owned()));
    }
}
