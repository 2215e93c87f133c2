//! Messages: in the thread, inside a conversation, in the public API; and their files.

use serde_json::{Map, Value, json};

use super::user::Side;
use crate::store::Data;
use crate::store::files::png_size;
use crate::store::rows::{Attachment, Conversation, Message, Sender};
use crate::store::sniff::extension;

impl Data {
    /// As the thread of the Application API has it.
    pub(crate) fn message_json(&self, message: &Message, echo_id: Option<&Value>) -> Value {
        let mut out = Map::new();
        let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
        put("id", json!(message.id));
        put("content", json!(message.content));
        put("inbox_id", json!(message.inbox));
        if let Some(echo_id) = echo_id.filter(|value| !value.is_null()) {
            put("echo_id", echo_id.clone());
        }
        put("conversation_id", json!(message.conversation));
        put("message_type", json!(message.kind.number()));
        put("content_type", json!(message.content_type));
        put("status", json!(message.status));
        put("content_attributes", json!(message.content_attributes));
        put("created_at", json!(message.created_at.seconds()));
        put("private", json!(message.private));
        put("source_id", json!(message.source_id));
        if let Some(sender) = self.sender_json(message, Side::Agents) {
            put("sender", sender);
        }
        if !message.attachments.is_empty() {
            put("attachments", self.attachments_json(message));
        }
        Value::Object(out)
    }

    /// As conversations, webhooks and the cable have it.
    pub(crate) fn message_push(&self, message: &Message, row: &Conversation, side: Side) -> Value {
        let source_id = self
            .contact_inboxes
            .get(&row.contact_inbox)
            .map(|row| &row.source_id);
        let mut out = json!({
            "id": message.id,
            "content": message.content,
            "account_id": self.account.id,
            "inbox_id": message.inbox,
            "conversation_id": message.conversation,
            "message_type": message.kind.number(),
            "created_at": message.created_at.seconds(),
            "updated_at": message.updated_at.iso(),
            "private": message.private,
            "status": message.status,
            "source_id": message.source_id,
            "content_type": message.content_type,
            "content_attributes": message.content_attributes,
            "sender_type": message.sender.map(|sender| match sender {
                Sender::Contact(_) => "Contact",
                Sender::User(_) => "User",
            }),
            "sender_id": message.sender.map(|sender| match sender {
                Sender::Contact(id) => id.0,
                Sender::User(id) => id.0,
            }),
            "external_source_ids": {},
            "additional_attributes": {},
            "processed_message_content": message.processed_content.as_ref().or(message.content.as_ref()),
            "sentiment": {},
            "conversation": {
                "assignee_id": row.assignee,
                "unread_count": self.unread_count(row),
                "last_activity_at": row.last_activity_at.seconds(),
                "contact_inbox": { "source_id": source_id },
            },
        });
        if !message.attachments.is_empty() {
            out["attachments"] = self.attachments_json(message);
        }
        if let Some(sender) = self.sender_json(message, side) {
            out["sender"] = sender;
        }
        out
    }

    /// As the public API shows it.
    pub(crate) fn message_public(&self, message: &Message) -> Value {
        let mut out = json!({
            "id": message.id,
            "content": message.content,
            "message_type": message.kind.number(),
            "content_type": message.content_type,
            "content_attributes": message.content_attributes,
            "created_at": message.created_at.seconds(),
            "conversation_id": message.conversation,
        });
        if !message.attachments.is_empty() {
            out["attachments"] = self.attachments_json(message);
        }
        if let Some(sender) = self.sender_json(message, Side::Public) {
            out["sender"] = sender;
        }
        out
    }

    /// Who wrote it, if that is somebody who still exists.
    pub(crate) fn sender_json(&self, message: &Message, side: Side) -> Option<Value> {
        let sender = match message.sender? {
            Sender::Contact(id) => self.contact_push(id),
            Sender::User(id) => self.agent_push(id, side),
        };
        Some(sender).filter(|sender| !sender.is_null())
    }

    pub(super) fn attachments_json(&self, message: &Message) -> Value {
        message
            .attachments
            .iter()
            .map(|attachment| self.attachment_json(attachment, message))
            .collect()
    }

    fn attachment_json(&self, attachment: &Attachment, message: &Message) -> Value {
        let blob = self.blobs.get(&attachment.blob);
        let size = blob
            .filter(|_| attachment.measured)
            .and_then(|blob| png_size(&blob.bytes));
        json!({
            "id": attachment.id,
            "message_id": message.id,
            "file_type": attachment.file_type,
            "account_id": self.account.id,
            "extension": blob.and_then(|blob| extension(&blob.filename)),
            "content_type": blob.map(|blob| &blob.content_type),
            "data_url": self.data_url(attachment),
            "thumb_url": self.thumb_url(attachment),
            "file_size": blob.map(|blob| blob.bytes.len()),
            "width": size.map(|(width, _)| width),
            "height": size.map(|(_, height)| height),
        })
    }

    /// As the list of a conversation's files has it.
    pub(crate) fn listed_attachment_json(
        &self,
        attachment: &Attachment,
        message: &Message,
    ) -> Value {
        let full = self.attachment_json(attachment, message);
        let mut out = Map::new();
        for key in [
            "id",
            "message_id",
            "thumb_url",
            "data_url",
            "file_size",
            "file_type",
            "extension",
            "width",
            "height",
        ] {
            out.insert(key.to_owned(), full[key].clone());
        }
        out.insert("created_at".to_owned(), json!(message.created_at.seconds()));
        if let Some(sender) = self.sender_json(message, Side::Agents) {
            out.insert("sender".to_owned(), sender);
        }
        Value::Object(out)
    }

    /// The lasting address of a file.
    pub(crate) fn data_url(&self, attachment: &Attachment) -> String {
        let Some(blob) = self.blobs.get(&attachment.blob) else {
            return String::new();
        };
        let signed = self.signed_id(blob.id, "blob_id");
        let query = if attachment.file_type == "audio" {
            "?disposition=inline"
        } else {
            ""
        };
        let name = encoded_name(&blob.filename);
        format!(
            "{}/rails/active_storage/blobs/redirect/{signed}/{name}{query}",
            self.frontend_url
        )
    }

    fn thumb_url(&self, attachment: &Attachment) -> String {
        let Some(blob) = self.blobs.get(&attachment.blob) else {
            return String::new();
        };
        let picture = matches!(
            blob.content_type.as_str(),
            "image/png" | "image/jpeg" | "image/gif" | "image/webp"
        );
        if attachment.file_type != "image" || !picture {
            return String::new();
        }
        let signed = self.signed_id(blob.id, "blob_id");
        let variation = self.signed_id(blob.id, "variation");
        let name = encoded_name(&blob.filename);
        format!(
            "{}/rails/active_storage/representations/redirect/{signed}/{variation}/{name}",
            self.frontend_url
        )
    }
}

/// A file's name as a part of a path.
pub(crate) fn encoded_name(name: &str) -> String {
    name.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z'
            | b'a'..=b'z'
            | b'0'..=b'9'
            | b'-'
            | b'_'
            | b'.'
            | b'~'
            | b'$'
            | b'&'
            | b'+'
            | b'='
            | b'@'
            | b'!' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}
