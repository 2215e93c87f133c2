//! Canaries: where they are asked for, every field of an answer that is none of a customer's business says `CANARY`, so that a test can look for
//! the word in all that a portal gives out. What is empty here may be filled in a real Chatwoot: it is filled too.

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use http_body_util::BodyExt;
use serde_json::{Map, Value, json};

use crate::inside::Shared;

/// The word that is looked for.
pub const CANARY: &str = "CANARY";

/// Keys, tokens, people's particulars: what stands under these names is for agents or for nobody.
const INTERNAL: [&str; 48] = [
    "access_token",
    "agent_reply_time_window",
    "auto_assignment_config",
    "avatar",
    "avatar_url",
    "bcc_emails",
    "browser",
    "callback_webhook_url",
    "cc_emails",
    "company",
    "echo_id",
    "fallback_title",
    "forward_to_email",
    "hmac_token",
    "identifier",
    "imap_address",
    "imap_login",
    "imap_password",
    "last_name",
    "location",
    "message_signature",
    "middle_name",
    "phone_number",
    "processed_message_content",
    "pubsub_token",
    "referer",
    "sla_policy_id",
    "secret",
    "smtp_address",
    "smtp_domain",
    "smtp_login",
    "smtp_password",
    "support_email",
    "thumb_url",
    "thumbnail",
    "timezone",
    "uid",
    "uuid",
    "web_widget_script",
    "webhook_url",
    "website_token",
    "website_url",
    "widget_color",
    "country_code",
    "sentiment",
    "external_source_ids",
    "provider_config",
    "ui_settings",
];

/// Attributes that agents and automations fill with whatever they like.
const FILLED: [&str; 4] = [
    "additional_attributes",
    "content_attributes",
    "custom_attributes",
    "settings",
];

/// Whoever or whatever stands here is for agents, whole.
const WHOLE: [&str; 6] = [
    "assignee",
    "team",
    "agent_bot",
    "sla_events",
    "applied_sla",
    "inbox",
];

/// The layer around all routes.
pub(crate) async fn plant(State(fake): State<Shared>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if !fake.options.canaries {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(body) = body.collect().await else {
        return Response::from_parts(parts, Body::empty());
    };
    let body = body.to_bytes();
    for (name, value) in [
        (header::SET_COOKIE, "_chatwoot_session=CANARY-cookie"),
        (HeaderName::from_static("x-request-id"), "CANARY-request"),
        (HeaderName::from_static("x-runtime"), "CANARY-runtime"),
        (HeaderName::from_static("x-internal"), "CANARY-header"),
        (header::VIA, "CANARY-via"),
    ] {
        parts.headers.insert(name, HeaderValue::from_static(value));
    }
    Response::from_parts(parts, Body::from(with_canaries(body)))
}

fn with_canaries(body: Bytes) -> Bytes {
    if body.starts_with(b"<") {
        let words =
            String::from_utf8_lossy(&body).replace("</body>", "<!-- CANARY-page --></body>");
        return words.into();
    }
    match serde_json::from_slice::<Value>(&body) {
        Ok(mut value) if !body.is_empty() => {
            fill(&mut value);
            value.to_string().into()
        }
        _ => body,
    }
}

/// Fills what is internal in a value and in all that it holds.
fn fill(value: &mut Value) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(fill),
        Value::Object(fields) => {
            for (name, inner) in fields.iter_mut() {
                match name.as_str() {
                    name if INTERNAL.contains(&name) => *inner = json!(canary(name)),
                    name if WHOLE.contains(&name) && inner.is_object() => whole(inner),
                    name => {
                        fill(inner);
                        if let Value::Object(inside) = inner
                            && FILLED.contains(&name)
                        {
                            inside.insert(canary("key"), json!(canary(name)));
                        }
                    }
                }
            }
            in_shape(fields);
        }
        _ => {}
    }
}

/// What only the whole tells to be internal, and what a real one may have besides.
fn in_shape(fields: &mut Map<String, Value>) {
    let has = |name: &str| fields.contains_key(name);
    let is_agent = has("available_name") || fields.get("type") == Some(&json!("user"));
    let is_message = has("message_type") && has("content_type");
    let (is_conversation, is_meta) = (has("can_reply"), has("sender") && has("channel"));
    let (is_inbox, is_attachment, is_refusal) =
        (has("channel_type"), has("data_url"), has("error"));
    let has_sidebar = has("show_on_sidebar");
    if is_agent {
        fields.insert("email".to_owned(), json!("CANARY-agent@agents.example"));
        fields.insert("custom_role".to_owned(), json!({ "name": canary("role") }));
    }
    if is_message {
        let is_private = fields.get("private") == Some(&json!(true));
        let is_activity = [json!(2), json!("activity")].contains(&fields["message_type"]);
        if is_private || is_activity {
            fields.insert("content".to_owned(), json!(canary("note")));
        }
        for name in ["sentiment", "external_source_ids", "additional_attributes"] {
            let filled = json!({ canary("key"): canary(name) });
            fields.insert(name.to_owned(), filled);
        }
    }
    if is_conversation {
        if let Some(Value::Array(labels)) = fields.get_mut("labels") {
            labels.push(json!("canary-label"));
        }
        fields.insert("applied_sla".to_owned(), json!({ "name": canary("sla") }));
        fields.insert("cached_label_list".to_owned(), json!(canary("labels")));
    }
    if is_meta {
        fields.insert(
            "team".to_owned(),
            json!({ "id": 1, "name": canary("team") }),
        );
    }
    if is_inbox {
        fields.insert("name".to_owned(), json!(canary("inbox")));
    }
    if is_attachment {
        fields.insert(
            "meta".to_owned(),
            json!({ "transcribed_text": canary("transcript") }),
        );
    }
    if has_sidebar {
        fields.insert("description".to_owned(), json!(canary("description")));
    }
    if is_refusal {
        fields.insert("trace".to_owned(), json!(canary("trace")));
    }
}

/// Every text of it, at any depth.
fn whole(value: &mut Value) {
    match value {
        Value::String(text) => *text = canary("inside"),
        Value::Array(all) => all.iter_mut().for_each(whole),
        Value::Object(fields) => fields.values_mut().for_each(whole),
        _ => {}
    }
}

fn canary(name: &str) -> String {
    format!("{CANARY}-{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_customer_may_see_stays_and_all_else_is_a_canary() {
        let mut value = json!({
            "id": 7,
            "uuid": "9c1e",
            "can_reply": true,
            "labels": ["vip"],
            "custom_attributes": { "portal_subject": "Printer" },
            "meta": { "channel": "Channel::Api", "sender": { "email": "ada@example.com", "phone_number": null }, "assignee": { "name": "John" } },
            "messages": [{ "message_type": 2, "content_type": "text", "content": "John resolved it", "private": false }],
        });
        fill(&mut value);
        assert_eq!(value["id"], 7);
        assert_eq!(value["uuid"], "CANARY-uuid");
        assert_eq!(value["custom_attributes"]["portal_subject"], "Printer");
        assert_eq!(value["labels"], json!(["vip", "canary-label"]));
        assert_eq!(value["meta"]["sender"]["email"], "ada@example.com");
        assert_eq!(
            value["meta"]["sender"]["phone_number"],
            "CANARY-phone_number"
        );
        assert_eq!(value["meta"]["assignee"]["name"], "CANARY-inside");
        assert_eq!(value["meta"]["team"]["name"], "CANARY-team");
        assert_eq!(value["messages"][0]["content"], "CANARY-note");
    }
}
