//! What lets a phone keep the portal among its apps: a manifest in the operator's name, colour and pictures, an icon in his colour, and the
//! worker that has a page for when there is no network.

use bytes::Bytes;
use serde_json::{Map, Value, json};

use super::brand::Brand;
use super::{Built, Picture, Stored};
use crate::config::Colour;
use crate::email::colour;

/// The manifest as it was built, which the operator's own goes over.
pub(super) const MANIFEST: &str = "public/manifest.webmanifest";
const ICON: &str = "public/favicon.svg";
const WORKER: &str = "public/worker.js";
/// The colour of the icon as it was drawn.
const DRAWN_IN: &str = "#2d55b4";
/// Width and height from which a picture is an icon, pixels.
const LARGE_ENOUGH: u32 = 192;

/// Gives the icon the brand's colour and the worker the bundle's version.
pub(super) fn dress(built: &mut Built, colour: Option<Colour>) {
    let version = built.version.clone();
    if let Some(colour) = colour {
        rewrite(
            built,
            ICON,
            DRAWN_IN,
            &colour::of(colour.hue, colour.strength),
        );
    }
    rewrite(built, WORKER, "__VERSION__", &version);
}

fn rewrite(built: &mut Built, path: &str, from: &str, to: &str) {
    let Some(file) = built.files.get_mut(path) else {
        return;
    };
    if let Ok(text) = std::str::from_utf8(file.plain()) {
        let text = text.replace(from, to);
        *file = Stored::new(file.content_type(), Bytes::from(text), None);
    }
}

/// The manifest; its addresses are taken from its own.
pub(super) fn manifest(
    built: &Stored,
    name: &str,
    colour: Option<Colour>,
    brand: &Brand,
) -> Stored {
    let mut manifest: Map<String, Value> =
        serde_json::from_slice(built.plain()).unwrap_or_default();
    manifest.insert("name".to_owned(), json!(name));
    manifest.insert("short_name".to_owned(), json!(name));
    if let Some(colour) = colour {
        let accent = colour::of(colour.hue, colour.strength);
        manifest.insert("theme_color".to_owned(), json!(accent));
    }
    let own: Vec<Icon> = [Picture::Small, Picture::Logo]
        .into_iter()
        .filter_map(|picture| Icon::of(brand, picture))
        .collect();
    let enough = own.iter().any(|icon| icon.is_enough);
    let built_in = match manifest.remove("icons") {
        Some(Value::Array(icons)) => icons,
        _ => Vec::new(),
    };
    // Those in another colour than the brand's, and next to a brand's own, would only be chosen by mistake.
    let built_in = built_in.into_iter().filter(|icon| {
        let drawing = icon["type"] == "image/svg+xml";
        !enough && (drawing || colour.is_none())
    });
    let icons: Vec<Value> = own
        .into_iter()
        .map(|icon| icon.said)
        .chain(built_in)
        .collect();
    manifest.insert("icons".to_owned(), Value::Array(icons));
    let text = Value::Object(manifest).to_string();
    Stored::new(built.content_type(), Bytes::from(text), None)
}

/// A picture of the brand as a manifest names it.
struct Icon {
    said: Value,
    /// A phone can show it by itself.
    is_enough: bool,
}

impl Icon {
    fn of(brand: &Brand, picture: Picture) -> Option<Self> {
        let stored = brand.stored(picture)?;
        let kind = stored.content_type();
        let (sizes, is_enough) = match size_of_png(stored.plain()) {
            Some((width, height)) => (
                format!("{width}x{height}"),
                width == height && width >= LARGE_ENOUGH,
            ),
            None if kind == "image/svg+xml" => ("any".to_owned(), picture == Picture::Small),
            None => return None,
        };
        let src = brand.address(picture)?;
        Some(Self {
            said: json!({ "src": src.trim_start_matches('/'), "type": kind, "sizes": sizes }),
            is_enough,
        })
    }
}

/// Width and height, as a PNG says them in its head.
fn size_of_png(bytes: &[u8]) -> Option<(u32, u32)> {
    let head = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let number = |at: usize| Some(u32::from_be_bytes(head.get(at..at + 4)?.try_into().ok()?));
    (head.get(4..8)? == b"IHDR").then_some(())?;
    Some((number(8)?, number(12)?))
}

#[cfg(test)]
mod tests;
