//! New tickets that are not taken: by Chatwoot, of whom agents have blocked, or for what stands in them.

use app::error::{AppError, Field, FieldError, Problem};
use app::tickets::model::*;

use crate::support::*;

#[tokio::test]
async fn a_refusal_in_words_that_are_known_is_told_at_once_of_a_ticket_and_of_a_reply() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let key = stage.key();
    let refused = ada.open_with(key.clone(), "fail: 422", "text").await;
    stage.settle().await;
    let view = ada.show(&refused.unwrap()).await;
    assert_eq!(
        (view.row.delivery, thread(&view)),
        (Delivery::Failed, vec!["you: text (Failed)".to_owned()])
    );
    assert_eq!(stage.arrived(&key), 0);

    let ticket = ada.open("Taken", "text").await;
    ada.reply(&ticket, "fail: 422").await;
    stage.settle().await;
    assert_eq!(
        thread(&ada.show(&ticket).await),
        ["you: text", "you: fail: 422 (Failed)"]
    );
}

#[tokio::test]
async fn a_ticket_that_chatwoot_does_not_take_is_failed_and_can_be_tried_again() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let key = stage.key();
    let ticket = ada
        .open_with(key.clone(), "fail: odd 422", "text")
        .await
        .unwrap();
    for _ in 0..20 {
        stage.pass(10).await;
    }
    let view = ada.show(&ticket).await;
    assert_eq!(
        (view.row.delivery, thread(&view)),
        (Delivery::Failed, vec!["you: text (Failed)".to_owned()])
    );
    ada.can.retry(ticket.clone(), key.clone()).await.unwrap();
    assert_eq!(ada.row(&ticket).await.delivery, Delivery::Sending);
    for _ in 0..20 {
        stage.pass(10).await;
    }
    assert_eq!(ada.row(&ticket).await.delivery, Delivery::Failed);
    assert_eq!(stage.arrived(&key), 0);
    let unknown = ada.can.retry(ticket, stage.key()).await;
    assert_eq!(unknown, Err(AppError::NotFound));
}

#[tokio::test]
async fn a_blocked_customer_reads_and_does_not_write() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Before", "text").await;
    let contact = stage.fake.contact_of(&stage.source(ADA)).unwrap();
    stage.fake.block_contact(contact.id);
    ada.show(&ticket).await;
    assert_eq!(
        ada.open_with(stage.key(), "After", "text").await,
        Err(AppError::NotAllowed)
    );
    let reply = ada
        .can
        .reply(ticket.clone(), stage.key(), "after".to_owned(), Vec::new())
        .await;
    assert_eq!(reply.unwrap_err(), AppError::NotAllowed);
    assert_eq!(
        ada.can.cancel(ticket.clone(), stage.key()).await,
        Err(AppError::NotAllowed)
    );
    assert!(!ada.show(&ticket).await.can_cancel);
    assert_eq!(stage.fake.conversations_of(&stage.source(ADA)).len(), 1);
    stage.fake.unblock_contact(contact.id);
    ada.show(&ticket).await;
    ada.open("After", "text").await;
    assert_eq!(stage.fake.conversations_of(&stage.source(ADA)).len(), 2);
}

#[tokio::test]
async fn a_customer_blocked_a_moment_ago_has_nothing_sent() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    ada.open("Before", "text").await;
    stage
        .fake
        .block_contact(stage.fake.contact_of(&stage.source(ADA)).unwrap().id);
    let ticket = ada.open("After", "text").await;
    assert_eq!(ada.row(&ticket).await.delivery, Delivery::Failed);
    assert_eq!(stage.fake.conversations_of(&stage.source(ADA)).len(), 1);
}

#[tokio::test]
async fn bad_input_is_named_at_its_field_and_nothing_is_stored() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let fault = |field, problem| FieldError { field, problem };
    let opened = ada.open_with(stage.key(), " ", "nul \0").await;
    assert_eq!(
        opened,
        Err(AppError::Invalid(vec![
            fault(Field::Subject, Problem::Empty),
            fault(Field::Message, Problem::ForbiddenCharacter)
        ]))
    );
    assert_eq!(ada.list().await.total, 0);
}
