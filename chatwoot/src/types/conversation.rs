//! A conversation, as far as the portal may know it. Agents, other attributes and the uuid, which is a capability, are
//! not read.

use serde::{Deserialize, Serialize};

use super::lenient;
use crate::ids::{ContactId, ConversationId, InboxId, MessageId};
use crate::words::SourceId;

/// Where a conversation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Somebody has to do something.
    Open,
    /// Done.
    Resolved,
    /// With a bot, or waiting to be opened.
    Pending,
    /// Put aside until a time or the next message.
    Snoozed,
    /// A status of a later Chatwoot.
    #[default]
    #[serde(other)]
    Other,
}

/// How urgent agents think it is. None at all is the lowest: Chatwoot has no word for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// It can wait.
    Low,
    /// It should not wait long.
    Medium,
    /// Soon.
    High,
    /// At once.
    Urgent,
}

/// A conversation.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Conversation {
    /// Its display id.
    pub id: ConversationId,
    /// Its inbox. Whoever lists must look at it: source ids are unique only within one.
    #[serde(rename = "inbox_id")]
    pub inbox: InboxId,
    /// Where it stands.
    #[serde(default, deserialize_with = "lenient::value")]
    pub status: Status,
    /// How urgent it is; what agents think, so that it is shown only where the operator wants that.
    #[serde(default, deserialize_with = "lenient::value")]
    pub priority: Option<Priority>,
    /// When it was begun, in unix seconds.
    #[serde(default, deserialize_with = "lenient::time")]
    pub created_at: Option<i64>,
    /// When anything of it changed, private notes and activity included, in unix seconds. Not for showing.
    #[serde(default, deserialize_with = "lenient::value")]
    pub updated_at: Option<f64>,
    /// When its last message came, private notes and activity included, in unix seconds: what a list is sorted by. Not for showing.
    #[serde(default, deserialize_with = "lenient::time")]
    pub last_activity_at: Option<i64>,
    /// When the customer last looked, in unix seconds.
    #[serde(default, deserialize_with = "lenient::time")]
    pub contact_last_seen_at: Option<i64>,
    /// What was written at its creation and no API can change.
    #[serde(
        default,
        rename = "additional_attributes",
        deserialize_with = "lenient::value"
    )]
    pub marks: Marks,
    #[serde(
        default,
        rename = "custom_attributes",
        deserialize_with = "lenient::value"
    )]
    custom: Custom,
    /// Its labels: what agents think of it. Not for showing.
    #[serde(default, deserialize_with = "lenient::list")]
    pub labels: Vec<String>,
    /// Whether the contact is blocked.
    #[serde(default, deserialize_with = "lenient::value")]
    pub muted: bool,
    #[serde(default, deserialize_with = "lenient::value")]
    meta: Meta,
    #[serde(default, deserialize_with = "lenient::list")]
    messages: Vec<LastMessage>,
}

impl Conversation {
    /// The subject that agents see at its side, and may change.
    pub fn portal_subject(&self) -> Option<&str> {
        self.custom.portal_subject.as_deref()
    }

    /// Its contact: for judging only (api.md §0b.2), never to be shown.
    pub fn sender(&self) -> Option<&Sender> {
        self.meta.sender.as_ref()
    }

    /// Its newest message, which may be a private note or activity: a hint that something came, and what marks it.
    pub fn last_message(&self) -> Option<&LastMessage> {
        self.messages.last()
    }

    /// The source id that it is filed under, if its newest message says so. A hint of whom it may concern: that it is
    /// his, only a list by his source id shows.
    pub fn source_hint(&self) -> Option<&SourceId> {
        let filed = self.last_message()?.conversation.as_ref()?;
        filed.contact_inbox.as_ref()?.source_id.as_ref()
    }
}

/// What the portal wrote into `additional_attributes`, and a subject, which an e-mail has too.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Marks {
    /// The portal’s own id of the ticket.
    #[serde(default, deserialize_with = "lenient::value")]
    pub portal_ticket: Option<String>,
    /// The proof that the portal wrote it, for this customer. To be verified before it counts.
    #[serde(default, deserialize_with = "lenient::value")]
    pub portal_sig: Option<String>,
    /// What it is about.
    #[serde(default, deserialize_with = "lenient::value")]
    pub mail_subject: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
struct Custom {
    #[serde(default, deserialize_with = "lenient::value")]
    portal_subject: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
struct Meta {
    #[serde(default, deserialize_with = "lenient::value")]
    sender: Option<Sender>,
}

/// A conversation’s contact. Never to be shown: after a merge it is another person.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Sender {
    /// The contact.
    pub id: ContactId,
    /// Its current address. Never show it, never send mail to it.
    #[serde(default, deserialize_with = "lenient::value")]
    pub email: Option<String>,
    /// Whether agents have blocked it.
    #[serde(default, deserialize_with = "lenient::value")]
    pub blocked: bool,
}

/// The newest message of a conversation, without its words: they may be private.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct LastMessage {
    /// The message.
    pub id: MessageId,
    /// What marks it as ours, if it is.
    #[serde(default, deserialize_with = "lenient::value")]
    pub source_id: Option<String>,
    #[serde(default, deserialize_with = "lenient::value")]
    conversation: Option<Filed>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Filed {
    #[serde(default, deserialize_with = "lenient::value")]
    contact_inbox: Option<FiledUnder>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct FiledUnder {
    #[serde(default, deserialize_with = "lenient::value")]
    source_id: Option<SourceId>,
}

/// `{data: {meta, payload}}`, the form of a list.
#[derive(Deserialize)]
pub(crate) struct List {
    pub(crate) data: ListData,
}

#[derive(Deserialize)]
pub(crate) struct ListData {
    #[serde(default)]
    pub(crate) meta: ListMeta,
    pub(crate) payload: Vec<Conversation>,
}

#[derive(Deserialize, Default)]
pub(crate) struct ListMeta {
    #[serde(default, deserialize_with = "lenient::value")]
    pub(crate) all_count: Option<u64>,
}

/// `{payload: {current_status}}`.
#[derive(Deserialize)]
pub(crate) struct Toggled {
    pub(crate) payload: ToggledTo,
}

#[derive(Deserialize)]
pub(crate) struct ToggledTo {
    pub(crate) current_status: Status,
}

/// The public API’s conversation, of which only the status is read.
#[derive(Deserialize)]
pub(crate) struct Public {
    pub(crate) status: Status,
}
