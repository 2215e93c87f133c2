//! What agents write, in a mail: the same tree as on the screen, as text and as plain HTML, no longer than is allowed. Nothing in it is
//! fetched from anywhere, and every link shows where it leads.

use app::tickets::markup::Node;

use super::letter::turns;
use super::words::escape;

/// The first of it, as long as there is room; what takes more is cut off. True if all of it is there.
pub(super) fn cut(nodes: &[Node], room: &mut usize) -> (Vec<Node>, bool) {
    let (mut kept, mut whole) = (Vec::new(), true);
    for node in nodes {
        if *room == 0 {
            return (kept, false);
        }
        let (node, all) = cut_one(node, room);
        kept.push(node);
        whole &= all;
    }
    (kept, whole)
}

fn cut_one(node: &Node, room: &mut usize) -> (Node, bool) {
    let mut words = |text: &str| -> (String, bool) {
        let (text, all) = first(text, *room);
        *room -= text.chars().count().min(*room);
        (text, all)
    };
    match node {
        Node::Text(text) => map(words(text), Node::Text),
        Node::Code(text) => map(words(text), Node::Code),
        Node::CodeBlock(text) => map(words(text), Node::CodeBlock),
        Node::Picture(address, text) => {
            map(words(text), |text| Node::Picture(address.clone(), text))
        }
        Node::Image(address, text) => map(words(text), |text| Node::Image(address.clone(), text)),
        Node::Paragraph(inner) => map(cut(inner, room), Node::Paragraph),
        Node::Heading(level, inner) => map(cut(inner, room), |inner| Node::Heading(*level, inner)),
        Node::Quote(inner) => map(cut(inner, room), Node::Quote),
        Node::Strong(inner) => map(cut(inner, room), Node::Strong),
        Node::Emphasis(inner) => map(cut(inner, room), Node::Emphasis),
        Node::Strike(inner) => map(cut(inner, room), Node::Strike),
        // It stands in the messages before.
        Node::Folded(_) => (Node::Folded(Vec::new()), true),
        Node::Link(address, inner) => {
            // The text version writes it out.
            *room = room.saturating_sub(address.chars().count());
            map(cut(inner, room), |inner| Node::Link(address.clone(), inner))
        }
        Node::List(number, items) => map(rows(items, room), |items| Node::List(*number, items)),
        Node::Table(table) => {
            let (mut kept, mut whole) = (Vec::new(), true);
            for row in table {
                if *room == 0 {
                    return (Node::Table(kept), false);
                }
                let (row, all) = rows(row, room);
                kept.push(row);
                whole &= all;
            }
            (Node::Table(kept), whole)
        }
        Node::Rule | Node::Break => {
            *room = room.saturating_sub(1);
            (node.clone(), true)
        }
    }
}

fn rows(items: &[Vec<Node>], room: &mut usize) -> (Vec<Vec<Node>>, bool) {
    let (mut kept, mut whole) = (Vec::new(), true);
    for item in items {
        if *room == 0 {
            return (kept, false);
        }
        *room -= 1;
        let (item, all) = cut(item, room);
        kept.push(item);
        whole &= all;
    }
    (kept, whole)
}

fn map<T, U>((value, whole): (T, bool), how: impl FnOnce(T) -> U) -> (U, bool) {
    (how(value), whole)
}

/// The first characters of a text, and whether that is all of it.
pub(super) fn first(text: &str, room: usize) -> (String, bool) {
    match text.char_indices().nth(room) {
        Some((end, _)) => (format!("{}…", &text[..end]), false),
        None => (text.to_owned(), true),
    }
}

/// As plain text, each line behind `indent`.
pub(super) fn text(nodes: &[Node], indent: &str) -> String {
    let mut out = String::new();
    blocks(nodes, indent, &mut out);
    while let Some(at) = out.find("\n\n\n") {
        out.remove(at);
    }
    out.trim_end().chars().filter(|c| !turns(*c)).collect()
}

fn blocks(nodes: &[Node], indent: &str, out: &mut String) {
    for node in nodes {
        match node {
            Node::Paragraph(inner) | Node::Heading(_, inner) => {
                block(out, indent);
                blocks(inner, indent, out);
                out.push_str("\n\n");
            }
            Node::Quote(inner) => {
                blocks(inner, &format!("{indent}> "), out);
                out.push_str("\n\n");
            }
            Node::CodeBlock(text) => {
                block(out, indent);
                let inner = format!("\n{indent}    ");
                out.push_str("    ");
                out.push_str(&text.trim_end().replace('\n', &inner));
                out.push_str("\n\n");
            }
            Node::List(number, items) => {
                for (n, item) in (0u32..).zip(items) {
                    block(out, indent);
                    match number {
                        Some(first) => out.push_str(&format!("{}. ", first.saturating_add(n))),
                        None => out.push_str("- "),
                    }
                    blocks(item, &format!("{indent}  "), out);
                    out.truncate(out.trim_end().len());
                    out.push('\n');
                }
                out.push('\n');
            }
            Node::Table(table) => {
                for row in table {
                    block(out, indent);
                    for (n, cell) in row.iter().enumerate() {
                        out.push_str(if n == 0 { "" } else { " | " });
                        blocks(cell, indent, out);
                    }
                    out.push('\n');
                }
                out.push('\n');
            }
            Node::Rule => {
                block(out, indent);
                out.push_str("---\n\n");
            }
            Node::Text(text) | Node::Code(text) => out.push_str(text),
            Node::Strong(inner) | Node::Emphasis(inner) | Node::Strike(inner) => {
                blocks(inner, indent, out);
            }
            Node::Break => {
                out.push('\n');
                out.push_str(indent);
            }
            Node::Link(address, inner) => {
                let shown = app::tickets::markup::plain_text(inner);
                if is_same(&shown, address) {
                    out.push_str(address);
                } else {
                    out.push_str(&format!("{shown} <{address}>"));
                }
            }
            Node::Picture(_, words) | Node::Image(_, words) => out.push_str(&format!("[{words}]")),
            Node::Folded(_) => {}
        }
    }
}

/// A line begins, unless one has just begun.
fn block(out: &mut String, indent: &str) {
    if out.is_empty() || out.ends_with('\n') {
        out.push_str(indent);
    } else if !out.ends_with(' ') {
        out.push('\n');
        out.push_str(indent);
    }
}

/// As HTML, with no styles but a few, and nothing that is fetched.
pub(super) fn html(nodes: &[Node]) -> String {
    let mut out = String::new();
    elements(nodes, &mut out);
    out.chars().filter(|c| !turns(*c)).collect()
}

fn elements(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => out.push_str(&escape(text)),
            Node::Paragraph(inner) => within("<p style=\"margin:0 0 12px;\">", inner, "</p>", out),
            Node::Heading(_, inner) => within(
                "<p style=\"margin:0 0 12px;font-weight:700;\">",
                inner,
                "</p>",
                out,
            ),
            Node::Quote(inner) => within(
                "<blockquote style=\"margin:0 0 12px;padding:0 12px;color:#5b6272;\">",
                inner,
                "</blockquote>",
                out,
            ),
            Node::CodeBlock(text) => out.push_str(&format!(
                "<pre style=\"margin:0 0 12px;white-space:pre-wrap;\">{}</pre>",
                escape(text)
            )),
            Node::List(number, items) => {
                let (open, close) = match number {
                    Some(first) => (format!("<ol start=\"{first}\""), "</ol>"),
                    None => ("<ul".to_owned(), "</ul>"),
                };
                out.push_str(&format!("{open} style=\"margin:0 0 12px;\">"));
                for item in items {
                    within("<li>", item, "</li>", out);
                }
                out.push_str(close);
            }
            Node::Table(table) => {
                out.push_str("<table cellpadding=\"4\" style=\"margin:0 0 12px;\">");
                for row in table {
                    out.push_str("<tr>");
                    for cell in row {
                        within("<td>", cell, "</td>", out);
                    }
                    out.push_str("</tr>");
                }
                out.push_str("</table>");
            }
            Node::Rule => out.push_str("<hr>"),
            Node::Strong(inner) => within("<strong>", inner, "</strong>", out),
            Node::Emphasis(inner) => within("<em>", inner, "</em>", out),
            Node::Strike(inner) => within("<s>", inner, "</s>", out),
            Node::Code(text) => out.push_str(&format!("<code>{}</code>", escape(text))),
            Node::Break => out.push_str("<br>"),
            Node::Link(address, inner) => {
                let open = format!(
                    "<a href=\"{}\" rel=\"noopener noreferrer nofollow\">",
                    escape(address)
                );
                within(&open, inner, "</a>", out);
                if !is_same(&app::tickets::markup::plain_text(inner), address) {
                    out.push_str(&format!(
                        " <span dir=\"ltr\" style=\"color:#5b6272;word-break:break-all;\">({})</span>",
                        escape(address)
                    ));
                }
            }
            Node::Picture(_, words) | Node::Image(_, words) => {
                out.push_str(&format!("[{}]", escape(words)))
            }
            Node::Folded(_) => {}
        }
    }
}

fn within(open: &str, inner: &[Node], close: &str, out: &mut String) {
    out.push_str(open);
    elements(inner, out);
    out.push_str(close);
}

/// Whether a link's words are its address.
fn is_same(shown: &str, address: &str) -> bool {
    shown.is_empty() || shown.trim_end_matches('/') == address.trim_end_matches('/')
}
