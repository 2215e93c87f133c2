//! The survey that whoever knows a conversation's uuid may answer.

use axum::extract::{Path, State};
use serde_json::{Value, json};

use crate::answer::{Answer, Reply};
use crate::ids::{DisplayId, MessageId};
use crate::inside::Shared;
use crate::refusal::Refusal;
use crate::request::Call;
use crate::store::Data;

/// `GET /public/api/v1/csat_survey/:uuid`.
pub(super) async fn show(State(fake): State<Shared>, Path(uuid): Path<String>) -> Reply {
    let data = fake.data();
    let (_, message) = find(&data, &uuid)?;
    survey(&data, message)
}

/// `PUT /public/api/v1/csat_survey/:uuid`: answers with what was there before; the new value comes a moment later.
pub(super) async fn answer(
    State(fake): State<Shared>,
    Path(uuid): Path<String>,
    call: Call,
) -> Reply {
    let mut data = fake.data();
    let (_, message) = find(&data, &uuid)?;
    let values = call.param("message").get("submitted_values").cloned();
    let values = values.filter(Value::is_object).ok_or_else(Answer::broken)?;
    data.submit(message, values)?;
    let answer = survey(&data, message);
    data.settle_survey(message);
    answer
}

fn find(data: &Data, uuid: &str) -> Result<(DisplayId, MessageId), Answer> {
    let row = data.conversations.values().find(|row| row.uuid == uuid);
    let row = row.ok_or_else(|| Answer::public(Refusal::NotFound))?;
    let message = data
        .survey_of(row.id)
        .ok_or_else(|| Answer::public(Refusal::NotFound))?;
    Ok((row.id, message.id))
}

fn survey(data: &Data, id: MessageId) -> Reply {
    let message = data
        .messages
        .get(&id)
        .ok_or_else(|| Answer::public(Refusal::NotFound))?;
    let row = data
        .conversations
        .get(&message.conversation)
        .ok_or_else(Answer::broken)?;
    let inbox = data.inboxes.get(&row.inbox).ok_or_else(Answer::broken)?;
    let response = data
        .surveys
        .iter()
        .find(|survey| survey.message == id)
        .map(|survey| {
            json!({
                "id": survey.id,
                "account_id": data.account.id,
                "conversation_id": row.row,
                "message_id": survey.message,
                "rating": survey.rating,
                "feedback_message": survey.feedback,
                "contact_id": row.contact,
                "assigned_agent_id": survey.assignee,
                "created_at": survey.created_at.iso(),
                "updated_at": survey.updated_at.iso(),
                "csat_review_notes": null,
                "review_notes_updated_at": null,
                "review_notes_updated_by_id": null,
            })
        });
    Ok(Answer::json(json!({
        "id": message.id,
        "csat_survey_response": response,
        "display_type": message.content_attributes.get("display_type"),
        "content": inbox.csat_config.get("message"),
        "inbox_avatar_url": "",
        "inbox_name": inbox.name,
        "locale": data.account.locale,
        "conversation_id": row.row,
        "created_at": message.created_at.iso(),
    })))
}
