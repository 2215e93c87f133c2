//! What Chatwoot tells by itself, in a webhook's delivery or a frame of the cable: to which conversation or contact something
//! happened. It is a hint of what to read again; the words that come with it are not read.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::ids::{AccountId, ContactId, ConversationId, InboxId, MessageId};
use crate::types::lenient;

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The account, where it says so.
    pub account: Option<AccountId>,
    /// What it is about.
    pub about: About,
}

/// What an event is about.
#[derive(Debug, Clone, PartialEq)]
pub enum About {
    /// A message came or changed.
    Message(MessageHint),
    /// A conversation came or changed.
    Conversation {
        /// Which.
        id: ConversationId,
        /// Its inbox, where it says so.
        inbox: Option<InboxId>,
        /// How new what it says is, as [`crate::Conversation::updated_at`].
        updated_at: Option<f64>,
    },
    /// Something of a contact changed that decides what he may do.
    Contact(ContactId),
    /// A contact was touched, perhaps by a message of its own: the cable does not say what changed.
    ContactTouched(ContactHint),
    /// A contact was deleted or merged into another. Only the cable tells.
    ContactGone(ContactId),
    /// An agent began to type an answer, or stopped. What is typed is not told.
    Typing(TypingHint),
    /// Nothing that the portal looks at.
    Other,
}

/// A message that came or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageHint {
    /// The message.
    pub id: MessageId,
    /// Where it is.
    pub conversation: ConversationId,
    /// The conversation's inbox, where it says so.
    pub inbox: Option<InboxId>,
    /// It is a private note or activity: nothing of it may show, not even that it came.
    pub internal: bool,
    /// It came; else it changed.
    pub is_new: bool,
    /// It is the support team's, and was not deleted.
    pub is_of_team: bool,
}

/// How a contact is said to be: to be compared with what is known, and not believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactHint {
    /// Which.
    pub id: ContactId,
    /// What agents call it.
    pub name: Option<String>,
    /// Whether it may write.
    pub blocked: bool,
}

/// An agent who began to type an answer, or stopped. Of a contact's typing and of private notes nothing is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypingHint {
    /// Where.
    pub conversation: ConversationId,
    /// Its inbox, where it says so.
    pub inbox: Option<InboxId>,
    /// He types; else he has stopped.
    pub on: bool,
    /// The agent's name, to be compared with those that messages show.
    pub name: Option<String>,
}

/// A delivery or a frame's data, of which only this is read.
#[derive(Deserialize)]
struct Told {
    #[serde(default, deserialize_with = "lenient::value")]
    event: String,
    #[serde(default, deserialize_with = "lenient::value")]
    id: Option<u64>,
    #[serde(default, deserialize_with = "lenient::value")]
    account: Option<Named>,
    #[serde(default, deserialize_with = "lenient::value")]
    account_id: Option<AccountId>,
    #[serde(default, deserialize_with = "lenient::value")]
    inbox: Option<Named>,
    #[serde(default, deserialize_with = "lenient::value")]
    inbox_id: Option<InboxId>,
    #[serde(default, deserialize_with = "lenient::value")]
    conversation: Option<Named>,
    #[serde(default, deserialize_with = "lenient::value")]
    conversation_id: Option<ConversationId>,
    #[serde(default, deserialize_with = "lenient::value")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient::value")]
    blocked: bool,
    #[serde(default, deserialize_with = "lenient::value")]
    private: bool,
    #[serde(default, deserialize_with = "lenient::value")]
    message_type: Option<MessageType>,
    #[serde(default, deserialize_with = "lenient::value")]
    updated_at: Option<f64>,
    #[serde(default, deserialize_with = "lenient::value")]
    content_attributes: Option<Content>,
    #[serde(default, deserialize_with = "lenient::list")]
    changed_attributes: Vec<Changed>,
    #[serde(default, deserialize_with = "lenient::value")]
    user: Option<Typist>,
    /// Missing, it may be a private note.
    #[serde(default, deserialize_with = "lenient::value")]
    is_private: Option<bool>,
}

#[derive(Deserialize)]
struct Named {
    id: u64,
    #[serde(default, deserialize_with = "lenient::value")]
    inbox_id: Option<InboxId>,
}

#[derive(Deserialize)]
struct Content {
    #[serde(default, deserialize_with = "lenient::value")]
    deleted: bool,
}

/// Who types. A contact has no `type` in a delivery, and another one in a frame.
#[derive(Deserialize)]
struct Typist {
    #[serde(rename = "type", default, deserialize_with = "lenient::value")]
    kind: Option<String>,
    #[serde(default, deserialize_with = "lenient::value")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient::value")]
    available_name: Option<String>,
}

/// A word in a delivery, a number in a frame.
#[derive(Deserialize, PartialEq)]
#[serde(untagged)]
enum MessageType {
    Word(String),
    Number(u64),
}

/// Which attribute changed, of those that matter.
#[derive(Deserialize)]
struct Changed {
    blocked: Option<IgnoredAny>,
    email: Option<IgnoredAny>,
    name: Option<IgnoredAny>,
}

impl Event {
    /// Reads a webhook's body. None if it is no event at all.
    pub fn of_delivery(body: &[u8]) -> Option<Self> {
        let told: Told = serde_json::from_slice(body).ok()?;
        let event = told.event.clone();
        (!event.is_empty()).then(|| told.read(&event))
    }

    /// Reads an event of the cable.
    pub(crate) fn of_frame(name: &str, data: &str) -> Option<Self> {
        let told: Told = serde_json::from_str(data).ok()?;
        Some(told.read(name))
    }
}

impl Told {
    fn read(self, event: &str) -> Event {
        let named = self.account.as_ref().map(|it| it.id);
        let named = named.and_then(|id| AccountId::new(id).ok());
        Event {
            account: named.or(self.account_id),
            about: self.about(event).unwrap_or(About::Other),
        }
    }

    fn about(&self, event: &str) -> Option<About> {
        let told = match event {
            "message_created" | "message.created" => About::Message(self.message(true)?),
            "message_updated" | "message.updated" => About::Message(self.message(false)?),
            "conversation_created"
            | "conversation_updated"
            | "conversation_status_changed"
            | "conversation.created"
            | "conversation.updated"
            | "conversation.status_changed"
            | "conversation.contact_changed" => About::Conversation {
                id: ConversationId::new(self.id?).ok()?,
                inbox: self.inbox(),
                updated_at: self.updated_at,
            },
            // It also comes with each message of his, for when he was last active.
            "contact_updated" if !self.matters() => About::Other,
            "contact_updated" => About::Contact(self.contact()?),
            "contact.updated" => About::ContactTouched(ContactHint {
                id: self.contact()?,
                name: self.name.clone(),
                blocked: self.blocked,
            }),
            "contact.deleted" | "contact.merged" => About::ContactGone(self.contact()?),
            "conversation_typing_on" | "conversation.typing_on" => {
                About::Typing(self.typing(true)?)
            }
            "conversation_typing_off" | "conversation.typing_off" => {
                About::Typing(self.typing(false)?)
            }
            _ => About::Other,
        };
        Some(told)
    }

    fn message(&self, is_new: bool) -> Option<MessageHint> {
        let named = self.conversation.as_ref().map(|it| it.id);
        let named = named.and_then(|id| ConversationId::new(id).ok());
        let is = |word: &str, number: u64| match &self.message_type {
            Some(MessageType::Word(it)) => it == word,
            Some(MessageType::Number(it)) => *it == number,
            None => false,
        };
        let deleted = self
            .content_attributes
            .as_ref()
            .is_some_and(|it| it.deleted);
        Some(MessageHint {
            id: MessageId::new(self.id?).ok()?,
            // In a frame `conversation` has no id, and the number stands beside it.
            conversation: self.conversation_id.or(named)?,
            inbox: self.inbox(),
            internal: self.private || is("activity", 2),
            is_new,
            is_of_team: !deleted && (is("outgoing", 1) || is("template", 3)),
        })
    }

    fn typing(&self, on: bool) -> Option<TypingHint> {
        let user = self.user.as_ref()?;
        if user.kind.as_deref() != Some("user") || self.is_private != Some(false) {
            return None;
        }
        let conversation = self.conversation.as_ref()?;
        Some(TypingHint {
            conversation: ConversationId::new(conversation.id).ok()?,
            inbox: conversation.inbox_id,
            on,
            name: user.available_name.clone().or_else(|| user.name.clone()),
        })
    }

    fn inbox(&self) -> Option<InboxId> {
        let named = self.inbox.as_ref().map(|it| it.id);
        self.inbox_id
            .or_else(|| named.and_then(|id| InboxId::new(id).ok()))
    }

    fn contact(&self) -> Option<ContactId> {
        ContactId::new(self.id?).ok()
    }

    fn matters(&self) -> bool {
        self.changed_attributes
            .iter()
            .any(|it| it.blocked.is_some() || it.email.is_some() || it.name.is_some())
    }
}

#[cfg(test)]
mod tests;
