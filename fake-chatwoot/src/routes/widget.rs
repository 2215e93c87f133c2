//! The website widget: an anonymous visitor with a token of his own, who may say he is anybody.

use axum::extract::State;
use axum::http::StatusCode;
use base64ct::{Base64UrlUnpadded, Encoding};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use super::contacts::fields_of;
use super::messages::settle;
use crate::answer::{Answer, Reply};
use crate::ids::InboxId;
use crate::inside::Shared;
use crate::request::{Call, text_of};
use crate::store::Data;
use crate::store::account::Channel;
use crate::store::contacts::ContactFields;
use crate::store::conversations::NewConversation;
use crate::store::events::Event;
use crate::store::messages::{Actor, NewMessage};
use crate::store::rows::{ContactInbox, Conversation, MessageType, Sender};

/// `POST /api/v1/widget/config`: makes an anonymous contact each time, and hands out his token.
pub(super) async fn config(State(fake): State<Shared>, call: Call) -> Reply {
    let mut data = fake.data();
    let inbox = inbox(&data, &call)?;
    let row = match visitor(&data, &call) {
        Ok(row) => row,
        Err(_) => data.new_visitor(inbox)?,
    };
    let token = signed(&row.source_id, inbox);
    let name = data.inboxes.get(&inbox).map(|inbox| inbox.name.clone());
    Ok(Answer::json(json!({
        "website_channel_config": { "auth_token": token, "website_name": name, "website_token": call.text("website_token") },
        "contact": { "pubsub_token": row.pubsub_token },
        "global_config": {},
    })))
}

/// `GET /api/v1/widget/contact`: who the visitor is by now, identifier and all.
pub(super) async fn contact(State(fake): State<Shared>, call: Call) -> Reply {
    let data = fake.data();
    let row = visitor(&data, &call)?;
    shown(&data, &row)
}

/// `PATCH /api/v1/widget/contact`: nothing is checked, whatever the inbox's settings.
pub(super) async fn update_contact(State(fake): State<Shared>, call: Call) -> Reply {
    let mut data = fake.data();
    let row = visitor(&data, &call)?;
    data.identify(row.contact, fields_of(&call)?)?;
    let row = visitor(&data, &call)?;
    shown(&data, &row)
}

/// `PATCH /api/v1/widget/contact/set_user`: here alone a hash is asked for, if the inbox demands one.
pub(super) async fn set_user(State(fake): State<Shared>, call: Call) -> Reply {
    let mut data = fake.data();
    let row = visitor(&data, &call)?;
    let Some(Channel::WebWidget {
        hmac_token,
        hmac_mandatory,
        ..
    }) = data.inboxes.get(&row.inbox).map(|inbox| &inbox.channel)
    else {
        return Err(Answer::not_found());
    };
    let hash = call.text("identifier_hash").filter(|hash| !hash.is_empty());
    if hash.is_some() || *hmac_mandatory {
        let right = hash_of(hmac_token, &call.text("identifier").unwrap_or_default());
        if Some(right) != hash {
            let words = "HMAC failed: Invalid Identifier Hash Provided";
            return Err(Answer::error(StatusCode::UNAUTHORIZED, words));
        }
        if let Some(row) = data.contact_inboxes.get_mut(&row.id) {
            row.hmac_verified = true;
        }
    }
    data.identify(row.contact, fields_of(&call)?)?;
    let row = visitor(&data, &call)?;
    shown(&data, &row)
}

/// `GET /api/v1/widget/conversations`: the last one.
pub(super) async fn conversations(State(fake): State<Shared>, call: Call) -> Reply {
    let data = fake.data();
    let row = visitor(&data, &call)?;
    let last = last_conversation(&data, &row);
    Ok(Answer::json(last.map_or(
        json!({}),
        |row| json!({ "id": row.id, "inbox_id": row.inbox, "status": row.status.as_str() }),
    )))
}

/// `POST /api/v1/widget/conversations`: the pre-chat form, which merges too and hands out the raw row of whoever was swallowed.
pub(super) async fn create(State(fake): State<Shared>, call: Call) -> Reply {
    let mut data = fake.data();
    let row = visitor(&data, &call)?;
    let asked = call.map("contact");
    let text = |name: &str| asked.get(name).and_then(text_of);
    let fields = ContactFields {
        name: text("name"),
        email: text("email").map(Some),
        phone_number: text("phone_number").map(Some),
        ..ContactFields::default()
    };
    let contact = data.identify(row.contact, fields)?;
    let (id, _) = data.open_conversation(row.id, NewConversation::default())?;
    let content = call
        .param("message")
        .get("content")
        .and_then(text_of)
        .unwrap_or_default();
    let message = NewMessage::text(
        MessageType::Incoming,
        Some(Sender::Contact(contact)),
        &content,
    );
    let message = data.create_message(id, message, Actor::System)?;
    settle(&mut data, id);
    let messages: Vec<_> = data
        .messages
        .get(&message)
        .map(|message| data.message_public(message))
        .into_iter()
        .collect();
    let contact = data
        .contacts
        .get(&contact)
        .map(|contact| data.contact_raw(contact));
    let row = data.conversations.get(&id).ok_or_else(Answer::not_found)?;
    Ok(Answer::json(json!({
        "id": row.id,
        "inbox_id": row.inbox,
        "contact_last_seen_at": 0,
        "status": row.status.as_str(),
        "messages": messages,
        "contact": contact,
    })))
}

/// `GET /api/v1/widget/messages`.
pub(super) async fn messages(State(fake): State<Shared>, call: Call) -> Reply {
    let data = fake.data();
    let row = visitor(&data, &call)?;
    let messages: Vec<_> = last_conversation(&data, &row)
        .map(|row| data.messages_of(row))
        .unwrap_or_default()
        .into_iter()
        .filter(|message| message.is_public())
        .map(|message| data.message_public(message))
        .collect();
    Ok(Answer::json(json!({ "payload": messages, "meta": {} })))
}

/// `POST /api/v1/widget/messages`.
pub(super) async fn post_message(State(fake): State<Shared>, call: Call) -> Reply {
    let mut data = fake.data();
    let row = visitor(&data, &call)?;
    let id = match last_conversation(&data, &row).map(|row| row.id) {
        Some(id) => id,
        None => {
            data.open_conversation(row.id, NewConversation::default())?
                .0
        }
    };
    let content = call
        .param("message")
        .get("content")
        .and_then(text_of)
        .unwrap_or_default();
    let message = NewMessage::text(
        MessageType::Incoming,
        Some(Sender::Contact(row.contact)),
        &content,
    );
    let message = data.create_message(id, message, Actor::System)?;
    settle(&mut data, id);
    let message = data.messages.get(&message).ok_or_else(Answer::not_found)?;
    Ok(Answer::json(data.message_public(message)))
}

/// `POST /api/v1/widget/events`: the widget was opened.
pub(super) async fn event(State(fake): State<Shared>, call: Call) -> Reply {
    let data = fake.data();
    let row = visitor(&data, &call)?;
    data.emit(Event::WidgetTriggered(
        row.id,
        call.param("event_info").clone(),
    ));
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

impl Data {
    /// Somebody who has just opened the widget.
    pub(crate) fn new_visitor(&mut self, inbox: InboxId) -> Result<ContactInbox, Answer> {
        let name = self.chance.funny_name();
        let contact = self.create_contact(ContactFields {
            name: Some(name),
            ..ContactFields::default()
        })?;
        let id = self
            .build_contact_inbox(contact, inbox, None, false)
            .map_err(|_| Answer::broken())?;
        self.contact_inboxes
            .get(&id)
            .cloned()
            .ok_or_else(Answer::broken)
    }
}

fn inbox(data: &Data, call: &Call) -> Result<InboxId, Answer> {
    let token = call.text("website_token").unwrap_or_default();
    data.inbox_by_website_token(&token)
        .map(|inbox| inbox.id)
        .ok_or_else(|| Answer::error(StatusCode::NOT_FOUND, "web widget does not exist"))
}

fn visitor(data: &Data, call: &Call) -> Result<ContactInbox, Answer> {
    let inbox = inbox(data, call)?;
    let token = call.header("x-auth-token").unwrap_or_default();
    let source_id = source_id_in(token).ok_or_else(Answer::not_found)?;
    if signed(&source_id, inbox) != token {
        return Err(Answer::not_found());
    }
    data.contact_inbox_by_source(inbox, &source_id)
        .cloned()
        .ok_or_else(Answer::not_found)
}

fn shown(data: &Data, row: &ContactInbox) -> Reply {
    let contact = data
        .contacts
        .get(&row.contact)
        .ok_or_else(Answer::not_found)?;
    Ok(Answer::json(json!({
        "id": contact.id,
        "has_email": contact.email.is_some(),
        "has_name": !contact.name.is_empty(),
        "has_phone_number": contact.phone_number.is_some(),
        "identifier": contact.identifier,
    })))
}

fn last_conversation<'a>(data: &'a Data, row: &ContactInbox) -> Option<&'a Conversation> {
    data.conversations
        .values()
        .rev()
        .find(|conversation| conversation.contact_inbox == row.id)
}

/// A JSON web token, as the widget's are.
fn signed(source_id: &str, inbox: InboxId) -> String {
    let part = |value: Value| Base64UrlUnpadded::encode_string(value.to_string().as_bytes());
    let head = part(json!({ "alg": "HS256" }));
    let body = part(json!({ "source_id": source_id, "inbox_id": inbox }));
    let signature = hash_of("secret_key_base", &format!("{head}.{body}"));
    format!(
        "{head}.{body}.{}",
        Base64UrlUnpadded::encode_string(signature.as_bytes())
    )
}

fn source_id_in(token: &str) -> Option<String> {
    let body = Base64UrlUnpadded::decode_vec(token.split('.').nth(1)?).ok()?;
    let body: Value = serde_json::from_slice(&body).ok()?;
    body.get("source_id")?.as_str().map(str::to_owned)
}

fn hash_of(key: &str, text: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else {
        return String::new();
    };
    mac.update(text.as_bytes());
    mac.finalize()
        .into_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
