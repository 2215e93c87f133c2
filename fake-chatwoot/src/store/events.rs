//! What happened, for whoever delivers it: webhooks and the cable.

use serde_json::Value;

use crate::ids::{ContactId, ContactInboxId, DisplayId, MessageId};
use crate::store::rows::Sender;

/// Something that Chatwoot tells others. Only ids: a delivery shows the state at the time it is made, as the real one's does.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    ContactCreated(ContactId),
    ContactUpdated(ContactId, Vec<Change>),
    ContactMerged(ContactId),
    /// As it was.
    ContactDeleted(Value),
    ConversationContactChanged(DisplayId),
    ConversationCreated(DisplayId),
    ConversationStatusChanged(DisplayId),
    ConversationUpdated(DisplayId, Vec<Change>),
    MessageCreated(MessageId),
    MessageUpdated(MessageId),
    Typing {
        on: bool,
        conversation: DisplayId,
        by: Sender,
        private: bool,
    },
    WidgetTriggered(ContactInboxId, Value),
}

/// One attribute before and after.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Change {
    pub(crate) attribute: &'static str,
    pub(crate) before: Value,
    pub(crate) after: Value,
}

/// The attributes whose value is not what it was.
pub(crate) fn changes(
    before: Vec<(&'static str, Value)>,
    after: Vec<(&'static str, Value)>,
) -> Vec<Change> {
    before
        .into_iter()
        .zip(after)
        .filter(|((_, before), (_, after))| before != after)
        .map(|((attribute, before), (_, after))| Change {
            attribute,
            before,
            after,
        })
        .collect()
}
