//! What the cable tells an administrator, as the recorded frames have it: private notes, activity, merged and deleted contacts too.

use serde_json::{Value, json};

use super::user::Side;
use crate::ids::{DisplayId, MessageId, UserId};
use crate::store::Data;
use crate::store::events::Event;
use crate::store::rows::Sender;

impl Data {
    /// The frames of an event: names and data. `caller` is who did what nobody else is named for.
    pub(crate) fn cable_frames(&self, event: &Event, caller: UserId) -> Vec<(&'static str, Value)> {
        let by = |mut data: Value, who: Option<UserId>| {
            data["account_id"] = json!(self.account.id);
            if let Some(who) = who {
                data["performer"] = self.agent_push(who, Side::Agents);
            }
            data
        };
        // Somebody who is gone by now is not told of.
        if let Event::ContactCreated(id) | Event::ContactUpdated(id, _) | Event::ContactMerged(id) =
            event
            && !self.contacts.contains_key(id)
        {
            return Vec::new();
        }
        let frame = match event {
            Event::ContactCreated(id) => {
                ("contact.created", by(self.contact_push(*id), Some(caller)))
            }
            Event::ContactUpdated(id, _) => {
                ("contact.updated", by(self.contact_push(*id), Some(caller)))
            }
            Event::ContactMerged(id) => {
                ("contact.merged", by(self.contact_push(*id), Some(caller)))
            }
            Event::ContactDeleted(was) => ("contact.deleted", by(was.clone(), Some(caller))),
            Event::ConversationCreated(id) => {
                let Some(data) = self.conversation_push(*id) else {
                    return Vec::new();
                };
                ("conversation.created", by(data, Some(caller)))
            }
            Event::ConversationUpdated(id, _) => match self.conversation_push(*id) {
                Some(data) => ("conversation.updated", by(data, None)),
                None => return Vec::new(),
            },
            Event::ConversationStatusChanged(id) => match self.conversation_push(*id) {
                Some(data) => ("conversation.status_changed", by(data, None)),
                None => return Vec::new(),
            },
            Event::ConversationContactChanged(id) => match self.conversation_push(*id) {
                Some(data) => ("conversation.contact_changed", by(data, Some(caller))),
                None => return Vec::new(),
            },
            Event::MessageCreated(id) => match self.pushed(*id) {
                Some((data, who)) => ("message.created", by(data, who)),
                None => return Vec::new(),
            },
            Event::MessageUpdated(id) => match self.pushed(*id) {
                Some((mut data, who)) => {
                    data["previous_changes"] = json!({});
                    ("message.updated", by(data, who))
                }
                None => return Vec::new(),
            },
            Event::Typing {
                on,
                conversation,
                by: who,
                private,
            } => {
                let name = if *on {
                    "conversation.typing_on"
                } else {
                    "conversation.typing_off"
                };
                let (user, performer) = match *who {
                    Sender::Contact(id) => (self.contact_push(id), None),
                    Sender::User(id) => (self.agent_push(id, Side::Agents), Some(id)),
                };
                let Some(conversation) = self.conversation_push(*conversation) else {
                    return Vec::new();
                };
                let data =
                    json!({ "conversation": conversation, "user": user, "is_private": private });
                (name, by(data, performer))
            }
            Event::WidgetTriggered(..) => return Vec::new(),
        };
        vec![frame]
    }

    fn conversation_push(&self, id: DisplayId) -> Option<Value> {
        let mut data = self.conversation_webhook(id)?;
        data.as_object_mut()?.shift_remove("account");
        Some(data)
    }

    fn pushed(&self, id: MessageId) -> Option<(Value, Option<UserId>)> {
        let message = self.messages.get(&id)?;
        let row = self.conversations.get(&message.conversation)?;
        let who = match message.sender {
            Some(Sender::User(id)) => Some(id),
            Some(Sender::Contact(_)) | None => None,
        };
        Some((self.message_push(message, row, Side::Agents), who))
    }
}
