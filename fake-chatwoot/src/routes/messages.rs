//! The thread for agents: listed by cursor, written, deleted.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::admit::{Asked, number, page};
use super::opening::finished;
use crate::answer::{Answer, Reply};
use crate::ids::{DisplayId, MessageId, UserId};
use crate::refusal::Refusal;
use crate::request::{Call, FileParam, holds_nul, lenient, text_of};
use crate::store::Data;
use crate::store::messages::{Actor, NewMessage};
use crate::store::rows::{Message, MessageType, Sender};
use crate::weather::heed;

/// `GET …/messages`: the last 20; 20 before an id; 100 after one; 1000 between two.
pub(super) async fn list(asked: Asked) -> Reply {
    let data = asked.fake.data();
    let row = asked.conversation(&data)?;
    let mut messages = data.messages_of(row);
    if asked
        .call
        .query
        .get("filter_internal_messages")
        .is_some_and(|value| !value.is_empty())
    {
        messages.retain(|message| message.is_public());
    }
    let shown = cut_out(
        messages,
        number(&asked.call, "before")?,
        number(&asked.call, "after")?,
    );
    let payload: Vec<_> = shown
        .iter()
        .map(|message| data.message_json(message, None))
        .collect();
    Ok(Answer::listed(
        json!({ "meta": data.thread_meta(row), "payload": payload }),
        payload.len(),
    ))
}

/// The part of a thread between two cursors, as MessageFinder cuts it.
pub(super) fn cut_out(
    messages: Vec<&Message>,
    before: Option<i64>,
    after: Option<i64>,
) -> Vec<&Message> {
    let last = |rows: Vec<_>, size: usize| {
        let skipped = rows.len().saturating_sub(size);
        rows.into_iter().skip(skipped).collect()
    };
    match (before, after) {
        (None, None) => last(messages, 20),
        (Some(before), None) => last(
            messages
                .into_iter()
                .filter(|message| message.id.0 < before)
                .collect(),
            20,
        ),
        (None, Some(after)) => messages
            .into_iter()
            .filter(|message| message.id.0 > after)
            .take(100)
            .collect(),
        (Some(before), Some(after)) => messages
            .into_iter()
            .filter(|message| (after..before).contains(&message.id.0))
            .take(1000)
            .collect(),
    }
}

/// `POST …/messages`. Every fault but a missing conversation is a 422.
pub(super) async fn create(asked: Asked) -> Reply {
    let content = asked.call.text("content").unwrap_or_default();
    let aftermath = heed(
        &asked.fake,
        &[&content],
        &asked.call.text("source_id").unwrap_or_default(),
    )
    .await?;
    let mut data = asked.fake.data();
    let id = asked.conversation(&data)?.id;
    let new = new_message(
        &mut data,
        id,
        asked.user.id,
        &asked.call,
        &asked.call.params,
    )
    .map_err(|words| Answer::unprocessable(&words))?;
    let is_api = data
        .conversations
        .get(&id)
        .and_then(|row| data.inboxes.get(&row.inbox))
        .is_some_and(|inbox| inbox.is_api());
    if new.kind == MessageType::Incoming && !is_api {
        return Err(Answer::unprocessable(
            "Incoming messages are only allowed in Api inboxes",
        ));
    }
    let made = data
        .create_message(id, new, Actor::User(asked.user.id))
        .map_err(|refusal| match refusal {
            Refusal::Invalid(words, _) => {
                Answer::unprocessable(&format!("Validation failed: {words}"))
            }
            other => other.into(),
        })?;
    asked.fake.note_made(asked.call.number, made);
    let message = data.messages.get(&made).ok_or_else(Answer::not_found)?;
    let answer = Answer::json(data.message_json(message, Some(asked.call.param("echo_id"))));
    settle(&mut data, id);
    finished(aftermath, answer)
}

/// `DELETE …/messages/:id`: the row stays.
pub(super) async fn delete(asked: Asked) -> Reply {
    let mut data = asked.fake.data();
    let conversation = asked.conversation(&data)?.id;
    let id = MessageId(lenient(&asked.message));
    data.delete_message(conversation, id)?;
    let message = data.messages.get(&id).ok_or_else(Answer::not_found)?;
    Ok(Answer::json(data.message_json(message, None)))
}

/// `PATCH …/messages/:id`: the status, in API inboxes only.
pub(super) async fn update(asked: Asked) -> Reply {
    let mut data = asked.fake.data();
    let row = asked.conversation(&data)?;
    let (conversation, inbox) = (row.id, row.inbox);
    if !data.inboxes.get(&inbox).is_some_and(|inbox| inbox.is_api()) {
        let words = "Message status update is only allowed for API inboxes";
        return Err(Answer::error(StatusCode::FORBIDDEN, words));
    }
    let id = MessageId(lenient(&asked.message));
    data.messages
        .get(&id)
        .filter(|row| row.conversation == conversation)
        .ok_or_else(Answer::not_found)?;
    let status = asked.call.text("status").unwrap_or_default();
    if let Some(status) = ["sent", "delivered", "read", "failed"]
        .into_iter()
        .find(|known| *known == status)
    {
        data.set_message_status(id, status);
    }
    let message = data.messages.get(&id).ok_or_else(Answer::not_found)?;
    Ok(Answer::json(data.message_json(message, None)))
}

/// `GET …/attachments`: 100 to a page, private notes' files too.
pub(super) async fn attachments(asked: Asked) -> Reply {
    let data = asked.fake.data();
    let row = asked.conversation(&data)?;
    let mut found = Vec::new();
    for message in data.messages_of(row) {
        for attachment in message.attachments.iter().rev() {
            found.push((message, attachment));
        }
    }
    let total = found.len();
    let shown = page(found, number(&asked.call, "page")?.unwrap_or(1), 100);
    let payload: Vec<_> = shown
        .iter()
        .map(|(message, file)| data.listed_attachment_json(file, message))
        .collect();
    Ok(Answer::json(
        json!({ "meta": { "total_count": total }, "payload": payload }),
    ))
}

/// Reads a message out of a request's fields; the error is what Ruby would say.
pub(super) fn new_message(
    data: &mut Data,
    id: DisplayId,
    user: UserId,
    call: &Call,
    fields: &Map<String, Value>,
) -> Result<NewMessage, String> {
    let get = |name: &str| fields.get(name).unwrap_or(&Value::Null);
    if holds_nul(get("content")) || holds_nul(get("source_id")) {
        return Err("string contains null byte".to_owned());
    }
    let kind = match text_of(get("message_type")).filter(|text| !text.is_empty()) {
        None => MessageType::Outgoing,
        Some(text) => MessageType::parse(&text)
            .ok_or_else(|| format!("'{text}' is not a valid message_type"))?,
    };
    let private =
        matches!(get("private"), Value::Bool(true)) || get("private").as_str() == Some("true");
    let sender = if kind == MessageType::Outgoing {
        Some(Sender::User(user))
    } else if kind == MessageType::Incoming {
        data.conversations
            .get(&id)
            .map(|row| Sender::Contact(row.contact))
    } else {
        None
    };
    let files = stored(data, call, call.files(get("attachments"))?)?;
    Ok(NewMessage {
        content: text_of(get("content")),
        processed_content: None,
        kind,
        private,
        content_type: text_of(get("content_type")).unwrap_or_else(|| "text".to_owned()),
        content_attributes: content_attributes(data, get("content_attributes")),
        source_id: text_of(get("source_id")),
        sender,
        files,
    })
}

/// A hash, or a hash as JSON text in a form. A reply's reference gains the other one's own id.
fn content_attributes(data: &Data, given: &Value) -> Map<String, Value> {
    let mut map = match given {
        Value::Object(map) => map.clone(),
        Value::String(text) => serde_json::from_str(text).unwrap_or_default(),
        _ => Map::new(),
    };
    if let Some(replied_to) = map.get("in_reply_to").and_then(text_of) {
        let id = MessageId(lenient(&replied_to));
        let external = data
            .messages
            .get(&id)
            .and_then(|message| message.source_id.clone());
        map.insert("in_reply_to".to_owned(), json!(id));
        map.insert("in_reply_to_external_id".to_owned(), json!(external));
    }
    map
}

/// Stores the files that came along and finds those that were stored before.
pub(super) fn stored(
    data: &mut Data,
    _call: &Call,
    files: Vec<FileParam>,
) -> Result<Vec<(crate::ids::BlobId, String)>, String> {
    let mut out = Vec::new();
    for file in files {
        match file {
            FileParam::Sent(upload) if upload.filename.contains('\0') => {
                return Err("path name contains null byte".to_owned());
            }
            FileParam::Sent(upload) => {
                let blob = data.store_file(&upload.filename, &upload.content_type, upload.bytes);
                out.push((blob, upload.content_type));
            }
            FileParam::Stored(signed) => {
                let blob = data
                    .blob_by_signed_id(&signed, "blob_id")
                    .ok_or("mismatched digest")?;
                out.push((blob.id, blob.content_type.clone()));
            }
        }
    }
    Ok(out)
}

/// What happens a moment after a write: pictures are measured, an agent's mail goes out.
pub(super) fn settle(data: &mut Data, id: DisplayId) {
    let Some(last) = data
        .conversations
        .get(&id)
        .and_then(|row| row.messages.last().copied())
    else {
        return;
    };
    if let Some(message) = data.messages.get_mut(&last) {
        for attachment in &mut message.attachments {
            attachment.measured = true;
        }
    }
    data.mail_is_out(last);
}
