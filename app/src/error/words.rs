//! Where errors become words. The ids are those of `locales/<lang>/app.ftl`.

use super::{AppError, Field, FieldError, Problem};
use crate::language::spoken::say;
use crate::tickets::upload::FileProblem;

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
        AppError::File(problem) => file(problem),
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

/// Why a file cannot be taken.
pub fn file(problem: &FileProblem) -> String {
    let mib = |bytes: u64| vec![("mib", u32::try_from(bytes >> 20).unwrap_or(u32::MAX).into())];
    match problem {
        FileProblem::TooLarge { limit } => say("error-file-too-large", mib(*limit)),
        FileProblem::Empty => say("error-file-empty", vec![]),
        FileProblem::Program => say("error-file-program", vec![]),
        FileProblem::TooMuchWaiting { limit } => say("error-files-waiting", mib(*limit)),
        FileProblem::NoRoom => say("error-no-room", vec![]),
        FileProblem::Gone { .. } => say("error-file-gone", vec![]),
        FileProblem::TooMany { limit } => {
            say("error-too-many-files", vec![("limit", (*limit).into())])
        }
        FileProblem::TooLargeInAll { limit } => say("error-files-too-large", mib(*limit)),
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
            // Blank words look for every ticket, and who has no name is called by his address.
            Field::Words | Field::Name => say("error-bad-request", vec![]),
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
