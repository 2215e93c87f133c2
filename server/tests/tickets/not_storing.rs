//! A Chatwoot that answers, and stores nothing that it is sent: its database is full, or can only be read.

use crate::support::*;

#[tokio::test]
async fn r4_what_is_written_waits_until_it_is_stored_again_and_comes_in_order() {
    let mut stage = Stage::set_up().await;
    let liar = stage.with_liar().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    let number = ada.number(&ticket).await;
    let before = stage.fake.messages(number).len();
    liar.loses(usize::MAX);
    ada.writes(&ticket, "second").await;
    ada.writes(&ticket, "third").await;
    // Much longer than one that is refused for what it is would be tried.
    for _ in 0..120 {
        stage.pass(30).await;
    }
    assert_eq!(stage.fake.messages(number).len(), before);
    assert_eq!(
        thread(&ada.show(&ticket).await),
        [
            "you: first",
            "you: second (Sending)",
            "you: third (Waiting)"
        ]
    );
    liar.loses(0);
    for _ in 0..12 {
        stage.pass(10).await;
    }
    assert_eq!(
        thread(&ada.show(&ticket).await),
        ["you: first", "you: second", "you: third"]
    );
    assert_eq!(stage.fake.messages(number).len(), before + 2);
}

#[tokio::test]
async fn what_fails_again_and_again_while_others_are_stored_is_given_back_to_be_decided() {
    let mut stage = Stage::set_up().await;
    let liar = stage.with_liar().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    let other = ada.open("Scanner", "other").await;
    liar.loses(1);
    ada.reply(&ticket, "odd").await;
    for n in 0..14 {
        ada.reply(&other, &format!("stored {n}")).await;
        liar.loses(1);
        stage.pass(46).await;
        liar.loses(0);
    }
    let shown = thread(&ada.show(&ticket).await);
    assert_eq!(shown, ["you: first", "you: odd (Failed)"]);
    let shown = thread(&ada.show(&other).await);
    assert!(shown.iter().all(|line| !line.contains('(')), "{shown:?}");
}

#[tokio::test]
async fn what_fails_again_and_again_while_only_agents_write_is_given_back_to_be_decided() {
    let mut stage = Stage::set_up().await;
    let liar = stage.with_liar().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    let other = ada.number(&ada.open("Scanner", "other").await).await;
    // Long since anything of a customer's was stored.
    stage.pass(600).await;
    liar.loses(usize::MAX);
    ada.reply(&ticket, "odd").await;
    for n in 0..14 {
        let answer = format!("Answer {n}");
        stage.fake.agent_replies(other, &answer).unwrap();
        stage.pass(46).await;
    }
    let shown = thread(&ada.show(&ticket).await);
    assert_eq!(shown, ["you: first", "you: odd (Failed)"]);
}

#[tokio::test]
async fn what_nobody_stores_is_given_back_after_a_day() {
    let mut stage = Stage::set_up().await;
    let liar = stage.with_liar().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    liar.loses(usize::MAX);
    ada.reply(&ticket, "second").await;
    for _ in 0..(25 * 60) {
        stage.pass(60).await;
    }
    let shown = thread(&ada.show(&ticket).await);
    assert_eq!(shown, ["you: first", "you: second (Failed)"]);
}
