//! An inbox’s settings that the portal depends on. The answer also has passwords and keys: they are not read.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::lenient;
use crate::ids::InboxId;
use crate::words::InboxIdentifier;

/// How an inbox is reached.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub enum Channel {
    /// By the API: the only kind that takes a customer’s messages from the portal.
    #[serde(rename = "Channel::Api")]
    Api,
    /// By e-mail.
    #[serde(rename = "Channel::Email")]
    Email,
    /// By the website widget. Its visitors can change any contact’s address (api.md §5 trap 1).
    #[serde(rename = "Channel::WebWidget")]
    WebWidget,
    /// Another way.
    #[default]
    #[serde(other)]
    Other,
}

/// An inbox as the portal sees it.
#[derive(Debug, Clone, Deserialize)]
pub struct Inbox {
    /// The inbox.
    pub id: InboxId,
    /// What agents call it.
    #[serde(default, deserialize_with = "lenient::value")]
    pub name: String,
    /// How it is reached.
    #[serde(default, rename = "channel_type", deserialize_with = "lenient::value")]
    pub channel: Channel,
    /// Whether a new ticket would be put into the customer’s last one. Must be off for the portal.
    #[serde(default, deserialize_with = "lenient::value")]
    pub lock_to_single_conversation: bool,
    /// Whether a solved ticket may be written to. Chatwoot itself does not enforce it.
    #[serde(default = "yes", deserialize_with = "or_yes")]
    pub allow_messages_after_resolved: bool,
    /// The address that customers write to; e-mail inboxes only.
    #[serde(default, deserialize_with = "lenient::value")]
    pub email: Option<String>,
    /// Whether Chatwoot fetches its mail; e-mail inboxes only.
    #[serde(default, deserialize_with = "lenient::value")]
    pub imap_enabled: bool,
    /// The address that mail can be forwarded to instead; e-mail inboxes only.
    #[serde(default, deserialize_with = "lenient::value")]
    pub forward_to_email: Option<String>,
    /// Its name in the public API; API inboxes only.
    #[serde(default, deserialize_with = "lenient::value")]
    pub inbox_identifier: Option<InboxIdentifier>,
    /// Whether a survey is sent when a ticket is resolved.
    #[serde(default, deserialize_with = "lenient::value")]
    pub csat_survey_enabled: bool,
    /// Whether Chatwoot writes a greeting into new tickets.
    #[serde(default, deserialize_with = "lenient::value")]
    pub greeting_enabled: bool,
    /// Whether it has opening hours.
    #[serde(default, deserialize_with = "lenient::value")]
    pub working_hours_enabled: bool,
    /// The zone of its hours, by its IANA name.
    #[serde(default, deserialize_with = "lenient::value")]
    pub timezone: Option<String>,
    #[serde(default)]
    hmac_token: Option<IgnoredAny>,
}

impl Inbox {
    /// Whether Chatwoot showed what only administrators see: the token’s user is one. API inboxes only.
    pub fn seen_by_administrator(&self) -> bool {
        self.hmac_token.is_some()
    }
}

fn yes() -> bool {
    true
}

fn or_yes<'de, D: serde::Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    let allowed: Option<bool> = lenient::value(from)?;
    Ok(allowed.unwrap_or(true))
}

/// A bot that answers in an inbox. The portal’s should have none: its tickets would begin as pending.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AgentBot {
    /// What it is called.
    #[serde(default, deserialize_with = "lenient::value")]
    pub name: String,
}

/// The answer for an inbox’s bot: an empty object if there is none.
#[derive(Deserialize)]
pub(crate) struct AgentBotAnswer {
    #[serde(default, deserialize_with = "lenient::value")]
    pub(crate) agent_bot: Option<AgentBot>,
    #[serde(default, deserialize_with = "lenient::value")]
    pub(crate) id: Option<u64>,
    #[serde(default, deserialize_with = "lenient::value")]
    pub(crate) name: String,
}

/// An attribute that agents see at a conversation’s side.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AttributeDefinition {
    /// Its key in `custom_attributes`.
    #[serde(rename = "attribute_key")]
    pub key: String,
    /// What agents read.
    #[serde(
        default,
        rename = "attribute_display_name",
        deserialize_with = "lenient::value"
    )]
    pub display_name: String,
}
