//! A paragraph that is being written: words in formats that open and close as they like, and come out nested.

use app::tickets::markup::Node;

use crate::markup::{MOST_LINKS, inline, links};

/// Formats within each other; more are looked through.
const DEEPEST: usize = 4;

/// How words are shown.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Format {
    Strong,
    Emphasis,
    Strike,
    Code,
    /// With the address it leads to.
    Link(String),
}

/// Words that stand together.
pub(super) struct Paragraph {
    heading: Option<u8>,
    /// Formats that are open now, each with what it has.
    open: Vec<(Format, Vec<Node>)>,
    nodes: Vec<Node>,
    /// Addresses that may become links yet.
    links: usize,
    /// Whether the next blank is one too many.
    spaced: bool,
}

/// A text with every run of blanks as one.
pub(super) fn one_space(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut spaced = false;
    for c in text.chars() {
        let space = matches!(c, ' ' | '\n' | '\t');
        if !(space && spaced) {
            out.push(if space { ' ' } else { c });
        }
        spaced = space;
    }
    out
}

impl Paragraph {
    pub(super) fn new(heading: Option<u8>) -> Self {
        Self {
            heading,
            open: Vec::new(),
            nodes: Vec::new(),
            links: MOST_LINKS,
            spaced: true,
        }
    }

    /// Adds words in these formats. Tells how many nodes that made.
    pub(super) fn write<'a>(
        &mut self,
        words: &str,
        formats: impl Iterator<Item = &'a Format>,
        plain: bool,
    ) -> usize {
        let words = if self.spaced {
            words.trim_start_matches(' ')
        } else {
            words
        };
        if words.is_empty() {
            return 0;
        }
        self.spaced = words.ends_with(' ');
        let mut made = self.turn_to(formats);
        let literal = plain
            || self
                .open
                .iter()
                .any(|(format, _)| matches!(format, Format::Link(_) | Format::Code));
        let before = self.inside().len();
        if literal {
            inline::push_text(words, self.inside());
        } else {
            let mut links = self.links;
            inline::linkified(words, &mut links, self.inside());
            made += self.links - links;
            self.links = links;
        }
        made + (self.inside().len() - before)
    }

    /// Ends a line. Tells how many nodes that made, as the others do.
    pub(super) fn line_break<'a>(&mut self, formats: impl Iterator<Item = &'a Format>) -> usize {
        self.spaced = true;
        let made = self.turn_to(formats);
        self.inside().push(Node::Break);
        made + 1
    }

    /// Adds a picture that is elsewhere; within a link it is its words, for a link is in no other.
    pub(super) fn picture<'a>(
        &mut self,
        address: String,
        words: String,
        formats: impl Iterator<Item = &'a Format>,
    ) -> usize {
        self.spaced = false;
        let made = self.turn_to(formats);
        let link = self.open.iter().find_map(|(format, _)| match format {
            Format::Link(target) => Some(target.clone()),
            _ => None,
        });
        match link {
            // A link without a word cannot be followed.
            Some(target) if words.is_empty() => inline::push_text(&target, self.inside()),
            Some(_) => inline::push_text(&words, self.inside()),
            None => self.inside().push(Node::Picture(address, words)),
        }
        made + 1
    }

    /// Closes what is not wanted any more, and opens what is. Tells how many nodes that made.
    fn turn_to<'a>(&mut self, formats: impl Iterator<Item = &'a Format>) -> usize {
        let mut wanted: Vec<&Format> = Vec::new();
        for format in formats {
            let link = |it: &&Format| matches!(it, Format::Link(_));
            let twice = wanted.contains(&format) || (link(&format) && wanted.iter().any(link));
            if !twice && wanted.len() < DEEPEST {
                wanted.push(format);
            }
        }
        let same = self
            .open
            .iter()
            .zip(&wanted)
            .take_while(|((open, _), wanted)| open == **wanted)
            .count();
        while self.open.len() > same {
            self.close();
        }
        for format in &wanted[same..] {
            self.open.push(((*format).clone(), Vec::new()));
        }
        wanted.len() - same
    }

    fn close(&mut self) {
        let Some((format, mut nodes)) = self.open.pop() else {
            return;
        };
        if nodes.is_empty() {
            return;
        }
        let node = match format {
            Format::Strong => Node::Strong(nodes),
            Format::Emphasis => Node::Emphasis(nodes),
            Format::Strike => Node::Strike(nodes),
            Format::Code => Node::Code(app::tickets::markup::plain_text(&nodes)),
            Format::Link(target) => {
                if let Some(place) = links::true_place(&target, &nodes) {
                    inline::push_text(&format!(" ({place})"), &mut nodes);
                }
                Node::Link(target, nodes)
            }
        };
        self.inside().push(node);
    }

    fn inside(&mut self) -> &mut Vec<Node> {
        match self.open.last_mut() {
            Some((_, nodes)) => nodes,
            None => &mut self.nodes,
        }
    }

    /// The node; none if there is nothing to see in it.
    pub(super) fn finish(mut self) -> Option<Node> {
        while !self.open.is_empty() {
            self.close();
        }
        trim(&mut self.nodes);
        let seen = |node: &Node| match node {
            Node::Break => false,
            Node::Text(text) => !text.trim().is_empty(),
            _ => true,
        };
        if !self.nodes.iter().any(seen) {
            return None;
        }
        Some(match self.heading {
            Some(level) => Node::Heading(level, self.nodes),
            None => Node::Paragraph(self.nodes),
        })
    }
}

/// Takes breaks and blanks off both ends, and all but one of empty lines in a row.
fn trim(nodes: &mut Vec<Node>) {
    let blank = |node: &Node| match node {
        Node::Break => true,
        Node::Text(text) => text.trim().is_empty(),
        _ => false,
    };
    while nodes.last().is_some_and(blank) {
        nodes.pop();
    }
    let first = nodes.iter().position(|node| !blank(node));
    nodes.drain(..first.unwrap_or(0));
    if let Some(Node::Text(text)) = nodes.last_mut() {
        text.truncate(text.trim_end_matches(' ').len());
    }
    let mut breaks = 0;
    nodes.retain(|node| {
        breaks = if matches!(node, Node::Break) {
            breaks + 1
        } else {
            0
        };
        breaks <= 2
    });
}
