//! Fetching mail, as the real one does by IMAP: what came to an e-mail inbox's address at the mail server becomes a message some time later,
//! by the given clock. It is looked for whenever somebody calls.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::inside::Shared;

/// Milliseconds until a mail is fetched: about what a real one takes.
const FETCHED_AFTER: i64 = 40_000;

/// The layer around all routes.
pub(super) async fn fetch(State(fake): State<Shared>, request: Request, next: Next) -> Response {
    if let Some(mailbox) = &fake.options.mailbox {
        let now = (fake.options.clock)();
        let mut fetched = fake.fetched();
        for mail in mailbox.after(*fetched) {
            if now < mail.at + FETCHED_AFTER {
                break;
            }
            *fetched = mail.id;
            let mut data = fake.data();
            let is_ours = mail.to.iter().any(|to| data.inbox_by_address(to).is_some());
            if is_ours {
                data.receive_mail(mail.raw.as_bytes());
            }
        }
    }
    next.run(request).await
}
