//! What tests ask a fake Chatwoot.

use std::collections::BTreeMap;
use std::sync::PoisonError;

use serde_json::Value;

use super::FakeChatwoot;
use super::agents::File;
use crate::deliver::Delivery;
use crate::ids::{ContactId, DisplayId, MessageId};
use crate::inside::LedgerEntry;
use crate::store::rows::{Contact, Conversation, Message};

impl FakeChatwoot {
    /// A conversation by its number.
    pub fn conversation(&self, id: impl Into<DisplayId>) -> Option<Conversation> {
        self.inside.data().conversations.get(&id.into()).cloned()
    }

    /// All conversations, oldest first.
    pub fn conversations(&self) -> Vec<Conversation> {
        self.inside.data().conversations.values().cloned().collect()
    }

    /// The conversations that the portal's inbox lists under a source_id, oldest first.
    pub fn conversations_of(&self, source_id: &str) -> Vec<Conversation> {
        let data = self.inside.data();
        data.conversations_of_source(self.inside.given.inbox, source_id)
            .into_iter()
            .cloned()
            .collect()
    }

    /// The thread of a conversation, private notes and activity too, oldest first.
    pub fn messages(&self, id: impl Into<DisplayId>) -> Vec<Message> {
        let data = self.inside.data();
        let row = data.conversations.get(&id.into());
        row.map(|row| data.messages_of(row).into_iter().cloned().collect())
            .unwrap_or_default()
    }

    /// All messages of any conversation that have this source_id: one, if nothing was posted twice.
    pub fn messages_with_source(&self, source_id: &str) -> Vec<Message> {
        let data = self.inside.data();
        let mut found: Vec<_> = data
            .messages
            .values()
            .filter(|row| row.source_id.as_deref() == Some(source_id))
            .cloned()
            .collect();
        found.sort_by_key(|message| message.id);
        found
    }

    /// A message by its id.
    pub fn message(&self, id: impl Into<MessageId>) -> Option<Message> {
        self.inside.data().messages.get(&id.into()).cloned()
    }

    /// The files of a message, in the order in which they were sent.
    pub fn files_of(&self, id: impl Into<MessageId>) -> Vec<File> {
        let data = self.inside.data();
        let message = data.messages.get(&id.into());
        let attachments = message.map_or(&[][..], |it| it.attachments.as_slice());
        let blobs = attachments.iter().filter_map(|it| data.blobs.get(&it.blob));
        blobs
            .map(|blob| File {
                name: blob.filename.clone(),
                content_type: blob.content_type.clone(),
                bytes: blob.bytes.to_vec(),
            })
            .collect()
    }

    /// A contact by his id.
    pub fn contact(&self, id: impl Into<ContactId>) -> Option<Contact> {
        self.inside.data().contacts.get(&id.into()).cloned()
    }

    /// The contact who has this address now.
    pub fn contact_by_email(&self, email: &str) -> Option<Contact> {
        self.inside.data().contact_by_email(email).cloned()
    }

    /// The contact whom the portal's inbox knows by a source_id.
    pub fn contact_of(&self, source_id: &str) -> Option<Contact> {
        let data = self.inside.data();
        let row = data.contact_inbox_by_source(self.inside.given.inbox, source_id)?;
        data.contacts.get(&row.contact).cloned()
    }

    /// Whether agents see the contact of a conversation typing.
    pub fn shows_typing(&self, id: impl Into<DisplayId>) -> bool {
        self.inside.data().is_typing(id.into())
    }

    /// The answers to surveys.
    pub fn survey_answers(&self) -> Vec<Value> {
        self.inside.data().survey_answers()
    }

    /// The webhooks that were sent, each once, in the order in which their answers came.
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.inside
            .deliveries
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Waits until so many webhooks were sent. Tests bound it with a time of their own.
    pub async fn wait_for_deliveries(&self, count: usize) -> Vec<Delivery> {
        let mut delivered = self.inside.delivered.subscribe();
        loop {
            delivered.borrow_and_update();
            let deliveries = self.deliveries();
            // The sender lives as long as `self`.
            if deliveries.len() >= count || delivered.changed().await.is_err() {
                return deliveries;
            }
        }
    }

    /// Waits until whatever happened so far was told to all webhooks. Five seconds at the most, as long as a delivery is tried.
    pub async fn all_told(&self) {
        let told = self.inside.data().told();
        let mut settled = self.inside.settled.subscribe();
        // The sender lives as long as `self`.
        let _ = settled.wait_for(|count| *count >= told).await;
    }

    /// Every write that came in, in order, but those that the weather swallowed.
    pub fn ledger(&self) -> Vec<LedgerEntry> {
        self.inside.ledger().entries.clone()
    }

    /// How often each route was called: `"GET /api/v1/accounts/{account}/conversations"`.
    pub fn calls(&self) -> BTreeMap<String, u64> {
        self.inside.ledger().calls.clone()
    }

    /// How many calls there were of any route.
    pub fn call_count(&self) -> u64 {
        self.inside.ledger().last_number
    }
}
