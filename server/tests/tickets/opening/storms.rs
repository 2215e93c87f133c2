//! New tickets while Chatwoot answers badly or not at all, or the portal ends: each arrives, once.

use std::time::Duration;

use app::tickets::model::*;
use fake_chatwoot::Weather;

use crate::support::*;

#[tokio::test]
async fn r1_an_answer_lost_after_the_commit_makes_exactly_one_ticket() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let key = stage.key();
    let ticket = ada
        .open_with(key.clone(), "fail: lost", "text")
        .await
        .unwrap();
    stage.settle().await;
    assert_eq!(ada.row(&ticket).await.delivery, Delivery::Sending);
    stage.pass(3).await;
    assert_eq!(ada.row(&ticket).await.delivery, Delivery::Sent);
    for _ in 0..10 {
        stage.pass(10).await;
    }
    assert_eq!(stage.arrived(&key), 1);
    assert_eq!(stage.fake.conversations_of(&stage.source(ADA)).len(), 1);
    assert_eq!(thread(&ada.show(&ticket).await), ["you: text"]);
}

#[tokio::test]
async fn r1_a_500_after_the_commit_makes_exactly_one_ticket() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let key = stage.key();
    let ticket = ada
        .open_with(key.clone(), "fail: 500 after", "text")
        .await
        .unwrap();
    for _ in 0..10 {
        stage.pass(10).await;
    }
    assert_eq!(ada.row(&ticket).await.delivery, Delivery::Sent);
    assert_eq!(stage.arrived(&key), 1);
}

#[tokio::test]
async fn r1_what_was_not_stored_is_sent_again_but_not_while_chatwoot_may_still_store_it() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let key = stage.key();
    let ticket = ada
        .open_with(key.clone(), "fail: once", "text")
        .await
        .unwrap();
    stage.pass(44).await;
    assert_eq!(stage.arrived(&key), 0);
    stage.pass(2).await;
    assert_eq!(stage.arrived(&key), 1);
    assert_eq!(ada.row(&ticket).await.delivery, Delivery::Sent);
}

#[tokio::test]
async fn r3_a_kill_between_store_and_send_loses_nothing_and_doubles_nothing() {
    let mut stage = Stage::set_up().await;
    let key = stage.key();
    let ticket = {
        let ada = stage.signed_in(ADA).await;
        ada.open_with(key.clone(), "Before the crash", "text")
            .await
            .unwrap()
    };
    stage.restart().await;
    stage.pass(30).await;
    let ada = stage.signed_in(ADA).await;
    assert_eq!(stage.arrived(&key), 1);
    assert_eq!(ada.row(&ticket).await.delivery, Delivery::Sent);
    assert_eq!(ada.list().await.total, 1);
}

#[tokio::test]
async fn r4_a_ticket_is_taken_while_chatwoot_is_gone_and_sent_with_its_replies_in_order() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    stage.fake.goes_away().await;
    let ticket = ada.open("Storm", "first").await;
    ada.reply(&ticket, "second").await;
    ada.reply(&ticket, "third").await;
    let view = ada.show(&ticket).await;
    assert_eq!(
        thread(&view),
        [
            "you: first (Waiting)",
            "you: second (Waiting)",
            "you: third (Waiting)"
        ]
    );
    assert_eq!(
        (view.row.number, view.row.delivery),
        (None, Delivery::Waiting)
    );
    stage.pass(600).await;
    assert!(matches!(ada.list().await.freshness, Freshness::AsOf(_)));
    stage.fake.comes_back().await.unwrap();
    stage.pass(30).await;
    let view = ada.show(&ticket).await;
    assert_eq!(thread(&view), ["you: first", "you: second", "you: third"]);
    assert_eq!(ada.list().await.freshness, Freshness::Live);
    let number = ada.number(&ticket).await;
    let sent: Vec<_> = stage
        .fake
        .messages(number)
        .into_iter()
        .filter_map(|it| it.content)
        .collect();
    assert_eq!(sent, ["**Storm**\n\nfirst", "second", "third"]);
}

#[tokio::test]
async fn r4_no_weather_loses_or_doubles_a_ticket() {
    for weather in Weather::ALL.map(|(weather, _)| weather) {
        let stage = Stage::for_weather(weather).await;
        let ada = stage.signed_in(ADA).await;
        stage.fake.set_weather(weather);
        let key = stage.key();
        let ticket = ada.open_with(key.clone(), "Weather", "text").await.unwrap();
        stage.pass(5).await;
        stage.fake.set_weather(Weather::Well);
        for _ in 0..12 {
            stage.pass(10).await;
        }
        assert_eq!(stage.arrived(&key), 1, "{weather:?}");
        assert_eq!(
            ada.row(&ticket).await.delivery,
            Delivery::Sent,
            "{weather:?}"
        );
    }
}

#[tokio::test]
async fn r1_a_ticket_that_chatwoot_stored_twice_is_the_first_and_stays_whole() {
    let mut stage = Stage::set_up().await;
    let liar = stage.with_liar().await;
    let ada = stage.signed_in(ADA).await;
    liar.repeats(1);
    let ticket = ada
        .open_with(stage.key(), "Printer", "first")
        .await
        .unwrap();
    let source = stage.source(ADA);
    let stored = || stage.fake.conversations_of(&source).len();
    soon("an earlier try is stored", async {
        while stored() == 0 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    // The poll finds it while the later one is on its way.
    stage.clock.advance(Duration::from_secs(30));
    soon("it is found", async {
        while ada.row(&ticket).await.number.is_none() {
            tokio::task::yield_now().await;
        }
    })
    .await;
    let number = ada.number(&ticket).await;
    liar.lets_go(1);
    stage.settle().await;
    assert_eq!(stored(), 2);
    let row = ada.row(&ticket).await;
    assert_eq!((row.delivery, ada.list().await.total), (Delivery::Sent, 1));
    ada.reply(&ticket, "second").await;
    assert_eq!(
        thread(&ada.show(&ticket).await),
        ["you: first", "you: second"]
    );
    assert_eq!(stage.fake.messages(number).len(), 2);
}
