//! What agents change about a conversation: status, priority, labels, attributes, assignee.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::admit::Asked;
use crate::answer::{Answer, Reply};
use crate::ids::UserId;
use crate::moment::Moment;
use crate::refusal::Refusal;
use crate::request::{Call, text_of};
use crate::store::account::Role;
use crate::store::messages::Actor;
use crate::store::rows::{PRIORITIES, Sender, Status};

/// `PATCH conversations/:id`: the priority and nothing else.
pub(super) async fn update(asked: Asked) -> Reply {
    let mut data = asked.fake.data();
    let id = asked.conversation(&data)?.id;
    if asked.call.params.contains_key("priority") {
        data.set_priority(id, priority(&asked.call)?, asked.user.id);
    }
    let row = data.conversations.get(&id).ok_or_else(Answer::not_found)?;
    Ok(Answer::json(data.conversation_json(row)))
}

/// `DELETE conversations/:id`.
pub(super) async fn delete(asked: Asked) -> Reply {
    let mut data = asked.fake.data();
    let id = asked.conversation(&data)?.id;
    if asked.user.role != Role::Administrator {
        return Err(Refusal::NotPermitted.into());
    }
    data.delete_conversation(id)?;
    Ok(Answer::empty(StatusCode::OK))
}

/// `POST …/toggle_status`: without a status, open becomes resolved and everything else open.
pub(super) async fn toggle_status(asked: Asked) -> Reply {
    let mut data = asked.fake.data();
    let (id, now) = asked.conversation(&data).map(|row| (row.id, row.status))?;
    let status = match asked.call.text("status").filter(|text| !text.is_empty()) {
        Some(text) => Status::parse(&text).ok_or_else(Answer::broken)?,
        None if now == Status::Open => Status::Resolved,
        None => Status::Open,
    };
    let until = match asked.call.param("snoozed_until") {
        Value::Null => None,
        value => match text_of(value).and_then(|text| text.parse::<i64>().ok()) {
            Some(seconds) if seconds < 100_000_000_000 => Some(Moment::from_seconds(seconds)),
            _ => return Err(Answer::broken()),
        },
    };
    data.set_status(id, status, until, Actor::User(asked.user.id));
    if status == Status::Open && now != Status::Open && asked.user.role == Role::Agent {
        data.assign(id, Some(asked.user.id), asked.user.id);
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
pub(super) async fn toggle_priority(asked: Asked) -> Reply {
    let mut data = asked.fake.data();
    let id = asked.conversation(&data)?.id;
    data.set_priority(id, priority(&asked.call)?, asked.user.id);
    Ok(Answer::empty(StatusCode::OK))
}

/// `GET …/labels`.
pub(super) async fn labels(asked: Asked) -> Reply {
    let data = asked.fake.data();
    let row = asked.conversation(&data)?;
    Ok(Answer::json(json!({ "payload": row.labels })))
}

/// `POST …/labels`: replaces them all; anything that is no list wipes them.
pub(super) async fn set_labels(asked: Asked) -> Reply {
    let mut data = asked.fake.data();
    let id = asked.conversation(&data)?.id;
    let labels = asked.call.param("labels").as_array().into_iter().flatten();
    let labels = labels
        .filter_map(|label| label.as_str().map(str::to_owned))
        .collect();
    data.set_labels(id, labels, asked.user.id)?;
    let row = data.conversations.get(&id).ok_or_else(Answer::not_found)?;
    Ok(Answer::json(json!({ "payload": row.labels })))
}

/// `POST …/custom_attributes`: replaces them all; without the key it breaks.
pub(super) async fn set_custom_attributes(asked: Asked) -> Reply {
    let mut data = asked.fake.data();
    let id = asked.conversation(&data)?.id;
    let attributes = asked
        .call
        .param("custom_attributes")
        .as_object()
        .cloned()
        .ok_or_else(Answer::broken)?;
    data.set_custom_attributes(id, attributes.clone())?;
    Ok(Answer::json(json!({ "custom_attributes": attributes })))
}

/// `POST …/assignments`.
pub(super) async fn assign(asked: Asked) -> Reply {
    let mut data = asked.fake.data();
    let id = asked.conversation(&data)?.id;
    let assignee = asked
        .call
        .id("assignee_id")
        .map(UserId)
        .filter(|id| data.users.contains_key(id));
    data.assign(id, assignee, asked.user.id);
    Ok(Answer::json(
        assignee.map_or(Value::Null, |id| data.agent_json(id)),
    ))
}

/// `POST …/mute`: resolves and blocks the contact.
pub(super) async fn mute(asked: Asked) -> Reply {
    let mut data = asked.fake.data();
    let (id, contact) = asked.conversation(&data).map(|row| (row.id, row.contact))?;
    data.set_status(id, Status::Resolved, None, Actor::User(asked.user.id));
    data.change_contact(contact, |contact| contact.blocked = true);
    Ok(Answer::empty(StatusCode::OK))
}

/// `POST …/unmute`.
pub(super) async fn unmute(asked: Asked) -> Reply {
    let mut data = asked.fake.data();
    let contact = asked.conversation(&data)?.contact;
    data.change_contact(contact, |contact| contact.blocked = false);
    Ok(Answer::empty(StatusCode::OK))
}

/// `POST …/update_last_seen`: by the agents.
pub(super) async fn agent_has_seen(asked: Asked) -> Reply {
    let mut data = asked.fake.data();
    let id = asked.conversation(&data)?.id;
    let now = data.now();
    if let Some(row) = data.conversations.get_mut(&id) {
        row.agent_last_seen_at = Some(now);
    }
    let row = data.conversations.get(&id).ok_or_else(Answer::not_found)?;
    Ok(Answer::json(data.conversation_json(row)))
}

/// `POST …/toggle_typing_status`: an agent types.
pub(super) async fn typing(asked: Asked) -> Reply {
    let data = asked.fake.data();
    let conversation = asked.conversation(&data)?.id;
    let private = asked.call.param("is_private").as_bool().unwrap_or(false);
    let by = Sender::User(asked.user.id);
    match asked.call.text("typing_status").as_deref() {
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
