//! What holds of every message's nodes, whatever was written. The property tests and the fuzz targets ask it.

use app::tickets::markup::Node;

/// As deep as nodes nest at most.
const DEEPEST: usize = 16;
/// As many as there are at most: a text and one node around it for each that is counted.
const MOST: usize = 25_000;

/// The rule that these nodes break, if any.
pub(super) fn broken(nodes: &[Node]) -> Option<String> {
    if depth(nodes) > DEEPEST {
        return Some(format!("{} deep", depth(nodes)));
    }
    let count = count(nodes);
    if count > MOST {
        return Some(format!("{count} nodes"));
    }
    let read = serde_json::to_string(nodes).map(|text| serde_json::from_str::<Vec<Node>>(&text));
    if !matches!(read, Ok(Ok(read)) if read == nodes) {
        return Some("cannot be sent".to_owned());
    }
    nodes.iter().find_map(|node| odd(node, false))
}

/// How deep nodes are; a text alone is 1.
pub(super) fn depth(nodes: &[Node]) -> usize {
    let one = |node: &Node| 1 + inside(node).into_iter().map(depth).max().unwrap_or(0);
    nodes.iter().map(one).max().unwrap_or(0)
}

fn count(nodes: &[Node]) -> usize {
    let one = |node: &Node| 1 + inside(node).into_iter().map(count).sum::<usize>();
    nodes.iter().map(one).sum()
}

fn inside(node: &Node) -> Vec<&[Node]> {
    match node {
        Node::Text(_)
        | Node::CodeBlock(_)
        | Node::Rule
        | Node::Code(_)
        | Node::Break
        | Node::Picture(..)
        | Node::Image(..) => vec![],
        Node::Paragraph(it)
        | Node::Heading(_, it)
        | Node::Quote(it)
        | Node::Strong(it)
        | Node::Emphasis(it)
        | Node::Strike(it)
        | Node::Folded(it)
        | Node::Link(_, it) => vec![it],
        Node::List(_, items) => items.iter().map(Vec::as_slice).collect(),
        Node::Table(rows) => rows.iter().flatten().map(Vec::as_slice).collect(),
    }
}

fn odd(node: &Node, in_link: bool) -> Option<String> {
    let found = match node {
        Node::Picture(from, words) => {
            let odd = odd_address(from).or_else(|| odd(&Node::Text(words.clone()), false));
            odd.or_else(|| (!from.starts_with("http")).then(|| format!("a picture at {from}")))
        }
        Node::Text(text) | Node::Code(text) | Node::CodeBlock(text) => {
            let hidden = |c: &char| {
                (c.is_control() && !matches!(c, '\n' | '\t'))
                    || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
            };
            let hidden = text.chars().find(hidden);
            hidden.map(|c| format!("shows {}", c.escape_unicode()))
        }
        Node::Link(_, _) if in_link => Some("a link in a link".to_owned()),
        Node::Link(to, inner) if inner.is_empty() => Some(format!("a link to see nowhere: {to}")),
        Node::Link(to, _) => odd_address(to),
        Node::Heading(level, _) if !(1..=6).contains(level) => Some(format!("heading {level}")),
        _ => None,
    };
    let in_link = in_link || matches!(node, Node::Link(..));
    found.or_else(|| {
        let mut inside = inside(node).into_iter().flatten();
        inside.find_map(|node| odd(node, in_link))
    })
}

/// What is wrong with a link's address: read by itself, without the code that made it.
fn odd_address(to: &str) -> Option<String> {
    let odd = |what: &str| Some(format!("{what}: {to}"));
    if to.len() > 2_000 || !to.bytes().all(|b| b.is_ascii_graphic() || b == b' ') {
        return odd("not written out");
    }
    let Some((scheme, rest)) = to.split_once(':') else {
        return odd("no scheme");
    };
    match scheme {
        "http" | "https" => {
            let Some(rest) = rest.strip_prefix("//") else {
                return odd("no host");
            };
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            if host.is_empty() || host.contains(['@', '\\', ' ', '%']) {
                return odd("an odd host");
            }
        }
        "mailto" => {
            let lower = rest.to_ascii_lowercase();
            if !rest.contains('@') || ["%0a", "%0d", "bcc="].iter().any(|it| lower.contains(it)) {
                return odd("an odd mailbox");
            }
        }
        "tel" => {
            if rest.contains(['*', '#', '%', ';', ',']) {
                return odd("an odd number");
            }
        }
        _ => return odd("an odd scheme"),
    }
    None
}
