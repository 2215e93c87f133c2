//! The HTML of a mail into nodes. Default deny: of its tags only those in `tags.rs` mean anything, of their attributes only an address,
//! a picture's words and what tells that something is hidden or quoted. The parser's tokens come in a row, so that no nesting of the
//! mail becomes a nesting of calls here.

mod paragraph;
mod tags;

use app::tickets::markup::Node;
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::{DEEPEST, MOST_NODES, inline};
use paragraph::{Format, Paragraph};
use tags::Tag;

/// What is longer than this many bytes is cut there, and says so by three dots: what people write is no longer, and the mail is still
/// in their mailbox.
const LONGEST: usize = 1 << 18;
/// Elements that are open at a time; those within them are looked through.
const MOST_OPEN: usize = 64;

/// The nodes of a mail. Nothing is loaded; a picture is the address it has elsewhere, what was quoted is folded.
pub fn html(text: &str) -> Vec<Node> {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut reader = Reader::default();
    for token in Tokenizer::new_with_emitter(&text[..end], emitter) {
        let Ok(token) = token;
        reader.take(token);
    }
    let mut nodes = reader.finish();
    if end < text.len() {
        nodes.push(Node::Paragraph(vec![Node::Text("…".to_owned())]));
    }
    nodes
}

/// A block that was begun and not ended yet.
struct Block {
    kind: Kind,
    nodes: Vec<Node>,
}

enum Kind {
    Quote,
    Folded,
    List(Option<u32>, Vec<Vec<Node>>),
    Item,
}

/// An element that was begun and not ended yet, if what is in it is shown otherwise than what is around it.
struct Element {
    tag: Tag,
    format: Option<Format>,
    /// It opened a block.
    block: bool,
}

/// Something that is passed over, or folded: up to the end of its element.
struct Until {
    name: Vec<u8>,
    nested: usize,
}

#[derive(Default)]
struct Reader {
    done: Vec<Node>,
    blocks: Vec<Block>,
    elements: Vec<Element>,
    /// Elements that were one too many.
    over: usize,
    paragraph: Option<Paragraph>,
    skipped: Option<Until>,
    folded: Option<Until>,
    nodes: usize,
}

impl Reader {
    fn take(&mut self, token: Token<()>) {
        match token {
            Token::StartTag(tag) => self.start(&tag),
            Token::EndTag(tag) => self.end(&tag.name),
            Token::String(text) => {
                if self.skipped.is_none() {
                    self.text(&String::from_utf8_lossy(&text));
                }
            }
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }

    fn start(&mut self, start: &StartTag<()>) {
        let name = &start.name[..];
        if let Some(until) = &mut self.skipped {
            until.nested += usize::from(until.name == name);
            return;
        }
        let tag = Tag::named(name);
        if tag.is_skipped() || (!tag.is_void() && tags::is_hidden(start)) {
            self.skipped = Some(Until::the_end_of(name));
            return;
        }
        if let Some(until) = &mut self.folded {
            until.nested += usize::from(until.name == name);
        }
        if tags::begins_history(start) {
            self.fold(Until::the_end_of(name));
            return;
        }
        if tags::is_head_of_history(start) {
            // Whatever comes after it is what is answered to.
            self.fold(Until::the_end_of(b""));
            return;
        }
        match tag {
            Tag::Break => self.line_break(),
            Tag::Rule => {
                self.end_paragraph();
                self.push(Node::Rule);
            }
            Tag::Picture => self.picture(start),
            Tag::Cell => self.space(),
            Tag::Block => self.end_paragraph(),
            Tag::Heading(_) | Tag::Pre => {
                self.end_paragraph();
                self.open(tag, None, None);
            }
            Tag::Quote => self.open(tag, None, Some(Kind::Quote)),
            Tag::List => self.open(tag, None, Some(Kind::List(None, Vec::new()))),
            Tag::Numbers => {
                let from = tags::number(start, "start").unwrap_or(1);
                self.open(tag, None, Some(Kind::List(Some(from), Vec::new())));
            }
            Tag::Item => {
                // The one before may not have been ended.
                if matches!(self.blocks.last(), Some(it) if matches!(it.kind, Kind::Item)) {
                    self.close(Tag::Item);
                }
                let in_list =
                    matches!(self.blocks.last(), Some(it) if matches!(it.kind, Kind::List(..)));
                self.end_paragraph();
                if in_list {
                    self.open(tag, None, Some(Kind::Item));
                }
            }
            Tag::Strong => self.open(tag, Some(Format::Strong), None),
            Tag::Emphasis => self.open(tag, Some(Format::Emphasis), None),
            Tag::Strike => self.open(tag, Some(Format::Strike), None),
            Tag::Code => self.open(tag, Some(Format::Code), None),
            Tag::Link => {
                self.close(Tag::Link);
                let link = tags::link(start).map(Format::Link);
                self.open(tag, link, None);
            }
            Tag::Through | Tag::Skipped => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        if let Some(until) = &mut self.skipped {
            if until.ends(name) {
                self.skipped = None;
            }
            return;
        }
        if self.folded.as_mut().is_some_and(|until| until.ends(name)) {
            self.unfold();
            return;
        }
        match Tag::named(name) {
            Tag::Block => self.end_paragraph(),
            Tag::Cell => self.space(),
            // Browsers take the end of a break for a break.
            Tag::Break => self.line_break(),
            tag => self.close(tag),
        }
    }

    fn open(&mut self, tag: Tag, format: Option<Format>, block: Option<Kind>) {
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
    fn close(&mut self, tag: Tag) {
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

    fn end_block(&mut self) {
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
    fn fold(&mut self, until: Until) {
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

    fn unfold(&mut self) {
        self.end_paragraph();
        while !self.blocks.is_empty() {
            self.end_block();
        }
        self.elements.clear();
        self.over = 0;
        self.folded = None;
    }

    fn text(&mut self, text: &str) {
        let text = inline::clean(text);
        if self.elements.iter().any(|it| it.tag == Tag::Pre) {
            for (n, line) in text.split('\n').enumerate() {
                if n > 0 {
                    self.line_break();
                }
                self.words(line);
            }
            return;
        }
        self.words(&paragraph::one_space(&text));
    }

    fn words(&mut self, words: &str) {
        if words.is_empty() || (self.paragraph.is_none() && words.trim().is_empty()) {
            return;
        }
        let plain = self.is_full();
        let paragraph = Self::begun(&mut self.paragraph, &self.elements);
        let formats = self.elements.iter().filter_map(|it| it.format.as_ref());
        // Past the most nodes there are words only: nothing is lost.
        self.nodes += paragraph.write(words, formats.filter(|_| !plain), plain);
    }

    fn line_break(&mut self) {
        if self.is_full() {
            self.words(" ");
        } else if let Some(paragraph) = &mut self.paragraph {
            let formats = self.elements.iter().filter_map(|it| it.format.as_ref());
            self.nodes += paragraph.line_break(formats);
        }
    }

    fn space(&mut self) {
        if self.paragraph.is_some() {
            self.words(" ");
        }
    }

    /// Not loaded: where it is, and what it says. What is too small to see is there to count who reads.
    fn picture(&mut self, start: &StartTag<()>) {
        if tags::is_invisible_picture(start) || self.is_full() {
            return;
        }
        let words = inline::clean(&tags::value(start, "alt").unwrap_or_default());
        let words = words.trim();
        let Some(address) = tags::picture(start) else {
            self.words(words);
            return;
        };
        let paragraph = Self::begun(&mut self.paragraph, &self.elements);
        let formats = self.elements.iter().filter_map(|it| it.format.as_ref());
        self.nodes += paragraph.picture(address, words.to_owned(), formats);
    }

    fn begun<'a>(open: &'a mut Option<Paragraph>, elements: &[Element]) -> &'a mut Paragraph {
        open.get_or_insert_with(|| {
            let level = elements.iter().rev().find_map(|it| match it.tag {
                Tag::Heading(level) => Some(level),
                _ => None,
            });
            Paragraph::new(level)
        })
    }

    fn is_full(&self) -> bool {
        self.nodes >= MOST_NODES
    }

    fn end_paragraph(&mut self) {
        // One too many is the same paragraph still.
        if self.is_full() && self.folded.is_none() && self.paragraph.is_some() {
            self.words(" ");
            return;
        }
        if let Some(node) = self.paragraph.take().and_then(Paragraph::finish) {
            self.push(node);
        }
    }

    fn push(&mut self, node: Node) {
        self.nodes += 1;
        match self.blocks.last_mut() {
            Some(block) => block.nodes.push(node),
            None => self.done.push(node),
        }
    }

    fn finish(mut self) -> Vec<Node> {
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
    fn the_end_of(name: &[u8]) -> Self {
        Self {
            name: name.to_vec(),
            nested: 1,
        }
    }

    fn ends(&mut self, name: &[u8]) -> bool {
        self.nested -= usize::from(self.name == name);
        self.nested == 0
    }
}
