//! A mail that was taken in, and what it says.

use mail_parser::{MessageParser, MimeHeaders, PartType};
use serde::Serialize;

/// A mail.
#[derive(Clone, Debug, Serialize)]
pub struct Mail {
    /// Counts from 1.
    pub id: u64,
    /// The envelope's recipients.
    pub to: Vec<String>,
    /// The envelope's sender.
    pub from: String,
    /// The subject, decoded.
    pub subject: String,
    /// The text part, if there is one.
    pub text: Option<String>,
    /// The HTML part, if there is one.
    pub html: Option<String>,
    /// All of it as it came, dots unstuffed; bytes that are no UTF-8 are replaced.
    pub raw: String,
    /// When it came, in unix milliseconds.
    pub at: i64,
    /// Names and raw values of the headers, in order.
    pub headers: Vec<(String, String)>,
    /// Names of attached files.
    pub attachments: Vec<String>,
}

impl Mail {
    pub(super) fn read(id: u64, at: i64, from: String, to: Vec<String>, bytes: Vec<u8>) -> Self {
        let raw = String::from_utf8_lossy(&bytes).into_owned();
        let mut mail = Self {
            id,
            to,
            from,
            subject: String::new(),
            text: None,
            html: None,
            raw,
            at,
            headers: Vec::new(),
            attachments: Vec::new(),
        };
        let Some(parsed) = MessageParser::default().parse(&bytes) else {
            return mail;
        };
        mail.subject = parsed.subject().unwrap_or_default().to_owned();
        mail.text = parsed.text_bodies().find_map(|part| match &part.body {
            PartType::Text(text) => Some(text.to_string()),
            _ => None,
        });
        mail.html = parsed.html_bodies().find_map(|part| match &part.body {
            PartType::Html(html) => Some(html.to_string()),
            _ => None,
        });
        let trimmed = |(name, value): (&str, &str)| (name.to_owned(), value.trim().to_owned());
        mail.headers = parsed.headers_raw().map(trimmed).collect();
        mail.attachments = parsed
            .attachments()
            .map(|part| part.attachment_name().unwrap_or("attachment").to_owned())
            .collect();
        mail
    }

    /// The raw value of a header, whatever the case of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The first address of a web page in the text part that contains this, as the link to sign in with.
    pub fn link_containing(&self, part: &str) -> Option<String> {
        let text = self.text.as_deref()?;
        let words = text.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'));
        words
            .filter(|word| word.starts_with("http"))
            .find(|word| word.contains(part))
            .map(str::to_owned)
    }
}
