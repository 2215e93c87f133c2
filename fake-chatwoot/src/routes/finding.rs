//! Finding contacts: by filter, by any part of a name, by source_id.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::admit::{admit, inbox as visible_inbox, number, page};
use crate::answer::{Answer, Reply};
use crate::ids::ContactId;
use crate::inside::Shared;
use crate::request::{Call, lenient};
use crate::store::rows::Contact;
use crate::weather::heed_address;

const PAGE: usize = 15;

/// `POST contacts/filter`: an empty payload answers with everybody.
pub(super) async fn filter(
    State(fake): State<Shared>,
    Path(account): Path<String>,
    call: Call,
) -> Reply {
    heed_address(&fake, &Value::Object(call.params.clone()).to_string()).await?;
    let data = fake.data();
    admit(&data, &call, &account)?;
    let found = data.filter_contacts(call.param("payload"))?;
    let count = found.len();
    let current = number(&call, "page")?.unwrap_or(1);
    let rows = page(found, current, PAGE);
    let bare = call
        .query
        .get("include_contact_inboxes")
        .is_some_and(|value| value == "false");
    let json_of = |contact: &&Contact| {
        if bare {
            data.contact_json(contact)
        } else {
            data.contact_with_inboxes(contact)
        }
    };
    let rows: Vec<_> = rows.iter().map(json_of).collect();
    // As it was given: text if it was, the number 1 if not.
    let current = call.query.get("page").map_or(json!(1), |text| json!(text));
    Ok(Answer::listed(
        json!({ "meta": { "count": count, "current_page": current }, "payload": rows }),
        rows.len(),
    ))
}

/// `GET contacts/search?q=`: by any part of name, address, number or identifier.
pub(super) async fn search(
    State(fake): State<Shared>,
    Path(account): Path<String>,
    call: Call,
) -> Reply {
    let data = fake.data();
    admit(&data, &call, &account)?;
    let wanted = call
        .query
        .get("q")
        .map(|text| text.trim().to_lowercase())
        .unwrap_or_default();
    let part =
        |text: Option<&String>| text.is_some_and(|text| text.to_lowercase().contains(&wanted));
    let matches = |row: &&Contact| {
        !wanted.is_empty()
            && (part(Some(&row.name))
                || part(row.email.as_ref())
                || part(row.phone_number.as_ref())
                || row
                    .identifier
                    .as_ref()
                    .is_some_and(|text| text.contains(&wanted)))
    };
    let found: Vec<_> = data.contacts.values().filter(matches).collect();
    let current = number(&call, "page")?.unwrap_or(1);
    let more = usize::try_from(current).unwrap_or(1).saturating_mul(PAGE) < found.len();
    let rows = page(found, current, PAGE);
    let bare = call
        .query
        .get("include_contact_inboxes")
        .is_some_and(|value| value == "false");
    let json_of = |contact: &&Contact| {
        if bare {
            data.contact_json(contact)
        } else {
            data.contact_with_inboxes(contact)
        }
    };
    let rows: Vec<_> = rows.iter().map(json_of).collect();
    let current = call.query.get("page").map_or(json!(1), |text| json!(text));
    let meta = json!({ "count": rows.len(), "current_page": current, "has_more": more });
    Ok(Answer::listed(
        json!({ "meta": meta, "payload": rows }),
        rows.len(),
    ))
}

/// `GET contacts/:id/contactable_inboxes`: the last source_id of each inbox, or a new one that is not kept.
pub(super) async fn contactable(
    State(fake): State<Shared>,
    Path((account, id)): Path<(String, String)>,
    call: Call,
) -> Reply {
    let mut data = fake.data();
    let user = admit(&data, &call, &account)?;
    let contact = data
        .contacts
        .get(&ContactId(lenient(&id)))
        .cloned()
        .ok_or_else(Answer::not_found)?;
    let inboxes: Vec<_> = data
        .inboxes
        .values()
        .filter(|inbox| data.sees(user.id, inbox.id))
        .cloned()
        .collect();
    let mut payload = Vec::new();
    for inbox in inboxes {
        let known = data
            .contact_inboxes_of(contact.id)
            .filter(|row| row.inbox == inbox.id)
            .last();
        let known = known.map(|row| row.source_id.clone());
        let source_id = match (inbox.is_api(), inbox.is_email()) {
            (true, _) => Some(known.unwrap_or_else(|| data.chance.uuid())),
            (_, true) => contact.email.clone(),
            _ => None,
        };
        if let Some(source_id) = source_id {
            payload.push(json!({ "inbox": inbox.slim_json(), "source_id": source_id }));
        }
    }
    Ok(Answer::json(json!({ "payload": payload })))
}

/// `POST contact_inboxes/filter`: the contact who has a source_id, or 404 and nothing.
pub(super) async fn by_source(
    State(fake): State<Shared>,
    Path(account): Path<String>,
    call: Call,
) -> Reply {
    let data = fake.data();
    let user = admit(&data, &call, &account)?;
    let inbox = visible_inbox(&data, user.id, call.id("inbox_id").unwrap_or(0))?;
    let source_id = call.text("source_id").unwrap_or_default();
    if source_id.contains('\0') {
        return Err(Answer::broken());
    }
    let found = data
        .contact_inbox_by_source(inbox, &source_id)
        .and_then(|row| data.contacts.get(&row.contact));
    match found {
        Some(contact) => Ok(Answer::json(data.contact_with_inboxes(contact))),
        None => Err(Answer::empty(StatusCode::NOT_FOUND)),
    }
}
