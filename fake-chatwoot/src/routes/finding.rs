//! Finding contacts: by filter, by any part of a name, by source_id.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::admit::{Asked, inbox as visible_inbox, number, page};
use crate::answer::{Answer, Reply};
use crate::ids::ContactId;
use crate::request::{Call, lenient};
use crate::store::Data;
use crate::store::rows::Contact;
use crate::weather::heed_address;

const PAGE: usize = 15;

/// `POST contacts/filter`: an empty payload answers with everybody.
pub(super) async fn filter(asked: Asked) -> Reply {
    heed_address(
        &asked.fake,
        &Value::Object(asked.call.params.clone()).to_string(),
    )
    .await?;
    let data = asked.fake.data();
    let found = data.filter_contacts(asked.call.param("payload"))?;
    let count = found.len();
    let (rows, current) = asked_page(&asked, &data, found)?;
    Ok(Answer::listed(
        json!({ "meta": { "count": count, "current_page": current }, "payload": rows }),
        rows.len(),
    ))
}

/// The page that is asked for, and its number as it was given: text if it was, the number 1 if not.
fn asked_page(
    asked: &Asked,
    data: &Data,
    found: Vec<&Contact>,
) -> Result<(Vec<Value>, Value), Answer> {
    let rows = page(found, number(&asked.call, "page")?.unwrap_or(1), PAGE);
    let rows = rows
        .iter()
        .map(|row| shown(data, &asked.call, row))
        .collect();
    let given = asked.call.query.get("page");
    Ok((rows, given.map_or(json!(1), |text| json!(text))))
}

/// A contact as it is found: with its inboxes, if that is not declined.
fn shown(data: &Data, call: &Call, contact: &Contact) -> Value {
    match call.query.get("include_contact_inboxes") {
        Some(wish) if wish == "false" => data.contact_json(contact),
        _ => data.contact_with_inboxes(contact),
    }
}

/// `GET contacts/search?q=`: by any part of name, address, number or identifier.
pub(super) async fn search(asked: Asked) -> Reply {
    let data = asked.fake.data();
    let wanted = asked
        .call
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
    let current = number(&asked.call, "page")?.unwrap_or(1);
    let more = usize::try_from(current).unwrap_or(1).saturating_mul(PAGE) < found.len();
    let (rows, current) = asked_page(&asked, &data, found)?;
    let meta = json!({ "count": rows.len(), "current_page": current, "has_more": more });
    Ok(Answer::listed(
        json!({ "meta": meta, "payload": rows }),
        rows.len(),
    ))
}

/// `GET contacts/:id/contactable_inboxes`: the last source_id of each inbox, or a new one that is not kept.
pub(super) async fn contactable(asked: Asked) -> Reply {
    let mut data = asked.fake.data();
    let contact = data
        .contacts
        .get(&ContactId(lenient(&asked.id)))
        .cloned()
        .ok_or_else(Answer::not_found)?;
    let inboxes: Vec<_> = data
        .inboxes
        .values()
        .filter(|inbox| data.sees(asked.user.id, inbox.id))
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
pub(super) async fn by_source(asked: Asked) -> Reply {
    let data = asked.fake.data();
    let inbox = visible_inbox(&data, asked.user.id, asked.call.id("inbox_id").unwrap_or(0))?;
    let source_id = asked.call.text("source_id").unwrap_or_default();
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
