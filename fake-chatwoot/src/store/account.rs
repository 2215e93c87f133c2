//! The account's furniture: users, inboxes, labels, attribute definitions, webhooks.

use serde_json::{Map, Value};

use crate::ids::{AccountId, InboxId, UserId, WebhookId};
use crate::moment::Moment;

/// The account.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) id: AccountId,
    pub(crate) name: String,
    pub(crate) locale: String,
    pub(crate) support_email: String,
    pub(crate) created_at: Moment,
    /// Features that are on besides the default ones.
    pub(crate) extra_features: Vec<String>,
}

/// What a user may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Administrator,
    Agent,
}

impl Role {
    /// As the API writes it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Agent => "agent",
        }
    }
}

/// Somebody with a token: an agent, or the portal.
#[derive(Clone, Debug)]
pub(crate) struct User {
    pub(crate) id: UserId,
    pub(crate) name: String,
    /// The name customers see, if another.
    pub(crate) display_name: Option<String>,
    pub(crate) email: String,
    pub(crate) role: Role,
    pub(crate) token: String,
    pub(crate) pubsub_token: String,
    pub(crate) avatar_url: String,
    pub(crate) availability_status: &'static str,
}

impl User {
    /// The name customers see.
    pub(crate) fn available_name(&self) -> &str {
        self.display_name.as_deref().unwrap_or(&self.name)
    }
}

/// What kind of inbox, and what only that kind has.
#[derive(Clone, Debug)]
pub(crate) enum Channel {
    Api {
        identifier: String,
        hmac_token: String,
        hmac_mandatory: bool,
        secret: String,
        webhook_url: Option<String>,
    },
    Email {
        address: String,
        forward_to: String,
    },
    WebWidget {
        token: String,
        hmac_token: String,
        hmac_mandatory: bool,
        website_url: String,
    },
}

/// Opening hours of one weekday; 0 is Sunday.
#[derive(Clone, Debug)]
pub(crate) struct WorkingDay {
    pub(crate) closed_all_day: bool,
    pub(crate) open_all_day: bool,
    /// Hour, minute, hour, minute; none where they were never set.
    pub(crate) hours: Option<[i64; 4]>,
}

/// An inbox.
#[derive(Clone, Debug)]
pub(crate) struct Inbox {
    pub(crate) id: InboxId,
    pub(crate) channel_id: i64,
    pub(crate) name: String,
    pub(crate) channel: Channel,
    pub(crate) members: Vec<UserId>,
    pub(crate) greeting_enabled: bool,
    pub(crate) greeting_message: Option<String>,
    pub(crate) working_hours_enabled: bool,
    pub(crate) out_of_office_message: Option<String>,
    pub(crate) working_hours: Vec<WorkingDay>,
    pub(crate) timezone: String,
    pub(crate) csat_survey_enabled: bool,
    pub(crate) csat_config: Map<String, Value>,
    pub(crate) allow_messages_after_resolved: bool,
    pub(crate) lock_to_single_conversation: bool,
    pub(crate) created_at: Moment,
}

impl Inbox {
    /// `Channel::Api` and so on.
    pub(crate) fn channel_type(&self) -> &'static str {
        match self.channel {
            Channel::Api { .. } => "Channel::Api",
            Channel::Email { .. } => "Channel::Email",
            Channel::WebWidget { .. } => "Channel::WebWidget",
        }
    }

    /// Whether the API lets a contact's messages in.
    pub(crate) fn is_api(&self) -> bool {
        matches!(self.channel, Channel::Api { .. })
    }

    /// Whether it is an e-mail inbox.
    pub(crate) fn is_email(&self) -> bool {
        matches!(self.channel, Channel::Email { .. })
    }

    /// Whether it is closed at this moment. Hours are taken as UTC: the fake knows no time zones.
    pub(crate) fn is_closed(&self, at: Moment) -> bool {
        let today = usize::try_from(at.weekday())
            .ok()
            .and_then(|day| self.working_hours.get(day));
        let Some(today) = today.filter(|_| self.working_hours_enabled) else {
            return false;
        };
        if today.closed_all_day || today.open_all_day {
            return today.closed_all_day;
        }
        let Some([open_hour, open_minute, close_hour, close_minute]) = today.hours else {
            return true;
        };
        let minute = at.minute_of_day();
        minute < open_hour * 60 + open_minute || minute >= close_hour * 60 + close_minute
    }
}

/// A label that is defined, not merely used.
#[derive(Clone, Debug)]
pub(crate) struct Label {
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) color: String,
    pub(crate) show_on_sidebar: Option<bool>,
}

/// A custom attribute that the dashboard shows.
#[derive(Clone, Debug)]
pub(crate) struct AttributeDefinition {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) key: String,
    pub(crate) display_type: String,
    pub(crate) model: String,
    pub(crate) values: Value,
    pub(crate) created_at: Moment,
}

/// Where events are posted to.
#[derive(Clone, Debug)]
pub(crate) struct Webhook {
    pub(crate) id: WebhookId,
    pub(crate) name: Value,
    pub(crate) url: String,
    pub(crate) inbox: Option<InboxId>,
    pub(crate) subscriptions: Vec<String>,
    pub(crate) secret: String,
}
