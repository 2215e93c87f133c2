//! Looking for what may have arrived: how long it took says whether what is not found may still come.

use std::time::Duration;

use app::tickets::model::*;

use crate::support::*;

/// A liar before a ticket that has four pages of messages, and a reply to it that may have arrived, and did not.
async fn long_thread(stage: &mut Stage) -> (Liar, Key) {
    let liar = stage.with_liar().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    let number = ada.number(&ticket).await;
    for n in 0..70 {
        stage
            .fake
            .agent_replies(number, &format!("answer {n}"))
            .unwrap();
    }
    liar.loses(1);
    let key = ada.writes(&ticket, "second").await;
    stage.settle().await;
    assert_eq!(stage.arrived(&key), 0);
    drop(ada);
    (liar, key)
}

#[tokio::test]
async fn r1_a_long_thread_whose_pages_come_quickly_is_no_sign_of_a_slow_chatwoot() {
    let mut stage = Stage::set_up().await;
    let (liar, key) = long_thread(&mut stage).await;
    liar.lists_take(Duration::from_millis(900));
    for _ in 0..12 {
        stage.pass(10).await;
    }
    assert_eq!(stage.arrived(&key), 1);
}

#[tokio::test]
async fn r1_what_is_not_found_by_a_slow_chatwoot_is_not_sent_again_until_it_is_quick() {
    let mut stage = Stage::set_up().await;
    let (liar, key) = long_thread(&mut stage).await;
    liar.lists_take(Duration::from_millis(2_500));
    for _ in 0..30 {
        stage.pass(10).await;
    }
    assert_eq!(stage.arrived(&key), 0);
    liar.lists_take(Duration::from_millis(100));
    for _ in 0..6 {
        stage.pass(10).await;
    }
    assert_eq!(stage.arrived(&key), 1);
}

#[tokio::test]
async fn r1_a_new_ticket_of_somebody_with_many_is_sent_again_when_each_page_of_them_came_quickly() {
    let mut stage = Stage::set_up().await;
    let liar = stage.with_liar().await;
    let ada = stage.signed_in(ADA).await;
    for n in 0..80 {
        ada.open(&format!("Ticket {n}"), "first").await;
    }
    liar.loses(1);
    let key = stage.key();
    ada.open_with(key.clone(), "Printer", "first")
        .await
        .unwrap();
    stage.settle().await;
    assert_eq!(stage.arrived(&key), 0);
    liar.lists_take(Duration::from_millis(900));
    for _ in 0..12 {
        stage.pass(10).await;
    }
    assert_eq!(stage.arrived(&key), 1);
}
