//! What is open at a place of a mail: blocks and elements that were begun and not ended yet, and what was written before.

use app::tickets::markup::Node;

use super::super::DEEPEST;
use super::Reader;
use super::paragraph::{Format, Paragraph};
use super::tags::Tag;

/// Elements that are open at a time; those within them are looked through.
const MOST_OPEN: usize = 64;

/// A block that was begun and not ended yet.
pub(super) struct Block {
    pub(super) kind: Kind,
    pub(super) nodes: Vec<Node>,
}

pub(super) enum Kind {
    Quote,
    Folded,
    List(Option<u32>, Vec<Vec<Node>>),
    Item,
}

/// An element that was begun and not ended yet, if what is in it is shown otherwise than what is around it.
pub(super) struct Element {
    pub(super) tag: Tag,
    pub(super) format: Option<Format>,
    /// It opened a block.
    pub(super) block: bool,
}

/// Something that is passed over, or folded: up to the end of its element.
pub(super) struct Until {
    pub(super) name: Vec<u8>,
    pub(super) nested: usize,
}

impl Reader {
    pub(super) fn open(&mut self, tag: Tag, format: Option<Format>, block: Option<Kind>) {
        if self.elements.len() >= MOST_OPEN {
            self.over += 1;
            return;
        }
        let deep = self.blocks.len() * 2 + 6 > DEEPEST;
        let block = block.filter(|kind| !deep || matches!(kind, Kind::Item));
        if block.is_some() || matches!(tag, Tag::Quote | Tag::List | Tag::Numbers) {
            self.end_paragraph();
        }
        self.elements.push(Element {
            tag,
            format,
            block: block.is_some(),
        });
        self.blocks.extend(block.map(|kind| Block {
            kind,
            nodes: Vec::new(),
        }));
    }

    /// Ends the innermost element of this kind, and blocks within it that were not ended.
    pub(super) fn close(&mut self, tag: Tag) {
        if self.over > 0 && !matches!(tag, Tag::Link | Tag::Item) {
            self.over -= 1;
            return;
        }
        let Some(at) = self.elements.iter().rposition(|it| it.tag == tag) else {
            return;
        };
        if !tag.is_block() {
            self.elements.remove(at);
            return;
        }
        self.end_paragraph();
        for element in self.elements.split_off(at).into_iter().rev() {
            if element.block {
                self.end_block();
            }
        }
    }

    pub(super) fn end_block(&mut self) {
        let Some(Block { kind, nodes }) = self.blocks.pop() else {
            return;
        };
        match kind {
            Kind::Item => match self.blocks.last_mut() {
                Some(Block {
                    kind: Kind::List(_, items),
                    ..
                }) => items.push(nodes),
                _ => nodes.into_iter().for_each(|node| self.push(node)),
            },
            Kind::List(from, items) => {
                if !items.is_empty() {
                    self.push(Node::List(from, items));
                }
                // What stood between its items.
                nodes.into_iter().for_each(|node| self.push(node));
            }
            Kind::Quote if !nodes.is_empty() => self.push(Node::Quote(nodes)),
            // The line that says who wrote, and what he wrote, can be marked one after the other.
            Kind::Folded => match self.done.last_mut() {
                Some(Node::Folded(before)) => before.extend(nodes),
                _ if nodes.is_empty() => {}
                _ => self.push(Node::Folded(nodes)),
            },
            Kind::Quote => {}
        }
    }

    /// What comes now was written before: folded, once.
    pub(super) fn fold(&mut self, until: Until) {
        if self.folded.is_some() {
            return;
        }
        self.end_paragraph();
        while !self.blocks.is_empty() {
            self.end_block();
        }
        self.elements.clear();
        self.over = 0;
        self.blocks.push(Block {
            kind: Kind::Folded,
            nodes: Vec::new(),
        });
        self.folded = Some(until);
    }

    pub(super) fn unfold(&mut self) {
        self.end_paragraph();
        while !self.blocks.is_empty() {
            self.end_block();
        }
        self.elements.clear();
        self.over = 0;
        self.folded = None;
    }

    pub(super) fn push(&mut self, node: Node) {
        self.nodes += 1;
        match self.blocks.last_mut() {
            Some(block) => block.nodes.push(node),
            None => self.done.push(node),
        }
    }

    pub(super) fn finish(mut self) -> Vec<Node> {
        if let Some(node) = self.paragraph.take().and_then(Paragraph::finish) {
            self.push(node);
        }
        while !self.blocks.is_empty() {
            self.end_block();
        }
        // A mail that is nothing but what it quotes says that.
        if let [Node::Folded(_)] = &self.done[..]
            && let Some(Node::Folded(nodes)) = self.done.pop()
        {
            return nodes;
        }
        self.done
    }
}

impl Until {
    pub(super) fn the_end_of(name: &[u8]) -> Self {
        Self {
            name: name.to_vec(),
            nested: 1,
        }
    }

    pub(super) fn ends(&mut self, name: &[u8]) -> bool {
        self.nested -= usize::from(self.name == name);
        self.nested == 0
    }
}
