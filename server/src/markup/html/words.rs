//! The words of a mail and its pictures, each into the paragraph that is open.

use html5gum::StartTag;

use super::super::{MOST_NODES, inline};
use super::Reader;
use super::blocks::Element;
use super::paragraph::{self, Paragraph};
use super::tags::{self, Tag};

impl Reader {
    pub(super) fn text(&mut self, text: &str) {
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

    pub(super) fn line_break(&mut self) {
        if self.is_full() {
            self.words(" ");
        } else if let Some(paragraph) = &mut self.paragraph {
            let formats = self.elements.iter().filter_map(|it| it.format.as_ref());
            self.nodes += paragraph.line_break(formats);
        }
    }

    pub(super) fn space(&mut self) {
        if self.paragraph.is_some() {
            self.words(" ");
        }
    }

    /// Not loaded: where it is, and what it says. What is too small to see is there to count who reads.
    pub(super) fn picture(&mut self, start: &StartTag<()>) {
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

    pub(super) fn is_full(&self) -> bool {
        self.nodes >= MOST_NODES
    }

    pub(super) fn end_paragraph(&mut self) {
        // One too many is the same paragraph still.
        if self.is_full() && self.folded.is_none() && self.paragraph.is_some() {
            self.words(" ");
            return;
        }
        if let Some(node) = self.paragraph.take().and_then(Paragraph::finish) {
            self.push(node);
        }
    }
}
