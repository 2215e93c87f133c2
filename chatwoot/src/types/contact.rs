//! A contact: for judging whose a ticket may be. After a merge it is another person’s (api.md §0b.4), so that its phone, picture and
//! attributes are not read at all, and its name is for whoever has made sure whose it is.

use serde::Deserialize;

use super::lenient;
use crate::ids::{ContactId, InboxId};
use crate::words::{ContactName, SourceId};

/// Somebody in Chatwoot’s address book.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Contact {
    /// The contact; it can be merged into another at any time.
    pub id: ContactId,
    /// What agents call it, if that is a line of a sensible length. Only to be shown to a customer whose contact it is alone.
    #[serde(default, deserialize_with = "lenient::value")]
    pub name: Option<ContactName>,
    /// Its current address, which a website visitor can change. Never show it, never send mail to it.
    #[serde(default, deserialize_with = "lenient::value")]
    pub email: Option<String>,
    /// Whether agents have blocked it.
    #[serde(default, deserialize_with = "lenient::value")]
    pub blocked: bool,
    /// Through which inboxes it can be reached, in a stable order.
    #[serde(default, rename = "contact_inboxes", deserialize_with = "sorted")]
    pub inboxes: Vec<ContactInbox>,
}

impl Contact {
    /// Its source ids in an inbox. More than one of the portal’s own means that contacts were merged.
    pub fn sources_in(&self, inbox: InboxId) -> impl Iterator<Item = &SourceId> {
        self.inboxes
            .iter()
            .filter(move |way| way.inbox == inbox)
            .map(|way| &way.source)
    }
}

/// A contact’s place in an inbox.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ContactInbox {
    /// The inbox.
    pub inbox: InboxId,
    /// What the contact is known by there.
    pub source: SourceId,
}

impl<'de> Deserialize<'de> for ContactInbox {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Row {
            source_id: SourceId,
            inbox: Inbox,
        }
        #[derive(Deserialize)]
        struct Inbox {
            id: InboxId,
        }
        let row = Row::deserialize(from)?;
        Ok(Self {
            inbox: row.inbox.id,
            source: row.source_id,
        })
    }
}

/// Chatwoot gives them in no stable order.
fn sorted<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<ContactInbox>, D::Error> {
    let mut ways: Vec<ContactInbox> = lenient::list(from)?;
    ways.sort();
    Ok(ways)
}

/// `{payload: contact}`.
#[derive(Deserialize)]
pub(crate) struct One {
    pub(crate) payload: Contact,
}

/// `{payload: [contact]}`.
#[derive(Deserialize)]
pub(crate) struct Many {
    pub(crate) payload: Vec<Contact>,
}

/// `{payload: {contact}}`.
#[derive(Deserialize)]
pub(crate) struct Created {
    pub(crate) payload: CreatedContact,
}

#[derive(Deserialize)]
pub(crate) struct CreatedContact {
    pub(crate) contact: Contact,
}
