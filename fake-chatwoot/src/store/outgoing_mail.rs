//! Agents' answers in e-mail inboxes, which go out as mail.

use serde_json::json;

use crate::ids::{DisplayId, MessageId};
use crate::store::Data;
use crate::store::account::Channel;
use crate::store::events::Event;
use crate::store::rows::MessageType;

impl Data {
    /// An agent's answer in an e-mail inbox carries what the mail will say.
    pub(super) fn dress_as_mail(&mut self, conversation: DisplayId, id: MessageId) {
        let inbox = self
            .conversations
            .get(&conversation)
            .and_then(|row| self.inboxes.get(&row.inbox));
        if !inbox.is_some_and(|inbox| matches!(inbox.channel, Channel::Email { .. })) {
            return;
        }
        let Some(message) = self.messages.get_mut(&id) else {
            return;
        };
        let text = message.content.clone().unwrap_or_default();
        let mut html = String::new();
        pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new(&text));
        for list in ["cc_emails", "bcc_emails", "to_emails"] {
            message
                .content_attributes
                .entry(list)
                .or_insert_with(|| json!([]));
        }
        let email = json!({
            "html_content": { "full": html, "reply": html },
            "text_content": { "full": text, "reply": text },
        });
        message.content_attributes.insert("email".to_owned(), email);
    }

    /// The mail of an agent's answer is out a moment later: its Message-ID becomes the source_id.
    pub(crate) fn mail_is_out(&mut self, id: MessageId) {
        let Some(message) = self.messages.get(&id) else {
            return;
        };
        let (conversation, kind, private) = (message.conversation, message.kind, message.private);
        let Some(row) = self.conversations.get(&conversation) else {
            return;
        };
        let Some(Channel::Email { address, .. }) =
            self.inboxes.get(&row.inbox).map(|inbox| &inbox.channel)
        else {
            return;
        };
        if kind != MessageType::Outgoing || private {
            return;
        }
        let domain = address.split('@').nth(1).unwrap_or("localhost");
        let source_id = format!("conversation/{}/messages/{id}@{domain}", row.uuid);
        if let Some(message) = self.messages.get_mut(&id) {
            message.source_id = Some(source_id);
        }
        self.emit(Event::MessageUpdated(id));
    }
}
