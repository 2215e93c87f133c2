//! What people write, as a small typed tree. The server makes it, the browser builds elements from it; there is no HTML in between.

use serde::{Deserialize, Serialize};

/// A node of a message. Blocks and inline nodes share a type; the server nests them as HTML would allow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Node {
    /// Plain text.
    Text(String),
    /// A paragraph.
    Paragraph(Vec<Node>),
    /// A heading; level 1 to 6.
    Heading(u8, Vec<Node>),
    /// A list; `Some(n)` numbers it from n. Each item is a list of nodes.
    List(Option<u32>, Vec<Vec<Node>>),
    /// A quotation.
    Quote(Vec<Node>),
    /// A block of code.
    CodeBlock(String),
    /// A line across.
    Rule,
    /// Strong text.
    Strong(Vec<Node>),
    /// Emphasis.
    Emphasis(Vec<Node>),
    /// Struck text.
    Strike(Vec<Node>),
    /// Code within a line.
    Code(String),
    /// A line break.
    Break,
    /// A link: its address (http, https, mailto or tel, checked by the server) and its text.
    Link(String, Vec<Node>),
    /// A table; the first row is its head.
    Table(Vec<Vec<Vec<Node>>>),
    /// A picture that is elsewhere and is not loaded: its address (http or https, checked by the server), and its words, if it has any.
    Picture(String, String),
    /// A picture of the ticket's own: its address below our base path, and its words, if it has any.
    Image(String, String),
    /// What a mail quotes of mails before it: folded until somebody wants to read it.
    Folded(Vec<Node>),
}

/// The text of nodes, for previews and search.
pub fn plain_text(nodes: &[Node]) -> String {
    let mut out = String::new();
    write_text(nodes, &mut out);
    out.trim_end().to_owned()
}

fn write_text(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) | Node::Code(text) => out.push_str(text),
            Node::CodeBlock(text) => block(out, |out| out.push_str(text)),
            Node::Paragraph(inner) | Node::Heading(_, inner) | Node::Quote(inner) => {
                block(out, |out| write_text(inner, out));
            }
            Node::Strong(inner)
            | Node::Emphasis(inner)
            | Node::Strike(inner)
            | Node::Link(_, inner) => write_text(inner, out),
            Node::List(_, items) => {
                for item in items {
                    block(out, |out| write_text(item, out));
                }
            }
            Node::Table(rows) => {
                for row in rows {
                    block(out, |out| {
                        for cell in row {
                            write_text(cell, out);
                            out.push(' ');
                        }
                    });
                }
            }
            Node::Picture(_, words) | Node::Image(_, words) => out.push_str(words),
            // It stands in the messages before.
            Node::Rule | Node::Folded(_) => {}
            Node::Break => out.push('\n'),
        }
    }
}

fn block(out: &mut String, inside: impl FnOnce(&mut String)) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    inside(out);
    if !out.ends_with('\n') {
        out.push('\n');
    }
}
