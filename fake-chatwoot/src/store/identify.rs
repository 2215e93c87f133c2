//! Who a visitor says he is, and merging. This is where anybody can take over anybody on a real Chatwoot, and so he can here.

use crate::ids::ContactId;
use crate::refusal::Refusal;
use crate::store::Data;
use crate::store::contacts::ContactFields;
use crate::store::events::Event;
use crate::store::rows::{Contact, Sender};

impl Data {
    /// Chatwoot's ContactIdentifyAction: whoever has the identifier, address or number swallows the contact that claims it; then
    /// the rest is written into what is left. Answers with the contact that survives.
    pub(crate) fn identify(
        &mut self,
        contact: ContactId,
        fields: ContactFields,
    ) -> Result<ContactId, Refusal> {
        let mut contact = contact;
        let mut fields = fields;
        let claimed = fields
            .identifier
            .clone()
            .flatten()
            .filter(|text| !text.is_empty());
        let owner = |data: &Self, found: &dyn Fn(&Contact) -> bool| {
            data.contacts.values().find(|row| found(row)).cloned()
        };
        if let Some(identifier) = &claimed
            && let Some(existing) = owner(self, &|row| row.identifier.as_ref() == Some(identifier))
        {
            contact = self.merge_contacts(existing.id, contact)?;
        }
        if let Some(email) = fields
            .email
            .clone()
            .flatten()
            .map(|email| email.to_lowercase())
            && let Some(existing) = owner(self, &|row| row.email.as_ref() == Some(&email))
        {
            if may_merge(&existing, claimed.as_deref()) {
                contact = self.merge_contacts(existing.id, contact)?;
            } else {
                fields.email = None;
            }
        }
        if let Some(phone) = fields.phone_number.clone().flatten()
            && let Some(existing) = owner(self, &|row| row.phone_number.as_ref() == Some(&phone))
        {
            if may_merge(&existing, claimed.as_deref()) {
                contact = self.merge_contacts(existing.id, contact)?;
            } else {
                fields.phone_number = None;
            }
        }
        self.update_contact(contact, fields)?;
        Ok(contact)
    }

    /// Moves all that the mergee has to the base and removes the mergee.
    pub(crate) fn merge_contacts(
        &mut self,
        base: ContactId,
        mergee: ContactId,
    ) -> Result<ContactId, Refusal> {
        if base == mergee {
            return Ok(base);
        }
        if !self.contacts.contains_key(&base) {
            return Err(Refusal::NotFound);
        }
        let was = self.contact_push(mergee);
        let gone = self.contacts.remove(&mergee).ok_or(Refusal::NotFound)?;
        for row in self
            .contact_inboxes
            .values_mut()
            .filter(|row| row.contact == mergee)
        {
            row.contact = base;
        }
        let mut changed = Vec::new();
        for row in self
            .conversations
            .values_mut()
            .filter(|row| row.contact == mergee)
        {
            row.contact = base;
            changed.push(row.id);
        }
        let now = self.now();
        let mut moved = Vec::new();
        for message in self
            .messages
            .values_mut()
            .filter(|message| message.sender == Some(Sender::Contact(mergee)))
        {
            message.sender = Some(Sender::Contact(base));
            message.updated_at = now;
            moved.push(message.id);
        }
        moved.sort_unstable();
        self.emit(Event::ContactMerged(base));
        for conversation in changed {
            self.emit(Event::ConversationContactChanged(conversation));
        }
        for message in moved {
            self.emit(Event::MessageUpdated(message));
        }
        self.emit(Event::ContactDeleted(was));
        self.change_contact(base, |kept| take_what_is_missing(kept, gone));
        Ok(base)
    }
}

fn may_merge(existing: &Contact, claimed: Option<&str>) -> bool {
    let Some(claimed) = claimed else { return true };
    existing
        .identifier
        .as_deref()
        .is_none_or(|identifier| identifier == claimed)
}

fn take_what_is_missing(kept: &mut Contact, gone: Contact) {
    if kept.name.is_empty() {
        kept.name = gone.name;
    }
    kept.email = kept.email.take().or(gone.email);
    kept.phone_number = kept.phone_number.take().or(gone.phone_number);
    kept.identifier = kept.identifier.take().or(gone.identifier);
    for (theirs, ours) in [
        (gone.custom_attributes, &mut kept.custom_attributes),
        (gone.additional_attributes, &mut kept.additional_attributes),
    ] {
        for (key, value) in theirs {
            ours.entry(key).or_insert(value);
        }
    }
}
