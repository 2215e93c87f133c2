//! What people write, read into the typed tree that the browser builds its elements from: Markdown of agents, plain text of
//! customers, HTML of mails. Nothing here can yield HTML, a picture that is loaded, or a link that is not http, https, mailto or tel.

mod escape;
mod html;
mod inline;
mod links;
mod markdown;
#[cfg(test)]
mod tests;

use app::tickets::markup::Node;

pub use escape::escape_markdown;
pub use html::html;
pub use links::safe_link;

/// How deep nodes nest at most; what is deeper is shown at this depth.
pub const DEEPEST: usize = 16;

/// About how many nodes a message has at most.
pub const MOST_NODES: usize = 10_000;

/// How many addresses become links; those after them are text.
pub const MOST_LINKS: usize = 2_000;

/// Markdown longer than this many bytes is shown as it is: what is that long is no letter, and reading it would take too long.
const LONGEST_MARKDOWN: usize = 100_000;

/// What an agent wrote, or a customer in the portal, whom agents read so too: Markdown.
pub fn markdown(text: &str) -> Vec<Node> {
    if text.len() > LONGEST_MARKDOWN {
        return plain(text);
    }
    markdown::read(text).unwrap_or_else(|| plain(text))
}

/// What a mail says in plain text: paragraphs and lines, with addresses made links. Nothing else in it has a meaning.
pub fn plain(text: &str) -> Vec<Node> {
    let text = inline::clean(text);
    let mut links = MOST_LINKS;
    let mut paragraphs: Vec<Node> = Vec::new();
    let mut paragraph = Vec::new();
    let mut count = 0;
    let mut rest = text.as_str();
    while !rest.is_empty() && count + paragraph.len() < MOST_NODES {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        rest = after;
        if line.trim().is_empty() {
            count += end(&mut paragraph, &mut paragraphs);
            continue;
        }
        if !paragraph.is_empty() {
            paragraph.push(Node::Break);
        }
        inline::linkified(line, &mut links, &mut paragraph);
    }
    // Of too many lines the last are one: nothing is lost.
    if !rest.trim().is_empty() {
        paragraph.push(Node::Break);
        inline::push_text(rest, &mut paragraph);
    }
    end(&mut paragraph, &mut paragraphs);
    paragraphs
}

/// Ends a paragraph, if there is something in it. Tells how many nodes it has.
fn end(paragraph: &mut Vec<Node>, paragraphs: &mut Vec<Node>) -> usize {
    let nodes = std::mem::take(paragraph);
    let count = nodes.len();
    if count > 0 {
        paragraphs.push(Node::Paragraph(nodes));
    }
    count
}
