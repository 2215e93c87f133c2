//! Webhooks are signed like real ones, carry what real ones carry, and are tried once.

use std::collections::BTreeSet;
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::api::Api;

/// Registers a webhook at a listener of ours; the listener and the secret.
async fn receiver(api: &Api, events: &[&str]) -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let (status, made) = api
        .post(
            "/webhooks",
            json!({ "webhook": { "url": url, "subscriptions": events } }),
        )
        .await;
    assert_eq!(status, 200, "{made}");
    (
        listener,
        made["payload"]["webhook"]["secret"]
            .as_str()
            .unwrap()
            .to_owned(),
    )
}

/// The next delivery: headers and body. It is answered with 200.
async fn next(listener: &TcpListener) -> (String, String) {
    let (mut stream, _) = tokio::time::timeout(Duration::from_secs(5), listener.accept())
        .await
        .unwrap()
        .unwrap();
    let mut text = String::new();
    let mut buffer = [0; 65_536];
    loop {
        let read = stream.read(&mut buffer).await.unwrap();
        text.push_str(std::str::from_utf8(&buffer[..read]).unwrap());
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length: usize = header(head, "content-length").parse().unwrap();
        if body.len() >= length || read == 0 {
            break;
        }
    }
    stream
        .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        .await
        .unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    (head.to_owned(), body.to_owned())
}

fn header(head: &str, name: &str) -> String {
    let found = head
        .lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.to_owned()).unwrap_or_default()
}

#[tokio::test]
async fn a_delivery_is_signed_over_its_time_and_raw_body() {
    let api = Api::start().await;
    let (_, ticket) = api.customer("ada").await;
    let (listener, secret) = receiver(&api, &["message_created"]).await;
    api.fake
        .agent_writes_private_note(ticket, "a <b> & c")
        .unwrap();
    let (head, body) = next(&listener).await;
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{}.{body}", header(&head, "x-chatwoot-timestamp")).as_bytes());
    let hex: String = mac
        .finalize()
        .into_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(
        header(&head, "x-chatwoot-signature"),
        format!("sha256={hex}")
    );
    assert_eq!(header(&head, "x-chatwoot-delivery").len(), 36);
    assert!(body.contains("a \\u003cb\\u003e \\u0026 c"));
    let document: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(document["private"], true);
}

#[tokio::test]
async fn a_status_change_tells_twice_and_an_activity_row_never() {
    let api = Api::start().await;
    let (_, ticket) = api.customer("ada").await;
    let all = [
        "message_created",
        "message_updated",
        "conversation_updated",
        "conversation_status_changed",
    ];
    let (listener, _) = receiver(&api, &all).await;
    api.fake.agent_resolves(ticket);
    let mut seen = BTreeSet::new();
    for _ in 0..2 {
        let (_, body) = next(&listener).await;
        let document: Value = serde_json::from_str(&body).unwrap();
        seen.insert(document["event"].as_str().unwrap().to_owned());
    }
    assert_eq!(
        seen.into_iter().collect::<Vec<_>>(),
        ["conversation_status_changed", "conversation_updated"]
    );
    let delivered = api.fake.wait_for_deliveries(2).await;
    assert!(
        delivered
            .iter()
            .all(|delivery| delivery.status == Some(200))
    );
}

#[tokio::test]
async fn whoever_waits_until_all_was_told_waits_for_the_answers() {
    let api = Api::start().await;
    let (_, ticket) = api.customer("ada").await;
    let (listener, _) = receiver(&api, &["message_created"]).await;
    api.fake.agent_replies(ticket, "hello").unwrap();
    let mut all_told = std::pin::pin!(api.fake.all_told());
    tokio::select! {
        biased;
        () = &mut all_told => panic!("nobody was asked yet"),
        () = std::future::ready(()) => {}
    }
    next(&listener).await;
    all_told.await;
    assert_eq!(api.fake.deliveries().len(), 1);
}

#[tokio::test]
async fn nobody_there_is_tried_once() {
    let api = Api::start().await;
    let (_, ticket) = api.customer("ada").await;
    let (listener, _) = receiver(&api, &["message_created"]).await;
    drop(listener);
    api.fake.agent_replies(ticket, "hello").unwrap();
    let deliveries = api.fake.wait_for_deliveries(1).await;
    assert_eq!((deliveries.len(), deliveries[0].status), (1, None));
}

#[tokio::test]
async fn deliveries_have_the_keys_of_the_recorded_ones() {
    let api = Api::start().await;
    let events = [
        "contact_created",
        "contact_updated",
        "conversation_created",
        "conversation_updated",
        "message_created",
    ];
    let (listener, _) = receiver(&api, &events).await;
    let (_, ticket) = api.customer("ada").await;
    api.fake.agent_replies(ticket, "hello").unwrap();
    let recorded = recorded();
    let mut kinds = BTreeSet::new();
    for _ in 0..6 {
        let (_, body) = next(&listener).await;
        let document: Value = serde_json::from_str(&body).unwrap();
        let event = document["event"].as_str().unwrap().to_owned();
        let alike = recorded
            .iter()
            .filter(|other| other["event"] == document["event"])
            .any(|other| same_keys(other, &document));
        assert!(alike, "no recorded {event} has the keys of\n{body}");
        kinds.insert(event);
    }
    assert_eq!(kinds.len(), 5);
}

fn recorded() -> Vec<Value> {
    let text = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/recordings/deliveries.json"
    ))
    .unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    let raw = document["deliveries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|delivery| delivery["raw"].as_str().unwrap().to_owned());
    raw.map(|raw| serde_json::from_str(&raw).unwrap()).collect()
}

/// Keys, in order, at every depth but in attributes that people fill.
fn same_keys(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            one.keys().eq(other.keys())
                && one.iter().all(|(key, value)| {
                    key.ends_with("_attributes") || same_keys(value, &other[key])
                })
        }
        (Value::Array(one), Value::Array(other)) => one
            .first()
            .zip(other.first())
            .is_none_or(|(one, other)| same_keys(one, other)),
        _ => true,
    }
}
