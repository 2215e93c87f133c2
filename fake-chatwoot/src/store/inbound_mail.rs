//! Mail that comes in joins a thread, or begins one, as trustingly as on the real one.

use serde_json::{Map, Value, json};

use crate::html_text::html_to_text;
use crate::ids::{BlobId, ContactId, DisplayId, InboxId};
use crate::refusal::Refusal;
use crate::store::Data;
use crate::store::contacts::ContactFields;
use crate::store::conversations::NewConversation;
use crate::store::mail_reading::{Mail, read};
use crate::store::messages::{Actor, NewMessage};
use crate::store::rows::{MessageType, Sender};

impl Data {
    /// Takes a mail in. What cannot be read, or is for no inbox, is dropped without a word.
    pub(crate) fn receive_mail(&mut self, raw: &[u8]) {
        if let Some(mail) = read(raw) {
            // The real one answers 204 before it has looked.
            let _ = self.take_mail(mail);
        }
    }

    fn take_mail(&mut self, mail: Mail) -> Result<(), Refusal> {
        let known = self.conversation_of_mail(&mail);
        let inbox = mail
            .to
            .iter()
            .find_map(|address| self.inbox_by_address(address))
            .map(|inbox| inbox.id);
        let inbox = known
            .and_then(|id| self.conversations.get(&id))
            .map(|row| row.inbox)
            .or(inbox)
            .ok_or(Refusal::NotFound)?;
        let again = self.messages.values().any(|row| {
            row.inbox == inbox && row.source_id.as_deref() == Some(mail.message_id.as_str())
        });
        if again {
            return Ok(());
        }
        let conversation = match known {
            Some(id) => id,
            None => self.conversation_for_mail(inbox, &mail)?,
        };
        let contact = self
            .conversations
            .get(&conversation)
            .ok_or(Refusal::NotFound)?
            .contact;
        self.message_of_mail(conversation, contact, mail)
    }

    /// By `reply+UUID@`, by any Message-ID that any inbox knows, or by what another conversation began as an answer to.
    fn conversation_of_mail(&self, mail: &Mail) -> Option<DisplayId> {
        let by_uuid = |uuid: &str| {
            self.conversations
                .values()
                .find(|row| row.uuid == uuid)
                .map(|row| row.id)
        };
        let to_reply = mail.to.iter().find_map(|address| {
            address
                .strip_prefix("reply+")?
                .split('@')
                .next()
                .and_then(by_uuid)
        });
        if to_reply.is_some() {
            return to_reply;
        }
        let referred = mail.in_reply_to.iter().chain(mail.references.iter());
        for id in referred {
            let named = id
                .split_once("conversation/")
                .and_then(|(_, rest)| by_uuid(rest.split(['/', '@']).next()?));
            let source = || {
                self.messages
                    .values()
                    .find(|row| row.source_id.as_ref() == Some(id))
                    .map(|row| row.conversation)
            };
            let began_alike = || {
                let same = |value: &Value| value.as_str() == Some(id.as_str());
                let rows = self.conversations.values();
                rows.filter(|row| {
                    row.additional_attributes
                        .get("in_reply_to")
                        .is_some_and(same)
                })
                .map(|row| row.id)
                .next()
            };
            if let Some(found) = named.or_else(source).or_else(began_alike) {
                return Some(found);
            }
        }
        None
    }

    fn conversation_for_mail(&mut self, inbox: InboxId, mail: &Mail) -> Result<DisplayId, Refusal> {
        let contact = match self.contact_by_email(&mail.author) {
            Some(known) => known.id,
            None => self.create_contact(ContactFields {
                name: Some(mail.author_name.clone()),
                email: Some(Some(mail.author.clone())),
                ..ContactFields::default()
            })?,
        };
        // Any contact_inbox of the contact will do, whatever its source_id: so was it seen.
        let known = self
            .contact_inboxes_of(contact)
            .find(|row| row.inbox == inbox)
            .map(|row| row.id);
        let of = match known {
            Some(id) => id,
            None => self
                .build_contact_inbox(contact, inbox, Some(&mail.author), false)
                .map_err(|_| Refusal::Broken)?,
        };
        let attributes = json!({
            "source": "email",
            "auto_reply": mail.auto_reply,
            "in_reply_to": mail.in_reply_to,
            "initiated_at": { "timestamp": self.time().iso() },
            "mail_subject": mail.subject,
        });
        let additional_attributes = attributes.as_object().cloned().unwrap_or_default();
        let new = NewConversation {
            additional_attributes,
            ..NewConversation::default()
        };
        self.open_conversation(of, new).map(|(id, _)| id)
    }

    fn message_of_mail(
        &mut self,
        conversation: DisplayId,
        contact: ContactId,
        mail: Mail,
    ) -> Result<(), Refusal> {
        let number_of_attachments = mail.files.len();
        let mut html = mail.html.clone();
        let mut files: Vec<(BlobId, String)> = Vec::new();
        for file in mail.files {
            let blob = self.store_file(
                &file.name.replace('/', "-"),
                &file.content_type,
                file.bytes.into(),
            );
            let reference = file.inline_id.map(|id| format!("cid:{id}"));
            match (reference, &mut html) {
                (Some(reference), Some(html)) if html.contains(&reference) => {
                    let signed = self.signed_id(blob, "blob_id");
                    let url = format!(
                        "{}/rails/active_storage/blobs/redirect/{signed}/{}",
                        self.frontend_url, file.name
                    );
                    *html = html.replace(&reference, &url);
                }
                _ => files.push((blob, file.content_type)),
            }
        }
        let text = mail.text.map(|text| text.replace("\r\n", "\n"));
        let html = html.map(|html| html.replace("\r\n", "\n"));
        let (content, quoted, html_content, text_content) = match (&text, &html) {
            (Some(text), _) => {
                let (reply, quoted) = (text.trim().to_owned(), without_quotes(text));
                let html_content = html.as_ref().map_or(json!({}), |html| {
                    let reply = html_to_text(html);
                    json!({ "full": html, "reply": reply, "quoted": without_quotes(&reply) })
                });
                let text_content = json!({ "full": text, "reply": reply, "quoted": quoted });
                (reply, quoted, html_content, text_content)
            }
            (None, Some(html)) => {
                let reply = html_to_text(html);
                let quoted = without_quotes(&reply);
                let html_content = json!({ "full": html, "reply": reply, "quoted": quoted });
                (reply, quoted, html_content, json!({ "full": null }))
            }
            (None, None) => (String::new(), String::new(), json!({}), json!({})),
        };
        let list_or_null = |list: &Vec<String>| {
            if list.is_empty() {
                Value::Null
            } else {
                json!(list)
            }
        };
        let email = json!({
            "bcc": null,
            "cc": list_or_null(&mail.cc),
            "content_type": mail.content_type,
            "date": mail.date.map(|at| at.iso().replace('Z', "+00:00")),
            "from": mail.from,
            "headers": mail.headers,
            "html_content": html_content,
            "in_reply_to": mail.in_reply_to,
            "message_id": mail.message_id,
            "multipart": mail.multipart,
            "number_of_attachments": number_of_attachments,
            "references": mail.references,
            "subject": mail.subject,
            "text_content": text_content,
            "to": mail.to,
            "auto_reply": mail.auto_reply,
        });
        let mut new = NewMessage::text(
            MessageType::Incoming,
            Some(Sender::Contact(contact)),
            &content,
        );
        new.content_type = "incoming_email".to_owned();
        new.processed_content = Some(quoted).filter(|quoted| !quoted.is_empty());
        new.source_id = Some(mail.message_id);
        new.content_attributes = Map::from_iter([
            ("email".to_owned(), email),
            ("cc_email".to_owned(), list_or_null(&mail.cc)),
            ("bcc_email".to_owned(), Value::Null),
        ]);
        new.files = files;
        self.create_message(conversation, new, Actor::System)
            .map(|_| ())
    }
}

/// The new part of a mail: what comes before the first quoted line.
fn without_quotes(text: &str) -> String {
    let quoted =
        |line: &str| line.starts_with('>') || (line.starts_with("On ") && line.ends_with("wrote:"));
    let kept: Vec<_> = text
        .lines()
        .take_while(|line| !quoted(line.trim()))
        .collect();
    kept.join("\n").trim().to_owned()
}
