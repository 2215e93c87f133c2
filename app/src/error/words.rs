//! Where errors become words. The ids are those of `locales/<lang>/app.ftl`.

use super::{AppError, Field, FieldError, Problem};
use crate::language::spoken::say;

/// What went wrong and what to do next.
pub fn error(error: &AppError) -> String {
    match error {
        AppError::SignedOut => say("error-signed-out", vec![]),
        AppError::NotFound => say("error-not-found", vec![]),
        AppError::Invalid(faults) => match faults.first() {
            Some(fault) => field_error(fault),
            None => say("error-bad-request", vec![]),
        },
        AppError::KeyReused => say("error-key-reused", vec![]),
        AppError::StillSending => say("error-still-sending", vec![]),
        AppError::NotAllowed => say("error-not-allowed", vec![]),
        AppError::TooMany { wait_seconds } => wait(*wait_seconds),
        AppError::LinkExpired => say("error-link-expired", vec![]),
        AppError::ForeignOrigin => say("error-foreign-origin", vec![]),
        AppError::BadRequest => say("error-bad-request", vec![]),
        AppError::Unavailable { reference } if reference.is_empty() => {
            say("error-unavailable", vec![])
        }
        AppError::Unavailable { reference } => say(
            "error-unavailable-reference",
            vec![("reference", reference.clone().into())],
        ),
        AppError::Offline => say("error-offline", vec![]),
    }
}

/// How long to wait, in minutes where that is what one would say.
pub fn wait(seconds: u32) -> String {
    if seconds < 100 {
        say("error-too-many-seconds", vec![("seconds", seconds.into())])
    } else {
        let minutes = seconds.div_ceil(60);
        say("error-too-many-minutes", vec![("minutes", minutes.into())])
    }
}

/// What is wrong with a field, at the field.
pub fn field_error(fault: &FieldError) -> String {
    match fault.problem {
        Problem::Empty => match fault.field {
            Field::Address => say("error-empty-address", vec![]),
            Field::Code => say("error-empty-code", vec![]),
            Field::Subject => say("error-empty-subject", vec![]),
            Field::Message => say("error-empty-message", vec![]),
            // Blank words look for every ticket.
            Field::Words => say("error-bad-request", vec![]),
        },
        Problem::TooLong { limit, actual } => say(
            "error-too-long",
            vec![
                ("limit", limit.into()),
                ("actual", actual.into()),
                ("over", actual.saturating_sub(limit).into()),
            ],
        ),
        Problem::TooManyDrafts { limit } => {
            say("error-too-many-drafts", vec![("limit", limit.into())])
        }
        Problem::ForbiddenCharacter => say("error-forbidden-character", vec![]),
        Problem::NotAnAddress => say("error-not-an-address", vec![]),
        Problem::WrongCode { tries_left } => {
            say("error-wrong-code", vec![("tries", tries_left.into())])
        }
    }
}
