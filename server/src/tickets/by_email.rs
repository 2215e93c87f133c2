//! How a ticket begun by e-mail is answered: what the page says before one types.

use app::tickets::model::{Key, ReplyRule, TicketId};
use chatwoot::InboxId;
use rusqlite::Transaction;

use super::Tickets;
use crate::email::post::Post;
use crate::store::tickets::Kept;
use crate::store::{StoreError, messages};
use crate::sync::{self, MailAddress};

/// How far the thread goes that is the customer's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reach {
    /// It goes on with others: what he wrote there would not be seen here.
    ended: bool,
    /// Message-ID of his newest mail.
    mail_id: Option<String>,
}

impl Reach {
    /// That of a ticket.
    pub(super) fn of(tx: &Transaction<'_>, ticket: &TicketId) -> Result<Self, StoreError> {
        Ok(Self {
            ended: messages::goes_on_at(tx, ticket)?.is_some(),
            mail_id: messages::newest_mail_id(tx, ticket)?,
        })
    }
}

/// What a reply to such a ticket would do.
pub(super) fn rule(tickets: &Tickets, kept: &Kept, reach: &Reach) -> ReplyRule {
    let inbox = kept.inbox.and_then(|inbox| InboxId::new(inbox).ok());
    let address = inbox.map_or(MailAddress::None, |it| sync::mail_address(tickets, it));
    let may = tickets.post.is_some() && !reach.ended;
    match address {
        // An inbox for e-mail has one: the reply waits until it is known.
        MailAddress::Some(_) | MailAddress::Unknown if may => ReplyRule::Mail(kept.resolved),
        MailAddress::Some(address) => {
            let subject = answer_subject(&kept.row.subject);
            ReplyRule::ByEmail(mailto(&address, &subject, reach.mail_id.as_deref()))
        }
        MailAddress::Unknown | MailAddress::None => ReplyRule::ByEmail(String::new()),
    }
}

/// The Message-ID of a reply, without angle brackets: by it Chatwoot takes the mail once, and the thread knows the act again.
pub(crate) fn message_id(post: &Post, key: &Key) -> String {
    format!("portal-{key}@{}", post.from().email.domain())
}

/// The subject of an answer.
pub(crate) fn answer_subject(subject: &str) -> String {
    let begins = subject
        .get(..3)
        .is_some_and(|it| it.eq_ignore_ascii_case("re:"));
    if begins {
        subject.to_owned()
    } else {
        format!("Re: {subject}").trim_end().to_owned()
    }
}

/// An address that begins a mail in the customer's own mail program (RFC 6068), within the thread where that knows how.
fn mailto(address: &str, subject: &str, mail_id: Option<&str>) -> String {
    let mut link = format!(
        "mailto:{}?subject={}",
        encoded(address).replace("%40", "@"),
        encoded(subject)
    );
    if let Some(id) = mail_id {
        link.push_str(&format!("&In-Reply-To={}", encoded(&format!("<{id}>"))));
    }
    link
}

fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailto_keeps_subject_and_thread_and_nothing_in_it_becomes_a_field() {
        let link = mailto(
            "support@acme.test",
            &answer_subject("A & B?\r\nBcc=eve"),
            Some("m1&cc=eve@x"),
        );
        assert_eq!(
            link,
            "mailto:support@acme.test?subject=Re%3A%20A%20%26%20B%3F%0D%0ABcc%3Deve&In-Reply-To=%3Cm1%26cc%3Deve%40x%3E"
        );
        assert_eq!(answer_subject("RE: x"), "RE: x");
        assert_eq!(answer_subject(""), "Re:");
        assert_eq!(answer_subject("né"), "Re: né");
    }
}
