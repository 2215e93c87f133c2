//! The pictures of a thread, for the viewer: those between the words of mails, and those that are files.

use super::files::address;
use super::markup::Node;
use super::model::{Entry, FileKind, TicketId};
use crate::browser::navigation::href;

/// Address and name of a picture; one of a mail may have none.
pub type Picture = (String, String);

/// The pictures of a thread, oldest first.
pub fn pictures(ticket: &TicketId, entries: &[Entry]) -> Vec<Picture> {
    let mut found = Vec::new();
    for entry in entries {
        if let Entry::Message(message) = entry {
            within(&message.body, &mut found);
            let images = message.files.iter();
            let images = images.filter(|file| file.kind == FileKind::Image);
            found.extend(images.map(|file| (address(ticket, file), file.name.clone())));
        }
    }
    found
}

fn within(nodes: &[Node], found: &mut Vec<Picture>) {
    for node in nodes {
        match node {
            Node::Image(path, words) => found.push((href(path), words.clone())),
            Node::Paragraph(inner)
            | Node::Heading(_, inner)
            | Node::Quote(inner)
            | Node::Strong(inner)
            | Node::Emphasis(inner)
            | Node::Strike(inner)
            | Node::Link(_, inner)
            | Node::Folded(inner) => within(inner, found),
            Node::List(_, items) => items.iter().for_each(|item| within(item, found)),
            Node::Table(rows) => rows.iter().flatten().for_each(|cell| within(cell, found)),
            Node::Text(_)
            | Node::CodeBlock(_)
            | Node::Rule
            | Node::Code(_)
            | Node::Break
            | Node::Picture(..) => {}
        }
    }
}
