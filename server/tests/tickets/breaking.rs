//! While Chatwoot does not answer: what was seen is shown with its age, hardly anything is asked, and all goes on when it is back.

use app::tickets::model::*;
use fake_chatwoot::Weather;
use server::store::outbox::State;
use std::time::Duration;

use crate::support::*;

/// Weathers in which nothing can be done.
const STORMS: [Weather; 6] = [
    Weather::Hanging,
    Weather::Throttling,
    Weather::Down503,
    Weather::Html,
    Weather::Unauthorized,
    Weather::Cutting,
];

#[tokio::test]
async fn r4_what_was_seen_is_shown_within_300_ms_with_its_age_in_every_weather() {
    for weather in STORMS {
        let stage = Stage::for_weather(weather).await;
        let ada = stage.signed_in(ADA).await;
        let ticket = ada.open("Printer", "first").await;
        ada.show(&ticket).await;
        stage.fake.set_weather(weather);
        for _ in 0..3 {
            stage.pass(31).await;
        }
        let mut shown = None;
        // The best of three: what waits for Chatwoot is late each time, and a machine that others keep busy is not.
        for _ in 0..3 {
            let both = async { (ada.list().await, ada.try_show(&ticket).await.unwrap()) };
            shown = tokio::time::timeout(Duration::from_millis(300), both)
                .await
                .ok();
            if shown.is_some() {
                break;
            }
        }
        let (list, view) = shown.unwrap_or_else(|| panic!("{weather:?}"));
        assert!(
            matches!(list.freshness, Freshness::AsOf(_)),
            "{weather:?}: {list:?}"
        );
        assert!(matches!(view.freshness, Freshness::AsOf(_)), "{weather:?}");
        assert_eq!(thread(&view), ["you: first"], "{weather:?}");
    }
}

#[tokio::test]
async fn r4_a_chatwoot_that_is_away_is_asked_once_in_some_seconds_however_much_waits() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let mut tickets = Vec::new();
    for n in 0..20 {
        tickets.push(ada.open(&format!("Ticket {n}"), "first").await);
    }
    stage.fake.set_weather(Weather::Down503);
    for ticket in &tickets {
        ada.can
            .reply(ticket.clone(), stage.key(), "more".to_owned(), Vec::new())
            .await
            .unwrap();
    }
    stage.pass(30).await;
    let before = stage.fake.call_count();
    for _ in 0..60 {
        stage.pass(10).await;
        ada.list().await;
        ada.try_show(&tickets[0]).await.unwrap();
    }
    let asked = stage.fake.call_count() - before;
    assert!((50..=150).contains(&asked), "{asked} calls in ten minutes");
}

#[tokio::test]
async fn r4_the_first_of_what_waits_goes_within_30_seconds_doubtful_or_not_and_the_rest_in_order() {
    for weather in STORMS {
        let stage = Stage::for_weather(weather).await;
        let ada = stage.signed_in(ADA).await;
        let in_doubt = ada.open("Doubtful", "first").await;
        let ticket = ada.open("Printer", "first").await;
        stage.fake.set_weather(weather);
        let doubtful = ada.writes(&in_doubt, "in doubt").await;
        stage.settle().await;
        let surely = match weather {
            Weather::Throttling | Weather::Unauthorized => State::Queued,
            _ => State::Doubtful,
        };
        assert_eq!(ada.state(&doubtful).await, surely, "{weather:?}");
        stage.pass(10).await;
        let mut keys = Vec::new();
        for n in 0..3 {
            keys.push(ada.writes(&ticket, &format!("reply {n}")).await);
        }
        for _ in 0..10 {
            stage.pass(61).await;
        }
        assert_eq!(stage.arrived(&doubtful) + stage.arrived(&keys[0]), 0);
        stage.fake.set_weather(Weather::Well);
        for _ in 0..30 {
            stage.pass(1).await;
        }
        keys.push(doubtful);
        let arrived: Vec<usize> = keys.iter().map(|key| stage.arrived(key)).collect();
        assert_eq!(arrived, [1, 1, 1, 1], "{weather:?}");
        let number = ada.number(&ticket).await;
        let there = stage.fake.messages(number);
        let texts: Vec<_> = there.iter().skip(1).map(|it| it.content.clone()).collect();
        let wanted = [0, 1, 2].map(|n| Some(format!("reply {n}")));
        assert_eq!(texts, wanted, "{weather:?}");
    }
}

#[tokio::test]
async fn r4_equal_reads_at_once_make_one_call() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    ada.show(&ticket).await;
    stage.pass(60).await;
    let before = stage.fake.call_count();
    let all = (0..100).map(|_| ada.can.show_ticket(ticket.clone(), None, None));
    for shown in futures_util::future::join_all(all).await {
        shown.unwrap();
    }
    stage.settle().await;
    // The ticket, its newest messages, and what somebody who looks sets going: one poll.
    let asked = stage.fake.call_count() - before;
    assert!(asked <= 8, "{asked} calls for 100 readers");
}

#[tokio::test]
async fn r4_calls_that_fail_are_repeated_so_seldom_that_they_are_a_tenth_of_all_at_most() {
    let asked_when_failing = async |each: usize| {
        let mut stage = Stage::set_up().await;
        let liar = stage.with_liar().await;
        let ada = stage.signed_in(ADA).await;
        let ticket = ada.open("Printer", "first").await;
        stage.pass(60).await;
        let before = liar.asked();
        liar.fails_each(each);
        for n in 0..60 {
            stage.pass(10).await;
            ada.show(&ticket).await;
            if n % 10 == 5 {
                ada.reply(&ticket, "more").await;
            }
        }
        liar.asked() - before
    };
    let (well, failing) = (asked_when_failing(0).await, asked_when_failing(20).await);
    assert!(well > 100, "{well}");
    assert!(
        failing * 10 <= well * 11,
        "{well} calls, and {failing} with failing ones"
    );
}

#[tokio::test]
async fn one_message_that_chatwoot_chokes_on_is_no_outage() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    let other = ada.open("Other", "first").await;
    ada.reply(&ticket, "fail: 503").await;
    assert_eq!(stage.tickets().freshness(), Freshness::Live);
    ada.reply(&other, "goes").await;
    assert_eq!(ada.row(&other).await.delivery, Delivery::Sent);
}
