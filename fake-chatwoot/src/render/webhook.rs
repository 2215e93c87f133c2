//! What webhooks carry: conversations, messages and who wrote them, as the recorded deliveries have it.

use serde_json::{Map, Value, json};

use super::user::Side;
use crate::ids::{ContactInboxId, DisplayId, MessageId};
use crate::moment::{iso_or_null, seconds_or_zero};
use crate::store::Data;
use crate::store::events::{Change, Event};
use crate::store::rows::{Conversation, Message, MessageType, Sender};

impl Data {
    /// The name and body of an event's delivery, if webhooks hear of it.
    pub(crate) fn webhook_body(&self, event: &Event) -> Option<(&'static str, Value)> {
        let (name, mut body) = match event {
            Event::ContactCreated(id) => ("contact_created", self.contact_webhook(*id)),
            Event::ContactUpdated(id, _) => ("contact_updated", self.contact_webhook(*id)),
            Event::ConversationCreated(id) => {
                ("conversation_created", self.conversation_webhook(*id)?)
            }
            Event::ConversationStatusChanged(id) => (
                "conversation_status_changed",
                self.conversation_webhook(*id)?,
            ),
            Event::ConversationUpdated(id, _) => {
                ("conversation_updated", self.conversation_webhook(*id)?)
            }
            Event::MessageCreated(id) => ("message_created", self.message_webhook(*id)?),
            Event::MessageUpdated(id) => ("message_updated", self.message_webhook(*id)?),
            Event::Typing {
                on,
                conversation,
                by,
                private,
            } => {
                let name = if *on {
                    "conversation_typing_on"
                } else {
                    "conversation_typing_off"
                };
                let body = json!({
                    "event": name,
                    "user": self.author(*by),
                    "conversation": self.conversation_webhook(*conversation)?,
                    "is_private": private,
                });
                (name, body)
            }
            // Webhooks hear of neither merges nor deletions.
            Event::ContactMerged(_)
            | Event::ContactDeleted(_)
            | Event::ConversationContactChanged(_) => return None,
            Event::WidgetTriggered(id, info) => {
                ("webwidget_triggered", self.widget_webhook(*id, info)?)
            }
        };
        if body.is_null() {
            return None;
        }
        body["event"] = json!(name);
        match event {
            Event::ContactUpdated(_, changed) | Event::ConversationUpdated(_, changed) => {
                body["changed_attributes"] = changed.iter().map(change).collect();
            }
            // The real one loses the change on the way.
            Event::ConversationStatusChanged(_) => body["changed_attributes"] = Value::Null,
            _ => {}
        }
        Some((name, body))
    }

    pub(super) fn conversation_webhook(&self, id: DisplayId) -> Option<Value> {
        let row = self.conversations.get(&id)?;
        let of = self.contact_inboxes.get(&row.contact_inbox)?;
        let last = self
            .messages_of(row)
            .into_iter()
            .rev()
            .find(|message| message.is_public());
        let last: Vec<_> = last
            .map(|message| self.message_push(message, row, Side::Public))
            .into_iter()
            .collect();
        Some(json!({
            "additional_attributes": row.additional_attributes,
            "can_reply": true,
            "channel": self.inboxes.get(&row.inbox).map(|inbox| inbox.channel_type()),
            "contact_inbox": {
                "id": of.id,
                "contact_id": of.contact,
                "inbox_id": of.inbox,
                "source_id": of.source_id,
                "created_at": of.created_at.iso(),
                "updated_at": of.updated_at.iso(),
                "hmac_verified": of.hmac_verified,
                "pubsub_token": of.pubsub_token,
            },
            "id": row.id,
            "inbox_id": row.inbox,
            "messages": last,
            "labels": row.labels,
            "meta": self.webhook_meta(row, of.hmac_verified),
            "status": row.status.as_str(),
            "custom_attributes": row.custom_attributes,
            "snoozed_until": iso_or_null(row.snoozed_until),
            "unread_count": self.unread_count(row),
            "first_reply_created_at": iso_or_null(row.first_reply_created_at),
            "priority": row.priority,
            "waiting_since": seconds_or_zero(row.waiting_since),
            "agent_last_seen_at": seconds_or_zero(row.agent_last_seen_at),
            "contact_last_seen_at": seconds_or_zero(row.contact_last_seen_at),
            "last_activity_at": row.last_activity_at.seconds(),
            "timestamp": row.last_activity_at.seconds(),
            "created_at": row.created_at.seconds(),
            "updated_at": row.updated_at.float(),
            "account": self.webhook_account(),
        }))
    }

    fn webhook_meta(&self, row: &Conversation, verified: bool) -> Value {
        json!({
            "sender": self.contact_push(row.contact),
            "assignee": row.assignee.map(|agent| self.agent_push(agent, Side::Public)),
            "assignee_type": row.assignee.map(|_| "User"),
            "team": null,
            "hmac_verified": verified,
        })
    }

    /// Private notes too; activity rows never.
    fn message_webhook(&self, id: MessageId) -> Option<Value> {
        let message = self
            .messages
            .get(&id)
            .filter(|message| message.kind != MessageType::Activity)?;
        let mut out = Map::new();
        let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
        put("account", self.webhook_account());
        put("additional_attributes", json!({}));
        put("content_attributes", json!(message.content_attributes));
        put("content_type", json!(message.content_type));
        put("content", json!(self.webhook_content(message)));
        put(
            "conversation",
            self.conversation_webhook(message.conversation)?,
        );
        put("created_at", json!(message.created_at.iso()));
        put("id", json!(message.id));
        let inbox = self.inboxes.get(&message.inbox);
        put(
            "inbox",
            json!({ "id": message.inbox, "name": inbox.map(|inbox| &inbox.name) }),
        );
        put("message_type", json!(message.kind.as_str()));
        put("private", json!(message.private));
        put(
            "sender",
            message
                .sender
                .map_or(Value::Null, |sender| self.author(sender)),
        );
        put("source_id", json!(message.source_id));
        if !message.attachments.is_empty() {
            put("attachments", self.attachments_json(message));
        }
        Some(Value::Object(out))
    }

    /// Hard line breaks lose their backslash, and a survey gains its address.
    fn webhook_content(&self, message: &Message) -> Option<String> {
        let text = message.content.as_ref()?.replace("\\\n", "\n");
        if message.content_type != "input_csat" {
            return Some(text);
        }
        let uuid = self
            .conversations
            .get(&message.conversation)
            .map(|row| row.uuid.clone())?;
        Some(format!(
            "{text} {}/survey/responses/{uuid}",
            self.frontend_url
        ))
    }

    fn author(&self, sender: Sender) -> Value {
        match sender {
            Sender::Contact(id) => self.contact_webhook(id),
            Sender::User(id) => self.users.get(&id).map_or(Value::Null, |user| {
                json!({ "id": user.id, "name": user.name, "email": user.email, "type": "user" })
            }),
        }
    }

    fn widget_webhook(&self, id: ContactInboxId, info: &Value) -> Option<Value> {
        let of = self.contact_inboxes.get(&id)?;
        let inbox = self.inboxes.get(&of.inbox)?;
        Some(json!({
            "id": of.id,
            "contact": self.contact_webhook(of.contact),
            "inbox": { "id": inbox.id, "name": inbox.name },
            "account": self.webhook_account(),
            "current_conversation": null,
            "source_id": of.source_id,
            "event": "webwidget_triggered",
            "event_info": info,
        }))
    }

    fn webhook_account(&self) -> Value {
        json!({ "id": self.account.id, "name": self.account.name })
    }
}

fn change(change: &Change) -> Value {
    let values = json!({ "previous_value": change.before, "current_value": change.after });
    Value::Object(Map::from_iter([(change.attribute.to_owned(), values)]))
}
