//! The rows that change all day: contacts, conversations, messages, files.

use serde_json::{Map, Value};

use crate::ids::{
    AttachmentId, BlobId, ContactId, ContactInboxId, DisplayId, InboxId, MessageId, UserId,
};
use crate::moment::Moment;

/// A contact.
#[derive(Clone, Debug)]
pub struct Contact {
    pub id: ContactId,
    pub name: String,
    pub email: Option<String>,
    pub phone_number: Option<String>,
    pub identifier: Option<String>,
    pub blocked: bool,
    pub thumbnail: String,
    pub custom_attributes: Map<String, Value>,
    pub additional_attributes: Map<String, Value>,
    pub last_activity_at: Option<Moment>,
    pub created_at: Moment,
    pub updated_at: Moment,
}

/// What ties a contact to an inbox under a source_id.
#[derive(Clone, Debug)]
pub struct ContactInbox {
    pub id: ContactInboxId,
    pub contact: ContactId,
    pub inbox: InboxId,
    pub source_id: String,
    pub hmac_verified: bool,
    pub pubsub_token: String,
    pub created_at: Moment,
    pub updated_at: Moment,
}

/// Where a conversation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Open,
    Resolved,
    Pending,
    Snoozed,
}

impl Status {
    /// As the API writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Resolved => "resolved",
            Self::Pending => "pending",
            Self::Snoozed => "snoozed",
        }
    }

    /// From what the API was sent.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Open, Self::Resolved, Self::Pending, Self::Snoozed]
            .into_iter()
            .find(|status| status.as_str() == text)
    }
}

/// The priorities there are, least first.
pub(crate) const PRIORITIES: [&str; 4] = ["low", "medium", "high", "urgent"];

/// A conversation.
#[derive(Clone, Debug)]
pub struct Conversation {
    pub id: DisplayId,
    /// The database's own number, which shows nowhere but in surveys.
    pub row: i64,
    pub uuid: String,
    pub inbox: InboxId,
    pub contact: ContactId,
    pub contact_inbox: ContactInboxId,
    pub status: Status,
    pub priority: Option<&'static str>,
    pub snoozed_until: Option<Moment>,
    pub additional_attributes: Map<String, Value>,
    pub custom_attributes: Map<String, Value>,
    pub labels: Vec<String>,
    pub assignee: Option<UserId>,
    pub agent_last_seen_at: Option<Moment>,
    pub assignee_last_seen_at: Option<Moment>,
    pub contact_last_seen_at: Option<Moment>,
    pub created_at: Moment,
    pub updated_at: Moment,
    pub last_activity_at: Moment,
    pub first_reply_created_at: Option<Moment>,
    pub waiting_since: Option<Moment>,
    /// Its messages, oldest first.
    pub messages: Vec<MessageId>,
}

/// Who or what a message comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageType {
    Incoming,
    Outgoing,
    Activity,
    Template,
}

impl MessageType {
    /// As the REST API writes it.
    pub fn number(self) -> i64 {
        match self {
            Self::Incoming => 0,
            Self::Outgoing => 1,
            Self::Activity => 2,
            Self::Template => 3,
        }
    }

    /// As requests and webhooks write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Incoming => "incoming",
            Self::Outgoing => "outgoing",
            Self::Activity => "activity",
            Self::Template => "template",
        }
    }

    /// From what the API was sent.
    pub fn parse(text: &str) -> Option<Self> {
        [
            Self::Incoming,
            Self::Outgoing,
            Self::Activity,
            Self::Template,
        ]
        .into_iter()
        .find(|kind| kind.as_str() == text)
    }
}

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    Contact(ContactId),
    User(UserId),
}

/// A message.
#[derive(Clone, Debug)]
pub struct Message {
    pub id: MessageId,
    pub conversation: DisplayId,
    pub inbox: InboxId,
    pub content: Option<String>,
    /// What the text was before Liquid was evaluated, or the part of a mail that is new.
    pub processed_content: Option<String>,
    pub kind: MessageType,
    pub private: bool,
    /// `sent`, `delivered`, `read` or `failed`.
    pub status: &'static str,
    pub content_type: String,
    pub content_attributes: Map<String, Value>,
    pub source_id: Option<String>,
    pub sender: Option<Sender>,
    pub attachments: Vec<Attachment>,
    pub created_at: Moment,
    pub updated_at: Moment,
}

impl Message {
    /// Neither a private note nor an activity row.
    pub fn is_public(&self) -> bool {
        !self.private && self.kind != MessageType::Activity
    }
}

/// The content types there are.
pub(crate) const CONTENT_TYPES: [&str; 13] = [
    "text",
    "input_text",
    "input_textarea",
    "input_email",
    "input_select",
    "cards",
    "form",
    "article",
    "incoming_email",
    "input_csat",
    "integrations",
    "sticker",
    "voice_call",
];

/// A file of a message.
#[derive(Clone, Debug)]
pub struct Attachment {
    pub id: AttachmentId,
    pub blob: BlobId,
    /// By what the uploader called it: `image`, `audio`, `video` or `file`.
    pub file_type: &'static str,
    /// Width and height are known only a moment after the upload.
    pub measured: bool,
}

/// A stored file.
#[derive(Clone, Debug)]
pub(crate) struct Blob {
    pub(crate) id: BlobId,
    pub(crate) filename: String,
    /// By its content.
    pub(crate) content_type: String,
    pub(crate) bytes: bytes::Bytes,
}

/// A customer's answer to a survey.
#[derive(Clone, Debug)]
pub(crate) struct Survey {
    pub(crate) id: i64,
    pub(crate) message: MessageId,
    pub(crate) conversation: DisplayId,
    pub(crate) rating: i64,
    pub(crate) feedback: Value,
    pub(crate) assignee: Option<UserId>,
    pub(crate) created_at: Moment,
    pub(crate) updated_at: Moment,
}
