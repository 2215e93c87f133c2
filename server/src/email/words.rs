//! What every mail of ours is put together with: its parts in words, text as HTML shows it, its name.

use base64ct::{Base64UrlUnpadded, Encoding};

use super::colour;
use crate::config::Colour;
use crate::state::State;

/// A mail in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Subject.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// As HTML.
    pub html: String,
}

/// A mail's or page's HTML in the brand's colour and in a language, which is its tag and direction.
pub(crate) fn paint(html: &str, brand: Option<Colour>, (tag, direction): (&str, &str)) -> String {
    html.replace("{accent}", &colour::accent(brand))
        .replace("{lang}", &escape(tag))
        .replace("{dir}", &escape(direction))
}

/// A mail's HTML: what all mails have, around the rows that are its own, so many pixels wide.
pub(super) fn frame(rows: &str, width: u16) -> String {
    include_str!("frame.html")
        .replace("{width}", &width.to_string())
        .replace("{rows}", rows)
}

/// A mail's or page's HTML with words in its places. A word never makes a place: [`escape`] sees to that.
pub(crate) fn fill(html: String, places: &[(&str, &str)]) -> String {
    places.iter().fold(html, |html, (place, words)| {
        html.replace(place, &escape(words))
    })
}

/// Text as HTML shows it; braces too, so that no text is taken for a place.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '{' => out.push_str("&#123;"),
            '}' => out.push_str("&#125;"),
            c => out.push(c),
        }
    }
    out
}

/// The name of a mail, always the same for the same thing: whoever gets it twice is shown it once.
pub(super) fn message_id(state: &State, purpose: &str, of: &[u8]) -> String {
    let name = state.keys.current().token_hash(purpose, of);
    format!(
        "portal-{}@{}",
        Base64UrlUnpadded::encode_string(&name[..16]),
        state.config.portal.host().trim_matches(['[', ']'])
    )
}
