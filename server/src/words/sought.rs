//! What a customer looks for: phrases of words, the last word of each as far as it is typed. And the pieces of a text in which that stands.

use std::ops::Range;

use app::tickets::find::Piece;

use super::{Word, words};

/// Characters of a message that are shown around what was found, and how many of them stand before it.
const EXCERPT: usize = 140;
const BEFORE: usize = 20;
/// Characters of a subject that a list of 320 pixels shows.
const IN_SIGHT: usize = 28;

/// What is looked for.
pub struct Sought {
    phrases: Vec<Vec<String>>,
    number: Option<i64>,
}

impl Sought {
    /// Reads what was typed. Each word between blanks has to stand somewhere; nothing in it has another meaning.
    pub fn read(typed: &str) -> Self {
        let mut phrases: Vec<Vec<String>> = Vec::new();
        for part in typed.split_whitespace() {
            let phrase: Vec<String> = words(part).into_iter().map(|word| word.folded).collect();
            if !phrase.is_empty() && !phrases.contains(&phrase) {
                phrases.push(phrase);
            }
        }
        let typed = typed.trim();
        let digits = typed.strip_prefix('#').unwrap_or(typed);
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
        Self {
            phrases,
            number: digits.parse().ok().filter(|_| is_number),
        }
    }

    /// The number of a ticket, if it can be one.
    pub fn number(&self) -> Option<i64> {
        self.number
    }

    /// Of each phrase what FTS5 looks for among a customer's words: letters and digits in quotes.
    pub fn expressions(&self, customer: i64) -> impl Iterator<Item = String> {
        self.phrases.iter().map(move |phrase| {
            let words: Vec<String> = phrase.iter().map(|word| of(customer, word)).collect();
            format!("\"{}\" *", words.join(" "))
        })
    }

    /// How many of the phrases stand in an indexed text of a customer's.
    pub fn matches(&self, customer: i64, indexed: &str) -> usize {
        let stands = |phrase: &&Vec<String>| {
            let mut all = String::new();
            for word in *phrase {
                all.push(' ');
                all.push_str(&of(customer, word));
            }
            indexed.contains(&all)
        };
        self.phrases.iter().filter(stands).count()
    }

    /// How many phrases there are.
    pub fn count(&self) -> usize {
        self.phrases.len()
    }

    /// Whether any phrase stands in a text.
    pub fn stands_in(&self, text: &str) -> bool {
        !self.places(text).is_empty()
    }

    /// A subject in pieces: the whole of it, unless a narrow list would cut off what was found.
    pub fn subject(&self, text: &str) -> Vec<Piece> {
        match self.places(text).first() {
            Some(place) if text[..place.start].chars().count() > IN_SIGHT => self.excerpt(text),
            _ => self.mark(text),
        }
    }

    /// The whole text in pieces.
    pub fn mark(&self, text: &str) -> Vec<Piece> {
        pieces(text, &self.places(text))
    }

    /// One line of the text around the first place, in pieces.
    pub fn excerpt(&self, text: &str) -> Vec<Piece> {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let places = self.places(&line);
        let first = places.first().map_or(0, |place| place.start);
        let start = back(&line, first, BEFORE);
        let end = line[start..]
            .char_indices()
            .nth(EXCERPT)
            .map_or(line.len(), |(at, _)| start + at);
        let mut shown = String::new();
        if start > 0 {
            shown.push('…');
        }
        let shift = shown.len();
        shown.push_str(&line[start..end]);
        if end < line.len() {
            shown.push('…');
        }
        let places: Vec<Range<usize>> = places
            .into_iter()
            .filter(|place| place.start >= start && place.start < end)
            .map(|place| place.start - start + shift..place.end.min(end) - start + shift)
            .collect();
        pieces(&shown, &places)
    }

    /// Where the phrases stand in a text, in order, none over another.
    fn places(&self, text: &str) -> Vec<Range<usize>> {
        let words = words(text);
        let mut places: Vec<Range<usize>> = Vec::new();
        for at in 0..words.len() {
            let longest = self
                .phrases
                .iter()
                .filter(|phrase| stands_at(phrase, &words[at..]))
                .map(Vec::len)
                .max();
            let Some(last) = longest.and_then(|length| words.get(at + length - 1)) else {
                continue;
            };
            let place = words[at].place.start..last.place.end;
            match places.last_mut() {
                Some(before) if place.start <= before.end => before.end = before.end.max(place.end),
                _ => places.push(place),
            }
        }
        places
    }
}

/// A customer's words as they are indexed: his number is part of each, so that nobody's words are among another's.
pub fn indexed(customer: i64, text: &str) -> String {
    let mut out = String::new();
    for word in words(text) {
        out.push(' ');
        out.push_str(&of(customer, &word.folded));
    }
    out
}

/// The customer's number takes five characters, so that the index of beginnings (see `store/words.rs`) knows where a word begins.
fn of(customer: i64, word: &str) -> String {
    let mut out = String::with_capacity(5 + word.len());
    for place in (0..5).rev() {
        let digit = customer.cast_unsigned() / 36_u64.pow(place) % 36;
        out.push(char::from_digit(digit as u32, 36).unwrap_or('0'));
    }
    out + word
}

fn stands_at(phrase: &[String], words: &[Word]) -> bool {
    let Some((last, before)) = phrase.split_last() else {
        return false;
    };
    words.len() >= phrase.len()
        && before
            .iter()
            .zip(words)
            .all(|(word, stands)| stands.folded == *word)
        && words
            .get(before.len())
            .is_some_and(|stands| stands.folded.starts_with(last))
}

/// The beginning of a word, so many characters before a place or fewer.
fn back(line: &str, place: usize, most: usize) -> usize {
    let before = &line[..place];
    let Some((start, _)) = before.char_indices().rev().nth(most) else {
        return 0;
    };
    // A script without spaces is cut anywhere.
    before[start..].find(' ').map_or(start, |at| start + at + 1)
}

fn pieces(text: &str, places: &[Range<usize>]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut end = 0;
    for place in places {
        if place.start > end {
            pieces.push(Piece::Plain(text[end..place.start].to_owned()));
        }
        pieces.push(Piece::Found(text[place.clone()].to_owned()));
        end = place.end;
    }
    if end < text.len() {
        pieces.push(Piece::Plain(text[end..].to_owned()));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces in one text, with brackets around what was found.
    fn shown(pieces: Vec<Piece>) -> String {
        pieces
            .into_iter()
            .map(|piece| match piece {
                Piece::Plain(text) => text,
                Piece::Found(text) => format!("[{text}]"),
            })
            .collect()
    }

    #[test]
    fn words_are_found_by_their_beginning_whatever_case_and_accents_they_have() {
        let mark = |typed: &str, text| shown(Sought::read(typed).mark(text));
        assert_eq!(
            mark("grosse rech", "Rechnung über die Größe"),
            "[Rechnung] über die [Größe]"
        );
        assert_eq!(mark("art", "start the art"), "start the [art]");
        assert_eq!(
            mark("e-mail", "e mail, E-Mails, mail e"),
            "[e mail], [E-Mails], mail e"
        );
        assert_eq!(mark("東京", "京都と東京タワー"), "京都と[東京]タワー");
        assert_eq!(mark("a ab", "abc"), "[abc]");
        assert_eq!(mark("nothing", "<b>"), "<b>");
    }

    #[test]
    fn nothing_that_is_typed_has_a_meaning_of_its_own() {
        for typed in [
            "\"",
            "a\" OR b*",
            "NEAR(a b)",
            "{text}: a",
            "-a",
            "^a",
            "a AND NOT b",
            "a\0b",
            "\\\" *",
        ] {
            for one in Sought::read(typed).expressions(7) {
                let inside = one
                    .strip_prefix('"')
                    .and_then(|it| it.strip_suffix("\" *"))
                    .unwrap();
                assert!(
                    inside.chars().all(|c| c.is_alphanumeric() || c == ' '),
                    "{one}"
                );
                assert!(
                    inside.split(' ').all(|word| word.starts_with("00007")),
                    "{one}"
                );
            }
        }
        assert_eq!(Sought::read("!?").expressions(7).count(), 0);
        assert_eq!(of(36 * 36 + 35, "word"), "0010zword");
    }

    #[test]
    fn a_number_is_that_of_a_ticket_too() {
        assert_eq!(Sought::read(" #1042 ").number(), Some(1042));
        assert_eq!(Sought::read("1042").number(), Some(1042));
        for other in ["", "#", "-1", "+1", "10 42", "99999999999999999999"] {
            assert_eq!(Sought::read(other).number(), None, "{other}");
        }
    }

    #[test]
    fn an_excerpt_is_one_line_around_what_was_found() {
        let text = format!(
            "{}the\n\tneedle {}",
            "hay ".repeat(100),
            "straw ".repeat(100)
        );
        let shown = shown(Sought::read("needle").excerpt(&text));
        assert!(shown.starts_with("…hay hay"), "{shown}");
        assert!(shown.contains("the [needle] straw"), "{shown}");
        assert!(
            shown.ends_with('…') && shown.chars().count() < 150,
            "{shown}"
        );
        let long = "漢".repeat(10_000) + "字" + &"漢".repeat(10_000);
        let excerpt = Sought::read("字").excerpt(&long);
        assert!(excerpt.contains(&Piece::Found("字".to_owned())));
    }

    #[test]
    fn a_subject_is_whole_unless_what_was_found_would_be_cut_off() {
        let subject = |typed: &str, text| shown(Sought::read(typed).subject(text));
        assert_eq!(
            subject("lamp", "A lamp that flickers in the kitchen at night"),
            "A [lamp] that flickers in the kitchen at night"
        );
        assert_eq!(
            subject("night", "A lamp that flickers in the kitchen at night"),
            "…in the kitchen at [night]"
        );
    }

    #[test]
    fn r12_any_words_and_any_text_give_the_text_in_pieces() {
        for typed in [
            "",
            "\u{301}",
            "a\u{301}",
            "\u{fdfa}",
            "ﷺ",
            "💥",
            &"x".repeat(10_000),
        ] {
            let sought = Sought::read(typed);
            for text in ["", "á\u{301}", "\u{fdfa} b", "👩‍👩‍👧 x", "a\u{202e}b"] {
                let whole: String = sought
                    .mark(text)
                    .into_iter()
                    .map(|piece| match piece {
                        Piece::Plain(text) | Piece::Found(text) => text,
                    })
                    .collect();
                assert_eq!(whole, text);
                sought.excerpt(text);
            }
        }
    }
}
