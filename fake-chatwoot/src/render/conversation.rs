//! Conversations: for agents, and in the public API.

use serde_json::{Map, Value, json};

use super::user::Side;
use crate::moment::{iso_or_null, seconds_or_zero};
use crate::store::Data;
use crate::store::rows::{Conversation, MessageType};

impl Data {
    /// As agents see it, the last message in it: a private note, if that was the last.
    pub(crate) fn conversation_json(&self, row: &Conversation) -> Value {
        let contact = self.contacts.get(&row.contact);
        let inbox = self.inboxes.get(&row.inbox);
        let mut meta = Map::new();
        meta.insert(
            "sender".to_owned(),
            contact.map_or(Value::Null, |contact| self.contact_json(contact)),
        );
        meta.insert(
            "channel".to_owned(),
            json!(inbox.map(|inbox| inbox.channel_type())),
        );
        if let Some(assignee) = row.assignee {
            meta.insert("assignee".to_owned(), self.agent_json(assignee));
            meta.insert("assignee_type".to_owned(), json!("User"));
        }
        let verified = self
            .contact_inboxes
            .get(&row.contact_inbox)
            .map(|row| row.hmac_verified);
        meta.insert("hmac_verified".to_owned(), json!(verified));
        let messages = self.messages_of(row);
        let last = messages
            .last()
            .map(|message| self.message_push(message, row, Side::Agents));
        let spoken = messages
            .iter()
            .rev()
            .find(|message| message.kind != MessageType::Activity);
        let spoken = spoken.map(|message| self.message_push(message, row, Side::Agents));
        json!({
            "meta": meta,
            "id": row.id,
            "messages": last.into_iter().collect::<Vec<_>>(),
            "account_id": self.account.id,
            "uuid": row.uuid,
            "additional_attributes": row.additional_attributes,
            "agent_last_seen_at": seconds_or_zero(row.agent_last_seen_at),
            "assignee_last_seen_at": seconds_or_zero(row.assignee_last_seen_at),
            "can_reply": true,
            "contact_last_seen_at": seconds_or_zero(row.contact_last_seen_at),
            "custom_attributes": row.custom_attributes,
            "inbox_id": row.inbox,
            "labels": row.labels,
            "muted": self.is_muted(row),
            "snoozed_until": iso_or_null(row.snoozed_until),
            "status": row.status.as_str(),
            "created_at": row.created_at.seconds(),
            "updated_at": row.updated_at.float(),
            "timestamp": row.last_activity_at.seconds(),
            "first_reply_created_at": seconds_or_zero(row.first_reply_created_at),
            "unread_count": self.unread_count(row),
            "last_non_activity_message": spoken,
            "last_activity_at": row.last_activity_at.seconds(),
            "priority": row.priority,
            "waiting_since": seconds_or_zero(row.waiting_since),
            "sla_policy_id": null,
        })
    }

    /// What stands above a thread.
    pub(crate) fn thread_meta(&self, row: &Conversation) -> Value {
        let mut meta = Map::new();
        meta.insert("labels".to_owned(), json!(row.labels));
        meta.insert(
            "additional_attributes".to_owned(),
            json!(row.additional_attributes),
        );
        meta.insert("contact".to_owned(), self.contact_push(row.contact));
        if let Some(assignee) = row.assignee {
            meta.insert(
                "assignee".to_owned(),
                self.agent_push(assignee, Side::Agents),
            );
        }
        meta.insert(
            "agent_last_seen_at".to_owned(),
            iso_or_null(row.agent_last_seen_at),
        );
        meta.insert(
            "assignee_last_seen_at".to_owned(),
            iso_or_null(row.assignee_last_seen_at),
        );
        Value::Object(meta)
    }

    /// As the public API shows it: every public message at once.
    pub(crate) fn conversation_public(&self, row: &Conversation) -> Value {
        let messages: Vec<_> = self
            .messages_of(row)
            .into_iter()
            .filter(|message| message.is_public())
            .map(|message| self.message_public(message))
            .collect();
        json!({
            "id": row.id,
            "uuid": row.uuid,
            "inbox_id": row.inbox,
            "contact_last_seen_at": seconds_or_zero(row.contact_last_seen_at),
            "status": row.status.as_str(),
            "agent_last_seen_at": seconds_or_zero(row.agent_last_seen_at),
            "messages": messages,
            "contact": self.contacts.get(&row.contact).map(|contact| self.contact_raw(contact)),
        })
    }
}
