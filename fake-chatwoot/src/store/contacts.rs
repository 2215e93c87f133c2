//! Contacts and their contact_inboxes: made, changed, found, blocked.

use serde_json::{Map, Value, json};

use crate::ids::{ContactId, ContactInboxId, InboxId};
use crate::moment::{Moment, iso_or_null};
use crate::refusal::Refusal;
use crate::store::Data;
use crate::store::account::Channel;
use crate::store::events::{Event, changes};
use crate::store::rows::{Contact, ContactInbox};

/// What is to be written into a contact; what is none stays.
#[derive(Clone, Debug, Default)]
pub(crate) struct ContactFields {
    pub(crate) name: Option<String>,
    pub(crate) email: Option<Option<String>>,
    pub(crate) phone_number: Option<Option<String>>,
    pub(crate) identifier: Option<Option<String>>,
    pub(crate) blocked: Option<bool>,
    pub(crate) custom_attributes: Map<String, Value>,
    pub(crate) additional_attributes: Map<String, Value>,
}

impl Data {
    /// A new contact, checked as the model checks it.
    pub(crate) fn create_contact(&mut self, fields: ContactFields) -> Result<ContactId, Refusal> {
        let now = self.now();
        let id = ContactId(self.next_row());
        let blank = Contact {
            id,
            name: String::new(),
            email: None,
            phone_number: None,
            identifier: None,
            blocked: false,
            thumbnail: String::new(),
            custom_attributes: Map::new(),
            additional_attributes: Map::new(),
            last_activity_at: None,
            created_at: now,
            updated_at: now,
        };
        let contact = filled(blank, fields);
        self.check_contact(&contact)?;
        self.contacts.insert(id, contact);
        self.emit(Event::ContactCreated(id));
        Ok(id)
    }

    /// Writes into a contact; attributes are merged key by key.
    pub(crate) fn update_contact(
        &mut self,
        id: ContactId,
        fields: ContactFields,
    ) -> Result<(), Refusal> {
        let before = self.contacts.get(&id).cloned().ok_or(Refusal::NotFound)?;
        let after = filled(before, fields);
        self.check_contact(&after)?;
        self.change_contact(id, |contact| *contact = after);
        Ok(())
    }

    /// Changes a contact and tells what changed.
    pub(crate) fn change_contact(&mut self, id: ContactId, change: impl FnOnce(&mut Contact)) {
        let now = self.now();
        let Some(contact) = self.contacts.get_mut(&id) else {
            return;
        };
        let before = watched(contact);
        let updated_at = contact.updated_at;
        change(contact);
        let mut changed = changes(before, watched(contact));
        if changed.is_empty() {
            return;
        }
        contact.updated_at = now;
        changed.push(crate::store::events::Change {
            attribute: "updated_at",
            before: json!(updated_at.iso()),
            after: json!(now.iso()),
        });
        self.emit(Event::ContactUpdated(id, changed));
    }

    /// Deletes a contact with all it has.
    pub(crate) fn delete_contact(&mut self, id: ContactId) -> Result<(), Refusal> {
        let was = self.contact_push(id);
        self.contacts.remove(&id).ok_or(Refusal::NotFound)?;
        let doomed: Vec<_> = self
            .conversations
            .values()
            .filter(|row| row.contact == id)
            .map(|row| row.id)
            .collect();
        for conversation in doomed {
            self.delete_conversation(conversation)?;
        }
        self.contact_inboxes.retain(|_, row| row.contact != id);
        self.emit(Event::ContactDeleted(was));
        Ok(())
    }

    /// Notes that a contact did something.
    pub(crate) fn contact_was_active(&mut self, id: ContactId, at: Moment) {
        self.change_contact(id, |contact| contact.last_activity_at = Some(at));
    }

    /// The contact who has this address, whatever its case.
    pub(crate) fn contact_by_email(&self, email: &str) -> Option<&Contact> {
        let wanted = email.to_lowercase();
        self.contacts
            .values()
            .find(|contact| contact.email.as_deref() == Some(wanted.as_str()))
    }

    /// The contact_inbox of an inbox that has this source_id.
    pub(crate) fn contact_inbox_by_source(
        &self,
        inbox: InboxId,
        source_id: &str,
    ) -> Option<&ContactInbox> {
        self.contact_inboxes
            .values()
            .find(|row| row.inbox == inbox && row.source_id == source_id)
    }

    /// The contact_inboxes of a contact, oldest first.
    pub(crate) fn contact_inboxes_of(
        &self,
        contact: ContactId,
    ) -> impl Iterator<Item = &ContactInbox> {
        self.contact_inboxes
            .values()
            .filter(move |row| row.contact == contact)
    }

    /// Finds or makes the contact_inbox of a contact in an inbox. Another contact's source_id is `NotUnique`, but in an e-mail inbox,
    /// where the other one is renamed, as seen on a real one.
    pub(crate) fn build_contact_inbox(
        &mut self,
        contact: ContactId,
        inbox: InboxId,
        source_id: Option<&str>,
        hmac_verified: bool,
    ) -> Result<ContactInboxId, NotUnique> {
        let source_id = match source_id {
            Some(given) if !given.is_empty() => given.to_owned(),
            _ => self.own_source_id(contact, inbox),
        };
        if let Some(found) = self
            .contact_inbox_by_source(inbox, &source_id)
            .map(|row| (row.id, row.contact))
        {
            let (id, owner) = found;
            if owner == contact {
                return Ok(id);
            }
            let is_email = self
                .inboxes
                .get(&inbox)
                .is_some_and(|inbox| inbox.is_email());
            if !is_email {
                return Err(NotUnique);
            }
            let renamed = format!("{}{source_id}", self.chance.digit());
            if let Some(row) = self.contact_inboxes.get_mut(&id) {
                row.source_id = renamed;
            }
        }
        let now = self.now();
        let id = ContactInboxId(self.next_row());
        let pubsub_token = self.chance.token();
        let row = ContactInbox {
            id,
            contact,
            inbox,
            source_id,
            hmac_verified,
            pubsub_token,
            created_at: now,
            updated_at: now,
        };
        self.contact_inboxes.insert(id, row);
        Ok(id)
    }

    fn own_source_id(&mut self, contact: ContactId, inbox: InboxId) -> String {
        let is_email = matches!(
            self.inboxes.get(&inbox).map(|inbox| &inbox.channel),
            Some(Channel::Email { .. })
        );
        let address = self
            .contacts
            .get(&contact)
            .and_then(|contact| contact.email.clone());
        match address {
            Some(address) if is_email => address,
            _ => self.chance.uuid(),
        }
    }
}

/// Another contact has this source_id in that inbox.
#[derive(Debug)]
pub(crate) struct NotUnique;

fn filled(mut contact: Contact, fields: ContactFields) -> Contact {
    if let Some(name) = fields.name {
        contact.name = name;
    }
    if let Some(email) = fields.email {
        contact.email = email
            .map(|email| email.to_lowercase())
            .filter(|email| !email.is_empty());
    }
    if let Some(phone) = fields.phone_number {
        contact.phone_number = phone.filter(|phone| !phone.is_empty());
    }
    if let Some(identifier) = fields.identifier {
        contact.identifier = identifier.filter(|identifier| !identifier.is_empty());
    }
    contact.blocked = fields.blocked.unwrap_or(contact.blocked);
    contact.custom_attributes.extend(fields.custom_attributes);
    contact
        .additional_attributes
        .extend(fields.additional_attributes);
    contact
}

fn watched(contact: &Contact) -> Vec<(&'static str, Value)> {
    vec![
        ("name", json!(contact.name)),
        ("email", json!(contact.email)),
        ("phone_number", json!(contact.phone_number)),
        ("identifier", json!(contact.identifier)),
        ("blocked", json!(contact.blocked)),
        ("last_activity_at", iso_or_null(contact.last_activity_at)),
        ("custom_attributes", json!(contact.custom_attributes)),
        (
            "additional_attributes",
            json!(contact.additional_attributes),
        ),
    ]
}
