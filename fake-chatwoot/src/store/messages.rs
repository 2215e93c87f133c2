//! Messages: written, deleted, marked read, with all that follows from one.

use serde_json::{Map, Value, json};

use crate::ids::{BlobId, DisplayId, MessageId, UserId};
use crate::moment::Moment;
use crate::refusal::Refusal;
use crate::store::Data;
use crate::store::events::Event;
use crate::store::rows::{CONTENT_TYPES, Message, MessageType, Sender, Status};
use crate::store::templates::evaluated;

/// What a new message is made of.
#[derive(Clone, Debug)]
pub(crate) struct NewMessage {
    pub(crate) content: Option<String>,
    pub(crate) processed_content: Option<String>,
    pub(crate) kind: MessageType,
    pub(crate) private: bool,
    pub(crate) content_type: String,
    pub(crate) content_attributes: Map<String, Value>,
    pub(crate) source_id: Option<String>,
    pub(crate) sender: Option<Sender>,
    /// Files and what the uploader called each: `image/png`.
    pub(crate) files: Vec<(BlobId, String)>,
}

impl NewMessage {
    /// A text of this kind and nothing more.
    pub(crate) fn text(kind: MessageType, sender: Option<Sender>, content: &str) -> Self {
        Self {
            content: Some(content.to_owned()),
            processed_content: None,
            kind,
            private: false,
            content_type: "text".to_owned(),
            content_attributes: Map::new(),
            source_id: None,
            sender,
            files: Vec::new(),
        }
    }
}

/// Who is at work, for the words of activity rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Actor {
    User(UserId),
    /// The contact himself, by the public API.
    Contact,
    /// Mail and the like.
    System,
}

impl Data {
    /// Writes a message, and does what Chatwoot does then: activity times, waiting, reopening, templates.
    pub(crate) fn create_message(
        &mut self,
        conversation: DisplayId,
        new: NewMessage,
        actor: Actor,
    ) -> Result<MessageId, Refusal> {
        let (kind, private) = (new.kind, new.private);
        let id = self.insert_message(conversation, new)?;
        let created_at = self
            .messages
            .get(&id)
            .map_or(Moment(0), |message| message.created_at);
        if kind == MessageType::Outgoing && !private {
            self.change_conversation(conversation, |row| {
                row.first_reply_created_at = row.first_reply_created_at.or(Some(created_at));
                row.waiting_since = None;
            });
            self.dress_as_mail(conversation, id);
        }
        if kind == MessageType::Incoming {
            let contact = self.conversations.get(&conversation).map(|row| row.contact);
            if let Some(contact) = contact {
                self.contact_was_active(contact, created_at);
            }
            self.reopen_for_customer(conversation, actor);
            self.change_conversation(conversation, |row| {
                row.waiting_since = row.waiting_since.or(Some(created_at))
            });
            self.send_templates(conversation)?;
        }
        Ok(id)
    }

    /// The row alone, without what follows from a message of that kind.
    pub(crate) fn insert_message(
        &mut self,
        conversation: DisplayId,
        new: NewMessage,
    ) -> Result<MessageId, Refusal> {
        let inbox = self
            .conversations
            .get(&conversation)
            .ok_or(Refusal::NotFound)?
            .inbox;
        if new
            .content
            .as_ref()
            .is_some_and(|content| content.chars().count() > 150_000)
        {
            return Err(Refusal::invalid(
                "Content is too long (maximum is 150000 characters)",
                "content",
            ));
        }
        if !CONTENT_TYPES.contains(&new.content_type.as_str()) {
            return Err(Refusal::Unprocessable(format!(
                "'{}' is not a valid content_type",
                new.content_type
            )));
        }
        let liquid = matches!(new.kind, MessageType::Outgoing | MessageType::Template);
        let content = match new.content.as_deref() {
            Some(text) if liquid => Some(evaluated(text, &self.liquid_names(conversation))),
            content => content.map(str::to_owned),
        };
        // Greetings keep the unevaluated text there, as the real one does.
        let raw = new
            .content
            .clone()
            .filter(|_| new.kind == MessageType::Template);
        let now = self.now();
        let id = MessageId(self.next_row());
        let attachments = new
            .files
            .into_iter()
            .map(|(blob, called)| self.attachment(blob, &called))
            .collect();
        let message = Message {
            id,
            conversation,
            inbox,
            content,
            processed_content: new.processed_content.or(raw),
            kind: new.kind,
            private: new.private,
            status: "sent",
            content_type: new.content_type,
            content_attributes: new.content_attributes,
            source_id: new.source_id,
            sender: new.sender,
            attachments,
            created_at: now,
            updated_at: now,
        };
        self.messages.insert(id, message);
        self.emit(Event::MessageCreated(id));
        if let Some(row) = self.conversations.get_mut(&conversation) {
            row.messages.push(id);
            row.last_activity_at = now;
            row.updated_at = now;
        }
        Ok(id)
    }

    /// An activity row: what somebody did.
    pub(crate) fn note_activity(&mut self, conversation: DisplayId, words: &str) {
        let row = NewMessage::text(MessageType::Activity, None, words);
        // It can fail only where there is no such conversation.
        let _ = self.insert_message(conversation, row);
    }

    /// An agent's deletion: the row stays, the text goes, and the conversation does not notice.
    pub(crate) fn delete_message(
        &mut self,
        conversation: DisplayId,
        id: MessageId,
    ) -> Result<(), Refusal> {
        let now = self.now();
        let message = self
            .messages
            .get_mut(&id)
            .filter(|row| row.conversation == conversation);
        let message = message.ok_or(Refusal::NotFound)?;
        message.content = Some("This message was deleted".to_owned());
        message.processed_content = None;
        message.content_type = "text".to_owned();
        message.content_attributes = Map::from_iter([("deleted".to_owned(), json!(true))]);
        message.attachments.clear();
        message.updated_at = now;
        self.emit(Event::MessageUpdated(id));
        Ok(())
    }

    /// Sets `sent`, `delivered`, `read` or `failed`.
    pub(crate) fn set_message_status(&mut self, id: MessageId, status: &'static str) {
        let now = self.now();
        let Some(message) = self
            .messages
            .get_mut(&id)
            .filter(|message| message.status != status)
        else {
            return;
        };
        message.status = status;
        message.updated_at = now;
        self.emit(Event::MessageUpdated(id));
    }

    /// The contact has seen all until now: outgoing messages become read, private notes too, as on the real one.
    pub(crate) fn contact_has_seen(&mut self, conversation: DisplayId) {
        let now = self.now();
        let Some(row) = self.conversations.get_mut(&conversation) else {
            return;
        };
        row.contact_last_seen_at = Some(now);
        row.updated_at = now;
        let written: Vec<_> = row.messages.clone();
        for id in written {
            let theirs = self.messages.get(&id).is_some_and(|message| {
                matches!(message.kind, MessageType::Outgoing | MessageType::Template)
            });
            if theirs {
                self.set_message_status(id, "read");
            }
        }
    }

    /// A customer's message wakes a snoozed and reopens a resolved conversation, but not a blocked contact's.
    fn reopen_for_customer(&mut self, conversation: DisplayId, actor: Actor) {
        let Some(row) = self.conversations.get(&conversation) else {
            return;
        };
        let (status, contact, inbox) = (row.status, row.contact, row.inbox);
        if self
            .contacts
            .get(&contact)
            .is_some_and(|contact| contact.blocked)
        {
            return;
        }
        match status {
            Status::Snoozed => self.set_status(conversation, Status::Open, None, actor),
            Status::Resolved => {
                let is_api = self.inboxes.get(&inbox).is_some_and(|inbox| inbox.is_api());
                self.set_status_silently(conversation, Status::Open);
                if is_api {
                    let words = "System reopened the conversation due to a new incoming message.";
                    self.note_activity(conversation, words);
                }
            }
            Status::Open | Status::Pending => {}
        }
    }
}
