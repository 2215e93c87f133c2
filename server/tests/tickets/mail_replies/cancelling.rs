//! Cancelling a ticket while a mail is on its way to it, and writing after that.

use app::error::AppError;
use app::tickets::model::*;
use fake_chatwoot::Status as Theirs;

use super::{begun, last};
use crate::support::*;

#[tokio::test]
async fn a_cancellation_waits_for_a_mail_on_its_way_says_so_and_can_be_taken_back() {
    let stage = Stage::set_up().await;
    let (number, ticket) = begun(&stage).await;
    let ada = stage.signed_in(ADA).await;
    ada.reply(&ticket, "One").await;
    let key = stage.key();
    assert_eq!(ada.can.cancel(ticket.clone(), key.clone()).await, Ok(false));
    let waiting = Cancelling {
        key: key.clone(),
        waits: true,
    };
    assert_eq!(ada.show(&ticket).await.cancelling, Some(waiting));
    ada.can.take_back(ticket.clone(), key).await.unwrap();
    let again = stage.key();
    assert_eq!(
        ada.can.cancel(ticket.clone(), again.clone()).await,
        Ok(false)
    );
    for _ in 0..5 {
        stage.pass(60).await;
    }
    assert_eq!(ada.show(&ticket).await.row.status, Status::Cancelled);
    let theirs = stage.fake.conversation(number).unwrap();
    assert_eq!(theirs.status, Theirs::Resolved);
    let late = ada.can.take_back(ticket.clone(), again).await;
    assert_eq!(late, Err(AppError::NotAllowed));
}

#[tokio::test]
async fn a_reply_takes_back_a_cancellation_that_waits_for_a_mail_and_goes_at_once() {
    let stage = Stage::set_up().await;
    let (number, ticket) = begun(&stage).await;
    let ada = stage.signed_in(ADA).await;
    ada.reply(&ticket, "One").await;
    // It never comes to the inbox.
    stage.mailbox.clear();
    assert_eq!(ada.can.cancel(ticket.clone(), stage.key()).await, Ok(false));
    ada.reply(&ticket, "Two").await;
    let view = ada.show(&ticket).await;
    assert_eq!(view.cancelling, None);
    assert_eq!(
        thread(&view)[2..],
        ["you: One (Mailed)", "you: Two (Mailed)"]
    );
    assert_eq!(stage.mailbox.mails().len(), 1);
    for _ in 0..14 {
        stage.pass(600).await;
    }
    let view = ada.show(&ticket).await;
    assert_eq!(thread(&view)[2..], ["you: Two", "you: One (Lost)"]);
    assert_eq!(last(&view), "you: One (Lost)");
    let theirs = stage.fake.conversation(number).unwrap();
    assert_eq!((theirs.status, theirs.labels), (Theirs::Open, Vec::new()));
}
