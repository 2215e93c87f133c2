//! The Client API: no token, whoever knows an inbox's identifier and a source_id is the contact.

use axum::extract::{Path, State};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::contacts::fields_of;
use crate::answer::{Answer, Reply};
use crate::ids::InboxId;
use crate::inside::Shared;
use crate::refusal::Refusal;
use crate::request::Call;
use crate::store::Data;
use crate::store::account::Channel;
use crate::store::rows::ContactInbox;

pub(super) fn missing() -> Answer {
    Answer::public(Refusal::NotFound)
}

fn inbox_of(data: &Data, identifier: &str) -> Result<InboxId, Answer> {
    data.inbox_by_identifier(identifier)
        .map(|inbox| inbox.id)
        .ok_or_else(missing)
}

pub(super) fn contact_inbox(
    data: &Data,
    inbox: &str,
    source: &str,
) -> Result<ContactInbox, Answer> {
    if source.contains('\0') {
        return Err(Answer::broken());
    }
    let inbox = inbox_of(data, inbox)?;
    data.contact_inbox_by_source(inbox, source)
        .cloned()
        .ok_or_else(missing)
}

/// `GET inboxes/:identifier`.
pub(super) async fn inbox(State(fake): State<Shared>, Path(inbox): Path<String>) -> Reply {
    let data = fake.data();
    let id = inbox_of(&data, &inbox)?;
    let inbox = data.inboxes.get(&id).ok_or_else(missing)?;
    Ok(Answer::json(inbox.public_json()))
}

/// `POST …/contacts`: attaches to whoever has the identifier, address or number, and says who that is.
pub(super) async fn create_contact(
    State(fake): State<Shared>,
    Path(inbox): Path<String>,
    call: Call,
) -> Reply {
    let mut data = fake.data();
    let inbox = inbox_of(&data, &inbox)?;
    prove(&mut data, inbox, None, &call)?;
    let source = call.text("source_id").unwrap_or_else(|| data.chance.uuid());
    if let Some(row) = data.contact_inbox_by_source(inbox, &source) {
        return Ok(Answer::json(data.contact_public(row)));
    }
    let mut fields = fields_of(&call)?;
    let (identifier, phone) = (
        fields.identifier.clone().flatten(),
        fields.phone_number.clone().flatten(),
    );
    let known = data
        .contacts
        .values()
        .find(|row| identifier.is_some() && row.identifier == identifier)
        .or_else(|| {
            fields
                .email
                .clone()
                .flatten()
                .and_then(|email| data.contact_by_email(&email))
        })
        .or_else(|| {
            data.contacts
                .values()
                .find(|row| phone.is_some() && row.phone_number == phone)
        })
        .map(|row| row.id);
    let contact = match known {
        Some(id) => id,
        None => {
            let name = fields.name.take().filter(|name| !name.is_empty());
            fields.name = Some(name.unwrap_or_else(|| data.chance.funny_name()));
            data.create_contact(fields)?
        }
    };
    let made = data
        .build_contact_inbox(contact, inbox, Some(&source), false)
        .map_err(|_| Answer::broken())?;
    let row = data.contact_inboxes.get(&made).ok_or_else(Answer::broken)?;
    Ok(Answer::json(data.contact_public(row)))
}

/// `GET …/contacts/:source_id`, where an identifier and its hash may be proved.
pub(super) async fn contact(
    State(fake): State<Shared>,
    Path((inbox, source)): Path<(String, String)>,
    call: Call,
) -> Reply {
    let mut data = fake.data();
    let row = contact_inbox(&data, &inbox, &source)?;
    prove(&mut data, row.inbox, Some(&row), &call)?;
    Ok(Answer::json(data.contact_public(&row)))
}

/// `PATCH …/contacts/:source_id`: may merge, and answers with the raw row.
pub(super) async fn update_contact(
    State(fake): State<Shared>,
    Path((inbox, source)): Path<(String, String)>,
    call: Call,
) -> Reply {
    let mut data = fake.data();
    let row = contact_inbox(&data, &inbox, &source)?;
    prove(&mut data, row.inbox, Some(&row), &call)?;
    let survivor = data
        .identify(row.contact, fields_of(&call)?)
        .map_err(Answer::public)?;
    let contact = data.contacts.get(&survivor).ok_or_else(missing)?;
    Ok(Answer::json(data.contact_raw(contact)))
}

/// A hash that does not fit is a 500. Any pair that fits verifies any contact_inbox: it is not tied to the contact.
fn prove(
    data: &mut Data,
    inbox: InboxId,
    row: Option<&ContactInbox>,
    call: &Call,
) -> Result<(), Answer> {
    let Some(Channel::Api {
        hmac_token,
        hmac_mandatory,
        ..
    }) = data.inboxes.get(&inbox).map(|inbox| &inbox.channel)
    else {
        return Err(missing());
    };
    let Some(hash) = call.text("identifier_hash") else {
        return if *hmac_mandatory {
            Err(Answer::broken())
        } else {
            Ok(())
        };
    };
    let identifier = call.text("identifier").ok_or_else(Answer::broken)?;
    let mut mac =
        Hmac::<Sha256>::new_from_slice(hmac_token.as_bytes()).map_err(|_| Answer::broken())?;
    mac.update(identifier.as_bytes());
    let right: String = mac
        .finalize()
        .into_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    if right != hash {
        return Err(Answer::broken());
    }
    if let Some(row) = row.and_then(|row| data.contact_inboxes.get_mut(&row.id)) {
        row.hmac_verified = true;
    }
    Ok(())
}
