//! Contacts: for agents, inside messages, raw, and as webhooks have them.

use serde_json::{Value, json};

use crate::ids::ContactId;
use crate::moment::iso_or_null;
use crate::store::Data;
use crate::store::rows::{Contact, ContactInbox};

impl Data {
    /// As agents see a contact.
    pub(crate) fn contact_json(&self, contact: &Contact) -> Value {
        let mut out = json!({
            "additional_attributes": contact.additional_attributes,
            "availability_status": "offline",
            "email": contact.email,
            "id": contact.id,
            "name": contact.name,
            "phone_number": contact.phone_number,
            "blocked": contact.blocked,
            "identifier": contact.identifier,
            "thumbnail": contact.thumbnail,
            "custom_attributes": contact.custom_attributes,
        });
        if let Some(map) = out.as_object_mut() {
            if let Some(at) = contact.last_activity_at {
                map.insert("last_activity_at".to_owned(), json!(at.seconds()));
            }
            map.insert("created_at".to_owned(), json!(contact.created_at.seconds()));
        }
        out
    }

    /// The same with its contact_inboxes.
    pub(crate) fn contact_with_inboxes(&self, contact: &Contact) -> Value {
        let mut out = self.contact_json(contact);
        let inboxes: Vec<_> = self
            .contact_inboxes_of(contact.id)
            .map(|row| self.contact_inbox_json(row))
            .collect();
        out["contact_inboxes"] = json!(inboxes);
        out
    }

    /// `{source_id, inbox}`.
    pub(crate) fn contact_inbox_json(&self, row: &ContactInbox) -> Value {
        json!({ "source_id": row.source_id, "inbox": self.inboxes.get(&row.inbox).map(|inbox| inbox.slim_json()) })
    }

    /// As messages carry it.
    pub(crate) fn contact_push(&self, id: ContactId) -> Value {
        let Some(contact) = self.contacts.get(&id) else {
            return Value::Null;
        };
        json!({
            "additional_attributes": contact.additional_attributes,
            "custom_attributes": contact.custom_attributes,
            "email": contact.email,
            "id": contact.id,
            "identifier": contact.identifier,
            "name": contact.name,
            "phone_number": contact.phone_number,
            "thumbnail": contact.thumbnail,
            "blocked": contact.blocked,
            "type": "contact",
        })
    }

    /// The table's row, which the public API hands out.
    pub(crate) fn contact_raw(&self, contact: &Contact) -> Value {
        let domain = contact
            .email
            .as_deref()
            .and_then(|email| email.split('@').nth(1));
        let company = domain.map(|domain| domain.bytes().map(i64::from).sum::<i64>());
        json!({
            "id": contact.id,
            "name": contact.name,
            "email": contact.email,
            "phone_number": contact.phone_number,
            "account_id": self.account.id,
            "created_at": contact.created_at.iso(),
            "updated_at": contact.updated_at.iso(),
            "additional_attributes": contact.additional_attributes,
            "identifier": contact.identifier,
            "custom_attributes": contact.custom_attributes,
            "last_activity_at": iso_or_null(contact.last_activity_at),
            "contact_type": "lead",
            "middle_name": "",
            "last_name": "",
            "location": null,
            "country_code": null,
            "blocked": contact.blocked,
            "company_id": company,
            "label_list": [],
        })
    }

    /// The six fields that the public API shows of a contact.
    pub(crate) fn contact_public(&self, row: &ContactInbox) -> Value {
        let contact = self.contacts.get(&row.contact);
        json!({
            "source_id": row.source_id,
            "pubsub_token": row.pubsub_token,
            "id": row.contact,
            "name": contact.map(|contact| &contact.name),
            "email": contact.map(|contact| &contact.email),
            "phone_number": contact.map(|contact| &contact.phone_number),
        })
    }

    /// As webhooks have it.
    pub(crate) fn contact_webhook(&self, id: ContactId) -> Value {
        let Some(contact) = self.contacts.get(&id) else {
            return Value::Null;
        };
        json!({
            "account": { "id": self.account.id, "name": self.account.name },
            "additional_attributes": contact.additional_attributes,
            "avatar": contact.thumbnail,
            "custom_attributes": contact.custom_attributes,
            "email": contact.email,
            "id": contact.id,
            "identifier": contact.identifier,
            "name": contact.name,
            "phone_number": contact.phone_number,
            "thumbnail": contact.thumbnail,
            "blocked": contact.blocked,
        })
    }
}
