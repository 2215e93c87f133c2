//! R7: an answer is on its customer's screen at once whatever else the account is told of, and what could not be read is read later.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use fake_chatwoot::Weather;
use hyper::body::{Frame, SizeHint};
use serde_json::json;

use super::last_words;
use crate::support::{Browser, Stage};

const SILENT: &[(&str, &str)] = &[("WEBHOOKS", "off"), ("CABLE", "off")];
const SECOND: Duration = Duration::from_secs(1);

async fn thread(stage: &Stage, ada: &Browser, ticket: &str) -> String {
    stage.rests().await;
    let body = json!({ "ticket": ticket, "earlier": null, "known": null });
    let mut ada = ada.clone();
    ada.call("tickets/show", &body).await;
    stage.rests().await;
    ada.call("tickets/show", &body).await.json().to_string()
}

#[tokio::test]
async fn r7_an_answer_does_not_wait_for_what_is_told_of_strangers() {
    let stage = Stage::set_up_with(SILENT).await;
    let (mut ada, _, number) = stage.ada_with_a_ticket().await;
    stage.believes_tests();
    stage.rests().await;
    let account = stage.fake.given().account;
    for stranger in 0..500 {
        let told = json!({
            "event": "contact_updated", "id": 1_000_000 + stranger,
            "account": { "id": account },
        });
        assert_eq!(stage.delivers(&stage.delivery(&told)).await, 200);
    }
    let message = stage.fake.agent_replies(number, "Unplug it").unwrap();
    let told = stage.message_came(number, message.0.cast_unsigned());
    assert_eq!(stage.delivers(&stage.delivery(&told)).await, 200);
    // No time passes on the clock.
    stage
        .until(|| {
            let mut ada = ada.clone();
            async move { last_words(&mut ada).await.contains("Unplug it") }
        })
        .await;
    assert!(last_words(&mut ada).await.contains("Unplug it"));
}

/// A thread whose second message is far above its end.
async fn long_thread(stage: &Stage) -> (Browser, String, fake_chatwoot::DisplayId, u64) {
    let (ada, ticket, number) = stage.ada_with_a_ticket().await;
    let secret = stage.fake.agent_replies(number, "Oops").unwrap();
    for nth in 0..30 {
        let words = format!("Answer {nth}.");
        stage.fake.agent_replies(number, &words).unwrap();
    }
    for _ in 0..8 {
        stage.time_passes(5 * SECOND).await;
    }
    assert!(thread(stage, &ada, &ticket).await.contains("Oops"));
    (ada, ticket, number, secret.0.cast_unsigned())
}

#[tokio::test]
async fn r7_a_deletion_that_could_not_be_read_is_read_later() {
    for weather in [Weather::Down503, Weather::Cutting] {
        let stage = Stage::set_up_with(SILENT).await;
        let (ada, ticket, number, secret) = long_thread(&stage).await;
        stage.believes_tests();
        let deleted = fake_chatwoot::MessageId(secret.cast_signed());
        stage.fake.agent_deletes_message(number, deleted).unwrap();
        let mut told = stage.message_came(number, secret);
        told["event"] = json!("message_updated");
        stage.fake.set_weather(weather);
        assert_eq!(stage.delivers(&stage.delivery(&told)).await, 200);
        stage.rests().await;
        stage.fake.set_weather(Weather::Well);
        let kept = async || {
            let mut ada = ada.clone();
            let body = json!({ "ticket": ticket, "earlier": null, "known": 1 });
            ada.call("tickets/show", &body).await.json().to_string()
        };
        for _ in 0..12 {
            stage.time_passes(5 * SECOND).await;
        }
        let now = kept().await;
        assert!(now.contains("Answer 0.") && !now.contains("Oops"), "{now}");
    }
}

#[tokio::test]
async fn r7_a_message_deleted_far_above_the_end_untold_is_gone_when_its_ticket_is_opened() {
    let stage = Stage::set_up_with(SILENT).await;
    let (ada, ticket, number, secret) = long_thread(&stage).await;
    let deleted = fake_chatwoot::MessageId(secret.cast_signed());
    stage.fake.agent_deletes_message(number, deleted).unwrap();
    let now = thread(&stage, &ada, &ticket).await;
    assert!(now.contains("Answer 0.") && !now.contains("Oops"), "{now}");
}

#[tokio::test]
async fn r9_a_ticket_is_read_as_far_as_it_is_shown_once() {
    let mut stage = Stage::set_up_reachable(&[]).await;
    let (ada, ticket, _, _) = long_thread(&stage).await;
    let opens = async |stage: &Stage| {
        let before = stage.readings();
        let body = json!({ "ticket": ticket, "earlier": null, "known": null });
        ada.clone().call("tickets/show", &body).await;
        stage.rests().await;
        stage.readings() - before
    };
    assert_eq!(opens(&stage).await, 2, "the conversation and its newest");
    // What happened while it was away, nobody told.
    stage.restart().await;
    assert!(opens(&stage).await > 2);
}

/// A body of which nothing comes.
struct Stalled(u64);

impl hyper::body::Body for Stalled {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        Poll::Pending
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0)
    }
}

#[tokio::test]
async fn a10_bodies_that_stand_still_keep_no_delivery_out() {
    let stage = Stage::set_up_with(SILENT).await;
    stage.believes_tests();
    let pad = " ".repeat(100 * 1024);
    let long = stage.delivery(&json!({ "event": "contact_created", "pad": pad }));
    for length in [100 * 1024, 1024] {
        let stall = || {
            let mut request = long.request();
            *request.body_mut() = Body::new(Stalled(length));
            Box::pin(stage.sends(request))
        };
        let mut stalled: Vec<_> = (0..300).map(|_| stall()).collect();
        for one in &mut stalled {
            let _ = futures_util::poll!(one);
        }
        let small = stage.delivery(&json!({ "event": "contact_created" }));
        for delivery in [&small, &long] {
            assert!(matches!(stage.delivers(delivery).await, 200));
        }
    }
}

#[tokio::test]
async fn r9_what_is_told_of_a_strangers_mails_costs_one_reading() {
    let stage = Stage::set_up_with(SILENT).await;
    stage.signed_in("ada@example.com").await;
    let support = &stage.fake.given().support_email;
    let mail = format!(
        "From: Eve <eve@elsewhere.example>\nTo: {support}\nMessage-ID: <m1@elsewhere.example>\nSubject: Hello\n\nText\n"
    );
    stage.fake.mail_arrives(mail.as_bytes());
    let number = stage.fake.conversations().last().unwrap().id;
    stage.believes_tests();
    stage.rests().await;
    let before = stage.readings();
    for message in 0..20 {
        let told = stage.message_came(number, 1_000_000 + message);
        assert_eq!(stage.delivers(&stage.delivery(&told)).await, 200);
        stage.time_passes(SECOND).await;
    }
    let read = stage.readings() - before;
    assert!(read <= 1, "{read}");
}
