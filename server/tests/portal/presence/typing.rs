//! Who types: agents see that of customers and customers of agents, and neither sees what.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Wake, Waker};
use std::time::Duration;

use app::tickets::model::TicketId;
use fake_chatwoot::Weather;
use serde_json::json;
use server::store::customers;

use super::{answered, calls};
use crate::endpoints::KEY;
use crate::support::{Browser, LiveStream, Stage};

async fn types(browser: &mut Browser, ticket: &str, on: bool) -> u16 {
    let body = json!({ "ticket": ticket, "on": on });
    browser.call("tickets/typing", &body).await.status
}

fn told(stage: &Stage) -> u64 {
    calls(stage, "toggle_typing")
}

/// A stream on which everything so far was read.
async fn quiet(stage: &Stage, browser: &Browser) -> LiveStream {
    stage.all_is_heard().await;
    stage.time_passes(Duration::from_secs(1)).await;
    let mut stream = browser.live().await;
    stream.next().await.unwrap();
    stream
}

fn event(data: &str) -> String {
    format!("event: typing\ndata: {data}\n\n")
}

#[tokio::test]
async fn an_agents_typing_is_told_by_ids_and_that_in_a_private_note_is_not() {
    let stage = Stage::set_up_reachable(&[]).await;
    let (mut ada, ticket, number) = stage.ada_with_a_ticket().await;
    let bob = stage.signed_in("bob@example.com").await;
    let mut hers = quiet(&stage, &ada).await;
    let mut his = quiet(&stage, &bob).await;
    stage.fake.agent_types(number, true, true);
    stage.fake.agent_types(number, false, true);
    stage.fake.agent_types(number, true, false);
    // Whom she has not read yet has no name for her.
    assert_eq!(hers.next().await.unwrap(), event(&format!("{ticket} -")));
    stage.fake.agent_types(number, false, false);
    assert_eq!(hers.next().await.unwrap(), event(&ticket));
    answered(&stage, &mut ada, &ticket, "It is me").await;
    let mut hers = quiet(&stage, &ada).await;
    let message = stage.fake.messages(number).pop().unwrap().id;
    stage.fake.agent_types(number, true, false);
    assert_eq!(
        hers.next().await.unwrap(),
        event(&format!("{ticket} m{message}"))
    );
    stage.rests().await;
    assert!(his.is_silent(), "it is not his ticket");
}

#[tokio::test]
async fn an_agents_typing_comes_by_the_cable_too() {
    let stage = Stage::set_up_with(&[("WEBHOOKS", "off"), ("CABLE", "on")]).await;
    stage
        .until(|| async { stage.health().await["cable"] == "ok" })
        .await;
    let (ada, ticket, number) = stage.ada_with_a_ticket().await;
    let mut stream = quiet(&stage, &ada).await;
    stage.fake.agent_types(number, true, true);
    stage.fake.agent_types(number, true, false);
    loop {
        let next = stream.next().await.unwrap();
        if next.starts_with("event: typing") {
            assert_eq!(next, event(&format!("{ticket} -")));
            break;
        }
    }
}

#[tokio::test]
async fn typing_that_is_told_late_is_not_told_on() {
    let stage = Stage::set_up_with(&[("WEBHOOKS", "off"), ("CABLE", "off")]).await;
    let (ada, ticket, number) = stage.ada_with_a_ticket().await;
    stage.believes_tests();
    let mut stream = quiet(&stage, &ada).await;
    let given = stage.fake.given();
    let body = json!({
        "event": "conversation_typing_on", "user": { "id": 1, "name": "John Doe", "type": "user" },
        "conversation": { "id": number, "inbox_id": given.inbox }, "is_private": false,
    });
    let mut late = stage.delivery(&body);
    late.seconds -= 11;
    assert_eq!(stage.delivers(&late).await, 200);
    stage.rests().await;
    assert!(stream.is_silent());
    // What says neither who types nor that it is no private note is not told either.
    for (field, value) in [
        ("is_private", json!(null)),
        ("user", json!({ "name": "x" })),
    ] {
        let mut odd = body.clone();
        odd[field] = value;
        assert_eq!(stage.delivers(&stage.delivery(&odd)).await, 200);
        stage.rests().await;
        assert!(stream.is_silent(), "{odd}");
    }
    assert_eq!(stage.delivers(&stage.delivery(&body)).await, 200);
    assert_eq!(stream.next().await.unwrap(), event(&format!("{ticket} -")));
}

#[tokio::test]
async fn agents_see_a_customer_typing_until_he_rests_or_sends() {
    let stage = Stage::set_up_reachable(&[]).await;
    let (mut ada, ticket, number) = stage.ada_with_a_ticket().await;
    let mut stream = quiet(&stage, &ada).await;
    for _ in 0..3 {
        assert_eq!(types(&mut ada, &ticket, true).await, 200);
        stage.rests().await;
    }
    assert!(stage.fake.shows_typing(number));
    assert_eq!(told(&stage), 1, "once is enough for twenty seconds");
    assert_eq!(types(&mut ada, &ticket, false).await, 200);
    stage.rests().await;
    assert!(!stage.fake.shows_typing(number));
    assert_eq!(types(&mut ada, &ticket, false).await, 200);
    stage.rests().await;
    assert_eq!(told(&stage), 2, "he had stopped");
    assert_eq!(types(&mut ada, &ticket, true).await, 200);
    stage.time_passes(Duration::from_secs(21)).await;
    assert_eq!(types(&mut ada, &ticket, true).await, 200);
    stage.time_passes(Duration::from_secs(21)).await;
    assert!(stage.fake.shows_typing(number), "he goes on");
    let reply = json!({ "ticket": ticket, "key": format!("{}9", &KEY[..35]), "text": "Hello" });
    assert_eq!(ada.call("tickets/reply", &reply).await.status, 200);
    stage.rests().await;
    assert!(!stage.fake.shows_typing(number));
    // His own hand is not shown to him.
    while let Some(event) = stream.ready() {
        assert!(!event.starts_with("event: typing"), "{event}");
    }
}

/// Whether what was begun can go on.
#[derive(Default)]
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[tokio::test]
async fn that_somebody_has_stopped_does_not_overtake_that_he_types() {
    let stage = Stage::set_up_reachable(&[]).await;
    let (_, ticket, number) = stage.ada_with_a_ticket().await;
    let found = stage
        .state()
        .store
        .read(|tx| customers::by_address(tx, "ada@example.com"));
    let ada = found.await.unwrap().unwrap().id;
    let can = stage.state().tickets.customer_for(ada);
    let ticket = TicketId::parse(&ticket).unwrap();
    let (mut on, mut off) = (
        pin!(can.typing(ticket.clone(), true)),
        pin!(can.typing(ticket, false)),
    );
    // Both find out that the ticket is his while neither goes on, and then go on one just after the other.
    let reading = stage.reads_nothing().await;
    let woken = [(); 2].map(|()| Arc::new(Woken::default()));
    let [first, second] = woken.clone().map(Waker::from);
    let (mut first, mut second) = (Context::from_waker(&first), Context::from_waker(&second));
    assert!(on.as_mut().poll(&mut first).is_pending());
    assert!(off.as_mut().poll(&mut second).is_pending());
    drop(reading);
    stage
        .until(async || woken.iter().all(|it| it.0.load(Ordering::Relaxed)))
        .await;
    let typed = on.as_mut().poll(&mut first);
    let stopped = off.as_mut().poll(&mut second);
    assert!(stopped.is_ready());
    if typed.is_pending() {
        on.await.unwrap();
    }
    stage.rests().await;
    assert!(!stage.fake.shows_typing(number));
}

#[tokio::test]
async fn a1_nobody_is_seen_typing_in_anothers_ticket_and_whom_agents_blocked_in_none() {
    let stage = Stage::set_up_reachable(&[]).await;
    let (mut ada, ticket, number) = stage.ada_with_a_ticket().await;
    let mut bob = stage.signed_in("bob@example.com").await;
    assert_eq!(types(&mut bob, &ticket, true).await, 404);
    assert_eq!(types(&mut stage.browser(), &ticket, true).await, 401);
    let contact = stage.fake.conversation(number).unwrap().contact;
    stage.fake.block_contact(contact);
    stage
        .until(|| async {
            stage.clock.advance(Duration::from_secs(5));
            stage.rests().await;
            let view = super::view(&mut ada.clone(), &ticket).await;
            view["can_cancel"] == json!(false)
        })
        .await;
    assert_eq!(types(&mut ada, &ticket, true).await, 200);
    stage.rests().await;
    assert_eq!(told(&stage), 0);
}

#[tokio::test]
async fn typing_is_not_told_to_a_chatwoot_that_is_down_nor_more_than_it_is_worth() {
    let stage = Stage::set_up_reachable(&[]).await;
    let (mut ada, ticket, number) = stage.ada_with_a_ticket().await;
    let mut seen = 0;
    for _ in 0..120 {
        // On and off again, as fast as can be told: what is over before is not.
        seen += u32::from(types(&mut ada, &ticket, true).await == 200);
        stage.rests().await;
        types(&mut ada, &ticket, false).await;
        stage.time_passes(Duration::from_millis(500)).await;
    }
    assert!((20..=41).contains(&seen), "{seen} of 120 within a minute");
    let calls = told(&stage);
    assert!((20..=61).contains(&calls), "{calls}");
    stage.time_passes(Duration::from_secs(60)).await;
    stage.fake.set_weather(Weather::Down503);
    for _ in 0..4 {
        stage.time_passes(Duration::from_secs(30)).await;
    }
    let before = told(&stage);
    assert_eq!(types(&mut ada, &ticket, true).await, 200);
    stage.rests().await;
    assert_eq!(told(&stage), before);
    assert!(!stage.fake.shows_typing(number));
}
