//! A reply to a ticket begun by e-mail, as the mail that carries it (api.md §0b.13): the portal sends it, answers go to the customer, so that
//! Chatwoot takes it for his, and no address is forged.

use std::error::Error;
use std::time::{Duration, UNIX_EPOCH};

use lettre::address::Envelope;
use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::message::{Attachment, Body, Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};

use super::letter::{boundary, lines, one_line};
use crate::clock::Millis;

/// A file of such a mail.
pub struct MailFile {
    /// Its name.
    pub name: String,
    /// What it is, by its content.
    pub content_type: String,
    /// All of it.
    pub bytes: Vec<u8>,
}

/// What such a mail is made of.
pub struct ReplyMail<'a> {
    /// The portal.
    pub from: &'a Mailbox,
    /// The customer's verified address.
    pub customer: &'a str,
    /// The inbox's address.
    pub inbox: &'a str,
    /// Subject, in one line.
    pub subject: &'a str,
    /// What he wrote; empty if there are only files.
    pub text: &'a str,
    /// What he wrote it with.
    pub files: &'a [MailFile],
    /// Message-ID of the mail that it answers, without angle brackets.
    pub answers: &'a str,
    /// Name of the mail, the same each time it is sent: without angle brackets.
    pub message_id: &'a str,
    /// When he wrote it.
    pub date: Millis,
    /// The customer gets it too, so that the thread is whole in his mail program.
    pub copy: bool,
}

impl ReplyMail<'_> {
    /// The mail as it is sent.
    pub fn message(&self) -> Result<Message, Box<dyn Error + Send + Sync>> {
        let customer: Address = self.customer.parse()?;
        let inbox: Address = self.inbox.parse()?;
        let mut recipients = vec![inbox.clone()];
        if self.copy {
            recipients.push(customer.clone());
        }
        // Its author can know the boundary; no line of base64 is one.
        let encoding = match self.files {
            [] => ContentTransferEncoding::QuotedPrintable,
            [..] => ContentTransferEncoding::Base64,
        };
        let body = Body::new_with_encoding(lines(self.text), encoding)
            .map_err(|_| "a text cannot be encoded")?;
        let answers = format!("<{}>", one_line(self.answers));
        let text = SinglePart::builder()
            .header(ContentType::TEXT_PLAIN)
            .body(body);
        let builder = Message::builder()
            .envelope(Envelope::new(Some(self.from.email.clone()), recipients)?)
            .from(self.from.clone())
            .reply_to(Mailbox::new(None, customer))
            .to(Mailbox::new(None, inbox))
            .subject(one_line(self.subject))
            .date(UNIX_EPOCH + Duration::from_millis(self.date))
            .message_id(Some(format!("<{}>", one_line(self.message_id))))
            .in_reply_to(answers.clone())
            .references(answers);
        if self.files.is_empty() {
            return Ok(builder.singlepart(text)?);
        }
        let mut parts = MultiPart::mixed()
            .boundary(format!("part-{}", boundary(self.message_id)))
            .singlepart(text);
        for file in self.files {
            parts = parts.singlepart(attached(file)?);
        }
        Ok(builder.multipart(parts)?)
    }
}

/// One of them. Whatever it is, it stays what it is: nothing takes a mail or its parts within one for its own.
fn attached(file: &MailFile) -> Result<SinglePart, Box<dyn Error + Send + Sync>> {
    let bytes = Body::new_with_encoding(file.bytes.clone(), ContentTransferEncoding::Base64)
        .map_err(|_| "a file cannot be base64")?;
    let of_mails = |kind: &&str| kind.starts_with("message/") || kind.starts_with("multipart/");
    let kind = Some(file.content_type.as_str()).filter(|kind| !of_mails(kind));
    let kind = ContentType::parse(kind.unwrap_or("application/octet-stream"))?;
    Ok(Attachment::new(one_line(&file.name)).body(bytes, kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail<'a>(from: &'a Mailbox, text: &'a str, answers: &'a str) -> ReplyMail<'a> {
        ReplyMail {
            from,
            customer: "ada@example.com",
            inbox: "support@acme.test",
            subject: "Re: x",
            text,
            files: &[],
            answers,
            message_id: "portal-1@acme.example",
            date: 1_700_000_000_000,
            copy: true,
        }
    }

    #[test]
    fn a_reply_is_the_portals_mail_with_answers_to_the_customer_and_the_same_bytes_each_time() {
        let from: Mailbox = "Acme <portal@acme.example>".parse().unwrap();
        let message = mail(&from, "Grüße\n.\n", "m1@x").message().unwrap();
        let to: Vec<String> = message
            .envelope()
            .to()
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(to, ["support@acme.test", "ada@example.com"]);
        let bytes = message.formatted();
        assert_eq!(
            bytes,
            mail(&from, "Grüße\n.\n", "m1@x")
                .message()
                .unwrap()
                .formatted()
        );
        let text = String::from_utf8(bytes).unwrap();
        for line in [
            "From: Acme <portal@acme.example>\r\n",
            "Reply-To: ada@example.com\r\n",
            "To: support@acme.test\r\n",
            "Message-ID: <portal-1@acme.example>\r\n",
            "In-Reply-To: <m1@x>\r\n",
            "References: <m1@x>\r\n",
        ] {
            assert!(text.contains(line), "{line}: {text}");
        }
        assert!(
            !text.contains("Auto-Submitted") && !text.contains("Cc:"),
            "{text}"
        );
    }

    #[test]
    fn s9_no_field_of_a_reply_can_begin_a_header_or_end_the_message() {
        let from: Mailbox = "Acme <portal@acme.example>".parse().unwrap();
        let evil = "x\r\nBcc: eve@evil.example\r\n.\r\nRCPT TO:<eve@evil.example>\0\ry";
        let bytes = mail(&from, evil, evil).message().unwrap().formatted();
        let text = String::from_utf8(bytes).unwrap();
        assert!(
            !text.replace("\r\n", "").contains(['\r', '\n', '\0']),
            "{text}"
        );
        let head = text.split("\r\n\r\n").next().unwrap();
        assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
    }
}
