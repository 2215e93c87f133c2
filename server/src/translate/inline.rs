//! Pictures within a text that Chatwoot keeps: those of mails, and those that agents put between their words. They are shown through us, and
//! no address of Chatwoot's goes to a browser (promise A8).

use app::paths;
use app::tickets::markup::Node;
use app::tickets::model::TicketId;

use super::Translated;

/// So many pictures of one message's text are shown; of the others there are their words.
pub const MOST_INLINE: u64 = 64;

/// A picture within a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inline {
    /// Its place among those of its message, from 0.
    pub nth: u64,
    /// Chatwoot's address of it: never for a browser.
    pub url: String,
}

/// Puts our own addresses in the place of those that are Chatwoot's.
pub fn inline(message: &mut Translated, ticket: &TicketId, is_chatwoots: impl Fn(&str) -> bool) {
    let mut body = std::mem::take(&mut message.body);
    let mut found = Vec::new();
    each(&mut body, &mut |node| {
        let Node::Picture(address, words) = node else {
            return true;
        };
        if !is_chatwoots(address) {
            return true;
        }
        let words = std::mem::take(words);
        let place = found.iter().position(|known| known == address);
        let nth = place.unwrap_or(found.len()) as u64;
        if place.is_none() && nth < MOST_INLINE {
            found.push(std::mem::take(address));
        }
        *node = if nth < MOST_INLINE {
            Node::Image(paths::inline(ticket, message.id, nth), words)
        } else {
            Node::Text(words)
        };
        true
    });
    message.body = body;
    message.inline = (0..)
        .zip(found)
        .map(|(nth, url)| Inline { nth, url })
        .collect();
}

/// Works on every node; what is within one is left out where the work says no.
fn each(nodes: &mut [Node], work: &mut impl FnMut(&mut Node) -> bool) {
    for node in nodes {
        if !work(node) {
            continue;
        }
        match node {
            Node::Paragraph(inner)
            | Node::Heading(_, inner)
            | Node::Quote(inner)
            | Node::Strong(inner)
            | Node::Emphasis(inner)
            | Node::Strike(inner)
            | Node::Link(_, inner)
            | Node::Folded(inner) => each(inner, work),
            Node::List(_, items) => items.iter_mut().for_each(|item| each(item, work)),
            Node::Table(rows) => rows.iter_mut().flatten().for_each(|cell| each(cell, work)),
            Node::Text(_)
            | Node::CodeBlock(_)
            | Node::Code(_)
            | Node::Rule
            | Node::Break
            | Node::Picture(..)
            | Node::Image(..) => {}
        }
    }
}

/// The pictures of a text that are not within what it quotes.
pub(super) fn pictures(mut nodes: Vec<Node>) -> Vec<Node> {
    let mut found = Vec::new();
    each(&mut nodes, &mut |node| {
        if matches!(node, Node::Picture(..)) {
            found.push(std::mem::replace(node, Node::Break));
        }
        !matches!(node, Node::Folded(_))
    });
    found
}
