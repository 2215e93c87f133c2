//! The page that every visitor gets, cut once at its places, so that nothing a person wrote is ever taken for a place.

use serde::Serialize;

use crate::languages::PageTexts;

/// Stands for the path that the portal is reached at, in every reference.
const BASE: &str = "/__BASE__/";

const PLACES: [(&str, Place); 9] = [
    ("__LANG__", Place::Language),
    ("__DIR__", Place::Direction),
    ("__THEME__", Place::Theme),
    ("<!--__HEAD__-->", Place::Head),
    ("<!--__DATA__-->", Place::Data),
    ("<!--__FIRST_PAINT__-->", Place::FirstPaint),
    ("__FAILED__", Place::Text("page-failed")),
    ("__AGAIN__", Place::Text("page-load-again")),
    ("__NO_SCRIPT__", Place::Text("page-needs-script")),
];

/// Where the page differs from visit to visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Language,
    Direction,
    Theme,
    Head,
    Data,
    FirstPaint,
    Text(&'static str),
}

#[derive(Debug)]
enum Piece {
    Same(String),
    Filled(Place),
}

/// What fills the places.
pub(super) struct Filling<'a> {
    pub(super) language: &'a str,
    pub(super) direction: &'a str,
    pub(super) theme: &'a str,
    pub(super) texts: &'a PageTexts,
    /// HTML.
    pub(super) head: &'a str,
    /// HTML.
    pub(super) data: &'a str,
    /// HTML.
    pub(super) first_paint: &'a str,
}

/// The page.
#[derive(Debug)]
pub(super) struct Template {
    pieces: Vec<Piece>,
    length: usize,
}

impl Template {
    /// Cuts a page, which names the base path `base` from now on.
    pub(super) fn new(page: &str) -> Self {
        let mut pieces = Vec::new();
        let mut rest = page;
        while let Some((at, mark, place)) = first_place(rest) {
            pieces.push(Piece::Same(rest[..at].to_owned()));
            pieces.push(Piece::Filled(place));
            rest = &rest[at + mark.len()..];
        }
        pieces.push(Piece::Same(rest.to_owned()));
        Self {
            pieces,
            length: page.len(),
        }
    }

    /// The page for one visit.
    pub(super) fn fill(&self, filling: &Filling<'_>) -> String {
        let filled = filling.head.len() + filling.data.len() + filling.first_paint.len();
        let mut page = String::with_capacity(self.length + filled);
        for piece in &self.pieces {
            match piece {
                Piece::Same(text) => page.push_str(text),
                Piece::Filled(Place::Language) => page.push_str(&escape(filling.language)),
                Piece::Filled(Place::Direction) => page.push_str(&escape(filling.direction)),
                Piece::Filled(Place::Theme) => page.push_str(&escape(filling.theme)),
                Piece::Filled(Place::Head) => page.push_str(filling.head),
                Piece::Filled(Place::Data) => page.push_str(filling.data),
                Piece::Filled(Place::FirstPaint) => page.push_str(filling.first_paint),
                Piece::Filled(Place::Text(text)) => {
                    page.push_str(&escape(filling.texts.get(text)));
                }
            }
        }
        page
    }
}

fn first_place(text: &str) -> Option<(usize, &'static str, Place)> {
    PLACES
        .iter()
        .filter_map(|(mark, place)| Some((text.find(mark)?, *mark, *place)))
        .min_by_key(|(at, _, _)| *at)
}

/// Where the stylesheet of a page is.
pub(super) fn stylesheet(page: &str) -> &str {
    let address = page.split_once("<link rel=\"stylesheet\" href=\"");
    let address = address.and_then(|(_, rest)| rest.split_once('"'));
    address.map_or("", |(address, _)| address)
}

/// A page with every reference below the base path (empty at the root).
pub(super) fn at_base(page: &str, base: &str) -> String {
    page.replace(BASE, &format!("{base}/"))
}

/// A data block of this id. No `<` is left in it, so that nothing in it can end it.
pub(super) fn data_block(id: &str, data: &impl Serialize) -> String {
    // It holds strings and numbers only: it cannot fail, and without it the browser would ask.
    let json = serde_json::to_string(data).unwrap_or_default();
    format!(
        "<script type=\"application/json\" id=\"{id}\">{}</script>",
        json.replace('<', "\\u003c")
    )
}

/// Text as HTML shows it, in content and in quoted attributes.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use app::language::catalogue::Catalogue;

    use super::*;

    const PAGE: &str = "<html lang=\"__LANG__\" dir=\"__DIR__\" data-theme=\"__THEME__\"><!--__HEAD__--><!--__DATA__--><p>__FAILED__</p></html>";

    #[test]
    fn every_place_is_filled_and_what_fills_it_is_no_place() {
        let page = Template::new(PAGE).fill(&Filling {
            language: "__DIR__",
            direction: "\"><script>",
            theme: "dark",
            texts: &PageTexts::of(&Catalogue::empty().with("en", "page-failed = __HEAD__ <br>\n")),
            head: "<!--__DATA__-->",
            data: "__LANG__",
            first_paint: "__DIR__",
        });
        assert_eq!(
            page,
            "<html lang=\"__DIR__\" dir=\"&quot;&gt;&lt;script&gt;\" data-theme=\"dark\"><!--__DATA__-->__LANG__<p>__HEAD__ &lt;br&gt;</p></html>"
        );
    }

    #[test]
    fn the_base_path_is_in_every_reference() {
        let page = "<link href=\"/__BASE__/a.css\"><meta content=\"/__BASE__/\">";
        assert_eq!(
            at_base(page, "/portal"),
            "<link href=\"/portal/a.css\"><meta content=\"/portal/\">"
        );
        assert_eq!(
            at_base(page, ""),
            "<link href=\"/a.css\"><meta content=\"/\">"
        );
    }
}
