//! The HTML of a mail into nodes. Default deny: of its tags only those in `tags.rs` mean anything, of their attributes only an address,
//! a picture's words and what tells that something is hidden or quoted. The parser's tokens come in a row, so that no nesting of the
//! mail becomes a nesting of calls here.

mod blocks;
mod paragraph;
mod tags;
mod words;

use app::tickets::markup::Node;
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use blocks::{Block, Element, Kind, Until};
use paragraph::{Format, Paragraph};
use tags::Tag;

/// What is longer than this many bytes is cut there, and says so by three dots: what people write is no longer, and the mail is still
/// in their mailbox.
const LONGEST: usize = 1 << 18;

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
}
