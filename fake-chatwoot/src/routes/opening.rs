//! Opening a conversation, with its first message.

use serde_json::{Map, Value};

use super::admit::{Asked, inbox as visible_inbox};
use super::messages::{new_message, settle};
use crate::answer::{Answer, Reply};
use crate::ids::{ContactId, ContactInboxId, DisplayId, UserId};
use crate::refusal::Refusal;
use crate::request::{Call, holds_nul, text_of};
use crate::store::Data;
use crate::store::conversations::NewConversation;
use crate::store::messages::Actor;
use crate::store::rows::{MessageType, Status};
use crate::weather::{Aftermath, heed};

/// `POST conversations`, with a first message if there is one.
pub(super) async fn create(asked: Asked) -> Reply {
    let message = asked.call.map("message");
    let attributes = asked.call.map("additional_attributes");
    let text =
        |map: &Map<String, Value>, name: &str| map.get(name).and_then(text_of).unwrap_or_default();
    let (subject, content, key) = (
        text(&attributes, "mail_subject"),
        text(&message, "content"),
        text(&message, "source_id"),
    );
    let aftermath = heed(&asked.fake, &[&subject, &content], &key).await?;
    let mut data = asked.fake.data();
    let of = contact_inbox(&mut data, asked.user.id, &asked.call)?;
    let (id, made) = data.open_conversation(of, new_conversation(&asked.call)?)?;
    if !asked.call.param("message").is_null() {
        let written = first_message(&mut data, id, asked.user.id, &asked.call, &message);
        match written {
            Ok(message) => asked.fake.note_made(asked.call.number, message),
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
