//! One mail in its two forms, put together so that nothing in it can become a header or end the message (promise S9): bodies are
//! quoted-printable, and control characters are gone from every field.

use std::error::Error;
use std::time::{Duration, UNIX_EPOCH};

use lettre::Message;
use lettre::message::header::{
    ContentTransferEncoding, ContentType, Header, HeaderName, HeaderValue,
};
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
}

impl Letter<'_> {
    /// The mail as it is sent.
    pub fn message(&self) -> Result<Message, Box<dyn Error + Send + Sync>> {
        let to: lettre::Address = self.to.parse()?;
        let parts = MultiPart::alternative()
            .boundary(format!("part-{}", boundary(self.message_id)))
            .singlepart(part(ContentType::TEXT_PLAIN, self.text)?)
            .singlepart(part(ContentType::TEXT_HTML, self.html)?);
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(one_line(self.subject))
            .date(UNIX_EPOCH + Duration::from_millis(self.date))
            .message_id(Some(format!("<{}>", one_line(self.message_id))))
            .header(AutoSubmitted)
            .header(ContentLanguage(one_line(self.language)))
            .multipart(parts)?;
        Ok(message)
    }
}

fn part(kind: ContentType, text: &str) -> Result<SinglePart, Box<dyn Error + Send + Sync>> {
    let clean = lines(text);
    let body = Body::new_with_encoding(clean, ContentTransferEncoding::QuotedPrintable)
        .map_err(|_| "a text cannot be quoted-printable")?;
    Ok(SinglePart::builder().header(kind).body(body))
}

/// A text with no control characters but line feeds.
fn lines(text: &str) -> String {
    text.chars()
        .filter(|c| *c == '\n' || !c.is_control())
        .collect()
}

/// A text with no control characters, in one line.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

fn boundary(message_id: &str) -> String {
    message_id
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(32)
        .collect()
}

/// Says to robots that a robot wrote this, so that none answers.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[derive(Clone)]
struct ContentLanguage(String);

impl Header for ContentLanguage {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Content-Language")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
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
