//! A panic in a part of the portal ends that part for a pause, and nothing for good; nor does a clock that ran ahead.

use std::time::Duration;

use app::tickets::model::*;
use fake_chatwoot::Weather;
use server::clock::Clock;

use crate::support::*;

#[tokio::test]
async fn r3_a_sender_that_panicked_sends_again_after_a_pause_and_nothing_twice() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    // The first word is that the reply was taken; the sender has the next.
    stage.panics_at_word(2);
    let first = ada.writes(&ticket, "second").await;
    stage.settle().await;
    assert!(stage.has_panicked());
    let second = ada.writes(&ticket, "third").await;
    for _ in 0..6 {
        stage.pass(10).await;
    }
    assert_eq!([&first, &second].map(|key| stage.arrived(key)), [1, 1]);
    assert_eq!(
        thread(&ada.show(&ticket).await),
        ["you: first", "you: second", "you: third"]
    );
}

#[tokio::test]
async fn r7_a_poll_that_panicked_polls_again_after_a_pause() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    let number = ada.number(&ticket).await;
    stage.pass(60).await;
    stage.panics_at_word(1);
    stage.fake.agent_replies(number, "Hello").unwrap();
    stage.pass(30).await;
    assert!(stage.has_panicked());
    stage.fake.agent_replies(number, "Again").unwrap();
    for _ in 0..5 {
        stage.pass(10).await;
    }
    assert_eq!(
        ada.row(&ticket).await.last,
        Some((Author::Agent("John Doe".into()), "Again".into()))
    );
}

#[tokio::test]
async fn r3_what_a_clock_wrote_that_ran_ahead_holds_nothing_up_when_it_is_right_again() {
    let mut stage = Stage::set_up().await;
    let right = stage.clock.now();
    stage.clock.advance(Duration::from_hours(10));
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    let number = ada.number(&ticket).await;
    stage.pass(60).await;
    stage.fake.set_weather(Weather::Down503);
    let waits = ada.writes(&ticket, "second").await;
    stage.pass(60).await;
    assert_eq!(stage.arrived(&waits), 0);
    drop(ada);
    stage.kill().await;
    stage.fake.set_weather(Weather::Well);
    stage.fake.agent_replies(number, "Hello").unwrap();
    stage.clock.advance(Duration::from_mins(5));
    stage.clock = Clock::still(right);
    stage.start().await;
    stage.pass(60).await;
    assert_eq!(stage.arrived(&waits), 1);
    let ada = stage.comes(ADA).await;
    assert_eq!(
        thread(&ada.try_show(&ticket).await.unwrap()),
        ["you: first", "John Doe: Hello", "you: second"]
    );
}
