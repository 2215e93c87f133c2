//! What a text has begun and not ended yet.

use app::tickets::markup::Node;
use pulldown_cmark::{CodeBlockKind, HeadingLevel, LinkType, Tag};

use crate::markup::links::safe_link;

/// Something that was begun and not ended yet.
pub(super) struct Open {
    pub(super) what: What,
    pub(super) nodes: Vec<Node>,
}

/// Its kind.
pub(super) enum What {
    Paragraph,
    Heading(u8),
    Quote,
    List(Option<u32>, Vec<Vec<Node>>),
    Item,
    Code,
    Strong,
    Emphasis,
    Strike,
    Link(Option<String>),
    Picture(Option<String>),
    Table(Vec<Vec<Vec<Node>>>),
    Row(Vec<Vec<Node>>),
    Cell,
    /// Its inside is shown in its place: what is too deep, or of no kind of ours.
    Through,
    /// HTML, shown as text.
    Html,
}

impl What {
    /// What a tag begins.
    pub(super) fn begun_by(tag: Tag<'_>) -> Self {
        match tag {
            Tag::Paragraph => Self::Paragraph,
            Tag::Heading { level, .. } => Self::Heading(number(level)),
            Tag::BlockQuote(_) => Self::Quote,
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => Self::Code,
            Tag::List(from) => Self::List(
                from.map(|from| u32::try_from(from).unwrap_or(u32::MAX)),
                Vec::new(),
            ),
            Tag::Item => Self::Item,
            Tag::Emphasis => Self::Emphasis,
            Tag::Strong => Self::Strong,
            Tag::Strikethrough => Self::Strike,
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => Self::Link(target(link_type, &dest_url)),
            Tag::Image {
                link_type,
                dest_url,
                ..
            } => Self::Picture(target(link_type, &dest_url)),
            Tag::Table(_) => Self::Table(Vec::new()),
            Tag::TableHead | Tag::TableRow => Self::Row(Vec::new()),
            Tag::TableCell => Self::Cell,
            Tag::HtmlBlock => Self::Html,
            _ => Self::Through,
        }
    }

    /// Whether text in it is shown as it is, without addresses becoming links.
    pub(super) fn is_literal(&self) -> bool {
        matches!(
            self,
            Self::Code | Self::Link(_) | Self::Picture(_) | Self::Html
        )
    }

    /// Whether it becomes a link.
    pub(super) fn is_link(&self) -> bool {
        matches!(self, Self::Link(Some(_)))
    }

    /// Whether what is inside is one deeper than it.
    pub(super) fn deepens(&self) -> bool {
        !matches!(
            self,
            Self::Through | Self::Item | Self::Row(_) | Self::Cell | Self::Code | Self::Html
        )
    }
}

fn target(kind: LinkType, address: &str) -> Option<String> {
    if matches!(kind, LinkType::Email) {
        safe_link(&format!("mailto:{address}"))
    } else {
        safe_link(address)
    }
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
