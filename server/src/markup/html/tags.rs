//! Which tags mean something, and what their attributes tell. All others are looked through, or passed over with what is in them.

use html5gum::StartTag;
use url::Url;

use crate::markup::links::safe_link;

/// What a tag means to us.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Block,
    Heading(u8),
    Pre,
    Quote,
    List,
    Numbers,
    Item,
    Cell,
    Strong,
    Emphasis,
    Strike,
    Code,
    Link,
    Picture,
    Break,
    Rule,
    /// What is in it is shown as if it were not there.
    Through,
    /// What is in it is not shown.
    Skipped,
}

impl Tag {
    pub(super) fn named(name: &[u8]) -> Self {
        match name {
            b"p" | b"div" | b"section" | b"article" | b"header" | b"footer" | b"main"
            | b"aside" | b"nav" | b"address" | b"center" | b"figure" | b"figcaption"
            | b"details" | b"summary" | b"fieldset" | b"form" | b"dl" | b"dt" | b"dd"
            | b"table" | b"tbody" | b"thead" | b"tfoot" | b"tr" | b"caption" | b"body"
            | b"html" => Self::Block,
            b"h1" => Self::Heading(1),
            b"h2" => Self::Heading(2),
            b"h3" => Self::Heading(3),
            b"h4" => Self::Heading(4),
            b"h5" => Self::Heading(5),
            b"h6" => Self::Heading(6),
            b"pre" => Self::Pre,
            b"blockquote" => Self::Quote,
            b"ul" | b"menu" | b"dir" => Self::List,
            b"ol" => Self::Numbers,
            b"li" => Self::Item,
            b"td" | b"th" => Self::Cell,
            b"b" | b"strong" => Self::Strong,
            b"i" | b"em" | b"cite" | b"dfn" | b"var" => Self::Emphasis,
            b"s" | b"strike" | b"del" => Self::Strike,
            b"code" | b"tt" | b"kbd" | b"samp" => Self::Code,
            b"a" => Self::Link,
            b"img" => Self::Picture,
            b"br" => Self::Break,
            b"hr" => Self::Rule,
            b"script" | b"style" | b"title" | b"textarea" | b"noscript" | b"noembed"
            | b"noframes" | b"iframe" | b"xmp" | b"plaintext" | b"template" | b"svg" | b"math"
            | b"object" | b"applet" | b"audio" | b"video" | b"canvas" | b"select" | b"datalist"
            | b"frameset" | b"map" => Self::Skipped,
            _ => Self::Through,
        }
    }

    pub(super) fn is_skipped(self) -> bool {
        matches!(self, Self::Skipped)
    }

    pub(super) fn is_void(self) -> bool {
        matches!(self, Self::Picture | Self::Break | Self::Rule)
    }

    /// Whether its end is the end of a paragraph.
    pub(super) fn is_block(self) -> bool {
        matches!(
            self,
            Self::Heading(_) | Self::Pre | Self::Quote | Self::List | Self::Numbers | Self::Item
        )
    }
}

/// An attribute's value; none if it is not there.
pub(super) fn value(start: &StartTag<()>, name: &str) -> Option<String> {
    let value = start.attributes.get(name.as_bytes())?;
    Some(String::from_utf8_lossy(value).into_owned())
}

/// A small number in an attribute.
pub(super) fn number(start: &StartTag<()>, name: &str) -> Option<u32> {
    value(start, name)?.trim().parse().ok()
}

/// Where a link leads, if it may.
pub(super) fn link(start: &StartTag<()>) -> Option<String> {
    safe_link(&value(start, "href")?)
}

/// Where a picture is, if that is on the web.
pub(super) fn picture(start: &StartTag<()>) -> Option<String> {
    let address = value(start, "src")?;
    let url = Url::parse(address.trim()).ok()?;
    matches!(url.scheme(), "http" | "https")
        .then(|| safe_link(&address))
        .flatten()
}

/// Whether a picture is there to be fetched and not to be seen.
pub(super) fn is_invisible_picture(start: &StartTag<()>) -> bool {
    let dot = |name| {
        value(start, name).is_some_and(|it| {
            let digits = it.trim().trim_end_matches("px");
            matches!(digits, "0" | "1" | "2")
        })
    };
    dot("width") || dot("height") || is_hidden(start)
}

/// Whether an element is not shown by mail programs.
pub(super) fn is_hidden(start: &StartTag<()>) -> bool {
    if start.attributes.contains_key(&b"hidden"[..]) {
        return true;
    }
    value(start, "style").is_some_and(|style| {
        let style: String = style
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| c.to_ascii_lowercase())
            .collect();
        style.contains("display:none") || style.contains("visibility:hidden")
    })
}

/// Whether an element holds what the mail answers to, as common mail programs mark it.
pub(super) fn begins_history(start: &StartTag<()>) -> bool {
    if start.name[..] == *b"blockquote" && value(start, "type").as_deref() == Some("cite") {
        return true;
    }
    has_word(
        start,
        "class",
        &[
            "gmail_quote",
            "gmail_quote_container",
            "yahoo_quoted",
            "protonmail_quote",
            "tutanota_quote",
            "zmail_extra",
            "moz-cite-prefix",
        ],
    )
}

/// Whether an element is the head of it, with all that comes after.
pub(super) fn is_head_of_history(start: &StartTag<()>) -> bool {
    has_word(
        start,
        "id",
        &[
            "divRplyFwdMsg",
            "x_divRplyFwdMsg",
            "appendonsend",
            "mail-editor-reference-message-container",
        ],
    )
}

fn has_word(start: &StartTag<()>, attribute: &str, words: &[&str]) -> bool {
    value(start, attribute)
        .is_some_and(|value| value.split_ascii_whitespace().any(|it| words.contains(&it)))
}
