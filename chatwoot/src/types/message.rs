//! A message of a thread: who wrote it, what, with which files. No addresses, no ids of people, no pictures.

use serde::Deserialize;
use serde_json::Value;

use super::attributes::{Email, Kind};
use super::lenient;
use crate::ids::{AttachmentId, MessageId};

/// From which side a message comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From the contact. In an e-mail ticket anybody can be the author: see [`Message::email`].
    Incoming,
    /// From an agent or a bot.
    Outgoing,
    /// From Chatwoot itself: greeting, out of office, survey. It has no author.
    Template,
}

/// A message that a customer may see.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The message.
    pub id: MessageId,
    /// From which side it comes.
    pub direction: Direction,
    /// Its text: Markdown if it goes out, whatever was typed if it comes in; none if there are only files.
    pub content: Option<String>,
    /// What it is besides its text.
    pub kind: Kind,
    /// The mail that it came or went as.
    pub email: Option<Email>,
    /// Whether an agent deleted it: its text is then Chatwoot’s, and its files are gone.
    pub deleted: bool,
    /// The message that it answers.
    pub in_reply_to: Option<MessageId>,
    /// When it was written, in unix seconds. Sort by it and then by id.
    pub created_at: i64,
    /// What marks it as ours if the portal sent it; a mail’s Message-ID if it is one.
    pub source_id: Option<String>,
    /// Who wrote it, if Chatwoot says so. A contact’s name is not kept.
    pub author: Option<Author>,
    /// Its files, by id: Chatwoot gives them in no order.
    pub attachments: Vec<Attachment>,
}

/// Who wrote a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// What he is.
    pub kind: AuthorKind,
    /// What an agent or bot calls himself towards customers. Never a contact’s.
    pub name: Option<String>,
}

/// What somebody is who writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthorKind {
    /// The customer’s side.
    Contact,
    /// An agent.
    User,
    /// A bot.
    AgentBot,
    /// Something of a later Chatwoot.
    #[default]
    #[serde(other)]
    Other,
}

/// A file of a message.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Attachment {
    /// The file.
    pub id: AttachmentId,
    /// What its sender said that it is. A hint only: [`Attachment::content_type`] was looked at by Chatwoot.
    #[serde(default, deserialize_with = "lenient::value")]
    pub file_type: FileKind,
    /// What Chatwoot found it to be; none before 4.8.
    #[serde(default, deserialize_with = "lenient::value")]
    pub content_type: Option<String>,
    /// The ending of its name, if Chatwoot knows one.
    #[serde(default, deserialize_with = "lenient::value")]
    pub extension: Option<String>,
    /// Where it is: an address of Chatwoot’s that needs no token. For [`crate::Client::download`], never for a browser.
    #[serde(default, deserialize_with = "lenient::value")]
    pub data_url: String,
    /// Where a small picture of it is; empty if there is none.
    #[serde(default, deserialize_with = "lenient::value")]
    pub thumb_url: String,
    /// How many bytes it has.
    #[serde(default, deserialize_with = "lenient::value")]
    pub file_size: Option<u64>,
    /// A picture’s width in pixels, once Chatwoot has measured it.
    #[serde(default, deserialize_with = "lenient::value")]
    pub width: Option<u32>,
    /// A picture’s height in pixels.
    #[serde(default, deserialize_with = "lenient::value")]
    pub height: Option<u32>,
}

impl Attachment {
    /// Its name, from the end of its address, percent-decoded. Not safe as a path.
    pub fn name(&self) -> Option<String> {
        let path = self.data_url.split(['?', '#']).next()?;
        let last = path.rsplit('/').next().filter(|name| !name.is_empty())?;
        Some(percent_decoded(last))
    }
}

/// What an attachment’s sender said that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// A picture.
    Image,
    /// Sound.
    Audio,
    /// A film.
    Video,
    /// Any file.
    #[default]
    #[serde(other)]
    File,
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut whole = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = bytes
            .get(at + 1..at + 3)
            .filter(|_| byte == b'%')
            .and_then(|pair| std::str::from_utf8(pair).ok())
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        whole.push(hex.unwrap_or(byte));
        at += if hex.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&whole).into_owned()
}

/// A message as Chatwoot writes it, private notes and activity included.
#[derive(Deserialize)]
pub(crate) struct Row {
    pub(crate) id: MessageId,
    #[serde(default, deserialize_with = "lenient::value")]
    content: Option<String>,
    #[serde(default, deserialize_with = "lenient::value")]
    message_type: Option<u8>,
    #[serde(default, deserialize_with = "lenient::value")]
    content_type: String,
    #[serde(default, deserialize_with = "lenient::value")]
    content_attributes: Value,
    #[serde(default, deserialize_with = "lenient::time")]
    created_at: Option<i64>,
    /// Missing or odd counts as private.
    #[serde(default, deserialize_with = "lenient::value")]
    private: Option<bool>,
    #[serde(default, deserialize_with = "lenient::value")]
    source_id: Option<String>,
    #[serde(default, deserialize_with = "lenient::value")]
    sender: Option<RowSender>,
    #[serde(default, deserialize_with = "lenient::list")]
    attachments: Vec<Attachment>,
}

#[derive(Deserialize)]
struct RowSender {
    #[serde(default, rename = "type", deserialize_with = "lenient::value")]
    kind: AuthorKind,
    #[serde(default, deserialize_with = "lenient::value")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient::value")]
    available_name: Option<String>,
}

impl Row {
    /// The message if a customer may see it: not private, not activity, nothing of an unknown side.
    pub(crate) fn visible(self) -> Option<Message> {
        if self.private != Some(false) {
            return None;
        }
        let direction = match self.message_type? {
            0 => Direction::Incoming,
            1 => Direction::Outgoing,
            3 => Direction::Template,
            _ => return None,
        };
        let attributes = &self.content_attributes;
        let deleted = attributes.get("deleted").and_then(Value::as_bool) == Some(true);
        let in_reply_to = attributes
            .get("in_reply_to")
            .and_then(Value::as_u64)
            .and_then(|number| MessageId::new(number).ok());
        let mut attachments = self.attachments;
        attachments.sort_by_key(|file| file.id);
        Some(Message {
            id: self.id,
            direction,
            content: self.content,
            kind: Kind::read(&self.content_type, attributes),
            email: Email::read(attributes),
            deleted,
            in_reply_to,
            created_at: self.created_at.unwrap_or(0),
            source_id: self.source_id,
            author: self.sender.map(RowSender::author),
            attachments,
        })
    }
}

impl RowSender {
    fn author(self) -> Author {
        let name = match self.kind {
            AuthorKind::Contact => None,
            AuthorKind::User | AuthorKind::AgentBot | AuthorKind::Other => self
                .available_name
                .filter(|name| !name.is_empty())
                .or(self.name)
                .filter(|name| !name.is_empty()),
        };
        Author {
            kind: self.kind,
            name,
        }
    }
}

/// `{payload: [message]}`.
#[derive(Deserialize)]
pub(crate) struct Thread {
    pub(crate) payload: Vec<Row>,
}

#[cfg(test)]
mod tests;
