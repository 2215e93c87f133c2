//! A4: a customer can set what the form shows and nothing else. Fields that Chatwoot or we ourselves have, sent along, change nothing.

use serde_json::{Map, Value, json};

use crate::endpoints::{CALLS, KEY, Things};
use crate::support::{Browser, Stage};

/// What one might like to set.
const WISHES: &str = r#"{
    "id": 1,
    "account_id": 1,
    "actions": ["resolve"],
    "additional_attributes": { "portal_ticket": "x", "portal_sig": "x", "evil": 1 },
    "address": "victim@example.com",
    "agent": 1,
    "assignee_id": 1,
    "attachments": [{ "file_type": "file" }],
    "author": "agent",
    "can_cancel": false,
    "campaign_id": 1,
    "cc_emails": "victim@example.com",
    "bcc_emails": "victim@example.com",
    "to_emails": "victim@example.com",
    "contact_id": 1,
    "content": "other words",
    "content_attributes": { "deleted": true, "in_reply_to": 1 },
    "content_type": "input_csat",
    "created_at": 1,
    "custom_attributes": { "evil": 1 },
    "customer": 1,
    "delivery": "sent",
    "echo_id": "x",
    "email": "victim@example.com",
    "inbox_id": 1,
    "kind": "deleted",
    "labels": ["cancelled-by-customer", "vip"],
    "message_type": "outgoing",
    "number": 1,
    "opened_at": 1,
    "owner": 1,
    "portal_sig": "x",
    "portal_ticket": "x",
    "priority": "urgent",
    "private": true,
    "sender_id": 1,
    "sender_type": "User",
    "session": "x",
    "sla_policy_id": 1,
    "snoozed_until": 1,
    "source_id": "x",
    "status": "resolved",
    "team_id": 1,
    "template_params": {},
    "unread": false,
    "version": 99,
    "__proto__": { "admin": true }
}"#;

/// The same body with all of that in every object of it. What the form itself has stays.
fn with_wishes(body: &Value) -> Value {
    match body {
        Value::Object(fields) => {
            let own = fields
                .iter()
                .map(|(name, value)| (name.clone(), with_wishes(value)));
            let mut all: Map<String, Value> = serde_json::from_str(WISHES).unwrap();
            all.extend(own);
            Value::Object(all)
        }
        other => other.clone(),
    }
}

/// What became of a ticket in Chatwoot, but for names that are made anew each time.
fn became_of(stage: &Stage, ticket: &str) -> Vec<String> {
    let is_it = |row: &fake_chatwoot::Conversation| {
        row.additional_attributes
            .get("portal_ticket")
            .and_then(Value::as_str)
            == Some(ticket)
    };
    let row = stage.fake.conversations().into_iter().find(is_it).unwrap();
    let names: Vec<_> = row.additional_attributes.keys().collect();
    let mut all = vec![
        format!("{:?} {:?} {:?}", row.inbox, row.contact, row.contact_inbox),
        format!(
            "{:?} {:?} {:?}",
            row.status, row.priority, row.snoozed_until
        ),
        format!(
            "{:?} {:?} {:?}",
            row.labels, row.assignee, row.custom_attributes
        ),
        format!(
            "{names:?} {:?}",
            row.additional_attributes.get("mail_subject")
        ),
    ];
    for message in stage.fake.messages(row.id) {
        all.push(format!(
            "{:?} {:?} {} {} {} {:?} {:?} {}",
            message.content,
            message.kind,
            message.private,
            message.status,
            message.content_type,
            message.content_attributes,
            message.sender,
            message.attachments.len(),
        ));
    }
    all
}

/// Opens a ticket, writes to it, marks it as seen, tries again, and cancels it, by bodies that are changed so.
async fn lives(
    stage: &Stage,
    browser: &mut Browser,
    nth: u32,
    change: fn(&Value) -> Value,
) -> Vec<String> {
    let key = |last: u32| format!("{nth:08}{}{last}", &KEY[8..35]);
    let new = json!({ "new": { "key": key(1), "subject": "Printer", "message": "It smokes" } });
    let opened = browser.call("tickets/open", &change(&new)).await;
    assert_eq!(opened.status, 200, "{opened:?}");
    let ticket = opened.json().as_str().unwrap().to_owned();
    stage.rests().await;
    let mut answers = Vec::new();
    for (endpoint, body) in [
        (
            "tickets/reply",
            json!({ "ticket": ticket, "key": key(2), "text": "Still" }),
        ),
        ("tickets/retry", json!({ "ticket": ticket, "key": key(2) })),
        ("tickets/seen", json!({ "ticket": ticket, "version": 1 })),
        ("tickets/cancel", json!({ "ticket": ticket, "key": key(3) })),
    ] {
        let answer = browser.call(endpoint, &change(&body)).await;
        assert_eq!(answer.status, 200, "{endpoint}: {answer:?}");
        stage.rests().await;
        answers.extend(became_of(stage, &ticket));
    }
    answers
}

#[tokio::test]
async fn a4_privileged_fields_change_nothing_in_chatwoot() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in("ada@example.com").await;
    let plain = lives(&stage, &mut ada, 1, Value::clone).await;
    let before = stage.fake.contact_by_email("ada@example.com").unwrap();
    let wished = lives(&stage, &mut ada, 2, with_wishes).await;
    assert_eq!(wished, plain);
    let after = stage.fake.contact_by_email("ada@example.com").unwrap();
    assert_eq!(
        (
            after.name,
            after.custom_attributes,
            after.additional_attributes,
            after.blocked
        ),
        (
            before.name,
            before.custom_attributes,
            before.additional_attributes,
            before.blocked
        ),
    );
    assert!(stage.fake.contact_by_email("victim@example.com").is_none());
}

#[tokio::test]
async fn a4_privileged_fields_change_no_answer() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in("ada@example.com").await;
    let hers = Things::of(&stage, &mut ada, "Hers").await;
    // What ends something does so once.
    let once = ["session/sign-out", "session/end"];
    // Each call twice, plainly and with wishes: the second is answered as the repetition of the first that it is.
    for call in CALLS.iter().filter(|call| !once.contains(&call.endpoint)) {
        let body = (call.body)(&hers);
        for browser in [&ada, &stage.browser()] {
            let mut answers = Vec::new();
            for body in [body.clone(), with_wishes(&body)] {
                let mut browser = browser.clone();
                browser.ip = stage.browser().ip;
                let answer = browser.call(call.endpoint, &body).await;
                stage.rests().await;
                answers.push((answer.status, answer.body));
            }
            let may_have_moved_on = ["tickets/reply"].contains(&call.endpoint);
            assert_eq!(answers[0].0, answers[1].0, "{}", call.endpoint);
            assert!(
                may_have_moved_on || answers[0].1 == answers[1].1,
                "{}: {answers:?}",
                call.endpoint
            );
        }
    }
    let current = ada.call("session/current", &with_wishes(&json!({}))).await;
    assert_eq!(current.json()["address"], "ada@example.com");
}
