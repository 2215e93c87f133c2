//! What a customer may write. Chatwoot takes more: these limits are for people who read.

use app::error::{AppError, Field, FieldError, Problem};
use app::tickets::find::WORDS_LIMIT;
use app::tickets::markup::Node;

use crate::words::Sought;

/// Most characters of a subject.
pub const SUBJECT_LIMIT: u32 = 200;
/// Most characters of a message.
pub const MESSAGE_LIMIT: u32 = 20_000;

/// A subject that can be sent: one line.
pub(super) fn subject(text: &str) -> Result<String, FieldError> {
    let text = without_turns(text);
    let text = text.trim();
    check(Field::Subject, text, SUBJECT_LIMIT, |c| c.is_control())?;
    Ok(text.to_owned())
}

/// A message that can be sent; a blank one if it `has_files`. Its lines end in one way; blank lines around it go.
pub(super) fn message(text: &str, has_files: bool) -> Result<String, FieldError> {
    let text = without_turns(text);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim_end().trim_start_matches('\n');
    if has_files && !text.chars().any(is_seen) {
        return Ok(String::new());
    }
    check(Field::Message, text, MESSAGE_LIMIT, |c| {
        c.is_control() && c != '\n' && c != '\t'
    })?;
    Ok(text.to_owned())
}

/// A message as it will be shown.
pub(crate) fn preview(text: &str) -> Result<Vec<Node>, AppError> {
    let text = message(text, false).map_err(|fault| AppError::Invalid(vec![fault]))?;
    Ok(crate::markup::markdown(&text))
}

/// Words that can be looked for; none if there are only blanks. No character is forbidden: what is in no word separates words.
pub(super) fn words(text: &str) -> Result<Option<Sought>, FieldError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    check(Field::Words, text, WORDS_LIMIT, |_| false)?;
    Ok(Some(Sought::read(text)))
}

/// Both fields of a new ticket; every fault is named.
pub(super) fn new_ticket(
    subject: &str,
    message: &str,
    has_files: bool,
) -> Result<(String, String), AppError> {
    match (self::subject(subject), self::message(message, has_files)) {
        (Ok(subject), Ok(message)) => Ok((subject, message)),
        (subject, message) => Err(AppError::Invalid(
            [subject.err(), message.err()]
                .into_iter()
                .flatten()
                .collect(),
        )),
    }
}

/// What a customer is called, in one line; empty if nothing of it can be seen. What he pasted with it and does not see goes.
pub(crate) fn name(text: &str) -> String {
    let text = without_turns(text);
    if !text.chars().any(is_seen) {
        return String::new();
    }
    let is_blank = |c: char| c.is_whitespace() || c.is_control();
    let parts: Vec<&str> = text.split(is_blank).filter(|it| !it.is_empty()).collect();
    parts.join(" ")
}

/// Without the controls that turn round, embed or isolate what follows them: one that is not ended turns what stands beside it too. They
/// are never seen; letters bring their direction with them, and the marks for doubtful places stay.
fn without_turns(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .collect()
}

/// Whether it shows anything by itself. What does not are blanks, controls and what Unicode has all programs leave out if they do not know
/// it (Default_Ignorable_Code_Point), and the empty Braille cell.
fn is_seen(c: char) -> bool {
    let is_left_out = matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}');
    !(c.is_whitespace() || is_left_out)
}

fn check(
    field: Field,
    text: &str,
    limit: u32,
    forbidden: impl Fn(char) -> bool,
) -> Result<(), FieldError> {
    let fault = |problem| Err(FieldError { field, problem });
    if !text.chars().any(is_seen) {
        return fault(Problem::Empty);
    }
    let actual = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    if actual > limit {
        return fault(Problem::TooLong { limit, actual });
    }
    if text.chars().any(forbidden) {
        return fault(Problem::ForbiddenCharacter);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(subject: &str, message: &str) -> Vec<(Field, Problem)> {
        match new_ticket(subject, message, false) {
            Err(AppError::Invalid(faults)) => {
                faults.iter().map(|it| (it.field, it.problem)).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_fault_of_a_form_is_named_at_its_field() {
        assert_eq!(
            problem(" \t", "\n\n"),
            [
                (Field::Subject, Problem::Empty),
                (Field::Message, Problem::Empty)
            ]
        );
        assert_eq!(
            problem("a\nb", "nul \0"),
            [
                (Field::Subject, Problem::ForbiddenCharacter),
                (Field::Message, Problem::ForbiddenCharacter)
            ]
        );
        assert_eq!(
            problem(&"ä".repeat(201), &"😀".repeat(20_001)),
            [
                (
                    Field::Subject,
                    Problem::TooLong {
                        limit: 200,
                        actual: 201
                    }
                ),
                (
                    Field::Message,
                    Problem::TooLong {
                        limit: 20_000,
                        actual: 20_001
                    }
                )
            ]
        );
    }

    #[test]
    fn what_fits_is_taken_as_it_was_written() {
        let (subject, message) =
            new_ticket(" Größe ", "\r\n  one\r\ntwo\tthree \r\n", false).unwrap();
        assert_eq!(
            (subject.as_str(), message.as_str()),
            ("Größe", "  one\ntwo\tthree")
        );
        new_ticket(&"ä".repeat(200), &"😀".repeat(20_000), false).unwrap();
    }

    #[test]
    fn a_message_with_files_needs_no_words_of_its_own() {
        let both = new_ticket("Scanner", " \u{200b}\n", true).unwrap();
        assert_eq!(both, ("Scanner".to_owned(), String::new()));
        let refused = message("nul \0", true).unwrap_err();
        assert_eq!(refused.problem, Problem::ForbiddenCharacter);
    }

    #[test]
    fn what_nobody_can_see_is_empty() {
        for text in [
            "\u{200b}",
            "\u{200b}\u{200d}\n\u{feff} ",
            "\u{2060}\u{ad}",
            "\u{3164}",
            "\u{2800}\u{fe0f}",
            "\u{e0041}\u{e007f}",
            "\u{202e}\u{2067}",
            "\u{200e}\u{200f}\u{61c}",
        ] {
            let subject = problem(text, "text");
            assert_eq!(subject, [(Field::Subject, Problem::Empty)], "{text:?}");
            let message = problem("Subject", text);
            assert_eq!(message, [(Field::Message, Problem::Empty)], "{text:?}");
        }
    }

    #[test]
    fn what_turns_text_round_is_taken_off_and_nothing_else() {
        let (subject, message) = new_ticket(
            "Bill \u{202e}fdp.exe\u{202c}",
            "\u{2067}a\u{2069}\n\u{202a}b",
            false,
        )
        .unwrap();
        assert_eq!(
            (subject.as_str(), message.as_str()),
            ("Bill fdp.exe", "a\nb")
        );
        for text in [
            "مرحبا \u{200f}(1)\u{200e}",
            "שלום",
            "👩\u{200d}💻 ❤\u{fe0f}",
            "می\u{200c}خواهم",
            "co\u{ad}operate",
        ] {
            let both = new_ticket(text, text, false).unwrap();
            assert_eq!(both, (text.to_owned(), text.to_owned()));
        }
    }
}
