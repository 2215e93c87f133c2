//! The Client API's conversations and messages, as the contact himself.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::admit::number;
use super::messages::{cut_out, settle, stored};
use super::opening::finished;
use super::public::{contact_inbox, missing};
use crate::answer::{Answer, Reply};
use crate::ids::{DisplayId, MessageId};
use crate::inside::Shared;
use crate::request::{Call, holds_nul, lenient, text_of};
use crate::store::Data;
use crate::store::conversations::NewConversation;
use crate::store::messages::{Actor, NewMessage};
use crate::store::rows::{ContactInbox, Conversation, MessageType, Sender, Status};
use crate::weather::heed;

type Params = (String, String, String);

/// The conversations within reach: the contact_inbox's own, or, once any hash was proved, all that the contact has in any inbox.
fn within_reach<'a>(data: &'a Data, of: &ContactInbox) -> Vec<&'a Conversation> {
    let of = of.clone();
    let reach = move |row: &&Conversation| {
        if of.hmac_verified {
            row.contact == of.contact
        } else {
            row.contact_inbox == of.id
        }
    };
    data.conversations.values().filter(reach).collect()
}

fn conversation_id(
    data: &Data,
    (inbox, source, id): &Params,
) -> Result<(ContactInbox, DisplayId), Answer> {
    let of = contact_inbox(data, inbox, source)?;
    let id = DisplayId(lenient(id));
    let found = within_reach(data, &of).into_iter().any(|row| row.id == id);
    if found { Ok((of, id)) } else { Err(missing()) }
}

/// `GET …/conversations`: all of them, with all their messages.
pub(super) async fn conversations(
    State(fake): State<Shared>,
    Path((inbox, source)): Path<(String, String)>,
) -> Reply {
    let data = fake.data();
    let of = contact_inbox(&data, &inbox, &source)?;
    let rows: Vec<_> = within_reach(&data, &of)
        .into_iter()
        .map(|row| data.conversation_public(row))
        .collect();
    Ok(Answer::listed(json!(rows), rows.len()))
}

/// `POST …/conversations`: custom attributes are taken, nothing else.
pub(super) async fn create(
    State(fake): State<Shared>,
    Path((inbox, source)): Path<(String, String)>,
    call: Call,
) -> Reply {
    let mut data = fake.data();
    let of = contact_inbox(&data, &inbox, &source)?;
    let new = NewConversation {
        custom_attributes: call.map("custom_attributes"),
        ..NewConversation::default()
    };
    let (id, _) = data.open_conversation(of.id, new).map_err(Answer::public)?;
    let row = data.conversations.get(&id).ok_or_else(missing)?;
    Ok(Answer::json(data.conversation_public(row)))
}

/// `GET …/conversations/:id`.
pub(super) async fn conversation(State(fake): State<Shared>, Path(params): Path<Params>) -> Reply {
    let data = fake.data();
    let (_, id) = conversation_id(&data, &params)?;
    let row = data.conversations.get(&id).ok_or_else(missing)?;
    Ok(Answer::json(data.conversation_public(row)))
}

/// `POST …/toggle_status`: resolves, and nothing else.
pub(super) async fn resolve(
    State(fake): State<Shared>,
    Path(params): Path<Params>,
    _call: Call,
) -> Reply {
    let mut data = fake.data();
    let (_, id) = conversation_id(&data, &params)?;
    data.set_status(id, Status::Resolved, None, Actor::Contact);
    let row = data.conversations.get(&id).ok_or_else(missing)?;
    Ok(Answer::json(data.conversation_public(row)))
}

/// `POST …/toggle_typing`.
pub(super) async fn typing(
    State(fake): State<Shared>,
    Path(params): Path<Params>,
    call: Call,
) -> Reply {
    let mut data = fake.data();
    let (of, conversation) = conversation_id(&data, &params)?;
    match call.text("typing_status").as_deref() {
        Some("on") => data.contact_types(conversation, of.contact, true),
        Some("off") => data.contact_types(conversation, of.contact, false),
        _ => {}
    }
    Ok(Answer::empty(StatusCode::OK))
}

/// `POST …/update_last_seen`.
pub(super) async fn seen(
    State(fake): State<Shared>,
    Path(params): Path<Params>,
    _call: Call,
) -> Reply {
    let mut data = fake.data();
    let (_, id) = conversation_id(&data, &params)?;
    data.contact_has_seen(id);
    Ok(Answer::empty(StatusCode::OK))
}

/// `GET …/messages?before=`: 20, public ones only.
pub(super) async fn messages(
    State(fake): State<Shared>,
    Path(params): Path<Params>,
    call: Call,
) -> Reply {
    let data = fake.data();
    let (_, id) = conversation_id(&data, &params)?;
    let row = data.conversations.get(&id).ok_or_else(missing)?;
    let messages = data
        .messages_of(row)
        .into_iter()
        .filter(|message| message.is_public())
        .collect();
    let rows: Vec<_> = cut_out(messages, number(&call, "before")?, None);
    let rows: Vec<_> = rows
        .into_iter()
        .map(|message| data.message_public(message))
        .collect();
    Ok(Answer::listed(json!(rows), rows.len()))
}

/// `POST …/messages`: as the contact, into any inbox within reach.
pub(super) async fn post_message(
    State(fake): State<Shared>,
    Path(params): Path<Params>,
    call: Call,
) -> Reply {
    let content = call.text("content").unwrap_or_default();
    let aftermath = heed(
        &fake,
        &[&content],
        &call.text("echo_id").unwrap_or_default(),
    )
    .await?;
    let mut data = fake.data();
    let (of, id) = conversation_id(&data, &params)?;
    if holds_nul(&Value::Object(call.params.clone())) {
        return Err(Answer::broken());
    }
    let files = call
        .files(call.param("attachments"))
        .map_err(|_| Answer::broken())?;
    let files = stored(&mut data, &call, files).map_err(|_| Answer::broken())?;
    let mut new = NewMessage::text(MessageType::Incoming, Some(Sender::Contact(of.contact)), "");
    // Objects and lists are no scalars: they are not permitted, and the text is null.
    new.content = Some(call.param("content"))
        .filter(|value| !value.is_object() && !value.is_array())
        .and_then(text_of);
    new.files = files;
    let made = data
        .create_message(id, new, Actor::System)
        .map_err(Answer::public)?;
    fake.note_made(call.number, made);
    let message = data.messages.get(&made).ok_or_else(missing)?;
    let answer = Answer::json(data.message_public(message));
    settle(&mut data, id);
    finished(aftermath, answer)
}

/// `PATCH …/messages/:id`: answers a survey or a bot's question.
pub(super) async fn answer_message(
    State(fake): State<Shared>,
    Path((inbox, source, id, message)): Path<(String, String, String, String)>,
    call: Call,
) -> Reply {
    let mut data = fake.data();
    let (_, conversation) = conversation_id(&data, &(inbox, source, id))?;
    let id = MessageId(lenient(&message));
    data.messages
        .get(&id)
        .filter(|row| row.conversation == conversation)
        .ok_or_else(missing)?;
    let values = call
        .params
        .get("submitted_values")
        .cloned()
        .ok_or_else(Answer::broken)?;
    data.submit(id, values)?;
    data.settle_survey(id);
    let message = data.messages.get(&id).ok_or_else(missing)?;
    Ok(Answer::json(data.message_public(message)))
}
