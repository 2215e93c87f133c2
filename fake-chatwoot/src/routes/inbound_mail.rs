//! Mail that comes in, as Action Mailbox's relay ingress takes it.

use axum::extract::State;
use axum::http::StatusCode;
use base64ct::{Base64, Encoding};

use crate::answer::{Answer, Reply};
use crate::inside::Shared;
use crate::request::Call;

/// `POST /rails/action_mailbox/relay/inbound_emails`: always 204 once the password is right.
pub(super) async fn relay(State(fake): State<Shared>, call: Call) -> Reply {
    let expected = format!("Basic {}", Base64::encode_string(b"actionmailbox:inbound"));
    if call.header("authorization") != Some(&expected) {
        return Err(Answer::new(
            StatusCode::UNAUTHORIZED,
            "text/html; charset=utf-8",
            "HTTP Basic: Access denied.\n",
        ));
    }
    fake.data().receive_mail(&call.raw);
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}
