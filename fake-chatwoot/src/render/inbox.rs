//! Inboxes: slim, whole with the secrets that administrators see, raw, and for the public.

use serde_json::{Value, json};

use crate::store::account::{Account, Channel, Inbox, WorkingDay};

impl Inbox {
    /// As contacts carry it.
    pub(crate) fn slim_json(&self) -> Value {
        json!({
            "id": self.id,
            "avatar_url": "",
            "channel_id": self.channel_id,
            "name": self.name,
            "channel_type": self.channel_type(),
            "provider": null,
        })
    }

    /// As the public API shows it.
    pub(crate) fn public_json(&self) -> Value {
        let (identifier, mandatory) = match &self.channel {
            Channel::Api {
                identifier,
                hmac_mandatory,
                ..
            } => (identifier.as_str(), *hmac_mandatory),
            Channel::Email { .. } | Channel::WebWidget { .. } => ("", false),
        };
        json!({
            "identifier": identifier,
            "identity_validation_enabled": mandatory,
            "name": self.name,
            "timezone": self.timezone,
            "working_hours": self.hours_json(),
            "working_hours_enabled": self.working_hours_enabled,
            "csat_survey_enabled": self.csat_survey_enabled,
            "greeting_enabled": self.greeting_enabled,
        })
    }

    /// The table's row, which the creation of a contact hands out.
    pub(crate) fn raw_json(&self, account: &Account) -> Value {
        json!({
            "id": self.id,
            "channel_id": self.channel_id,
            "account_id": account.id,
            "name": self.name,
            "created_at": self.created_at.iso(),
            "updated_at": self.created_at.iso(),
            "channel_type": self.channel_type(),
            "enable_auto_assignment": true,
            "greeting_enabled": self.greeting_enabled,
            "greeting_message": self.greeting_message,
            "email_address": null,
            "working_hours_enabled": self.working_hours_enabled,
            "out_of_office_message": self.out_of_office_message,
            "timezone": self.timezone,
            "enable_email_collect": true,
            "csat_survey_enabled": self.csat_survey_enabled,
            "allow_messages_after_resolved": self.allow_messages_after_resolved,
            "auto_assignment_config": {},
            "lock_to_single_conversation": self.lock_to_single_conversation,
            "portal_id": null,
            "sender_name_type": "friendly",
            "business_name": null,
            "csat_config": self.csat_config,
        })
    }

    /// The whole inbox; keys only for administrators.
    pub(crate) fn json(&self, administrator: bool, frontend_url: &str) -> Value {
        let mut out = self.common_json();
        let Some(map) = out.as_object_mut() else {
            return out;
        };
        let mut put = |key: &str, value: Value| map.insert(key.to_owned(), value);
        match &self.channel {
            Channel::Api {
                identifier,
                hmac_token,
                hmac_mandatory,
                secret,
                webhook_url,
            } => {
                put("hmac_mandatory", json!(hmac_mandatory));
                if administrator {
                    put("hmac_token", json!(hmac_token));
                    put("secret", json!(secret));
                }
                put("webhook_url", json!(webhook_url));
                put("inbox_identifier", json!(identifier));
                put("additional_attributes", json!({}));
            }
            Channel::Email {
                address,
                forward_to,
            } => {
                put("email", json!(address));
                put("forwarding_enabled", json!(true));
                put("forward_to_email", json!(forward_to));
                if administrator {
                    for (key, value) in mail_settings() {
                        put(key, value);
                    }
                }
            }
            Channel::WebWidget {
                token,
                hmac_token,
                hmac_mandatory,
                website_url,
            } => {
                put("allowed_domains", json!(""));
                put("widget_color", json!("#1f93ff"));
                put("website_url", json!(website_url));
                put("hmac_mandatory", json!(hmac_mandatory));
                put(
                    "web_widget_script",
                    json!(widget_script(frontend_url, token)),
                );
                put("website_token", json!(token));
                put(
                    "selected_feature_flags",
                    json!(["attachments", "emoji_picker", "end_conversation"]),
                );
                put("reply_time", json!("in_a_few_minutes"));
                if administrator {
                    put("hmac_token", json!(hmac_token));
                }
                put("pre_chat_form_enabled", json!(false));
                put("pre_chat_form_options", pre_chat_form());
                put("continuity_via_email", json!(true));
            }
        }
        put("provider", Value::Null);
        out
    }

    fn common_json(&self) -> Value {
        json!({
            "id": self.id,
            "avatar_url": "",
            "channel_id": self.channel_id,
            "name": self.name,
            "channel_type": self.channel_type(),
            "greeting_enabled": self.greeting_enabled,
            "greeting_message": self.greeting_message,
            "working_hours_enabled": self.working_hours_enabled,
            "enable_email_collect": true,
            "csat_survey_enabled": self.csat_survey_enabled,
            "csat_config": self.csat_config,
            "enable_auto_assignment": true,
            "auto_assignment_config": {},
            "out_of_office_message": self.out_of_office_message,
            "working_hours": self.hours_json(),
            "timezone": self.timezone,
            "callback_webhook_url": null,
            "allow_messages_after_resolved": self.allow_messages_after_resolved,
            "lock_to_single_conversation": self.lock_to_single_conversation,
            "sender_name_type": "friendly",
            "business_name": null,
            "allowed_domains": null,
            "widget_color": null,
            "website_url": null,
            "hmac_mandatory": null,
            "welcome_title": null,
            "welcome_tagline": null,
            "web_widget_script": null,
            "website_token": null,
            "selected_feature_flags": null,
            "reply_time": null,
            "messaging_service_sid": null,
            "phone_number": null,
        })
    }

    fn hours_json(&self) -> Value {
        self.working_hours
            .iter()
            .enumerate()
            .map(|(day, hours)| hours.json(day))
            .collect()
    }
}

impl WorkingDay {
    fn json(&self, day: usize) -> Value {
        let hour = |index: usize| self.hours.map(|hours| hours[index]);
        json!({
            "day_of_week": day,
            "closed_all_day": self.closed_all_day,
            "open_hour": hour(0),
            "open_minutes": hour(1),
            "close_hour": hour(2),
            "close_minutes": hour(3),
            "open_all_day": self.open_all_day,
        })
    }
}

fn mail_settings() -> [(&'static str, Value); 17] {
    [
        ("imap_login", json!("")),
        ("imap_password", json!("")),
        ("imap_address", json!("")),
        ("imap_port", json!(0)),
        ("imap_enabled", json!(false)),
        ("imap_enable_ssl", json!(true)),
        ("imap_authentication", json!("plain")),
        ("smtp_login", json!("")),
        ("smtp_password", json!("")),
        ("smtp_address", json!("")),
        ("smtp_port", json!(0)),
        ("smtp_enabled", json!(false)),
        ("smtp_domain", json!("")),
        ("smtp_enable_ssl_tls", json!(false)),
        ("smtp_enable_starttls_auto", json!(true)),
        ("smtp_openssl_verify_mode", json!("none")),
        ("smtp_authentication", json!("login")),
    ]
}

fn pre_chat_form() -> Value {
    let field = |name: &str, kind: &str, label: &str, required: bool| json!({ "name": name, "type": kind, "label": label, "enabled": false, "required": required, "field_type": "standard" });
    json!({
        "pre_chat_fields": [
            field("emailAddress", "email", "Email Id", true),
            field("fullName", "text", "Full name", false),
            field("phoneNumber", "text", "Phone number", false),
        ],
        "pre_chat_message": "Share your queries or comments here.",
    })
}

fn widget_script(frontend_url: &str, token: &str) -> String {
    format!(
        "\n    <script>\n      window.chatwootSDK.run({{ websiteToken: '{token}', baseUrl: '{frontend_url}' }})\n    </script>\n    "
    )
}
