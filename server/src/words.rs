//! Words: how texts are taken apart to be found, what a customer looks for, and where that stands in a text.
//!
//! Case and accents do not count. Scripts that put no spaces between words are taken apart into characters, and what is looked for is a row of them.

mod sought;

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub use sought::{Sought, indexed};

/// Most characters of a word that count; what is longer is no word that anybody types.
const LONGEST: usize = 48;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As it is compared.
    pub folded: String,
    /// Where it stands, in bytes.
    pub place: Range<usize>,
}

/// The words of a text.
pub fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut length = 0;
    // The last word can go on.
    let (mut open, mut alone) = (false, false);
    let mut folded = String::new();
    for (start, c) in text.char_indices() {
        let place = start..start + c.len_utf8();
        folded.clear();
        fold(c, &mut folded);
        if folded.is_empty() {
            // An accent of its own belongs to the letter before it.
            if let Some(word) = words.last_mut().filter(|_| open) {
                word.place.end = place.end;
            }
            continue;
        }
        for c in folded.chars() {
            let mark = is_combining_mark(c);
            if !mark && !c.is_alphanumeric() {
                open = false;
                continue;
            }
            let unspaced = !mark && has_no_spaces(c);
            match words.last_mut() {
                Some(word) if open && !unspaced && (mark || !alone) => {
                    word.place.end = place.end;
                    if length < LONGEST {
                        word.folded.push(c);
                        length += 1;
                    }
                }
                _ => {
                    words.push(Word {
                        folded: c.to_string(),
                        place: place.clone(),
                    });
                    (open, alone, length) = (true, unspaced, 1);
                }
            }
        }
    }
    words
}

/// A character as it is compared: small, without accents, in one of the ways in which it can be written. Nothing for an accent.
fn fold(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    for c in c.to_lowercase().nfkd() {
        match c {
            // Accents, Hebrew points, Arabic vowels and the stretching of Arabic words.
            '\u{300}'..='\u{36f}'
            | '\u{591}'..='\u{5bd}'
            | '\u{5bf}'..='\u{5c7}'
            | '\u{610}'..='\u{61a}'
            | '\u{640}'
            | '\u{64b}'..='\u{65f}'
            | '\u{670}' => {}
            // Put in to say where a line may break.
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' => out.push('d'),
            'ı' => out.push('i'),
            'ς' => out.push('σ'),
            other => out.extend(other.to_lowercase()),
        }
    }
}

/// Whether the script puts no spaces between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese.
fn has_no_spaces(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}'
        | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn case_accents_and_ways_of_writing_do_not_count() {
        assert_eq!(
            folded("Größe ÉTÉ e\u{301}té Łódź"),
            ["grosse", "ete", "ete", "lodz"]
        );
        assert_eq!(folded("ﬁne Ⅷ ｆｕｌｌ"), ["fine", "viii", "full"]);
        assert_eq!(folded("ΟΔΟΣ οδος"), ["οδοσ", "οδοσ"]);
        assert_eq!(folded("كِتَاب كتاب"), ["كتاب", "كتاب"]);
    }

    #[test]
    fn what_is_in_no_word_separates_words() {
        assert_eq!(
            folded("a.b@c-d_e\0f\u{ffff}g"),
            ["a", "b", "c", "d", "e", "f", "g"]
        );
        assert_eq!(folded("\" * ( ) : ^ +"), [] as [&str; 0]);
    }

    #[test]
    fn scripts_without_spaces_are_taken_apart() {
        assert_eq!(
            folded("東京タワー2026年"),
            ["東", "京", "タ", "ワ", "ー", "2026", "年"]
        );
        assert_eq!(folded("ที่นี่"), ["ที่", "นี่"]);
        assert_eq!(folded("हिन्दी भाषा"), ["हिन्दी", "भाषा"]);
    }

    #[test]
    fn a_word_says_where_it_stands_in_the_text_as_it_was_written() {
        let text = "Die Größe\u{301}!";
        let places: Vec<_> = words(text).into_iter().map(|it| &text[it.place]).collect();
        assert_eq!(places, ["Die", "Größe\u{301}"]);
    }

    #[test]
    fn r12_any_text_is_taken_apart() {
        let long = "x".repeat(100_000);
        assert_eq!(folded(&long)[0].chars().count(), LONGEST);
        for text in ["\u{fdfa}", "\u{301}", "\u{e33}", "🇩🇪👩‍👩‍👧", "\u{202e}abc"]
        {
            for word in words(text) {
                assert!(
                    text.is_char_boundary(word.place.start)
                        && text.is_char_boundary(word.place.end)
                );
            }
        }
    }
}
