//! What people wrote, as HTML that leads nowhere and loads nothing: the elements are those that the app makes of it (`app/src/tickets/nodes.rs`).

use app::tickets::markup::Node;

use crate::languages::PageTexts;
use crate::pages::shell::escape;

pub(super) fn nodes(tree: &[Node], texts: &PageTexts) -> String {
    tree.iter().map(|one| node(one, texts)).collect()
}

fn node(one: &Node, texts: &PageTexts) -> String {
    let inside = |inner: &[Node]| nodes(inner, texts);
    let items = |items: &[Vec<Node>]| -> String {
        let item = |item: &Vec<Node>| format!("<li>{}</li>", inside(item));
        items.iter().map(item).collect()
    };
    match one {
        Node::Text(text) => escape(text),
        Node::Paragraph(inner) => format!("<p dir=\"auto\">{}</p>", inside(inner)),
        Node::Heading(_, inner) => {
            format!("<p dir=\"auto\"><strong>{}</strong></p>", inside(inner))
        }
        Node::List(None, inner) => format!("<ul dir=\"auto\">{}</ul>", items(inner)),
        Node::List(Some(start), inner) => {
            format!("<ol dir=\"auto\" start=\"{start}\">{}</ol>", items(inner))
        }
        Node::Quote(inner) => format!("<blockquote dir=\"auto\">{}</blockquote>", inside(inner)),
        Node::CodeBlock(text) => format!("<pre dir=\"ltr\"><code>{}</code></pre>", escape(text)),
        Node::Rule => "<hr>".to_owned(),
        Node::Strong(inner) => format!("<strong>{}</strong>", inside(inner)),
        Node::Emphasis(inner) => format!("<em>{}</em>", inside(inner)),
        Node::Strike(inner) => format!("<s>{}</s>", inside(inner)),
        Node::Code(text) => format!("<code dir=\"ltr\">{}</code>", escape(text)),
        Node::Break => "<br>".to_owned(),
        Node::Link(_, inner) => link(&inside(inner)),
        Node::Table(rows) => table(rows, &inside),
        Node::Picture(address, words) => {
            let words = if words.is_empty() { address } else { words };
            let told = escape(texts.get("picture-elsewhere"));
            let link = link(&escape(words));
            format!("<span class=\"elsewhere\">{told} {link}</span>")
        }
        Node::Image(..) => "<span class=\"picture\"></span>".to_owned(),
        Node::Folded(_) => {
            let words = escape(texts.get("earlier-mails"));
            format!("<details><summary>{words}</summary></details>")
        }
    }
}

fn link(inside: &str) -> String {
    format!("<span class=\"first-link\">{inside}</span>")
}

fn table(rows: &[Vec<Vec<Node>>], inside: &dyn Fn(&[Node]) -> String) -> String {
    let row = |cells: &[Vec<Node>], name: &str| {
        let cell = |cell: &Vec<Node>| format!("<{name} dir=\"auto\">{}</{name}>", inside(cell));
        format!("<tr>{}</tr>", cells.iter().map(cell).collect::<String>())
    };
    let head = rows
        .first()
        .map(|cells| row(cells, "th"))
        .unwrap_or_default();
    let body: String = rows.iter().skip(1).map(|cells| row(cells, "td")).collect();
    format!("<div class=\"table\"><table><thead>{head}</thead><tbody>{body}</tbody></table></div>")
}
