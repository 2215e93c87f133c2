//! The operator's name, colour and logo.

use std::path::PathBuf;

use super::reader::Reader;

/// How the portal looks and what it is called.
#[derive(Clone, Debug, PartialEq)]
pub struct Brand {
    /// Name of the support, in headings and mails.
    pub name: String,
    /// The accent colour; none is the stylesheet's own.
    pub colour: Option<Colour>,
    /// Folder with `logo.svg` or `logo.png`; none takes Chatwoot's.
    pub assets: Option<PathBuf>,
}

/// What is taken of a colour: lightness follows from what can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    /// Its hue in OKLCH degrees.
    pub hue: u16,
    /// How much of the stylesheet's chroma it has, percent: a grey has none.
    pub strength: u8,
}

impl Brand {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        let name = reader
            .text("BRAND_NAME")
            .unwrap_or_else(|| "Support".to_owned());
        if name.chars().any(char::is_control) || name.chars().count() > 80 {
            reader.fault(
                "BRAND_NAME",
                "is longer than 80 characters or has line breaks",
                "Give the short name of your support.",
            );
        }
        let colour = reader.text("BRAND_COLOR").and_then(|text| {
            let colour = colour(&text);
            if colour.is_none() {
                reader.fault(
                    "BRAND_COLOR",
                    format!("{text:?} is no colour"),
                    "Give it as #rrggbb; its hue is taken, lightness follows from what can be read.",
                );
            }
            colour
        });
        let assets = reader.text("BRAND_ASSETS").map(PathBuf::from);
        if let Some(folder) = assets.as_ref().filter(|folder| !folder.is_dir()) {
            reader.fault(
                "BRAND_ASSETS",
                format!("{} is no folder", folder.display()),
                "Give a folder with logo.svg or logo.png, or nothing for Chatwoot's own.",
            );
        }
        Self {
            name,
            colour,
            assets,
        }
    }
}

/// OKLCH chroma from which a colour is as strong as the stylesheet's.
const STRONG: f64 = 0.1;

/// Hue and strength of `#rrggbb` or `#rgb`; a grey has the hue 264, as the neutrals have.
fn colour(text: &str) -> Option<Colour> {
    let digits = text.strip_prefix('#').unwrap_or(text);
    let wide: String = match digits.len() {
        3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
        6 => digits.to_owned(),
        _ => return None,
    };
    if !wide.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let channel = |at: usize| {
        let byte = u8::from_str_radix(wide.get(at..at + 2)?, 16).ok()?;
        let value = f64::from(byte) / 255.0;
        Some(if value <= 0.040_45 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        })
    };
    let (r, g, b) = (channel(0)?, channel(2)?, channel(4)?);
    let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
    let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
    let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
    let a = 1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s;
    let b = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s;
    let chroma = a.hypot(b);
    if chroma < 0.01 {
        return Some(Colour {
            hue: 264,
            strength: 0,
        });
    }
    let degrees = b.atan2(a).to_degrees().rem_euclid(360.0).round();
    let percent = (chroma / STRONG * 100.0).min(100.0).round();
    Some(Colour {
        hue: (0..360u16)
            .find(|hue| (f64::from(*hue) - degrees).abs() < 0.5)
            .unwrap_or(0),
        strength: (0..100u8)
            .find(|strength| (f64::from(*strength) - percent).abs() < 0.5)
            .unwrap_or(100),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_gives_its_hue_and_a_grey_none() {
        for (text, hue, strength) in [
            ("#ff0000", 29, 100),
            ("#00ff00", 142, 100),
            ("#0000ff", 264, 100),
            ("#ffff00", 110, 100),
            ("#1f93ff", 252, 100),
            ("#708090", 248, 31),
            ("#777777", 264, 0),
            ("#ffffff", 264, 0),
            ("#000", 264, 0),
            ("#f00", 29, 100),
        ] {
            assert_eq!(colour(text), Some(Colour { hue, strength }), "{text}");
        }
        for other in ["", "red", "#12", "#12345g", "#éé", "#1234567"] {
            assert_eq!(colour(other), None, "{other}");
        }
    }
}
