//! Who the token is, which account it serves, and which Chatwoot answers.

use std::collections::BTreeMap;

use serde::Deserialize;

use time::PrimitiveDateTime;
use time::macros::format_description;

use super::lenient;
use crate::ids::{AccountId, UserId};

/// Chatwoot’s version and whether its own back ends are well.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Version {
    /// As Chatwoot writes it, for example `4.14.2`.
    #[serde(rename = "version")]
    pub text: String,
    /// `ok` if Redis answers Chatwoot.
    #[serde(default, deserialize_with = "lenient::value")]
    pub queue_services: String,
    /// `ok` if its database does. It can say `failing` on a Chatwoot that works.
    #[serde(default, deserialize_with = "lenient::value")]
    pub data_services: String,
    /// What its clock shows, for example `2026-11-21 12:47:41`, UTC.
    #[serde(default, rename = "timestamp", deserialize_with = "lenient::value")]
    pub clock: String,
}

impl Version {
    /// Its time as it answered, in seconds since 1970. None if it writes no such time.
    pub fn time(&self) -> Option<u64> {
        let form = format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");
        let time = PrimitiveDateTime::parse(&self.clock, form).ok()?;
        time.assume_utc().unix_timestamp().try_into().ok()
    }

    /// Major, minor and patch, for comparing: `(4, 14, 2)`. None if the text is no such version.
    pub fn numbers(&self) -> Option<(u32, u32, u32)> {
        let mut parts = self.text.split(['.', '-', '+']);
        let mut next = || parts.next()?.parse().ok();
        Some((next()?, next()?, next().unwrap_or(0)))
    }
}

/// What a user may do in an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything: what the portal’s user should be.
    Administrator,
    /// Conversations of his inboxes only, and he is assigned whatever he opens.
    Agent,
    /// Another role, or none.
    #[default]
    #[serde(other)]
    Other,
}

/// Whom the token belongs to. The token that Chatwoot repeats here is not kept.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Profile {
    /// The service user.
    pub id: UserId,
    /// The accounts that he has a part in.
    #[serde(default, deserialize_with = "lenient::list")]
    pub accounts: Vec<ProfileAccount>,
}

impl Profile {
    /// His role in an account, if he has a part in it.
    pub fn role_in(&self, account: AccountId) -> Option<Role> {
        self.accounts
            .iter()
            .find(|part| part.id == account)
            .map(|part| part.role)
    }
}

/// A user’s part in an account.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ProfileAccount {
    /// The account.
    pub id: AccountId,
    /// What he may do there.
    #[serde(default, deserialize_with = "lenient::value")]
    pub role: Role,
}

/// The account’s own settings.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Account {
    /// The account.
    pub id: AccountId,
    /// What it is called.
    #[serde(default, deserialize_with = "lenient::value")]
    pub name: String,
    /// The language that Chatwoot writes its own texts in.
    #[serde(default, deserialize_with = "lenient::value")]
    pub locale: Option<String>,
    #[serde(default, deserialize_with = "lenient::value")]
    features: BTreeMap<String, bool>,
}

impl Account {
    /// Whether a feature is switched on, for example `email_continuity_on_api_channel`.
    pub fn has(&self, feature: &str) -> bool {
        self.features.get(feature).copied().unwrap_or(false)
    }
}
