//! What the desk shows: all conversations, and one with its whole thread.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::ids::DisplayId;
use crate::inside::Shared;
use crate::store::Data;
use crate::store::rows::{Conversation, Message, MessageType, Sender};
use crate::weather::Weather;

/// Everything but the threads.
pub(super) async fn state(State(fake): State<Shared>) -> Json<Value> {
    let weather = fake.weather();
    let data = fake.data();
    let mut rows: Vec<_> = data.conversations.values().collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.last_activity_at, row.id)));
    let rows: Vec<_> = rows.into_iter().map(|row| summary(&data, row)).collect();
    let agents: Vec<_> = data
        .users
        .values()
        .filter(|user| user.id != fake.given.admin_id)
        .map(|user| json!({ "id": user.id, "name": user.name }))
        .collect();
    Json(json!({
        "now": (fake.options.clock)(),
        "clock_moves": fake.options.move_clock.is_some(),
        "mailbox": fake.options.mailbox.is_some(),
        "weather": weather.as_str(),
        "weathers": Weather::ALL.map(|(_, word)| word),
        "agents": agents,
        "conversations": rows,
    }))
}

/// One conversation with its whole thread, private notes and all. Whoever reads it has seen it.
pub(super) async fn thread(
    State(fake): State<Shared>,
    Path(id): Path<i64>,
) -> Result<Json<Value>, StatusCode> {
    let mut data = fake.data();
    let row = data
        .conversations
        .get_mut(&DisplayId(id))
        .ok_or(StatusCode::NOT_FOUND)?;
    row.agent_last_seen_at = Some(
        row.agent_last_seen_at
            .map_or(row.last_activity_at, |seen| seen.max(row.last_activity_at)),
    );
    let row = data
        .conversations
        .get(&DisplayId(id))
        .ok_or(StatusCode::NOT_FOUND)?;
    let messages: Vec<_> = data
        .messages_of(row)
        .into_iter()
        .map(|message| shown(&data, message))
        .collect();
    let mut out = summary(&data, row);
    out["messages"] = json!(messages);
    out["labels"] = json!(row.labels);
    Ok(Json(out))
}

fn summary(data: &Data, row: &Conversation) -> Value {
    let contact = data.contacts.get(&row.contact);
    let subject = row
        .additional_attributes
        .get("mail_subject")
        .cloned()
        .unwrap_or_default();
    let last = data
        .messages_of(row)
        .into_iter()
        .rev()
        .find(|message| message.kind != MessageType::Activity);
    json!({
        "id": row.id,
        "subject": subject,
        "contact": contact.map(|contact| &contact.name),
        "email": contact.map(|contact| &contact.email),
        "inbox": data.inboxes.get(&row.inbox).map(|inbox| &inbox.name),
        "status": row.status.as_str(),
        "unread": data.unread_count(row),
        "typing": data.is_typing(row.id),
        "at": row.last_activity_at.0 / 1000,
        "last": last.and_then(|message| message.content.as_ref()),
    })
}

fn shown(data: &Data, message: &Message) -> Value {
    let name = match message.sender {
        Some(Sender::Contact(id)) => data.contacts.get(&id).map(|contact| contact.name.clone()),
        Some(Sender::User(id)) => Some(data.name_of(id)),
        None => None,
    };
    let files: Vec<_> = message
        .attachments
        .iter()
        .map(|file| {
            let name = data.blobs.get(&file.blob).map(|blob| &blob.filename);
            json!({ "name": name, "url": data.data_url(file) })
        })
        .collect();
    json!({
        "id": message.id,
        "kind": message.kind.as_str(),
        "private": message.private,
        "deleted": message.content_attributes.contains_key("deleted"),
        "text": message.content,
        "sender": name,
        "at": message.created_at.0 / 1000,
        "status": message.status,
        "files": files,
    })
}
