//! The dashboard's search.

use std::cmp::Reverse;

use serde_json::json;

use super::admit::{Asked, number, page};
use crate::answer::{Answer, Reply};
use crate::render::user::Side;

const PAGE: usize = 15;

/// `GET search/messages?q=`, newest first.
pub(super) async fn messages(asked: Asked) -> Reply {
    let data = asked.fake.data();
    let wanted = asked
        .call
        .query
        .get("q")
        .map(|text| text.to_lowercase())
        .unwrap_or_default();
    let mut found: Vec<_> = data
        .messages
        .values()
        .filter(|message| data.sees(asked.user.id, message.inbox))
        .filter(|message| {
            message
                .content
                .as_ref()
                .is_some_and(|text| text.to_lowercase().contains(&wanted))
        })
        .collect();
    found.sort_by_key(|message| Reverse((message.created_at, message.id)));
    let rows = page(found, number(&asked.call, "page")?.unwrap_or(1), PAGE);
    let rows: Vec<_> = rows
        .into_iter()
        .map(|message| data.message_json(message, None))
        .collect();
    Ok(Answer::listed(
        json!({ "payload": { "messages": rows } }),
        rows.len(),
    ))
}

/// `GET search/conversations?q=`: breaks as soon as one found conversation has no message, as the real one does.
pub(super) async fn conversations(asked: Asked) -> Reply {
    let data = asked.fake.data();
    let wanted = asked
        .call
        .query
        .get("q")
        .map(|text| text.to_lowercase())
        .unwrap_or_default();
    let part =
        |text: Option<&String>| text.is_some_and(|text| text.to_lowercase().contains(&wanted));
    let mut found: Vec<_> = data
        .conversations
        .values()
        .filter(|row| data.sees(asked.user.id, row.inbox))
        .filter(|row| {
            let contact = data.contacts.get(&row.contact);
            let of = |pick: fn(&crate::store::rows::Contact) -> Option<&String>| {
                part(contact.and_then(pick))
            };
            row.id.to_string().contains(&wanted)
                || of(|contact| Some(&contact.name))
                || of(|contact| contact.email.as_ref())
                || of(|contact| contact.phone_number.as_ref())
                || of(|contact| contact.identifier.as_ref())
        })
        .collect();
    found.sort_by_key(|row| Reverse((row.created_at, row.id)));
    let mut rows = Vec::new();
    for row in page(found, number(&asked.call, "page")?.unwrap_or(1), PAGE) {
        let messages = data.messages_of(row);
        let last = messages.last().ok_or_else(Answer::broken)?;
        rows.push(json!({
            "id": row.id,
            "account_id": data.account.id,
            "created_at": row.created_at.seconds(),
            "message": data.message_push(last, row, Side::Agents),
            "contact": data.contact_push(row.contact),
            "inbox": data.inboxes.get(&row.inbox).map(|inbox| inbox.slim_json()),
            "agent": row.assignee.map(|id| data.agent_json(id)),
            "additional_attributes": row.additional_attributes,
        }));
    }
    Ok(Answer::listed(
        json!({ "payload": { "conversations": rows } }),
        rows.len(),
    ))
}
