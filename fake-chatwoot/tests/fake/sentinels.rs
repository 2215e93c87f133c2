//! Faults happen when a text or the weather asks for them, and a fault says truly whether the write was kept.

use std::time::Duration;

use fake_chatwoot::{Options, Weather};
use serde_json::{Value, json};

use crate::api::Api;

fn message(content: &str, source_id: &str) -> Value {
    json!({ "content": content, "message_type": "incoming", "source_id": source_id })
}

async fn with_ticket() -> (Api, String) {
    let api = Api::start().await;
    let (_, ticket) = api.customer("ada").await;
    (api, format!("/conversations/{ticket}/messages"))
}

#[tokio::test]
async fn fail_503_is_refused_and_not_kept() {
    let (api, path) = with_ticket().await;
    assert_eq!(
        api.post(&path, message("please fail: 503", "portal:1"))
            .await
            .0,
        503
    );
    assert!(api.fake.messages_with_source("portal:1").is_empty());
    let entry = api.fake.ledger().pop().unwrap();
    assert_eq!((entry.status, entry.made), (Some(503), None));
}

#[tokio::test]
async fn fail_422_is_refused_and_not_kept() {
    let (api, path) = with_ticket().await;
    assert_eq!(
        api.post(&path, message("fail: 422", "portal:1")).await.0,
        422
    );
    assert!(api.fake.messages_with_source("portal:1").is_empty());
}

#[tokio::test]
async fn fail_lost_is_kept_and_its_answer_is_lost_once() {
    let (api, path) = with_ticket().await;
    assert!(api.is_cut(&path, message("fail: lost", "portal:1")).await);
    assert_eq!(api.fake.messages_with_source("portal:1").len(), 1);
    let entry = api.fake.ledger().pop().unwrap();
    assert_eq!(entry.status, None);
    assert!(entry.made.is_some());
    assert_eq!(
        api.post(&path, message("fail: lost", "portal:1")).await.0,
        200
    );
    assert_eq!(api.fake.messages_with_source("portal:1").len(), 2);
}

#[tokio::test]
async fn fail_500_after_is_kept() {
    let (api, path) = with_ticket().await;
    assert_eq!(
        api.post(&path, message("fail: 500 after", "portal:1"))
            .await
            .0,
        500
    );
    assert_eq!(api.fake.messages_with_source("portal:1").len(), 1);
}

#[tokio::test]
async fn fail_once_goes_well_the_second_time() {
    let (api, path) = with_ticket().await;
    assert_eq!(
        api.post(&path, message("fail: once", "portal:1")).await.0,
        503
    );
    assert_eq!(
        api.post(&path, message("fail: once", "portal:1")).await.0,
        200
    );
    assert_eq!(
        api.post(&path, message("fail: once", "portal:2")).await.0,
        503
    );
}

#[tokio::test]
async fn a_subject_asks_too_and_a_refused_ticket_is_not_kept() {
    let (api, _) = with_ticket().await;
    let body = |subject: &str, source: &str| {
        json!({
            "inbox_id": api.inbox(),
            "contact_id": api.fake.contact_by_email("ada@example.com").unwrap().id,
            "source_id": "p1_ada",
            "additional_attributes": { "mail_subject": subject },
            "message": message("hello", source),
        })
    };
    assert_eq!(
        api.post("/conversations", body("fail: 503", "portal:1"))
            .await
            .0,
        503
    );
    assert_eq!(api.listed("p1_ada").await.len(), 1);
    assert!(
        api.is_cut("/conversations", body("fail: lost", "portal:2"))
            .await
    );
    assert_eq!(api.listed("p1_ada").await.len(), 2);
}

#[tokio::test]
async fn fail_slow_is_kept_late() {
    let api = Api::start_with(Options {
        slow: Duration::from_millis(30),
        ..Options::default()
    })
    .await;
    let (_, ticket) = api.customer("ada").await;
    let path = format!("/conversations/{ticket}/messages");
    assert_eq!(
        api.post(&path, message("fail: slow", "portal:1")).await.0,
        200
    );
    assert_eq!(api.fake.messages_with_source("portal:1").len(), 1);
}

#[tokio::test]
async fn looking_up_an_address_at_down_fails() {
    let api = Api::start().await;
    let filter = |address: &str| {
        let row = json!({ "attribute_key": "email", "filter_operator": "equal_to", "values": [address], "query_operator": null });
        json!({ "payload": [row] })
    };
    assert_eq!(
        api.post("/contacts/filter", filter("down@example.com"))
            .await
            .0,
        503
    );
    assert_eq!(
        api.post("/contacts/filter", filter("up@example.com"))
            .await
            .0,
        200
    );
}

#[tokio::test]
async fn the_weather_is_over_every_call() {
    let (api, path) = with_ticket().await;
    let seen = [
        (Weather::Throttling, 429, json!("Retry later\n")),
        (
            Weather::Unauthorized,
            401,
            json!({ "error": "Invalid Access Token" }),
        ),
    ];
    for (weather, status, body) in seen {
        api.fake.set_weather(weather);
        assert_eq!(api.get(&path).await, (status, body));
    }
    for (weather, status) in [(Weather::Down503, 503), (Weather::Html, 200)] {
        api.fake.set_weather(weather);
        let (got, body) = api.post(&path, message("lost", "portal:9")).await;
        assert_eq!(got, status);
        assert!(body.as_str().unwrap().starts_with("<html>"));
    }
    api.fake.set_weather(Weather::Cutting);
    assert!(api.is_cut(&path, message("lost", "portal:9")).await);
    api.fake.set_weather(Weather::Hanging);
    let hung = tokio::time::timeout(Duration::from_millis(50), api.get(&path)).await;
    assert!(hung.is_err());
    api.fake.set_weather(Weather::Well);
    assert_eq!(api.get(&path).await.0, 200);
    assert!(api.fake.messages_with_source("portal:9").is_empty());
}

#[tokio::test]
async fn it_goes_away_and_comes_back_with_all_it_knew() {
    let (api, path) = with_ticket().await;
    let address = api.fake.url().replace("http://", "");
    api.fake.goes_away().await;
    assert!(tokio::net::TcpStream::connect(&address).await.is_err());
    api.fake.comes_back().await.unwrap();
    assert_eq!(
        api.get(&path).await.1["payload"].as_array().unwrap().len(),
        1
    );
}

#[tokio::test]
async fn calls_are_counted_by_route() {
    let (api, path) = with_ticket().await;
    api.get(&path).await;
    api.get(&path).await;
    let calls = api.fake.calls();
    let route = "/api/v1/accounts/{account}/conversations";
    assert_eq!(calls[&format!("GET {route}/{{id}}/messages")], 2);
    assert_eq!(calls[&format!("POST {route}")], 1);
    assert_eq!(api.fake.call_count(), calls.values().sum::<u64>());
}
