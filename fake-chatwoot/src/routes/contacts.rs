//! Contacts for agents: made, shown, changed, merged.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::admit::{admit, admit_administrator, inbox as visible_inbox};
use crate::answer::{Answer, Reply};
use crate::ids::{ContactId, InboxId};
use crate::inside::Shared;
use crate::request::{Call, holds_nul, lenient, text_of};
use crate::store::contacts::ContactFields;
use crate::weather::heed_address;

/// What a request wants written into a contact. Null, `""` and things that are no text all mean "no address", as on the real one.
pub(super) fn fields_of(call: &Call) -> Result<ContactFields, Answer> {
    if holds_nul(&Value::Object(call.params.clone())) {
        return Err(Answer::broken());
    }
    let optional = |name: &str| {
        call.params
            .get(name)
            .map(|value| value.as_str().map(str::to_owned))
    };
    Ok(ContactFields {
        name: call
            .params
            .get("name")
            .map(|value| text_of(value).unwrap_or_default()),
        email: optional("email"),
        phone_number: optional("phone_number"),
        identifier: optional("identifier"),
        blocked: call.param("blocked").as_bool(),
        custom_attributes: call.map("custom_attributes"),
        additional_attributes: call.map("additional_attributes"),
    })
}

/// `POST contacts`, with a contact_inbox if an inbox is named.
pub(super) async fn create(
    State(fake): State<Shared>,
    Path(account): Path<String>,
    call: Call,
) -> Reply {
    heed_address(&fake, call.param("email").as_str().unwrap_or_default()).await?;
    let mut data = fake.data();
    admit(&data, &call, &account)?;
    let fields = fields_of(&call)?;
    let inbox = call.id("inbox_id").map(InboxId);
    let contact = data.create_contact(fields)?;
    let mut attached = None;
    if let Some(inbox) = inbox {
        if !data.inboxes.contains_key(&inbox) {
            data.delete_contact(contact)?;
            return Err(Answer::not_found());
        }
        match data.build_contact_inbox(contact, inbox, call.text("source_id").as_deref(), false) {
            Ok(id) => attached = data.contact_inboxes.get(&id).cloned(),
            Err(_) => {
                data.delete_contact(contact)?;
                return Err(Answer::broken());
            }
        }
    }
    let row = data.contacts.get(&contact).ok_or_else(Answer::not_found)?;
    let raw = inbox
        .and_then(|id| data.inboxes.get(&id))
        .map(|inbox| inbox.raw_json(&data.account));
    let contact_inbox = json!({ "inbox": raw, "source_id": attached.map(|row| row.source_id) });
    let payload =
        json!({ "contact": data.contact_with_inboxes(row), "contact_inbox": contact_inbox });
    Ok(Answer::json(json!({ "payload": payload })))
}

/// `GET contacts/:id`.
pub(super) async fn show(
    State(fake): State<Shared>,
    Path((account, id)): Path<(String, String)>,
    call: Call,
) -> Reply {
    let data = fake.data();
    admit(&data, &call, &account)?;
    let contact = data
        .contacts
        .get(&ContactId(lenient(&id)))
        .ok_or_else(Answer::not_found)?;
    Ok(Answer::json(
        json!({ "payload": data.contact_with_inboxes(contact) }),
    ))
}

/// `PATCH contacts/:id`: attributes are merged.
pub(super) async fn update(
    State(fake): State<Shared>,
    Path((account, id)): Path<(String, String)>,
    call: Call,
) -> Reply {
    let mut data = fake.data();
    admit(&data, &call, &account)?;
    let id = ContactId(lenient(&id));
    data.update_contact(id, fields_of(&call)?)?;
    let contact = data.contacts.get(&id).ok_or_else(Answer::not_found)?;
    Ok(Answer::json(
        json!({ "payload": data.contact_with_inboxes(contact) }),
    ))
}

/// `DELETE contacts/:id`.
pub(super) async fn delete(
    State(fake): State<Shared>,
    Path((account, id)): Path<(String, String)>,
    call: Call,
) -> Reply {
    let mut data = fake.data();
    admit_administrator(&data, &call, &account)?;
    data.delete_contact(ContactId(lenient(&id)))?;
    Ok(Answer::empty(StatusCode::OK))
}

/// `GET contacts/:id/conversations`: the last 20, no pages.
pub(super) async fn conversations(
    State(fake): State<Shared>,
    Path((account, id)): Path<(String, String)>,
    call: Call,
) -> Reply {
    let data = fake.data();
    let user = admit(&data, &call, &account)?;
    let id = ContactId(lenient(&id));
    data.contacts.get(&id).ok_or_else(Answer::not_found)?;
    let mut rows: Vec<_> = data
        .conversations_of_contact(id)
        .filter(|row| data.sees(user.id, row.inbox))
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.last_activity_at, row.id)));
    let rows: Vec<_> = rows
        .into_iter()
        .take(20)
        .map(|row| data.conversation_json(row))
        .collect();
    Ok(Answer::listed(json!({ "payload": rows }), rows.len()))
}

/// `POST contacts/:id/contact_inboxes`.
pub(super) async fn attach(
    State(fake): State<Shared>,
    Path((account, id)): Path<(String, String)>,
    call: Call,
) -> Reply {
    let mut data = fake.data();
    let user = admit(&data, &call, &account)?;
    let contact = ContactId(lenient(&id));
    data.contacts.get(&contact).ok_or_else(Answer::not_found)?;
    let inbox = visible_inbox(&data, user.id, call.id("inbox_id").unwrap_or(0))?;
    if holds_nul(&Value::Object(call.params.clone())) || call.param("source_id").is_object() {
        return Err(Answer::broken());
    }
    let verified = call.param("hmac_verified").as_bool().unwrap_or(false);
    let attached =
        data.build_contact_inbox(contact, inbox, call.text("source_id").as_deref(), verified);
    let attached = attached.map_err(|_| Answer::broken())?;
    let row = data
        .contact_inboxes
        .get(&attached)
        .ok_or_else(Answer::not_found)?;
    Ok(Answer::json(data.contact_inbox_json(row)))
}

/// `POST actions/contact_merge`.
pub(super) async fn merge(
    State(fake): State<Shared>,
    Path(account): Path<String>,
    call: Call,
) -> Reply {
    let mut data = fake.data();
    admit(&data, &call, &account)?;
    let id = |name: &str| ContactId(call.id(name).unwrap_or(0));
    let kept = data.merge_contacts(id("base_contact_id"), id("mergee_contact_id"))?;
    let contact = data.contacts.get(&kept).ok_or_else(Answer::not_found)?;
    Ok(Answer::json(data.contact_json(contact)))
}
