//! The desk shows what is there, and what one does on it happens; the weather does not reach it.

use fake_chatwoot::{Mailbox, Options, Seed, Status, Weather};
use serde_json::json;

use crate::api::Api;

#[tokio::test]
async fn the_desk_lists_every_conversation_and_shows_private_notes() {
    let api = Api::start_with(Options {
        seed: Seed::Demo,
        ..Options::default()
    })
    .await;
    let (_, state) = api.call("GET", "/desk/state.json", None).await;
    assert_eq!(
        state["conversations"].as_array().unwrap().len(),
        api.fake.conversations().len()
    );
    let with_note = api.fake.conversations().into_iter().find(|row| {
        api.fake
            .messages(row.id)
            .iter()
            .any(|message| message.private)
    });
    let id = with_note.unwrap().id;
    let (status, thread) = api
        .call("GET", &format!("/desk/conversations/{id}"), None)
        .await;
    assert_eq!(status, 200);
    assert!(
        thread["messages"]
            .as_array()
            .unwrap()
            .iter()
            .any(|message| message["private"] == true)
    );
    assert_eq!(
        api.call("GET", "/desk/conversations/99999", None).await.0,
        404
    );
}

#[tokio::test]
async fn what_the_agent_does_happens() {
    let api = Api::start().await;
    let (_, ticket) = api.customer("ada").await;
    let agent = api.fake.given().agent_id;
    let at = |what: &str| format!("/desk/conversations/{ticket}/{what}");
    let answer = json!({ "agent": agent, "text": "Hello", "private": false });
    assert_eq!(api.call("POST", &at("messages"), Some(answer)).await.0, 204);
    let written = api.fake.messages(ticket).pop().unwrap();
    assert_eq!(written.content.as_deref(), Some("Hello"));
    assert_eq!(
        api.call(
            "POST",
            &at("delete"),
            Some(json!({ "message": written.id }))
        )
        .await
        .0,
        204
    );
    assert!(
        api.fake
            .message(written.id)
            .unwrap()
            .content_attributes
            .contains_key("deleted")
    );
    let resolved = json!({ "agent": agent, "status": "resolved" });
    assert_eq!(api.call("POST", &at("status"), Some(resolved)).await.0, 204);
    assert_eq!(
        api.fake.conversation(ticket).unwrap().status,
        Status::Resolved
    );
    let empty = json!({ "agent": agent, "text": " ", "private": false });
    assert_eq!(api.call("POST", &at("messages"), Some(empty)).await.0, 422);
}

#[tokio::test]
async fn the_weather_is_made_at_the_desk_and_does_not_reach_it() {
    let api = Api::start().await;
    assert_eq!(
        api.call(
            "POST",
            "/desk/weather",
            Some(json!({ "weather": "down503" }))
        )
        .await
        .0,
        204
    );
    assert_eq!(api.fake.weather(), Weather::Down503);
    assert_eq!(api.call("GET", "/api", None).await.0, 503);
    assert_eq!(api.call("GET", "/desk", None).await.0, 200);
    assert_eq!(
        api.call("POST", "/desk/weather", Some(json!({ "weather": "sunny" })))
            .await
            .0,
        422
    );
}

#[tokio::test]
async fn the_clock_is_moved_at_the_desk() {
    let api = Api::start().await;
    let before = api.call("GET", "/desk/state.json", None).await.1["now"]
        .as_i64()
        .unwrap();
    assert_eq!(
        api.call("POST", "/desk/clock", Some(json!({ "minutes": 30 })))
            .await
            .0,
        204
    );
    let after = api.call("GET", "/desk/state.json", None).await.1["now"]
        .as_i64()
        .unwrap();
    assert_eq!(after - before, 30 * 60_000);
}

#[tokio::test]
async fn the_mailbox_is_shown_beside_the_desk() {
    let mailbox = Mailbox::start(0).await.unwrap();
    let api = Api::start_with(Options {
        mailbox: Some(mailbox),
        ..Options::default()
    })
    .await;
    assert_eq!(api.call("GET", "/mailbox", None).await.0, 200);
    assert_eq!(
        api.call("GET", "/mailbox.json", None).await,
        (200, json!([]))
    );
}

#[tokio::test]
async fn the_logos_are_where_a_real_one_has_them() {
    let api = Api::start().await;
    let (status, logo) = api.call("GET", "/brand-assets/logo.svg", None).await;
    assert_eq!(status, 200);
    assert!(logo.as_str().unwrap().starts_with("<svg"));
    assert_eq!(api.call("GET", "/brand-assets/logo.png", None).await.0, 404);
}
