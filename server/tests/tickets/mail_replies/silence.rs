//! Replies by mail through a mail server that is not there, or takes the connection and says nothing more.

use std::time::Duration;

use app::tickets::model::*;
use fake_chatwoot::MailFault;

use super::{begun, is_found, last};
use crate::support::*;

/// So much time goes by on the clock by which the mail server's answers are waited for.
async fn waited(seconds: u64) {
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(seconds)).await;
    tokio::time::resume();
}

/// Writes a reply, and waits for the mail server to be as far as this with it.
async fn writes(stage: &Stage, ticket: &TicketId, text: &str, far: impl Fn() -> bool) -> Key {
    let key = stage.signed_in(ADA).await.writes(ticket, text).await;
    soon("the mail server has been told", async {
        while !far() {
            tokio::task::yield_now().await;
        }
    })
    .await;
    key
}

#[tokio::test]
async fn r1_a_mail_that_was_kept_without_a_word_is_looked_for_and_not_sent_again() {
    let stage = Stage::set_up().await;
    let (number, ticket) = begun(&stage).await;
    stage.mailbox.set_fault(MailFault::Swallow);
    let kept = || stage.mailbox.mails().len() == 1;
    writes(&stage, &ticket, "Did you get it?", kept).await;
    waited(61).await;
    stage.settle().await;
    stage.mailbox.set_fault(MailFault::None);
    is_found(&stage, number, &ticket, 120).await;
}

#[tokio::test]
async fn r5_what_a_silent_server_surely_did_not_take_waits_and_can_be_taken_back() {
    let stage = Stage::set_up().await;
    let (_, ticket) = begun(&stage).await;
    stage.mailbox.set_fault(MailFault::Hang);
    let connected = || !stage.mailbox.sessions().is_empty();
    let key = writes(&stage, &ticket, "Hello?", connected).await;
    waited(31).await;
    stage.settle().await;
    let ada = stage.signed_in(ADA).await;
    assert_eq!(last(&ada.show(&ticket).await), "you: Hello? (Waiting)");
    let back = ada.can.take_back(ticket.clone(), key).await.unwrap();
    assert_eq!(back.text, "Hello?");
    stage.mailbox.set_fault(MailFault::None);
    for _ in 0..10 {
        stage.pass(60).await;
    }
    assert!(stage.mailbox.mails().is_empty());
}

#[tokio::test]
async fn r1_what_was_taken_back_while_a_silent_server_was_waited_for_is_not_sent_after_all() {
    let stage = Stage::set_up().await;
    let (_, ticket) = begun(&stage).await;
    stage.mailbox.set_fault(MailFault::Hang);
    let connected = || !stage.mailbox.sessions().is_empty();
    {
        let ada = stage.signed_in(ADA).await;
        let key = ada.writes(&ticket, "Hello?").await;
        soon("the mail server was called", async {
            while !connected() {
                tokio::task::yield_now().await;
            }
        })
        .await;
        let back = ada.can.take_back(ticket.clone(), key).await.unwrap();
        assert_eq!(back.text, "Hello?");
    }
    waited(31).await;
    stage.settle().await;
    stage.mailbox.set_fault(MailFault::None);
    for _ in 0..10 {
        stage.pass(60).await;
    }
    assert!(stage.mailbox.mails().is_empty());
}

#[tokio::test]
async fn r3_a_reply_waits_while_no_mail_server_is_there_and_goes_once_when_it_is() {
    let mut stage = Stage::not_started().await;
    stage.smtp_port = Some(1);
    stage.start().await;
    let (number, ticket) = begun(&stage).await;
    let ada = stage.signed_in(ADA).await;
    ada.reply(&ticket, "Anybody?").await;
    for _ in 0..3 {
        stage.pass(600).await;
    }
    assert_eq!(last(&ada.show(&ticket).await), "you: Anybody? (Waiting)");
    drop(ada);
    stage.smtp_port = None;
    stage.restart().await;
    for _ in 0..5 {
        stage.pass(60).await;
    }
    let ada = stage.signed_in(ADA).await;
    assert_eq!(last(&ada.show(&ticket).await), "you: Anybody?");
    assert_eq!(stage.mailbox.mails().len(), 1);
    assert_eq!(stage.fake.messages(number).len(), 3);
}
