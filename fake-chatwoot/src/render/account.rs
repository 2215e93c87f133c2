//! The account, its labels and its attribute definitions.

use serde_json::{Map, Value, json};

use crate::store::account::{Account, AttributeDefinition, Label};

const DEFAULT_FEATURES: [&str; 26] = [
    "inbound_emails",
    "channel_email",
    "channel_facebook",
    "help_center",
    "agent_bots",
    "macros",
    "agent_management",
    "team_management",
    "inbox_management",
    "labels",
    "custom_attributes",
    "automations",
    "canned_responses",
    "integrations",
    "voice_recorder",
    "channel_website",
    "campaigns",
    "reports",
    "crm",
    "auto_resolve_conversations",
    "chatwoot_v4",
    "contact_chatwoot_support_team",
    "channel_instagram",
    "assignment_v2",
    "channel_tiktok",
    "captain_tasks",
];

impl Account {
    /// The account and its features.
    pub(crate) fn json(&self) -> Value {
        let extra = self.extra_features.iter().map(String::as_str);
        let features: Map<_, _> = DEFAULT_FEATURES
            .into_iter()
            .chain(extra)
            .map(|feature| (feature.to_owned(), json!(true)))
            .collect();
        json!({
            "settings": {},
            "created_at": self.created_at.iso(),
            "domain": null,
            "features": features,
            "id": self.id,
            "locale": self.locale,
            "name": self.name,
            "support_email": self.support_email,
            "status": "active",
            "cache_keys": { "label": "0000000000", "inbox": "0000000000", "team": "0000000000" },
            "latest_chatwoot_version": null,
            "subscribed_features": [],
        })
    }
}

impl Label {
    /// As the list of labels has it.
    pub(crate) fn json(&self) -> Value {
        json!({
            "id": self.id,
            "title": self.title,
            "description": self.description,
            "color": self.color,
            "show_on_sidebar": self.show_on_sidebar,
        })
    }
}

impl AttributeDefinition {
    /// As the list of definitions has it.
    pub(crate) fn json(&self) -> Value {
        json!({
            "id": self.id,
            "attribute_display_name": self.name,
            "attribute_display_type": self.display_type,
            "attribute_description": null,
            "attribute_key": self.key,
            "regex_pattern": null,
            "regex_cue": null,
            "attribute_values": self.values,
            "attribute_model": self.model,
            "default_value": null,
            "created_at": self.created_at.iso(),
            "updated_at": self.created_at.iso(),
        })
    }
}
