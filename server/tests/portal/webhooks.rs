//! R7: what Chatwoot tells is a hint of what to read again, and few readings follow from much telling.

mod busy;
mod registered;
mod trust;

use std::time::Duration;

use serde_json::json;

use crate::support::{Browser, Stage};

async fn last_words(browser: &mut Browser) -> String {
    let list = browser.list_in_background().await;
    assert_eq!(list.status, 200, "{list:?}");
    list.json()["changed"]["rows"][0]["last"].to_string()
}

#[tokio::test]
async fn r7_an_agents_answer_is_told_by_the_webhook_and_read_again() {
    let stage = Stage::set_up_reachable(&[]).await;
    let (mut ada, ticket, number) = stage.ada_with_a_ticket().await;
    let mut stream = ada.live().await;
    stream.next().await.unwrap();
    stage.all_is_heard().await;
    stage.time_passes(Duration::from_secs(1)).await;
    while !stream.is_silent() {}
    let before = stage.readings();
    stage.fake.agent_replies(number, "Unplug it").unwrap();
    stage.all_is_heard().await;
    stage.time_passes(Duration::from_secs(1)).await;
    let told = stream.next().await.unwrap();
    assert_eq!(told, format!("event: ticket\ndata: {ticket}\n\n"));
    assert!(last_words(&mut ada).await.contains("Unplug it"));
    stage.rests().await;
    // The conversation and its newest messages; what else was told of the same answer was not news.
    assert_eq!(stage.readings() - before, 2);
    assert_eq!(stage.health().await["webhooks"], "ok");
}

#[tokio::test]
async fn a3_a_private_note_is_told_and_moves_nothing() {
    let stage = Stage::set_up_reachable(&[]).await;
    let (mut ada, _, number) = stage.ada_with_a_ticket().await;
    stage.all_is_heard().await;
    stage.time_passes(Duration::from_secs(1)).await;
    let list = ada.list_in_background().await.json();
    let before = stage.readings();
    let deliveries = stage.fake.deliveries().len();
    stage
        .fake
        .agent_writes_private_note(number, "CANARY")
        .unwrap();
    stage.all_is_heard().await;
    assert!(stage.fake.deliveries().len() > deliveries);
    stage.time_passes(Duration::from_secs(1)).await;
    assert_eq!(stage.readings(), before);
    assert_eq!(ada.list_in_background().await.json(), list);
}

#[tokio::test]
async fn r7_a_message_that_an_agent_deletes_is_gone_at_once() {
    let stage = Stage::set_up_reachable(&[]).await;
    let (ada, _, number) = stage.ada_with_a_ticket().await;
    let message = stage.fake.agent_replies(number, "Oops").unwrap();
    let last = async || last_words(&mut ada.clone()).await;
    stage.hears(async || last().await.contains("Oops")).await;
    stage.time_passes(Duration::from_secs(1)).await;
    stage.fake.agent_deletes_message(number, message).unwrap();
    stage.hears(async || !last().await.contains("Oops")).await;
    assert!(last().await.contains("It burns"));
}

#[tokio::test]
async fn r7_a_message_that_an_agent_deletes_far_above_the_end_is_gone_too() {
    let stage = Stage::set_up_reachable(&[]).await;
    let (ada, ticket, number) = stage.ada_with_a_ticket().await;
    let thread = async || {
        let body = json!({ "ticket": ticket, "earlier": null, "known": null });
        let shown = ada.clone().call("tickets/show", &body).await;
        assert_eq!(shown.status, 200, "{shown:?}");
        shown.json().to_string()
    };
    let secret = stage.fake.agent_replies(number, "Oops").unwrap();
    for nth in 0..30 {
        let words = format!("Answer {nth}.");
        stage.fake.agent_replies(number, &words).unwrap();
    }
    let whole = async || {
        let now = thread().await;
        now.contains("Oops") && now.contains("Answer 29.")
    };
    stage.hears(whole).await;
    stage.time_passes(Duration::from_secs(1)).await;
    stage.fake.agent_deletes_message(number, secret).unwrap();
    stage.hears(async || !thread().await.contains("Oops")).await;
    let left = thread().await;
    assert!(left.contains("Answer 0.") && left.contains("Answer 29."));
}

#[tokio::test]
async fn r7_a_thousand_at_once_are_few_readings() {
    let stage = Stage::set_up_with(&[("WEBHOOKS", "off"), ("CABLE", "off")]).await;
    let (_, _, number) = stage.ada_with_a_ticket().await;
    stage.believes_tests();
    stage.rests().await;
    let before = stage.readings();
    for message in 0..1000 {
        let told = stage.message_came(number, 1_000_000 + message);
        assert_eq!(stage.delivers(&stage.delivery(&told)).await, 200);
    }
    stage.time_passes(Duration::from_secs(1)).await;
    let read = stage.readings() - before;
    assert!((2..=4).contains(&read), "{read}");
}

#[tokio::test]
async fn r7_a_webhook_that_does_not_arrive_is_told_and_polled_for() {
    // Registered to an address by which the fake delivers nothing.
    let stage = Stage::set_up_with(&[("CABLE", "off")]).await;
    stage.hook_is("registered").await;
    let (mut ada, _, number) = stage.ada_with_a_ticket().await;
    ada.list().await;
    stage.fake.agent_replies(number, "Unplug it").unwrap();
    stage.time_passes(Duration::from_secs(5)).await;
    assert!(last_words(&mut ada).await.contains("Unplug it"));
    for _ in 0..13 {
        stage.time_passes(Duration::from_secs(5)).await;
    }
    stage.hook_is("silent").await;
    assert_eq!(stage.health().await["status"], "ok");
}
