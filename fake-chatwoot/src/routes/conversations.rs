//! Conversations for agents: listed, filtered, shown.

use std::cmp::Reverse;

use serde_json::{Map, Value, json};

use super::admit::{Asked, number, page};
use crate::answer::{Answer, Reply};
use crate::ids::UserId;
use crate::moment::Moment;
use crate::request::lenient;
use crate::store::rows::{Conversation, Status};

const PAGE: usize = 25;

/// `GET conversations`: open ones unless a status is named; all of the inbox if no source_id is.
pub(super) async fn list(asked: Asked) -> Reply {
    let data = asked.fake.data();
    let query = |name: &str| asked.call.query.get(name).map(String::as_str);
    if asked.call.query.values().any(|value| value.contains('\0')) {
        return Err(Answer::broken());
    }
    let mut rows: Vec<_> = match (query("inbox_id"), query("source_id")) {
        (Some(inbox), Some(source)) => data.conversations_of_source(lenient(inbox).into(), source),
        _ => data.conversations.values().collect(),
    };
    rows.retain(|row| data.sees(asked.user.id, row.inbox));
    if let Some(inbox) = query("inbox_id") {
        rows.retain(|row| row.inbox.0 == lenient(inbox));
    }
    if let Some(source) = query("source_id") {
        rows.retain(|row| {
            data.contact_inboxes
                .get(&row.contact_inbox)
                .is_some_and(|of| of.source_id == source)
        });
    }
    match query("status") {
        Some("all") => {}
        Some(status) => rows.retain(|row| row.status.as_str() == status),
        None => rows.retain(|row| row.status == Status::Open),
    }
    // As the real one counts: the window is of what is listed only.
    let meta = counts(&rows, asked.user.id, true);
    let within = query("updated_within")
        .filter(|text| !text.is_empty())
        .map(lenient);
    if let Some(seconds) = within {
        let since = Moment(data.time().0 - seconds.saturating_mul(1_000_000));
        rows.retain(|row| row.updated_at > since);
    }
    sort(&mut rows, query("sort_by"));
    let rows = if within.is_some() {
        rows
    } else {
        page(rows, number(&asked.call, "page")?.unwrap_or(1), PAGE)
    };
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| data.conversation_json(row))
        .collect();
    Ok(Answer::listed(
        json!({ "data": { "meta": meta, "payload": rows } }),
        rows.len(),
    ))
}

/// `POST conversations/filter`: an empty payload answers with everything.
pub(super) async fn filter(asked: Asked) -> Reply {
    let data = asked.fake.data();
    let mut rows = data.filter_conversations(asked.call.param("payload"))?;
    rows.retain(|row| data.sees(asked.user.id, row.inbox));
    sort(&mut rows, None);
    let meta = counts(&rows, asked.user.id, false);
    let rows = page(rows, number(&asked.call, "page")?.unwrap_or(1), PAGE);
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| data.conversation_json(row))
        .collect();
    Ok(Answer::listed(
        json!({ "meta": meta, "payload": rows }),
        rows.len(),
    ))
}

/// `GET conversations/:id`.
pub(super) async fn show(asked: Asked) -> Reply {
    let data = asked.fake.data();
    let row = asked.conversation(&data)?;
    Ok(Answer::json(data.conversation_json(row)))
}

fn sort(rows: &mut [&Conversation], by: Option<&str>) {
    match by {
        Some("created_at_asc") => rows.sort_by_key(|row| (row.created_at, row.id)),
        Some("created_at_desc") => rows.sort_by_key(|row| Reverse((row.created_at, row.id))),
        Some("last_activity_at_asc") => rows.sort_by_key(|row| (row.last_activity_at, row.id)),
        _ => rows.sort_by_key(|row| Reverse((row.last_activity_at, row.id))),
    }
}

fn counts(rows: &[&Conversation], user: UserId, with_assigned: bool) -> Value {
    let assigned = rows.iter().filter(|row| row.assignee.is_some()).count();
    let mut meta = Map::new();
    meta.insert(
        "mine_count".to_owned(),
        json!(rows.iter().filter(|row| row.assignee == Some(user)).count()),
    );
    if with_assigned {
        meta.insert("assigned_count".to_owned(), json!(assigned));
    }
    meta.insert("unassigned_count".to_owned(), json!(rows.len() - assigned));
    meta.insert("all_count".to_owned(), json!(rows.len()));
    Value::Object(meta)
}
