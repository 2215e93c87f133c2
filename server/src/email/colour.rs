//! The brand's accent for mails, which know no oklch(): the same colour as the screen's, as `#rrggbb`.

use crate::config::Colour;

/// The stylesheet's own, where the operator gave no colour.
const OWN: Colour = Colour {
    hue: 264,
    strength: 100,
};

/// The brand's accent: a grey brand's is grey.
pub fn accent(brand: Option<Colour>) -> String {
    let Colour { hue, strength } = brand.unwrap_or(OWN);
    of(hue, strength)
}

/// `oklch(48% .16 hue)` in sRGB, with so many percent of its chroma, which gives white text on it enough contrast at every hue.
pub fn of(hue: u16, strength: u8) -> String {
    let (lightness, chroma) = (0.48, 0.16 * f64::from(strength) / 100.0);
    let angle = f64::from(hue).to_radians();
    let (a, b) = (chroma * angle.cos(), chroma * angle.sin());
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    let red = 4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s;
    let green = -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s;
    let blue = -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s;
    let [r, g, b] = [red, green, blue].map(to_byte);
    format!("#{r:02x}{g:02x}{b:02x}")
}

fn to_byte(linear: f64) -> u8 {
    let clamped = linear.clamp(0.0, 1.0);
    let value = if clamped <= 0.003_130_8 {
        12.92 * clamped
    } else {
        1.055 * clamped.powf(1.0 / 2.4) - 0.055
    };
    // A float becomes the nearest value that the type can hold.
    (value * 255.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_on_the_accent_can_be_read_at_every_hue() {
        for (hue, strength) in (0..360).flat_map(|hue| [(hue, 100), (hue, 50), (hue, 0)]) {
            let colour = of(hue, strength);
            let channel = |at: usize| {
                let byte = u8::from_str_radix(&colour[at..at + 2], 16).unwrap();
                let value = f64::from(byte) / 255.0;
                if value <= 0.040_45 {
                    value / 12.92
                } else {
                    ((value + 0.055) / 1.055).powf(2.4)
                }
            };
            let luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
            let contrast = 1.05 / (luminance + 0.05);
            assert!(contrast >= 4.5, "{hue}: {colour} {contrast}");
        }
    }

    #[test]
    fn a_grey_brand_is_grey_in_mails_too_and_none_is_the_stylesheets_own() {
        let grey = accent(Some(Colour {
            hue: 264,
            strength: 0,
        }));
        assert_eq!(
            (&grey[1..3], &grey[3..5]),
            (&grey[3..5], &grey[5..7]),
            "{grey}"
        );
        assert_eq!(accent(None), of(264, 100));
    }
}
