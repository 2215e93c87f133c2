//! What people write, read into the typed tree that the browser builds its elements from: Markdown of agents, plain text of
//! customers. Nothing here can yield HTML, a picture, or a link that is not http, https, mailto or tel.

mod escape;
mod inline;
mod links;
mod markdown;
#[cfg(test)]
mod tests;

use app::tickets::markup::Node;

pub use escape::escape_markdown;
pub use links::safe_link;

/// How deep nodes nest at most; what is deeper is shown at this depth.
pub const DEEPEST: usize = 16;

/// How many nodes a message has at most; what comes after is left out.
pub const MOST_NODES: usize = 20_000;

/// What an agent wrote: Markdown.
pub fn markdown(text: &str) -> Vec<Node> {
    markdown::read(text)
}

/// What a customer typed: paragraphs and lines, with addresses made links. Nothing else in it has a meaning.
pub fn plain(text: &str) -> Vec<Node> {
    let text = inline::clean(text);
    let mut budget = MOST_NODES;
    let mut paragraphs = Vec::new();
    for paragraph in text.split("\n\n") {
        let paragraph = paragraph.trim_matches('\n');
        if paragraph.trim().is_empty() {
            continue;
        }
        let mut nodes = Vec::new();
        for (n, line) in paragraph.split('\n').enumerate() {
            if n > 0 {
                nodes.push(Node::Break);
            }
            inline::linkified(line, &mut nodes);
            budget = budget.saturating_sub(nodes.len());
            if budget == 0 {
                break;
            }
        }
        paragraphs.push(Node::Paragraph(nodes));
        if budget == 0 {
            break;
        }
    }
    paragraphs
}
