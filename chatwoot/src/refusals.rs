//! What Chatwoot’s refusals mean: status and words of an answer that is not 2xx, as an [`Error`].
//!
//! A 422 counts as “not done” only if its text is listed here, since `messages#create` answers 422 after its commit
//! too, with whatever error a later step met.

use serde::Deserialize;

use crate::error::{Error, Misfit, Refusal, Words};

/// The fields in which Chatwoot’s errors have their words.
#[derive(Deserialize, Default)]
struct Body {
    #[serde(default, deserialize_with = "crate::types::lenient::value")]
    error: Option<String>,
    #[serde(default, deserialize_with = "crate::types::lenient::value")]
    message: Option<String>,
    #[serde(default, deserialize_with = "crate::types::lenient::list")]
    errors: Vec<String>,
}

/// The error that an answer with this status stands for. `place` is where a redirect points.
pub(crate) fn read(status: u16, place: Option<&str>, body: &[u8]) -> Error {
    let text = words_of(body);
    match status {
        300..=399 => Error::NotUnderstood(Misfit::Redirect(Words::new(&origin(place)))),
        401 | 403 => Error::Refused(refusal(&text)),
        404 if is_json_or_nothing(body) => Error::NotFound,
        429 if matches!(body.trim_ascii(), b"" | b"Retry later") => Error::Throttled,
        500..=599 => Error::ServerError(status),
        400 | 422 => match known(&text) {
            Known::Taken => Error::Taken(Words::new(&text)),
            Known::Invalid => Error::Invalid(Words::new(&text)),
            Known::TooMany => Error::TooManyMessages,
            Known::No => Error::NotUnderstood(Misfit::Status(status, Words::new(&text))),
        },
        _ => Error::NotUnderstood(Misfit::Status(status, Words::new(&text))),
    }
}

/// A page of HTML is a proxy's, and says nothing about what Chatwoot has.
fn is_json_or_nothing(body: &[u8]) -> bool {
    !body.trim_ascii_start().starts_with(b"<")
}

/// The words of an error, if it is one of Chatwoot’s. Of a page of HTML nothing is kept.
fn words_of(body: &[u8]) -> String {
    let body: Body = serde_json::from_slice(body).unwrap_or_default();
    body.message
        .or(body.error)
        .unwrap_or_else(|| body.errors.join(" "))
}

/// Scheme and host of an address: its path and query can hold secrets.
fn origin(place: Option<&str>) -> String {
    let Some(place) = place else {
        return "nowhere".to_owned();
    };
    match url::Url::parse(place) {
        Ok(url) => url.origin().ascii_serialization(),
        Err(_) => "another path".to_owned(),
    }
}

fn refusal(text: &str) -> Refusal {
    match text {
        "Invalid Access Token" | "You need to sign in or sign up before continuing." => {
            Refusal::Token
        }
        "You are not authorized to access this account" => Refusal::Account,
        "Account is suspended" => Refusal::Suspended,
        "You are not authorized to do this action"
        | "Access to this endpoint is not authorized for bots"
        | "Message status update is only allowed for API inboxes" => Refusal::Object,
        _ => Refusal::Other(Words::new(text)),
    }
}

enum Known {
    Taken,
    Invalid,
    TooMany,
    No,
}

/// Validations of 4.7 to 4.14 whose text says that nothing was stored. English: the account’s language does not
/// change them.
fn known(text: &str) -> Known {
    // `messages#create` puts this before the same words.
    let text = text.strip_prefix("Validation failed: ").unwrap_or(text);
    if text.ends_with(" has already been taken") || text == "source_id should be unique" {
        return Known::Taken;
    }
    if text.contains("Too many messages") {
        return Known::TooMany;
    }
    const WHOLE: [&str; 8] = [
        "Bad Request",
        "Email Invalid email",
        "Incoming messages are only allowed in Api inboxes",
        "Phone number should be in e164 format",
        "Subscriptions Invalid events",
        "Url is invalid",
        "path name contains null byte",
        "string contains null byte",
    ];
    let too_long =
        text.contains(" is too long (maximum is ") || text.contains(" length should be < ");
    let wrong_key = text.starts_with("Invalid attribute key - [");
    if WHOLE.contains(&text) || too_long || wrong_key {
        return Known::Invalid;
    }
    Known::No
}

#[cfg(test)]
mod tests;
