//! Conversations: opened, changed with a word to whoever listens, deleted.

use serde_json::{Map, Value, json};

use crate::ids::{ContactId, ContactInboxId, DisplayId, InboxId, MessageId, UserId};
use crate::moment::{Moment, iso_or_null};
use crate::refusal::Refusal;
use crate::store::Data;
use crate::store::events::{Change, Event, changes};
use crate::store::rows::{ContactInbox, Conversation, Message, MessageType, Status};

/// What a new conversation is made of.
#[derive(Clone, Debug, Default)]
pub(crate) struct NewConversation {
    pub(crate) status: Option<Status>,
    pub(crate) snoozed_until: Option<Moment>,
    pub(crate) assignee: Option<UserId>,
    pub(crate) additional_attributes: Map<String, Value>,
    pub(crate) custom_attributes: Map<String, Value>,
}

impl Data {
    /// Opens a conversation in this contact_inbox, or finds the last one where the inbox keeps to a single one.
    pub(crate) fn open_conversation(
        &mut self,
        of: ContactInboxId,
        new: NewConversation,
    ) -> Result<(DisplayId, bool), Refusal> {
        let ContactInbox { contact, inbox, .. } = self
            .contact_inboxes
            .get(&of)
            .cloned()
            .ok_or(Refusal::NotFound)?;
        let single = self
            .inboxes
            .get(&inbox)
            .is_some_and(|inbox| inbox.lock_to_single_conversation);
        if single
            && let Some(last) = self
                .conversations
                .values()
                .rev()
                .find(|row| row.contact_inbox == of)
        {
            return Ok((last.id, false));
        }
        check_attributes(
            "Additional attributes",
            "additional_attributes",
            &new.additional_attributes,
        )?;
        check_attributes(
            "Custom attributes",
            "custom_attributes",
            &new.custom_attributes,
        )?;
        let blocked = self
            .contacts
            .get(&contact)
            .is_some_and(|contact| contact.blocked);
        let now = self.now();
        let conversation = Conversation {
            id: self.next_display_id(),
            row: self.next_row(),
            uuid: self.chance.uuid(),
            inbox,
            contact,
            contact_inbox: of,
            status: if blocked {
                Status::Resolved
            } else {
                new.status.unwrap_or(Status::Open)
            },
            priority: None,
            snoozed_until: new.snoozed_until,
            additional_attributes: new.additional_attributes,
            custom_attributes: new.custom_attributes,
            labels: Vec::new(),
            assignee: new.assignee,
            agent_last_seen_at: None,
            assignee_last_seen_at: None,
            contact_last_seen_at: None,
            created_at: now,
            updated_at: now,
            last_activity_at: now,
            first_reply_created_at: None,
            waiting_since: Some(now),
            messages: Vec::new(),
        };
        let id = conversation.id;
        self.conversations.insert(id, conversation);
        self.emit(Event::ConversationCreated(id));
        Ok((id, true))
    }

    /// Changes a conversation, moves its `updated_at`, and tells of it if one of the attributes changed that Chatwoot tells of.
    pub(crate) fn change_conversation(
        &mut self,
        id: DisplayId,
        change: impl FnOnce(&mut Conversation),
    ) {
        let now = self.now();
        let Some(row) = self.conversations.get_mut(&id) else {
            return;
        };
        let (before, updated_at) = (watched(row), row.updated_at);
        change(row);
        row.updated_at = now;
        let found = changes(before, watched(row));
        if found.is_empty() {
            return;
        }
        let mut changed = vec![Change {
            attribute: "updated_at",
            before: json!(updated_at.iso()),
            after: json!(now.iso()),
        }];
        changed.extend(found);
        self.emit(Event::ConversationUpdated(id, changed));
    }

    /// Removes a conversation and its messages.
    pub(crate) fn delete_conversation(&mut self, id: DisplayId) -> Result<(), Refusal> {
        let gone = self.conversations.remove(&id).ok_or(Refusal::NotFound)?;
        for message in gone.messages {
            self.messages.remove(&message);
        }
        Ok(())
    }

    /// Undoes the opening of a conversation whose first message failed. Its number stays used up.
    pub(crate) fn roll_back_conversation(&mut self, id: DisplayId) {
        self.conversations.remove(&id);
    }

    /// The messages of a conversation, by time and id.
    pub(crate) fn messages_of(&self, conversation: &Conversation) -> Vec<&Message> {
        let mut messages: Vec<_> = conversation
            .messages
            .iter()
            .filter_map(|id| self.messages.get(id))
            .collect();
        messages.sort_by_key(|message| (message.created_at, message.id));
        messages
    }

    /// How many incoming messages the agents have not seen, at most ten.
    pub(crate) fn unread_count(&self, conversation: &Conversation) -> usize {
        let unseen = |id: &&MessageId| {
            self.messages.get(id).is_some_and(|message| {
                message.kind == MessageType::Incoming
                    && conversation
                        .agent_last_seen_at
                        .is_none_or(|seen| message.created_at > seen)
            })
        };
        conversation
            .messages
            .iter()
            .rev()
            .filter(unseen)
            .take(10)
            .count()
    }

    /// All conversations of a contact.
    pub(crate) fn conversations_of_contact(
        &self,
        contact: ContactId,
    ) -> impl Iterator<Item = &Conversation> {
        self.conversations
            .values()
            .filter(move |row| row.contact == contact)
    }

    /// All conversations that an inbox lists under a source_id, oldest first.
    pub(crate) fn conversations_of_source(
        &self,
        inbox: InboxId,
        source_id: &str,
    ) -> Vec<&Conversation> {
        let Some(of) = self
            .contact_inbox_by_source(inbox, source_id)
            .map(|row| row.id)
        else {
            return Vec::new();
        };
        self.conversations
            .values()
            .filter(|row| row.contact_inbox == of)
            .collect()
    }
}

fn watched(row: &Conversation) -> Vec<(&'static str, Value)> {
    vec![
        ("status", json!(row.status.as_str())),
        ("snoozed_until", iso_or_null(row.snoozed_until)),
        ("assignee_id", json!(row.assignee)),
        ("custom_attributes", json!(row.custom_attributes)),
        ("label_list", json!(row.labels)),
        (
            "first_reply_created_at",
            iso_or_null(row.first_reply_created_at),
        ),
        ("waiting_since", iso_or_null(row.waiting_since)),
        ("priority", json!(row.priority)),
    ]
}

/// Text values up to 1500 characters, numbers up to ten digits; what is nested is not looked at.
pub(crate) fn check_attributes(
    words: &str,
    attribute: &'static str,
    values: &Map<String, Value>,
) -> Result<(), Refusal> {
    if crate::request::holds_nul(&Value::Object(values.clone())) {
        return Err(Refusal::Broken);
    }
    for (key, value) in values {
        match value {
            Value::String(text) if text.chars().count() > 1500 => {
                return Err(Refusal::Invalid(
                    format!("{words} {key} length should be < 1500"),
                    attribute,
                ));
            }
            Value::Number(number)
                if number
                    .as_f64()
                    .is_some_and(|number| number > 9_999_999_999.0) =>
            {
                return Err(Refusal::Invalid(
                    format!("{words} {key} value should be < 9999999999"),
                    attribute,
                ));
            }
            _ => {}
        }
    }
    Ok(())
}
