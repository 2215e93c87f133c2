//! Where a real Chatwoot is too lenient, breaks, or keeps still, the fake does too: a portal that minds none of it fails here first.

use serde_json::{Value, json};

use crate::api::Api;
use crate::client;

#[tokio::test]
async fn an_empty_filter_answers_with_everything() {
    let api = Api::start().await;
    api.customer("ada").await;
    api.customer("bob").await;
    for path in ["/contacts/filter", "/conversations/filter"] {
        let (status, found) = api.post(path, json!({ "payload": [] })).await;
        assert_eq!(
            (status, found["payload"].as_array().map(Vec::len)),
            (200, Some(2)),
            "{path}"
        );
    }
    assert_eq!(api.post("/contacts/filter", json!({})).await.0, 500);
}

#[tokio::test]
async fn a_list_with_no_source_id_is_the_whole_inbox_and_an_empty_one_is_nothing() {
    let api = Api::start().await;
    api.customer("ada").await;
    api.customer("bob").await;
    let count = async |query: &str| {
        let (_, found) = api
            .get(&format!(
                "/conversations?status=all&inbox_id={}{query}",
                api.inbox()
            ))
            .await;
        found["data"]["payload"].as_array().unwrap().len()
    };
    assert_eq!(count("").await, 2);
    assert_eq!(count("&source_id=").await, 0);
    assert_eq!(
        count("&source_id=P1_ada").await,
        0,
        "the match minds the case"
    );
    let broken = api
        .get(&format!(
            "/conversations?status=all&inbox_id={}&source_id=%00",
            api.inbox()
        ))
        .await;
    assert_eq!(broken.0, 500);
}

#[tokio::test]
async fn numbers_are_read_as_far_as_they_go() {
    let api = Api::start().await;
    let (_, ticket) = api.customer("ada").await;
    assert_eq!(
        api.get(&format!("/conversations/{ticket}abc")).await.1["id"],
        ticket
    );
    assert_eq!(
        api.get(&format!("/conversations/{ticket}%00")).await.1["id"],
        ticket
    );
    let digits = "9".repeat(20);
    assert_eq!(
        api.get(&format!("/conversations/{ticket}/messages?before={digits}"))
            .await
            .0,
        500
    );
}

#[tokio::test]
async fn nul_breaks_nearly_everything() {
    let api = Api::start().await;
    let (contact, ticket) = api.customer("ada").await;
    let base = json!({ "inbox_id": api.inbox(), "contact_id": contact, "source_id": "p1_ada" });
    let with = |key: &str, value: Value| {
        let mut body = base.clone();
        body[key] = value;
        body
    };
    let subject = with(
        "additional_attributes",
        json!({ "mail_subject": "a\u{0}b" }),
    );
    let content = with(
        "message",
        json!({ "content": "a\u{0}b", "message_type": "incoming" }),
    );
    for body in [subject, content] {
        assert_eq!(api.post("/conversations", body).await.0, 500);
    }
    assert_eq!(
        api.post("/contacts", json!({ "name": "a\u{0}b" })).await.0,
        500
    );
    assert_eq!(
        api.post(
            "/contact_inboxes/filter",
            json!({ "inbox_id": api.inbox(), "source_id": "\u{0}" })
        )
        .await
        .0,
        500
    );
    let path = format!("/conversations/{ticket}/labels");
    assert_eq!(
        api.post(&path, json!({ "labels": ["a\u{0}"] })).await.0,
        500
    );
}

#[tokio::test]
async fn what_is_no_list_wipes_the_labels() {
    let api = Api::start().await;
    let (_, ticket) = api.customer("ada").await;
    let path = format!("/conversations/{ticket}/labels");
    for body in [
        json!({}),
        json!({ "labels": null }),
        json!({ "labels": "vip" }),
        json!({ "labels": [{}] }),
    ] {
        api.fake.agent_sets_labels(ticket, &["vip"]).unwrap();
        assert_eq!(api.post(&path, body).await, (200, json!({ "payload": [] })));
        assert!(api.fake.conversation(ticket).unwrap().labels.is_empty());
    }
}

#[tokio::test]
async fn a_body_that_is_not_understood_makes_an_empty_outgoing_message() {
    let api = Api::start().await;
    let (_, ticket) = api.customer("ada").await;
    let path = format!(
        "/api/v1/accounts/{}/conversations/{ticket}/messages",
        api.fake.given().account
    );
    let (status, made) = api.call("POST", &path, None).await;
    assert_eq!(
        (status, &made["content"], &made["message_type"]),
        (200, &Value::Null, &json!(1))
    );
}

#[tokio::test]
async fn the_same_source_id_twice_makes_two_messages() {
    let api = Api::start().await;
    let (_, ticket) = api.customer("ada").await;
    let path = format!("/conversations/{ticket}/messages");
    for _ in 0..2 {
        api.post(
            &path,
            json!({ "content": "x", "message_type": "incoming", "source_id": "portal:1" }),
        )
        .await;
    }
    assert_eq!(api.fake.messages_with_source("portal:1").len(), 2);
}

#[tokio::test]
async fn a_kelvin_sign_matches_a_k() {
    let api = Api::start().await;
    api.customer("kevin").await;
    let row = json!({ "attribute_key": "email", "filter_operator": "equal_to", "values": ["\u{212a}evin@example.com"], "query_operator": null });
    let (_, found) = api
        .post("/contacts/filter", json!({ "payload": [row] }))
        .await;
    assert_eq!(found["meta"]["count"], 1);
}

#[tokio::test]
async fn an_agents_delete_is_not_told_by_updated_within() {
    let api = Api::start().await;
    let (_, ticket) = api.customer("ada").await;
    let reply = api.fake.agent_replies(ticket, "wrong window").unwrap();
    let within = async |seconds: i64| {
        let (_, found) = api
            .get(&format!(
                "/conversations?status=all&updated_within={seconds}"
            ))
            .await;
        found["data"]["payload"].as_array().unwrap().len()
    };
    assert_eq!(within(60).await, 1);
    let before = api.fake.conversation(ticket).unwrap();
    api.fake.agent_deletes_message(ticket, reply).unwrap();
    let after = api.fake.conversation(ticket).unwrap();
    assert_eq!(before.updated_at, after.updated_at);
    let message = api.fake.message(reply).unwrap();
    assert_eq!(message.content.as_deref(), Some("This message was deleted"));
    assert_eq!(message.content_attributes["deleted"], true);
}

#[tokio::test]
async fn a_private_note_moves_the_ticket_as_an_answer_does() {
    let api = Api::start().await;
    let (_, ticket) = api.customer("ada").await;
    let before = api.fake.conversation(ticket).unwrap();
    api.fake
        .agent_writes_private_note(ticket, "difficult")
        .unwrap();
    let after = api.fake.conversation(ticket).unwrap();
    assert!(
        after.last_activity_at > before.last_activity_at && after.updated_at > before.updated_at
    );
    let (_, shown) = api.get(&format!("/conversations/{ticket}")).await;
    assert_eq!(shown["last_non_activity_message"]["content"], "difficult");
    let (_, thread) = api
        .get(&format!(
            "/conversations/{ticket}/messages?filter_internal_messages=true"
        ))
        .await;
    assert_eq!(thread["payload"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_blocked_contact_may_write_and_nothing_reopens() {
    let api = Api::start().await;
    let (contact, ticket) = api.customer("ada").await;
    api.fake.agent_resolves(ticket);
    api.fake.block_contact(contact);
    let path = format!("/conversations/{ticket}/messages");
    assert_eq!(
        api.post(&path, json!({ "content": "x", "message_type": "incoming" }))
            .await
            .0,
        200
    );
    let (_, shown) = api.get(&format!("/conversations/{ticket}")).await;
    assert_eq!(
        (&shown["status"], &shown["muted"]),
        (&json!("resolved"), &json!(true))
    );
}

#[tokio::test]
async fn a_known_etag_is_answered_with_304() {
    let api = Api::start().await;
    let (_, ticket) = api.customer("ada").await;
    let path = format!(
        "/api/v1/accounts/{}/conversations/{ticket}/messages",
        api.fake.given().account
    );
    let url = format!("{}{path}", api.fake.url());
    let token = ("api-access-token", api.fake.given().admin_token.clone());
    let first = client::send(&url, "GET", std::slice::from_ref(&token), None).await;
    let tag = first.headers.get("etag").unwrap().clone();
    let again = client::send(&url, "GET", &[token, ("If-None-Match", tag)], None).await;
    assert_eq!((again.status, again.raw.len()), (304, 0));
}
