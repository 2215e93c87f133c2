//! Contacts who type, as agents see it: for half a minute if nothing else is told.

use crate::ids::{ContactId, DisplayId};
use crate::store::Data;
use crate::store::events::Event;
use crate::store::rows::Sender;

/// Microseconds for which the dashboard shows it.
const SHOWN: i64 = 30_000_000;

impl Data {
    /// A contact types, or has stopped.
    pub(crate) fn contact_types(&mut self, conversation: DisplayId, contact: ContactId, on: bool) {
        if on {
            let now = self.time();
            self.typing.insert(conversation, now);
        } else {
            self.typing.remove(&conversation);
        }
        self.emit(Event::Typing {
            on,
            conversation,
            by: Sender::Contact(contact),
            private: false,
        });
    }

    /// Whether agents see the contact of a conversation typing.
    pub(crate) fn is_typing(&self, conversation: DisplayId) -> bool {
        let now = self.time();
        self.typing
            .get(&conversation)
            .is_some_and(|at| now.0 - at.0 < SHOWN)
    }
}
