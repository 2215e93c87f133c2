//! The names of tickets and of acts of writing.

use serde::{Deserialize, Serialize};

/// Our name for a ticket: a UUID in lower case with dashes, made before Chatwoot knows of it. On the wire every other text is the nil UUID,
/// which no ticket has, so that it is answered as any ticket that does not exist (promise A1).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(from = "String")]
pub struct TicketId(String);

impl TicketId {
    /// Reads a UUID; `None` for everything else.
    pub fn parse(text: &str) -> Option<Self> {
        is_uuid(text).then(|| Self(text.to_owned()))
    }

    /// The name of no ticket.
    pub fn nobodys() -> Self {
        Self("00000000-0000-0000-0000-000000000000".to_owned())
    }

    /// The UUID.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for TicketId {
    fn from(text: String) -> Self {
        Self::parse(&text).unwrap_or_else(Self::nobodys)
    }
}

/// The browser's name for one act of writing: the same key twice is one message. A UUID in lower case with dashes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct Key(String);

impl Key {
    /// Reads a UUID; `None` for everything else.
    pub fn parse(text: &str) -> Option<Self> {
        is_uuid(text).then(|| Self(text.to_owned()))
    }

    /// The UUID.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Key {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a UUID in lower case")
    }
}

pub(in crate::tickets) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(i, b)| match i {
            8 | 13 | 18 | 23 => b == b'-',
            _ => b.is_ascii_digit() || (b'a'..=b'f').contains(&b),
        })
}

macro_rules! text_id {
    ($name:ident) => {
        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }
        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(&self.0)
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
text_id!(TicketId);
text_id!(Key);
