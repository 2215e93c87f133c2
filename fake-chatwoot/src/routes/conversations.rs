//! Conversations for agents: listed, opened, shown, changed.

use std::cmp::Reverse;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::admit::{admit, conversation as visible, inbox as visible_inbox, number, page};
use super::messages::{new_message, settle};
use crate::answer::{Answer, Reply};
use crate::ids::{ContactId, ContactInboxId, DisplayId, UserId};
use crate::inside::Shared;
use crate::moment::Moment;
use crate::refusal::Refusal;
use crate::request::{Call, holds_nul, lenient, text_of};
use crate::store::Data;
use crate::store::account::Role;
use crate::store::conversations::NewConversation;
use crate::store::messages::Actor;
use crate::store::rows::{Conversation, MessageType, PRIORITIES, Sender, Status};
use crate::weather::{Aftermath, heed};

const PAGE: usize = 25;

/// `GET conversations`: open ones unless a status is named; all of the inbox if no source_id is.
pub(super) async fn list(
    State(fake): State<Shared>,
    Path(account): Path<String>,
    call: Call,
) -> Reply {
    let data = fake.data();
    let user = admit(&data, &call, &account)?;
    let query = |name: &str| call.query.get(name).map(String::as_str);
    if call.query.values().any(|value| value.contains('\0')) {
        return Err(Answer::broken());
    }
    let mut rows: Vec<_> = match (query("inbox_id"), query("source_id")) {
        (Some(inbox), Some(source)) => data.conversations_of_source(lenient(inbox).into(), source),
        _ => data.conversations.values().collect(),
    };
    rows.retain(|row| data.sees(user.id, row.inbox));
    if let Some(inbox) = query("inbox_id") {
        rows.retain(|row| row.inbox.0 == lenient(inbox));
    }
    if let Some(source) = query("source_id") {
        rows.retain(|row| {
            data.contact_inboxes
                .get(&row.contact_inbox)
                .is_some_and(|of| of.source_id == source)
        });
    }
    match query("status") {
        Some("all") => {}
        Some(status) => rows.retain(|row| row.status.as_str() == status),
        None => rows.retain(|row| row.status == Status::Open),
    }
    let within = query("updated_within")
        .filter(|text| !text.is_empty())
        .map(lenient);
    if let Some(seconds) = within {
        let since = Moment(data.time().0 - seconds.saturating_mul(1_000_000));
        rows.retain(|row| row.updated_at > since);
    }
    sort(&mut rows, query("sort_by"));
    let meta = counts(&rows, user.id, true);
    let rows = if within.is_some() {
        rows
    } else {
        page(rows, number(&call, "page")?.unwrap_or(1), PAGE)
    };
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| data.conversation_json(row))
        .collect();
    Ok(Answer::listed(
        json!({ "data": { "meta": meta, "payload": rows } }),
        rows.len(),
    ))
}

/// `POST conversations/filter`: an empty payload answers with everything.
pub(super) async fn filter(
    State(fake): State<Shared>,
    Path(account): Path<String>,
    call: Call,
) -> Reply {
    let data = fake.data();
    let user = admit(&data, &call, &account)?;
    let mut rows = data.filter_conversations(call.param("payload"))?;
    rows.retain(|row| data.sees(user.id, row.inbox));
    sort(&mut rows, None);
    let meta = counts(&rows, user.id, false);
    let rows = page(rows, number(&call, "page")?.unwrap_or(1), PAGE);
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| data.conversation_json(row))
        .collect();
    Ok(Answer::listed(
        json!({ "meta": meta, "payload": rows }),
        rows.len(),
    ))
}

/// `POST conversations`, with a first message if there is one.
pub(super) async fn create(
    State(fake): State<Shared>,
    Path(account): Path<String>,
    call: Call,
) -> Reply {
    let message = call.map("message");
    let attributes = call.map("additional_attributes");
    let text =
        |map: &Map<String, Value>, name: &str| map.get(name).and_then(text_of).unwrap_or_default();
    let (subject, content, key) = (
        text(&attributes, "mail_subject"),
        text(&message, "content"),
        text(&message, "source_id"),
    );
    let aftermath = heed(&fake, &[&subject, &content], &key).await?;
    let mut data = fake.data();
    let user = admit(&data, &call, &account)?;
    let of = contact_inbox(&mut data, user.id, &call)?;
    let (id, made) = data.open_conversation(of, new_conversation(&call)?)?;
    if !call.param("message").is_null() {
        let written = first_message(&mut data, id, user.id, &call, &message);
        match written {
            Ok(message) => fake.note_made(call.number, message),
            Err(refusal) if made => {
                data.roll_back_conversation(id);
                return Err(refusal.into());
            }
            Err(refusal) => return Err(refusal.into()),
        }
    }
    let row = data.conversations.get(&id).ok_or_else(Answer::not_found)?;
    let answer = Answer::json(data.conversation_json(row));
    settle(&mut data, id);
    finished(aftermath, answer)
}

/// What is answered after a write that went well, unless something else was asked for.
pub(super) fn finished(aftermath: Aftermath, answer: Answer) -> Reply {
    match aftermath {
        Aftermath::None => Ok(answer),
        Aftermath::Broken => Err(Answer::broken()),
        Aftermath::Cut => Err(answer.cut()),
    }
}

/// `GET conversations/:id`.
pub(super) async fn show(
    State(fake): State<Shared>,
    Path((account, id)): Path<(String, String)>,
    call: Call,
) -> Reply {
    let data = fake.data();
    let user = admit(&data, &call, &account)?;
    let row = visible(&data, user.id, &id)?;
    Ok(Answer::json(data.conversation_json(row)))
}

/// `PATCH conversations/:id`: the priority and nothing else.
pub(super) async fn update(
    State(fake): State<Shared>,
    Path((account, id)): Path<(String, String)>,
    call: Call,
) -> Reply {
    let mut data = fake.data();
    let user = admit(&data, &call, &account)?;
    let id = visible(&data, user.id, &id)?.id;
    if call.params.contains_key("priority") {
        data.set_priority(id, priority(&call)?, user.id);
    }
    let row = data.conversations.get(&id).ok_or_else(Answer::not_found)?;
    Ok(Answer::json(data.conversation_json(row)))
}

/// `DELETE conversations/:id`.
pub(super) async fn delete(
    State(fake): State<Shared>,
    Path((account, id)): Path<(String, String)>,
    call: Call,
) -> Reply {
    let mut data = fake.data();
    let user = admit(&data, &call, &account)?;
    let id = visible(&data, user.id, &id)?.id;
    if user.role != Role::Administrator {
        return Err(Refusal::NotPermitted.into());
    }
    data.delete_conversation(id)?;
    Ok(Answer::empty(StatusCode::OK))
}

/// `POST …/toggle_status`: without a status, open becomes resolved and everything else open.
pub(super) async fn toggle_status(
    State(fake): State<Shared>,
    Path((account, id)): Path<(String, String)>,
    call: Call,
) -> Reply {
    let mut data = fake.data();
    let user = admit(&data, &call, &account)?;
    let (id, now) = visible(&data, user.id, &id).map(|row| (row.id, row.status))?;
    let status = match call.text("status").filter(|text| !text.is_empty()) {
        Some(text) => Status::parse(&text).ok_or_else(Answer::broken)?,
        None if now == Status::Open => Status::Resolved,
        None => Status::Open,
    };
    let until = match call.param("snoozed_until") {
        Value::Null => None,
        value => match text_of(value).and_then(|text| text.parse::<i64>().ok()) {
            Some(seconds) if seconds < 100_000_000_000 => Some(Moment::from_seconds(seconds)),
            _ => return Err(Answer::broken()),
        },
    };
    data.set_status(id, status, until, Actor::User(user.id));
    if status == Status::Open && now != Status::Open && user.role == Role::Agent {
        data.assign(id, Some(user.id), user.id);
    }
    let row = data.conversations.get(&id).ok_or_else(Answer::not_found)?;
    let payload = json!({
        "success": true,
        "conversation_id": row.id,
        "current_status": row.status.as_str(),
        "snoozed_until": crate::moment::iso_or_null(row.snoozed_until),
    });
    Ok(Answer::json(json!({ "payload": payload })))
}

/// `POST …/toggle_priority`.
pub(super) async fn toggle_priority(
    State(fake): State<Shared>,
    Path((account, id)): Path<(String, String)>,
    call: Call,
) -> Reply {
    let mut data = fake.data();
    let user = admit(&data, &call, &account)?;
    let id = visible(&data, user.id, &id)?.id;
    data.set_priority(id, priority(&call)?, user.id);
    Ok(Answer::empty(StatusCode::OK))
}

/// `GET …/labels`.
pub(super) async fn labels(
    State(fake): State<Shared>,
    Path((account, id)): Path<(String, String)>,
    call: Call,
) -> Reply {
    let data = fake.data();
    let user = admit(&data, &call, &account)?;
    let row = visible(&data, user.id, &id)?;
    Ok(Answer::json(json!({ "payload": row.labels })))
}

/// `POST …/labels`: replaces them all; anything that is no list wipes them.
pub(super) async fn set_labels(
    State(fake): State<Shared>,
    Path((account, id)): Path<(String, String)>,
    call: Call,
) -> Reply {
    let mut data = fake.data();
    let user = admit(&data, &call, &account)?;
    let id = visible(&data, user.id, &id)?.id;
    let labels = call.param("labels").as_array().into_iter().flatten();
    let labels = labels
        .filter_map(|label| label.as_str().map(str::to_owned))
        .collect();
    data.set_labels(id, labels, user.id)?;
    let row = data.conversations.get(&id).ok_or_else(Answer::not_found)?;
    Ok(Answer::json(json!({ "payload": row.labels })))
}

/// `POST …/custom_attributes`: replaces them all; without the key it breaks.
pub(super) async fn set_custom_attributes(
    State(fake): State<Shared>,
    Path((account, id)): Path<(String, String)>,
    call: Call,
) -> Reply {
    let mut data = fake.data();
    let user = admit(&data, &call, &account)?;
    let id = visible(&data, user.id, &id)?.id;
    let attributes = call
        .param("custom_attributes")
        .as_object()
        .cloned()
        .ok_or_else(Answer::broken)?;
    data.set_custom_attributes(id, attributes.clone())?;
    Ok(Answer::json(json!({ "custom_attributes": attributes })))
}

/// `POST …/assignments`.
pub(super) async fn assign(
    State(fake): State<Shared>,
    Path((account, id)): Path<(String, String)>,
    call: Call,
) -> Reply {
    let mut data = fake.data();
    let user = admit(&data, &call, &account)?;
    let id = visible(&data, user.id, &id)?.id;
    let assignee = call
        .id("assignee_id")
        .map(UserId)
        .filter(|id| data.users.contains_key(id));
    data.assign(id, assignee, user.id);
    Ok(Answer::json(
        assignee.map_or(Value::Null, |id| data.agent_json(id)),
    ))
}

/// `POST …/mute`: resolves and blocks the contact.
pub(super) async fn mute(
    State(fake): State<Shared>,
    Path((account, id)): Path<(String, String)>,
    call: Call,
) -> Reply {
    let mut data = fake.data();
    let user = admit(&data, &call, &account)?;
    let (id, contact) = visible(&data, user.id, &id).map(|row| (row.id, row.contact))?;
    data.set_status(id, Status::Resolved, None, Actor::User(user.id));
    data.change_contact(contact, |contact| contact.blocked = true);
    Ok(Answer::empty(StatusCode::OK))
}

/// `POST …/unmute`.
pub(super) async fn unmute(
    State(fake): State<Shared>,
    Path((account, id)): Path<(String, String)>,
    call: Call,
) -> Reply {
    let mut data = fake.data();
    let user = admit(&data, &call, &account)?;
    let contact = visible(&data, user.id, &id)?.contact;
    data.change_contact(contact, |contact| contact.blocked = false);
    Ok(Answer::empty(StatusCode::OK))
}

/// `POST …/update_last_seen`: by the agents.
pub(super) async fn agent_has_seen(
    State(fake): State<Shared>,
    Path((account, id)): Path<(String, String)>,
    call: Call,
) -> Reply {
    let mut data = fake.data();
    let user = admit(&data, &call, &account)?;
    let id = visible(&data, user.id, &id)?.id;
    let now = data.now();
    if let Some(row) = data.conversations.get_mut(&id) {
        row.agent_last_seen_at = Some(now);
    }
    let row = data.conversations.get(&id).ok_or_else(Answer::not_found)?;
    Ok(Answer::json(data.conversation_json(row)))
}

/// `POST …/toggle_typing_status`: an agent types.
pub(super) async fn typing(
    State(fake): State<Shared>,
    Path((account, id)): Path<(String, String)>,
    call: Call,
) -> Reply {
    let data = fake.data();
    let user = admit(&data, &call, &account)?;
    let conversation = visible(&data, user.id, &id)?.id;
    let private = call.param("is_private").as_bool().unwrap_or(false);
    let by = Sender::User(user.id);
    match call.text("typing_status").as_deref() {
        Some("on") => data.emit(crate::store::events::Event::Typing {
            on: true,
            conversation,
            by,
            private,
        }),
        Some("off") => data.emit(crate::store::events::Event::Typing {
            on: false,
            conversation,
            by,
            private,
        }),
        _ => {}
    }
    Ok(Answer::empty(StatusCode::OK))
}

fn sort(rows: &mut [&Conversation], by: Option<&str>) {
    match by {
        Some("created_at_asc") => rows.sort_by_key(|row| (row.created_at, row.id)),
        Some("created_at_desc") => rows.sort_by_key(|row| Reverse((row.created_at, row.id))),
        Some("last_activity_at_asc") => rows.sort_by_key(|row| (row.last_activity_at, row.id)),
        _ => rows.sort_by_key(|row| Reverse((row.last_activity_at, row.id))),
    }
}

fn counts(rows: &[&Conversation], user: UserId, with_assigned: bool) -> Value {
    let assigned = rows.iter().filter(|row| row.assignee.is_some()).count();
    let mut meta = Map::new();
    meta.insert(
        "mine_count".to_owned(),
        json!(rows.iter().filter(|row| row.assignee == Some(user)).count()),
    );
    if with_assigned {
        meta.insert("assigned_count".to_owned(), json!(assigned));
    }
    meta.insert("unassigned_count".to_owned(), json!(rows.len() - assigned));
    meta.insert("all_count".to_owned(), json!(rows.len()));
    Value::Object(meta)
}

fn priority(call: &Call) -> Result<Option<&'static str>, Answer> {
    match call.text("priority").filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => PRIORITIES
            .into_iter()
            .find(|known| *known == text)
            .map(Some)
            .ok_or_else(Answer::broken),
    }
}

/// Finds or makes the contact_inbox: by inbox and contact, else by a source_id looked up over all inboxes.
fn contact_inbox(data: &mut Data, user: UserId, call: &Call) -> Result<ContactInboxId, Answer> {
    if holds_nul(&Value::Object(call.params.clone())) || call.param("source_id").is_object() {
        return Err(Answer::broken());
    }
    let source_id = call.text("source_id").filter(|text| !text.is_empty());
    if let (Some(inbox), Some(contact)) = (call.id("inbox_id"), call.id("contact_id")) {
        let inbox = visible_inbox(data, user, inbox)?;
        let contact = ContactId(contact);
        data.contacts.get(&contact).ok_or_else(Answer::not_found)?;
        let verified = call.param("hmac_verified").as_bool().unwrap_or(false);
        let built = data.build_contact_inbox(contact, inbox, source_id.as_deref(), verified);
        return built.map_err(|_| Answer::unprocessable("source_id should be unique"));
    }
    let found = data
        .contact_inboxes
        .values()
        .find(|row| Some(&row.source_id) == source_id.as_ref());
    let (id, inbox) = found
        .map(|row| (row.id, row.inbox))
        .ok_or_else(Answer::not_found)?;
    visible_inbox(data, user, inbox.0)?;
    Ok(id)
}

fn new_conversation(call: &Call) -> Result<NewConversation, Answer> {
    let hash = |name: &str| match call.param(name) {
        Value::Null => Ok(Map::new()),
        Value::Object(map) => Ok(map.clone()),
        _ => Err(Answer::broken()),
    };
    let status = match call.text("status").filter(|text| !text.is_empty()) {
        Some(text) => Some(Status::parse(&text).ok_or_else(Answer::broken)?),
        None => None,
    };
    if !matches!(call.param("message"), Value::Null | Value::Object(_)) {
        return Err(Answer::broken());
    }
    Ok(NewConversation {
        status,
        snoozed_until: None,
        assignee: call.id("assignee_id").map(UserId),
        additional_attributes: hash("additional_attributes")?,
        custom_attributes: hash("custom_attributes")?,
    })
}

fn first_message(
    data: &mut Data,
    id: DisplayId,
    user: UserId,
    call: &Call,
    fields: &Map<String, Value>,
) -> Result<crate::ids::MessageId, Refusal> {
    let new = new_message(data, id, user, call, fields).map_err(|_| Refusal::Broken)?;
    let is_api = data
        .conversations
        .get(&id)
        .and_then(|row| data.inboxes.get(&row.inbox))
        .is_some_and(|inbox| inbox.is_api());
    if new.kind == MessageType::Incoming && !is_api {
        return Err(Refusal::Broken);
    }
    data.create_message(id, new, Actor::User(user))
}
