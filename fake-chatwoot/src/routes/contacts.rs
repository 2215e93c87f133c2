//! Contacts for agents: made, shown, changed, merged.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::admit::{Asked, administrator, inbox as visible_inbox};
use crate::answer::{Answer, Reply};
use crate::ids::{ContactId, InboxId};
use crate::request::{Call, holds_nul, lenient, text_of};
use crate::store::contacts::ContactFields;
use crate::weather::{heed, heed_address};

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
pub(super) async fn create(asked: Asked) -> Reply {
    heed_address(
        &asked.fake,
        asked.call.param("email").as_str().unwrap_or_default(),
    )
    .await?;
    let mut data = asked.fake.data();
    let fields = fields_of(&asked.call)?;
    let inbox = asked.call.id("inbox_id").map(InboxId);
    let contact = data.create_contact(fields)?;
    let mut attached = None;
    if let Some(inbox) = inbox {
        if !data.inboxes.contains_key(&inbox) {
            data.delete_contact(contact)?;
            return Err(Answer::not_found());
        }
        match data.build_contact_inbox(
            contact,
            inbox,
            asked.call.text("source_id").as_deref(),
            false,
        ) {
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
pub(super) async fn show(asked: Asked) -> Reply {
    let data = asked.fake.data();
    let contact = data
        .contacts
        .get(&ContactId(lenient(&asked.id)))
        .ok_or_else(Answer::not_found)?;
    Ok(Answer::json(
        json!({ "payload": data.contact_with_inboxes(contact) }),
    ))
}

/// `PATCH contacts/:id`: attributes are merged.
pub(super) async fn update(asked: Asked) -> Reply {
    let name = asked.call.text("name").unwrap_or_default();
    heed(&asked.fake, &[&name], &name).await?;
    let mut data = asked.fake.data();
    let id = ContactId(lenient(&asked.id));
    data.update_contact(id, fields_of(&asked.call)?)?;
    let contact = data.contacts.get(&id).ok_or_else(Answer::not_found)?;
    Ok(Answer::json(
        json!({ "payload": data.contact_with_inboxes(contact) }),
    ))
}

/// `DELETE contacts/:id`.
pub(super) async fn delete(asked: Asked) -> Reply {
    let mut data = asked.fake.data();
    administrator(&asked.user)?;
    data.delete_contact(ContactId(lenient(&asked.id)))?;
    Ok(Answer::empty(StatusCode::OK))
}

/// `GET contacts/:id/conversations`: the last 20, no pages.
pub(super) async fn conversations(asked: Asked) -> Reply {
    let data = asked.fake.data();
    let id = ContactId(lenient(&asked.id));
    data.contacts.get(&id).ok_or_else(Answer::not_found)?;
    let mut rows: Vec<_> = data
        .conversations_of_contact(id)
        .filter(|row| data.sees(asked.user.id, row.inbox))
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
pub(super) async fn attach(asked: Asked) -> Reply {
    let mut data = asked.fake.data();
    let contact = ContactId(lenient(&asked.id));
    data.contacts.get(&contact).ok_or_else(Answer::not_found)?;
    let inbox = visible_inbox(&data, asked.user.id, asked.call.id("inbox_id").unwrap_or(0))?;
    if holds_nul(&Value::Object(asked.call.params.clone()))
        || asked.call.param("source_id").is_object()
    {
        return Err(Answer::broken());
    }
    let verified = asked.call.param("hmac_verified").as_bool().unwrap_or(false);
    let attached = data.build_contact_inbox(
        contact,
        inbox,
        asked.call.text("source_id").as_deref(),
        verified,
    );
    let attached = attached.map_err(|_| Answer::broken())?;
    let row = data
        .contact_inboxes
        .get(&attached)
        .ok_or_else(Answer::not_found)?;
    Ok(Answer::json(data.contact_inbox_json(row)))
}

/// `POST actions/contact_merge`.
pub(super) async fn merge(asked: Asked) -> Reply {
    let mut data = asked.fake.data();
    let id = |name: &str| ContactId(asked.call.id(name).unwrap_or(0));
    let kept = data.merge_contacts(id("base_contact_id"), id("mergee_contact_id"))?;
    let contact = data.contacts.get(&kept).ok_or_else(Answer::not_found)?;
    Ok(Answer::json(data.contact_json(contact)))
}
