//! Every refusal seen, and whether what it refused may have happened.

use super::read;
use crate::error::{Done, Error};

/// Status, body, what it is, whether it may be done: from the recordings and seen-live.md.
const SEEN: &[(u16, &str, &str, Done)] = &[
    (
        400,
        r#"{"status":400,"error":"Bad Request"}"#,
        "Invalid",
        Done::No,
    ),
    (400, "<html>Bad Request</html>", "Status", Done::Maybe),
    (400, "", "Status", Done::Maybe),
    (
        401,
        r#"{"error":"Invalid Access Token"}"#,
        "Token",
        Done::No,
    ),
    (
        401,
        r#"{"errors":["You need to sign in or sign up before continuing."]}"#,
        "Token",
        Done::No,
    ),
    (
        401,
        r#"{"error":"You are not authorized to access this account"}"#,
        "Account",
        Done::No,
    ),
    (
        401,
        r#"{"error":"Account is suspended"}"#,
        "Suspended",
        Done::No,
    ),
    (
        401,
        r#"{"error":"You are not authorized to do this action"}"#,
        "Object",
        Done::No,
    ),
    (401, "<h1>nginx</h1>", "Other", Done::Maybe),
    (
        403,
        r#"{"error":"Message status update is only allowed for API inboxes"}"#,
        "Object",
        Done::No,
    ),
    (
        404,
        r#"{"error":"Resource could not be found"}"#,
        "NotFound",
        Done::No,
    ),
    (
        404,
        r#"{"status":404,"error":"Not Found"}"#,
        "NotFound",
        Done::No,
    ),
    (404, "", "NotFound", Done::No),
    (404, "<h1>nginx</h1>", "Status", Done::Maybe),
    (409, "", "Status", Done::Maybe),
    (
        422,
        r#"{"message":"Email has already been taken","attributes":["email"]}"#,
        "Taken",
        Done::No,
    ),
    (
        422,
        r#"{"message":"Attribute key has already been taken","attributes":["attribute_key"]}"#,
        "Taken",
        Done::No,
    ),
    (
        422,
        r#"{"error":"source_id should be unique"}"#,
        "Taken",
        Done::No,
    ),
    (
        422,
        r#"{"message":"Email Invalid email","attributes":["email"]}"#,
        "Invalid",
        Done::No,
    ),
    (
        422,
        r#"{"error":"Validation failed: Content is too long (maximum is 150000 characters)"}"#,
        "Invalid",
        Done::No,
    ),
    (
        422,
        r#"{"message":"Content is too long (maximum is 150000 characters)","attributes":["content"]}"#,
        "Invalid",
        Done::No,
    ),
    (
        422,
        r#"{"message":"Additional attributes mail_subject length should be < 1500","attributes":["additional_attributes"]}"#,
        "Invalid",
        Done::No,
    ),
    (
        422,
        r#"{"error":"string contains null byte"}"#,
        "Invalid",
        Done::No,
    ),
    (
        422,
        r#"{"error":"Incoming messages are only allowed in Api inboxes"}"#,
        "Invalid",
        Done::No,
    ),
    (
        422,
        r#"{"error":"Invalid attribute key - [nonsense]. The key should be one of [name]"}"#,
        "Invalid",
        Done::No,
    ),
    (
        422,
        r#"{"error":"Validation failed: Too many messages"}"#,
        "TooManyMessages",
        Done::No,
    ),
    // The message is stored, and then Redis is down.
    (
        422,
        r#"{"error":"Connection refused - connect(2) for 127.0.0.1:6379"}"#,
        "Status",
        Done::Maybe,
    ),
    (
        422,
        r#"{"error":"undefined method `each' for an instance of String"}"#,
        "Status",
        Done::Maybe,
    ),
    (
        422,
        r#"{"error":"Validation failed: Something new"}"#,
        "Status",
        Done::Maybe,
    ),
    (422, "", "Status", Done::Maybe),
    (422, "[]", "Status", Done::Maybe),
    (429, "Retry later\n", "Throttled", Done::No),
    (429, "<h1>nginx</h1>", "Status", Done::Maybe),
    (
        500,
        r#"{"status":500,"error":"Internal Server Error"}"#,
        "ServerError",
        Done::Maybe,
    ),
    (502, "<html>", "ServerError", Done::Maybe),
    (503, "", "ServerError", Done::Maybe),
    (504, "", "ServerError", Done::Maybe),
    (301, "", "Redirect", Done::Maybe),
    (304, "", "Redirect", Done::Maybe),
];

/// The innermost name of an error: its variant, or that of its kind.
fn name(error: &Error) -> String {
    let shown = format!("{error:?}");
    let parts: Vec<&str> = shown
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    match parts.as_slice() {
        ["Refused" | "NotUnderstood", inner, ..] => (*inner).to_owned(),
        [outer, ..] => (*outer).to_owned(),
        [] => String::new(),
    }
}

#[test]
fn refusals_are_told_apart_and_only_known_ones_are_not_done() {
    for (status, body, expected, done) in SEEN {
        let error = read(*status, None, body.as_bytes());
        assert_eq!(name(&error), *expected, "{status} {body}");
        assert_eq!(error.done(), *done, "{status} {body}");
    }
}

#[test]
fn chatwoots_words_are_kept_but_no_page_of_html() {
    let taken = read(422, None, br#"{"message":"Email has already been taken"}"#);
    assert_eq!(taken.to_string(), "taken: Email has already been taken");
    let page = read(422, None, b"<html>secret</html>");
    assert!(!format!("{page} {page:?}").contains("secret"));
}

#[test]
fn words_are_short_and_on_one_line() {
    let long = format!(r#"{{"error":"a\n{}"}}"#, "x".repeat(10_000));
    let Error::NotUnderstood(misfit) = read(422, None, long.as_bytes()) else {
        panic!("understood");
    };
    let shown = misfit.to_string();
    assert!(shown.chars().count() < 350 && !shown.contains('\n'));
}

#[test]
fn a_redirect_tells_the_host_and_nothing_else() {
    let error = read(301, Some("https://chat.example/api?token=1"), b"");
    let shown = error.to_string();
    assert!(shown.contains("https://chat.example") && !shown.contains("token"));
}
