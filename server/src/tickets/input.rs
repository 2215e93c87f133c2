//! What a customer may write. Chatwoot takes more: these limits are for people who read.

use app::error::{AppError, Field, FieldError, Problem};
use app::tickets::find::WORDS_LIMIT;

use crate::words::Sought;

/// Most characters of a subject.
pub const SUBJECT_LIMIT: u32 = 200;
/// Most characters of a message.
pub const MESSAGE_LIMIT: u32 = 20_000;

/// A subject that can be sent: one line.
pub(super) fn subject(text: &str) -> Result<String, FieldError> {
    let text = text.trim();
    check(Field::Subject, text, SUBJECT_LIMIT, |c| c.is_control())?;
    Ok(text.to_owned())
}

/// A message that can be sent. Its lines end in one way; blank lines around it go.
pub(super) fn message(text: &str) -> Result<String, FieldError> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim_end().trim_start_matches('\n');
    check(Field::Message, text, MESSAGE_LIMIT, |c| {
        c.is_control() && c != '\n' && c != '\t'
    })?;
    Ok(text.to_owned())
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
pub(super) fn new_ticket(subject: &str, message: &str) -> Result<(String, String), AppError> {
    match (self::subject(subject), self::message(message)) {
        (Ok(subject), Ok(message)) => Ok((subject, message)),
        (subject, message) => Err(AppError::Invalid(
            [subject.err(), message.err()]
                .into_iter()
                .flatten()
                .collect(),
        )),
    }
}

fn check(
    field: Field,
    text: &str,
    limit: u32,
    forbidden: impl Fn(char) -> bool,
) -> Result<(), FieldError> {
    let fault = |problem| Err(FieldError { field, problem });
    if text.trim().is_empty() {
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
        match new_ticket(subject, message) {
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
        let (subject, message) = new_ticket(" Größe ", "\r\n  one\r\ntwo\tthree \r\n").unwrap();
        assert_eq!(
            (subject.as_str(), message.as_str()),
            ("Größe", "  one\ntwo\tthree")
        );
        new_ticket(&"ä".repeat(200), &"😀".repeat(20_000)).unwrap();
    }
}
