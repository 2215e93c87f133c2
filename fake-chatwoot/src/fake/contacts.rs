//! What happens to contacts, as sentences; the takeover that any website visitor can do too.

use super::FakeChatwoot;
use crate::ids::{ContactId, DisplayId, MessageId};
use crate::refusal::Refusal;
use crate::store::contacts::ContactFields;
use crate::store::conversations::NewConversation;
use crate::store::messages::{Actor, NewMessage};
use crate::store::rows::{ContactInbox, MessageType, Sender};

/// Somebody who has opened the website's widget. Whoever he says he is, he becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visitor(crate::ids::ContactInboxId);

impl FakeChatwoot {
    /// A contact with this name and address and nothing else.
    pub fn add_contact(&self, name: &str, email: &str) -> Result<ContactId, Refusal> {
        self.inside.data().create_contact(ContactFields {
            name: Some(name.to_owned()),
            email: Some(Some(email.to_owned())),
            ..ContactFields::default()
        })
    }

    /// A ticket in the portal's inbox with a first message, for an existing contact; attributes as the portal would write them.
    pub fn add_ticket(
        &self,
        contact: impl Into<ContactId>,
        source_id: &str,
        additional_attributes: serde_json::Value,
        text: &str,
    ) -> Result<DisplayId, Refusal> {
        let contact = contact.into();
        let inbox = self.inside.given.inbox;
        let mut data = self.inside.data();
        let of = data
            .build_contact_inbox(contact, inbox, Some(source_id), false)
            .map_err(|_| Refusal::Broken)?;
        let additional_attributes = additional_attributes
            .as_object()
            .cloned()
            .unwrap_or_default();
        let new = NewConversation {
            additional_attributes,
            ..NewConversation::default()
        };
        let (id, _) = data.open_conversation(of, new)?;
        let message = NewMessage::text(MessageType::Incoming, Some(Sender::Contact(contact)), text);
        data.create_message(id, message, Actor::System)?;
        Ok(id)
    }

    /// The customer writes by other means than the portal.
    pub fn customer_writes(
        &self,
        id: impl Into<DisplayId>,
        text: &str,
    ) -> Result<MessageId, Refusal> {
        let id = id.into();
        let mut data = self.inside.data();
        let contact = data
            .conversations
            .get(&id)
            .ok_or(Refusal::NotFound)?
            .contact;
        let message = NewMessage::text(MessageType::Incoming, Some(Sender::Contact(contact)), text);
        data.create_message(id, message, Actor::System)
    }

    /// An agent blocks a contact.
    pub fn block_contact(&self, contact: impl Into<ContactId>) {
        self.inside
            .data()
            .change_contact(contact.into(), |contact| contact.blocked = true);
    }

    /// And unblocks him.
    pub fn unblock_contact(&self, contact: impl Into<ContactId>) {
        self.inside
            .data()
            .change_contact(contact.into(), |contact| contact.blocked = false);
    }

    /// An agent gives a contact another name.
    pub fn rename_contact(&self, contact: impl Into<ContactId>, name: &str) -> Result<(), Refusal> {
        let fields = ContactFields {
            name: Some(name.to_owned()),
            ..ContactFields::default()
        };
        self.inside.data().update_contact(contact.into(), fields)
    }

    /// An agent writes another address into a contact.
    pub fn change_contact_email(
        &self,
        contact: impl Into<ContactId>,
        email: &str,
    ) -> Result<(), Refusal> {
        let fields = ContactFields {
            email: Some(Some(email.to_owned())),
            ..ContactFields::default()
        };
        self.inside.data().update_contact(contact.into(), fields)
    }

    /// An agent merges two contacts: the base stays, the mergee's number is gone.
    pub fn merge_contacts(
        &self,
        base: impl Into<ContactId>,
        mergee: impl Into<ContactId>,
    ) -> Result<(), Refusal> {
        self.inside
            .data()
            .merge_contacts(base.into(), mergee.into())
            .map(|_| ())
    }

    /// An agent deletes a contact with all his conversations. No webhook tells.
    pub fn delete_contact(&self, contact: impl Into<ContactId>) -> Result<(), Refusal> {
        self.inside.data().delete_contact(contact.into())
    }

    /// Somebody opens the website's widget.
    pub fn widget_visitor(&self) -> Result<Visitor, Refusal> {
        let inbox = self.inside.given.web_inbox;
        self.inside
            .data()
            .new_visitor(inbox)
            .map(|row| Visitor(row.id))
            .map_err(|_| Refusal::Broken)
    }

    /// The visitor says that he has this address: whoever has it is merged with him. Answers with the contact that he is then.
    pub fn widget_visitor_takes_email(
        &self,
        visitor: Visitor,
        email: &str,
    ) -> Result<ContactId, Refusal> {
        let mut data = self.inside.data();
        let contact = data
            .contact_inboxes
            .get(&visitor.0)
            .map(|row| row.contact)
            .ok_or(Refusal::NotFound)?;
        let fields = ContactFields {
            email: Some(Some(email.to_owned())),
            ..ContactFields::default()
        };
        data.identify(contact, fields)
    }

    /// A mail arrives, as bytes.
    pub fn mail_arrives(&self, raw: &[u8]) {
        self.inside.data().receive_mail(raw);
    }

    /// The contact_inboxes of a contact, oldest first.
    pub fn contact_inboxes_of(&self, contact: impl Into<ContactId>) -> Vec<ContactInbox> {
        self.inside
            .data()
            .contact_inboxes_of(contact.into())
            .cloned()
            .collect()
    }
}
