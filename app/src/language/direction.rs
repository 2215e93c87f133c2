//! Which way a text runs, where HTML's `dir="auto"` would judge by a name that stands before it.

/// `rtl` or `ltr`, by the first letter; `auto` where there is none.
pub fn of(text: &str) -> &'static str {
    text.chars().find_map(of_letter).unwrap_or("auto")
}

fn of_letter(letter: char) -> Option<&'static str> {
    match letter {
        // Hebrew, Arabic and their kin, and the forms that old programs write them in.
        '\u{590}'..='\u{8ff}'
        | '\u{fb1d}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefe}'
        | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}' => Some("rtl"),
        // Signs, digits and pictures run as what is around them.
        '\0'..='@'
        | '['..='`'
        | '{'..='\u{bf}'
        | '\u{2000}'..='\u{2bff}'
        | '\u{3000}'..='\u{3004}'
        | '\u{fe00}'..='\u{feff}'
        | '\u{1f000}'..='\u{1faff}' => None,
        _ => Some("ltr"),
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn the_first_letter_decides_and_what_is_no_letter_does_not() {
        for (text, direction) in [
            ("Every second page", "ltr"),
            ("مرحبا Ada", "rtl"),
            ("1. «שלום»", "rtl"),
            ("😀 (12:30) ça va", "ltr"),
            ("Žluťoučký", "ltr"),
            ("你好", "ltr"),
            ("12:30 – 👍", "auto"),
            ("", "auto"),
        ] {
            assert_eq!(of(text), direction, "{text}");
        }
    }
}
