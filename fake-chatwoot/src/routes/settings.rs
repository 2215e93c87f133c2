//! Inboxes and agents.

use serde_json::{Map, Value, json};

use super::admit::{Asked, administrator, inbox as visible_inbox};
use crate::answer::{Answer, Reply};
use crate::request::lenient;
use crate::store::account::{Channel, Inbox, Role};

/// `GET inboxes`, by name.
pub(super) async fn inboxes(asked: Asked) -> Reply {
    let data = asked.fake.data();
    let mut rows: Vec<_> = data
        .inboxes
        .values()
        .filter(|inbox| data.sees(asked.user.id, inbox.id))
        .collect();
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    let administrator = asked.user.role == Role::Administrator;
    let rows: Vec<_> = rows
        .into_iter()
        .map(|inbox| inbox.json(administrator, &data.frontend_url))
        .collect();
    Ok(Answer::json(json!({ "payload": rows })))
}

/// `GET inboxes/:id`.
pub(super) async fn inbox(asked: Asked) -> Reply {
    let data = asked.fake.data();
    let id = visible_inbox(&data, asked.user.id, lenient(&asked.id))?;
    let inbox = data.inboxes.get(&id).ok_or_else(Answer::not_found)?;
    Ok(Answer::json(inbox.json(
        asked.user.role == Role::Administrator,
        &data.frontend_url,
    )))
}

/// `PATCH inboxes/:id`.
pub(super) async fn change_inbox(asked: Asked) -> Reply {
    let mut data = asked.fake.data();
    administrator(&asked.user)?;
    let id = visible_inbox(&data, asked.user.id, lenient(&asked.id))?;
    let url = data.frontend_url.clone();
    let inbox = data.inboxes.get_mut(&id).ok_or_else(Answer::not_found)?;
    change(inbox, &asked.call.params);
    Ok(Answer::json(inbox.json(true, &url)))
}

/// `GET inboxes/:id/agent_bot`: there is none.
pub(super) async fn agent_bot(asked: Asked) -> Reply {
    let data = asked.fake.data();
    visible_inbox(&data, asked.user.id, lenient(&asked.id))?;
    Ok(Answer::json(json!({})))
}

/// `GET agents`.
pub(super) async fn agents(asked: Asked) -> Reply {
    let data = asked.fake.data();
    let rows: Vec<_> = data.users.keys().map(|id| data.agent_json(*id)).collect();
    Ok(Answer::json(json!(rows)))
}

fn change(inbox: &mut Inbox, fields: &Map<String, Value>) {
    let flag = |name: &str, now: bool| fields.get(name).and_then(Value::as_bool).unwrap_or(now);
    let text = |name: &str, now: &Option<String>| match fields.get(name) {
        Some(value) => value.as_str().map(str::to_owned),
        None => now.clone(),
    };
    inbox.greeting_enabled = flag("greeting_enabled", inbox.greeting_enabled);
    inbox.working_hours_enabled = flag("working_hours_enabled", inbox.working_hours_enabled);
    inbox.csat_survey_enabled = flag("csat_survey_enabled", inbox.csat_survey_enabled);
    inbox.allow_messages_after_resolved = flag(
        "allow_messages_after_resolved",
        inbox.allow_messages_after_resolved,
    );
    inbox.lock_to_single_conversation = flag(
        "lock_to_single_conversation",
        inbox.lock_to_single_conversation,
    );
    inbox.greeting_message = text("greeting_message", &inbox.greeting_message);
    inbox.out_of_office_message = text("out_of_office_message", &inbox.out_of_office_message);
    let demanded = fields
        .get("channel")
        .and_then(|channel| channel.get("hmac_mandatory")?.as_bool());
    if let (
        Some(demanded),
        Channel::Api { hmac_mandatory, .. } | Channel::WebWidget { hmac_mandatory, .. },
    ) = (demanded, &mut inbox.channel)
    {
        *hmac_mandatory = demanded;
    }
    if let Some(name) = fields.get("name").and_then(Value::as_str) {
        name.clone_into(&mut inbox.name);
    }
    if let Some(timezone) = fields.get("timezone").and_then(Value::as_str) {
        timezone.clone_into(&mut inbox.timezone);
    }
    if let Some(config) = fields.get("csat_config").and_then(Value::as_object) {
        let of = |name: &str, default: Value| config.get(name).cloned().unwrap_or(default);
        inbox.csat_config = Map::from_iter([
            (
                "display_type".to_owned(),
                of("display_type", json!("emoji")),
            ),
            ("message".to_owned(), of("message", json!(""))),
            (
                "survey_rules".to_owned(),
                of(
                    "survey_rules",
                    json!({ "operator": "contains", "values": [] }),
                ),
            ),
            (
                "button_text".to_owned(),
                of("button_text", json!("Please rate us")),
            ),
            ("language".to_owned(), of("language", json!("en"))),
        ]);
    }
    for day in fields
        .get("working_hours")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        change_day(inbox, day);
    }
}

/// A day that would close before it opens is quietly not stored.
fn change_day(inbox: &mut Inbox, fields: &Value) {
    let index = fields
        .get("day_of_week")
        .and_then(Value::as_u64)
        .and_then(|day| usize::try_from(day).ok());
    let Some(day) = index.and_then(|index| inbox.working_hours.get_mut(index)) else {
        return;
    };
    let flag = |name: &str, now: bool| fields.get(name).and_then(Value::as_bool).unwrap_or(now);
    let open_all_day = flag("open_all_day", day.open_all_day);
    let closed_all_day = flag("closed_all_day", day.closed_all_day);
    let old = day.hours;
    let hour = |name: &str, index: usize| {
        fields
            .get(name)
            .and_then(Value::as_i64)
            .or(old.map(|hours| hours[index]))
            .unwrap_or(0)
    };
    let given = ["open_hour", "close_hour"]
        .iter()
        .any(|name| fields.get(name).is_some_and(Value::is_i64));
    let mut hours = old;
    if open_all_day {
        hours = Some([0, 0, 23, 59]);
    } else if given {
        let new = [
            hour("open_hour", 0),
            hour("open_minutes", 1),
            hour("close_hour", 2),
            hour("close_minutes", 3),
        ];
        if new[2] * 60 + new[3] <= new[0] * 60 + new[1] {
            return;
        }
        hours = Some(new);
    }
    (day.closed_all_day, day.open_all_day, day.hours) = (closed_all_day, open_all_day, hours);
}
