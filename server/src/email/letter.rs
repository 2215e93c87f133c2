//! One mail in its two forms, put together so that nothing in it can become a header or end the message (promise S9): bodies are
//! quoted-printable, and control characters are gone from every field.

use std::error::Error;
use std::time::{Duration, UNIX_EPOCH};

use lettre::Message;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};

use crate::clock::Millis;

/// What a mail is made of.
pub struct Letter<'a> {
    /// Sender.
    pub from: &'a Mailbox,
    /// The one who gets it: an address in ASCII.
    pub to: &'a str,
    /// Subject, in one line.
    pub subject: &'a str,
    /// As plain text.
    pub text: &'a str,
    /// As HTML.
    pub html: &'a str,
    /// Language of both.
    pub language: &'a str,
    /// Name of the mail, the same each time it is sent: without angle brackets.
    pub message_id: &'a str,
    /// When it was first meant to be sent.
    pub date: Millis,
    /// What it is one of, if it is one of several.
    pub row: Option<Row<'a>>,
}

/// A row of mails about one thing, which mail programs show together and have a button to end.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    /// Name of what all of them refer to: without angle brackets.
    pub root: &'a str,
    /// Where one press ends them (RFC 8058).
    pub switch_off: &'a str,
}

/// Most characters of a subject.
const SUBJECT: usize = 200;

impl Letter<'_> {
    /// The mail as it is sent.
    pub fn message(&self) -> Result<Message, Box<dyn Error + Send + Sync>> {
        let to: lettre::Address = self.to.parse()?;
        let parts = MultiPart::alternative()
            .boundary(format!("part-{}", boundary(self.message_id)))
            .singlepart(part(ContentType::TEXT_PLAIN, self.text)?)
            .singlepart(part(ContentType::TEXT_HTML, self.html)?);
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(shortened(&one_line(self.subject)))
            .date(UNIX_EPOCH + Duration::from_millis(self.date))
            .message_id(Some(format!("<{}>", one_line(self.message_id))))
            .raw_header(header("Auto-Submitted", "auto-generated".to_owned()))
            .raw_header(header("X-Auto-Response-Suppress", "All".to_owned()))
            .raw_header(header("Content-Language", one_line(self.language)));
        if let Some(row) = self.row {
            let root = format!("<{}>", one_line(row.root));
            let switch_off = format!("<{}>", one_line(row.switch_off));
            message = message
                .in_reply_to(root.clone())
                .references(root)
                .raw_header(header("List-Unsubscribe", switch_off))
                .raw_header(header(
                    "List-Unsubscribe-Post",
                    "List-Unsubscribe=One-Click".to_owned(),
                ));
        }
        Ok(message.multipart(parts)?)
    }
}

fn part(kind: ContentType, text: &str) -> Result<SinglePart, Box<dyn Error + Send + Sync>> {
    let clean = lines(text);
    let body = Body::new_with_encoding(clean, ContentTransferEncoding::QuotedPrintable)
        .map_err(|_| "a text cannot be quoted-printable")?;
    Ok(SinglePart::builder().header(kind).body(body))
}

/// A text with no control characters but line feeds.
pub(super) fn lines(text: &str) -> String {
    text.chars()
        .filter(|c| matches!(c, '\n' | '\t') || !c.is_control())
        .collect()
}

/// A text in one line, with no control characters, and none that turn the direction of what comes after.
pub(super) fn one_line(text: &str) -> String {
    text.chars()
        .filter(|c| !turns(*c))
        .map(|c| match c {
            '\u{2028}' | '\u{2029}' => ' ',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect()
}

/// Whether a character turns the direction of the text around it.
pub(super) fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn shortened(subject: &str) -> String {
    match subject.char_indices().nth(SUBJECT) {
        Some((end, _)) => format!("{}…", subject[..end].trim_end()),
        None => subject.to_owned(),
    }
}

fn header(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

/// What no line of a text is, by the name of its mail.
pub(super) fn boundary(message_id: &str) -> String {
    message_id
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(32)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter<'a>(from: &'a Mailbox, subject: &'a str, text: &'a str) -> Letter<'a> {
        Letter {
            from,
            to: "ada@example.com",
            subject,
            text,
            html: text,
            language: "en",
            message_id: "portal-1@example.com",
            date: 1_700_000_000_000,
            row: None,
        }
    }

    #[test]
    fn s9_no_field_can_begin_a_header_or_end_the_message() {
        let from: Mailbox = "Support <support@example.com>".parse().unwrap();
        let evil =
            "x\r\nBcc: eve@evil.example\n\r\n.\r\nRCPT TO:<eve@evil.example>\0\r\u{85}\u{2028}y";
        let bytes = letter(&from, evil, evil).message().unwrap().formatted();
        let text = String::from_utf8(bytes).unwrap();
        assert!(
            !text.replace("\r\n", "").contains(['\r', '\n', '\0']),
            "{text}"
        );
        let head = text.split("\r\n\r\n").next().unwrap();
        assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
    }

    #[test]
    fn the_same_mail_is_the_same_bytes_each_time() {
        let from: Mailbox = "Support <support@example.com>".parse().unwrap();
        let one = letter(&from, "Hello", "Hi").message().unwrap().formatted();
        assert_eq!(
            one,
            letter(&from, "Hello", "Hi").message().unwrap().formatted()
        );
        let text = String::from_utf8(one).unwrap();
        assert!(
            text.contains("Message-ID: <portal-1@example.com>\r\n"),
            "{text}"
        );
        assert!(
            text.contains("Auto-Submitted: auto-generated\r\n"),
            "{text}"
        );
        assert!(
            text.contains("Date: Tue, 14 Nov 2023 22:13:20 +0000\r\n"),
            "{text}"
        );
    }
}
