//! Chatwoot’s numbers as types of their own, so that a contact’s is never sent where a conversation’s belongs.
//!
//! Chatwoot reads `66abc` as 66 and fails with 500 on twenty digits: an id is `[1-9][0-9]{0,9}` here and nothing else.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The text or number is no id of Chatwoot’s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an id is a number from 1 to 9999999999")]
pub struct BadId;

/// The largest id that is ever sent: ten digits.
const LARGEST: u64 = 9_999_999_999;

fn checked(number: u64) -> Result<u64, BadId> {
    if (1..=LARGEST).contains(&number) {
        Ok(number)
    } else {
        Err(BadId)
    }
}

fn parsed(text: &str) -> Result<u64, BadId> {
    let digits = (1..=10).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || text.starts_with('0') {
        return Err(BadId);
    }
    text.parse().map_err(|_| BadId).and_then(checked)
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "u64", into = "u64")]
        pub struct $name(u64);

        impl $name {
            /// The id of this number, from 1 to 9999999999.
            pub fn new(number: u64) -> Result<Self, BadId> {
                checked(number).map(Self)
            }

            /// The number itself.
            pub const fn number(self) -> u64 {
                self.0
            }
        }

        impl TryFrom<u64> for $name {
            type Error = BadId;
            fn try_from(number: u64) -> Result<Self, BadId> {
                Self::new(number)
            }
        }

        impl From<$name> for u64 {
            fn from(id: $name) -> u64 {
                id.0
            }
        }

        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                parsed(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id! {
    /// An account of the installation.
    AccountId
}
id! {
    /// An inbox of the account.
    InboxId
}
id! {
    /// A user of the installation: an agent or the portal’s own service user.
    UserId
}
id! {
    /// A contact of the account. It proves nothing about who somebody is (api.md §0b.1).
    ContactId
}
id! {
    /// A conversation by its display id, the only one that the API takes. It is sequential and can be guessed.
    ConversationId
}
id! {
    /// A message of any conversation. Ids are given before commit: 11 can be visible before 10.
    MessageId
}
id! {
    /// A webhook of the account.
    WebhookId
}
id! {
    /// A file of a message.
    AttachmentId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_numbers_are_ids() {
        assert_eq!("66".parse(), Ok(ConversationId(66)));
        assert_eq!("9999999999".parse(), Ok(ConversationId(LARGEST)));
        for text in [
            "",
            "0",
            "01",
            "-1",
            "+1",
            "66abc",
            "1 ",
            " 1",
            "1.0",
            "99999999999",
            "１",
            "1\0",
        ] {
            assert_eq!(text.parse::<ConversationId>(), Err(BadId), "{text:?}");
        }
    }

    #[test]
    fn zero_is_no_id_in_an_answer_either() {
        assert!(serde_json::from_str::<MessageId>("0").is_err());
        assert!(serde_json::from_str::<MessageId>("\"5\"").is_err());
        assert_eq!(
            serde_json::from_str::<MessageId>("5").ok(),
            MessageId::new(5).ok()
        );
    }
}
