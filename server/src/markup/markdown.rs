//! Markdown into nodes: CommonMark with tables and struck text. HTML in it is text; a picture is a link to it.
//!
//! The parser's events come in a row, so that no nesting of the text becomes a nesting of calls here.

mod open;

use app::tickets::markup::Node;
use open::{Open, What};
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::{DEEPEST, MOST_LINKS, MOST_NODES, inline, links};

struct Reader {
    open: Vec<Open>,
    done: Vec<Node>,
    /// How many of the open ones become nodes within each other.
    depth: usize,
    /// How many of the open ones show what is in them as it is.
    literal: usize,
    /// How many of the open ones are links.
    in_links: usize,
    /// How many more addresses may become links.
    links: usize,
    left: usize,
}

/// The nodes of a text; none if it has too many.
pub(super) fn read(text: &str) -> Option<Vec<Node>> {
    let text = inline::clean(text);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut reader = Reader {
        open: Vec::new(),
        done: Vec::new(),
        depth: 0,
        literal: 0,
        in_links: 0,
        links: MOST_LINKS,
        left: MOST_NODES,
    };
    for event in Parser::new_ext(&text, options) {
        reader.take(event);
        if reader.left == 0 {
            return None;
        }
    }
    while !reader.open.is_empty() {
        reader.end();
    }
    Some(reader.done)
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(_) => self.end(),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => self.push(Node::Code(code.into_string())),
            Event::Html(html) => self.lines(&html),
            Event::InlineHtml(html) => self.raw(&html),
            Event::SoftBreak | Event::HardBreak => self.push(Node::Break),
            Event::Rule => self.push(Node::Rule),
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.raw(&text);
            }
            Event::TaskListMarker(done) => self.raw(if done { "[x] " } else { "[ ] " }),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        let what = What::begun_by(tag);
        let what = if self.depth >= DEEPEST - 2 && !self.belongs(&what) {
            What::Through
        } else {
            what
        };
        self.depth += usize::from(what.deepens());
        self.literal += usize::from(what.is_literal());
        self.in_links += usize::from(what.is_link());
        // Cells too, of which a short row has as many as the longest.
        self.left = self.left.saturating_sub(1);
        self.open.push(Open {
            what,
            nodes: Vec::new(),
        });
    }

    /// Items, rows and cells go with what they are in, however deep that is.
    fn belongs(&self, what: &What) -> bool {
        let around = self.open.last().map(|open| &open.what);
        matches!(
            (what, around),
            (What::Item, Some(What::List(..)))
                | (What::Row(_), Some(What::Table(_)))
                | (What::Cell, Some(What::Row(_)))
                | (What::Code | What::Html, _)
        )
    }

    fn end(&mut self) {
        let Some(Open { what, mut nodes }) = self.open.pop() else {
            return;
        };
        self.depth -= usize::from(what.deepens());
        self.literal -= usize::from(what.is_literal());
        self.in_links -= usize::from(what.is_link());
        if matches!(what, What::Paragraph | What::Html) {
            trim_end(&mut nodes);
        }
        match what {
            What::Paragraph | What::Html if nodes.is_empty() => {}
            What::Paragraph | What::Html => self.push(Node::Paragraph(nodes)),
            What::Heading(level) => self.push(Node::Heading(level, nodes)),
            What::Quote => self.push(Node::Quote(nodes)),
            What::List(from, items) => self.push(Node::List(from, items)),
            What::Code => {
                let mut text = app::tickets::markup::plain_text(&nodes);
                text.truncate(text.trim_end_matches('\n').len());
                self.push(Node::CodeBlock(text));
            }
            What::Strong => self.push(Node::Strong(nodes)),
            What::Emphasis => self.push(Node::Emphasis(nodes)),
            What::Strike => self.push(Node::Strike(nodes)),
            What::Link(target) => self.link(target, nodes),
            What::Picture(target) => self.picture(target, nodes),
            What::Table(rows) => self.push(Node::Table(rows)),
            What::Item => self.hand_up(nodes, |what, item| match what {
                What::List(_, items) => {
                    items.push(item);
                    None
                }
                _ => Some(item),
            }),
            What::Row(cells) => {
                if let Some(Open {
                    what: What::Table(rows),
                    ..
                }) = self.open.last_mut()
                {
                    rows.push(cells);
                } else {
                    cells.into_iter().flatten().for_each(|node| self.push(node));
                }
            }
            What::Cell => self.hand_up(nodes, |what, cell| match what {
                What::Row(cells) => {
                    cells.push(cell);
                    None
                }
                _ => Some(cell),
            }),
            What::Through => nodes.into_iter().for_each(|node| self.push(node)),
        }
    }

    /// Gives nodes to what they are in, or, where that is not of the right kind, puts them in its place.
    fn hand_up(
        &mut self,
        nodes: Vec<Node>,
        give: impl FnOnce(&mut What, Vec<Node>) -> Option<Vec<Node>>,
    ) {
        let left = match self.open.last_mut() {
            Some(open) => give(&mut open.what, nodes),
            None => Some(nodes),
        };
        left.into_iter().flatten().for_each(|node| self.push(node));
    }

    fn link(&mut self, target: Option<String>, mut nodes: Vec<Node>) {
        match target {
            Some(target) => {
                if nodes.is_empty() {
                    nodes.push(Node::Text(target.clone()));
                } else if let Some(place) = links::true_place(&target, &nodes) {
                    inline::push_text(&format!(" ({place})"), &mut nodes);
                }
                self.push(Node::Link(target, nodes));
            }
            None => nodes.into_iter().for_each(|node| self.push(node)),
        }
    }

    /// Pictures are not loaded: a link to it, named as the picture is, or the name alone within a link.
    fn picture(&mut self, target: Option<String>, nodes: Vec<Node>) {
        let in_link = self.in_links > 0;
        self.link(target.filter(|_| !in_link), nodes);
    }

    fn text(&mut self, text: &str) {
        if self.literal > 0 {
            self.raw(text);
            return;
        }
        let mut nodes = Vec::new();
        inline::linkified(text, &mut self.links, &mut nodes);
        for node in nodes {
            match node {
                Node::Text(text) => self.raw(&text),
                other => self.push(other),
            }
        }
    }

    fn lines(&mut self, text: &str) {
        for line in text.split_inclusive('\n') {
            self.raw(line.trim_end_matches('\n'));
            if line.ends_with('\n') {
                self.push(Node::Break);
            }
        }
    }

    fn raw(&mut self, text: &str) {
        let before = self.nodes().len();
        inline::push_text(text, self.nodes());
        if self.nodes().len() > before {
            self.left = self.left.saturating_sub(1);
        }
    }

    fn push(&mut self, node: Node) {
        if let Node::Text(text) = node {
            self.raw(&text);
            return;
        }
        self.left = self.left.saturating_sub(1);
        self.nodes().push(node);
    }

    fn nodes(&mut self) -> &mut Vec<Node> {
        match self.open.last_mut() {
            Some(open) => &mut open.nodes,
            None => &mut self.done,
        }
    }
}

/// Takes breaks off the end of a paragraph, and the backslash that Chatwoot's editor leaves there for one.
fn trim_end(nodes: &mut Vec<Node>) {
    loop {
        match nodes.last_mut() {
            Some(Node::Break) => {}
            Some(Node::Text(text)) if text.ends_with('\\') => {
                text.truncate(text.len() - 1);
                if !text.trim().is_empty() {
                    return;
                }
            }
            _ => return,
        }
        nodes.pop();
    }
}
