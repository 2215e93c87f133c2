//! Every address of the portal, relative to its base path. Links, routes and mails are made from these and nowhere else.

use crate::tickets::model::TicketId;
use crate::tickets::upload::UploadId;

/// The list of tickets, and the first page after sign-in.
pub const TICKETS: &str = "/tickets";
/// The form for a new ticket.
pub const NEW_TICKET: &str = "/tickets/new";
/// The customer's own account: where he is signed in, and the way to be forgotten.
pub const ACCOUNT: &str = "/account";
/// Where one asks for a sign-in mail.
pub const SIGN_IN: &str = "/sign-in";
/// Where one types the code of the mail.
pub const CHECK_EMAIL: &str = "/sign-in/check-email";
/// Where the link of the mail leads; its token is the fragment, so that no server or proxy log holds it.
pub const CONFIRM: &str = "/sign-in/link";

/// The stream of events that says what to fetch again.
pub const LIVE: &str = "/live";

/// Where a file is sent that a message will take: see [`crate::tickets::upload`].
pub const UPLOADS: &str = "/uploads";

/// One ticket.
pub fn ticket(id: &TicketId) -> String {
    format!("{TICKETS}/{id}")
}

/// A file of a ticket; `?download` saves it instead of showing it.
pub fn file(ticket: &TicketId, file: u64) -> String {
    format!("/files/{ticket}/{file}")
}

/// A file that waits to be sent; `?download` saves it instead of showing it.
pub fn upload(id: &UploadId) -> String {
    format!("{UPLOADS}/{id}")
}

/// A picture within the text of a message.
pub fn inline(ticket: &TicketId, message: u64, nth: u64) -> String {
    format!("/files/{ticket}/{message}-{nth}")
}

/// Where a mail's own link leads that switches mails off; the token is the permission.
pub fn mail_switch(token: &str) -> String {
    format!("/mails/{token}")
}

/// The texts of a language, in a version of them.
pub fn texts(tag: &str, version: &str) -> String {
    format!("/locales/{tag}.ftl?v={version}")
}

/// The link of a sign-in mail.
pub fn confirm(token: &str) -> String {
    format!("{CONFIRM}#{token}")
}

/// Whether a path (with no base, query or fragment) is a page of ours, so that a sign-in may lead there.
pub fn is_page(path: &str) -> bool {
    match path {
        TICKETS | NEW_TICKET | ACCOUNT => true,
        other => other
            .strip_prefix("/tickets/")
            .is_some_and(|id| TicketId::parse(id).is_some()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_ours_are_pages() {
        for page in [
            "/tickets",
            "/tickets/new",
            "/tickets/6bdc3f4d-0bec-4515-a284-5d916fdde489",
        ] {
            assert!(is_page(page), "{page}");
        }
        for other in [
            "",
            "/",
            "//evil.example",
            "/sign-in",
            "/tickets/",
            "/tickets/..",
            "/tickets/66abc",
            "https://evil.example",
            "/tickets/new/",
        ] {
            assert!(!is_page(other), "{other}");
        }
    }
}
