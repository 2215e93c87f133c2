//! Webhooks of the account: listed, made, changed, removed, by administrators.

use std::sync::atomic::Ordering;

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::admit::{Asked, administrator};
use crate::answer::{Answer, Reply};
use crate::ids::{InboxId, WebhookId};
use crate::inside::Inside;
use crate::refusal::Refusal;
use crate::request::lenient;
use crate::store::Data;
use crate::store::account::Webhook;

const EVENTS: [&str; 12] = [
    "conversation_status_changed",
    "conversation_updated",
    "conversation_created",
    "contact_created",
    "contact_updated",
    "message_created",
    "message_updated",
    "webwidget_triggered",
    "inbox_created",
    "inbox_updated",
    "conversation_typing_on",
    "conversation_typing_off",
];

/// `GET webhooks`.
pub(super) async fn list(asked: Asked) -> Reply {
    let data = asked.fake.data();
    administrator(&asked.user)?;
    let rows: Vec<_> = data
        .webhooks
        .iter()
        .map(|row| json_of(&data, row))
        .collect();
    Ok(Answer::json(json!({ "payload": { "webhooks": rows } })))
}

/// `POST webhooks`.
pub(super) async fn create(asked: Asked) -> Reply {
    let mut data = asked.fake.data();
    administrator(&asked.user)?;
    let fields = asked
        .call
        .param("webhook")
        .as_object()
        .unwrap_or(&asked.call.params)
        .clone();
    let webhook = Webhook {
        id: WebhookId(data.next_row()),
        name: Value::Null,
        url: String::new(),
        inbox: None,
        subscriptions: EVENTS
            .iter()
            .take(8)
            .map(|event| (*event).to_owned())
            .collect(),
        secret: data.chance.token(),
    };
    let webhook = checked(&asked.fake, &data, webhook, &fields)?;
    let out = json_of(&data, &webhook);
    data.webhooks.push(webhook);
    Ok(Answer::json(json!({ "payload": { "webhook": out } })))
}

/// `PATCH webhooks/:id`.
pub(super) async fn update(asked: Asked) -> Reply {
    let mut data = asked.fake.data();
    administrator(&asked.user)?;
    let fields = asked
        .call
        .param("webhook")
        .as_object()
        .unwrap_or(&asked.call.params)
        .clone();
    let id = WebhookId(lenient(&asked.id));
    let known = data
        .webhooks
        .iter()
        .find(|row| row.id == id)
        .cloned()
        .ok_or_else(Answer::not_found)?;
    let changed = checked(&asked.fake, &data, known, &fields)?;
    let out = json_of(&data, &changed);
    if let Some(row) = data.webhooks.iter_mut().find(|row| row.id == id) {
        *row = changed;
    }
    Ok(Answer::json(json!({ "payload": { "webhook": out } })))
}

/// `DELETE webhooks/:id`.
pub(super) async fn delete(asked: Asked) -> Reply {
    let mut data = asked.fake.data();
    administrator(&asked.user)?;
    let id = WebhookId(lenient(&asked.id));
    let before = data.webhooks.len();
    data.webhooks.retain(|row| row.id != id);
    if data.webhooks.len() == before {
        Err(Answer::not_found())
    } else {
        Ok(Answer::empty(StatusCode::OK))
    }
}

/// Subscriptions that are no list are quietly ignored, and so is a secret.
fn checked(
    fake: &Inside,
    data: &Data,
    mut webhook: Webhook,
    fields: &Map<String, Value>,
) -> Result<Webhook, Refusal> {
    if let Some(name) = fields.get("name") {
        webhook.name = name.clone();
    }
    if let Some(inbox) = fields.get("inbox_id").and_then(Value::as_i64) {
        webhook.inbox = Some(InboxId(inbox));
    }
    if let Some(url) = fields.get("url").and_then(Value::as_str) {
        url.clone_into(&mut webhook.url);
    }
    if let Some(events) = fields.get("subscriptions").and_then(Value::as_array) {
        webhook.subscriptions = events
            .iter()
            .filter_map(|event| event.as_str().map(str::to_owned))
            .collect();
    }
    if fake.webhooks_refused.load(Ordering::Relaxed) {
        return Err(Refusal::invalid("Url is invalid", "url"));
    }
    if !webhook.url.contains("http://") && !webhook.url.contains("https://") {
        return Err(Refusal::invalid("Url is invalid", "url"));
    }
    if data
        .webhooks
        .iter()
        .any(|row| row.id != webhook.id && row.url == webhook.url)
    {
        return Err(Refusal::invalid("Url has already been taken", "url"));
    }
    let known = |event: &String| EVENTS.contains(&event.as_str());
    if webhook.subscriptions.is_empty() || !webhook.subscriptions.iter().all(known) {
        return Err(Refusal::invalid(
            "Subscriptions Invalid events",
            "subscriptions",
        ));
    }
    Ok(webhook)
}

fn json_of(data: &Data, webhook: &Webhook) -> Value {
    let mut out = json!({
        "id": webhook.id,
        "name": webhook.name,
        "url": webhook.url,
        "account_id": data.account.id,
        "subscriptions": webhook.subscriptions,
        "secret": webhook.secret,
    });
    if let Some(inbox) = webhook.inbox.and_then(|id| data.inboxes.get(&id)) {
        out["inbox"] = json!({ "id": inbox.id, "name": inbox.name });
    }
    out
}
