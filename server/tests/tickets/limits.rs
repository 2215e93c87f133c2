//! How often one customer may write, and how often his reading asks Chatwoot. What was taken once is answered again, limit or not.

use app::error::AppError;
use server::rate_limit::Rates;

use crate::support::*;

async fn stage(rates: Rates) -> Stage {
    let mut stage = Stage::set_up().await;
    stage.rates = rates;
    stage.restart().await;
    stage
}

#[tokio::test]
async fn s6_past_so_many_tickets_an_hour_nothing_is_taken_and_the_wait_is_told() {
    let stage = stage(Rates {
        tickets_per_hour: 2,
        ..Rates::default()
    })
    .await;
    let (ada, bob) = (stage.signed_in(ADA).await, stage.signed_in(BOB).await);
    let (first, refused) = (stage.key(), stage.key());
    let ticket = ada.open_with(first.clone(), "One", "text").await.unwrap();
    ada.open("Two", "text").await;
    assert_eq!(
        ada.open_with(refused.clone(), "Three", "text").await,
        Err(AppError::TooMany { wait_seconds: 1800 })
    );
    // R2: the same key gives the same answer, and does not count.
    assert_eq!(ada.open_with(first, "One", "text").await, Ok(ticket));
    bob.open("His", "text").await;
    assert_eq!(stage.fake.conversations_of(&stage.source(ADA)).len(), 2);
    assert_eq!(ada.list().await.total, 2);

    stage.pass(1800).await;
    ada.open_with(refused, "Three", "text").await.unwrap();
    stage.settle().await;
    assert_eq!(stage.fake.conversations_of(&stage.source(ADA)).len(), 3);
}

#[tokio::test]
async fn s6_past_so_many_replies_an_hour_nothing_is_taken_and_what_was_taken_is_answered_again() {
    let stage = stage(Rates {
        replies_per_hour: 2,
        ..Rates::default()
    })
    .await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("One", "text").await;
    let taken = stage.key();
    ada.can
        .reply(
            ticket.clone(),
            taken.clone(),
            "first".to_owned(),
            Vec::new(),
        )
        .await
        .unwrap();
    ada.reply(&ticket, "second").await;
    let key = stage.key();
    let refused = ada
        .can
        .reply(ticket.clone(), key.clone(), "third".to_owned(), Vec::new());
    assert_eq!(
        refused.await.err(),
        Some(AppError::TooMany { wait_seconds: 1800 })
    );
    let cancel = ada.can.cancel(ticket.clone(), stage.key());
    assert!(matches!(cancel.await, Err(AppError::TooMany { .. })));
    let again = ada
        .can
        .reply(ticket.clone(), taken, "first".to_owned(), Vec::new());
    assert!(again.await.is_ok());
    stage.settle().await;
    assert_eq!(stage.arrived(&key), 0);

    stage.pass(1800).await;
    let later = ada
        .can
        .reply(ticket, key.clone(), "third".to_owned(), Vec::new());
    assert!(later.await.is_ok());
    stage.settle().await;
    assert_eq!(stage.arrived(&key), 1);
}

#[tokio::test]
async fn s6_however_often_a_ticket_is_opened_chatwoot_is_asked_so_often_and_it_is_shown_all_the_same()
 {
    let stage = stage(Rates {
        reads_per_minute: 3,
        ..Rates::default()
    })
    .await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("One", "text").await;
    ada.show(&ticket).await;
    stage.pass(60).await;
    let before = stage.fake.call_count();
    for _ in 0..30 {
        assert_eq!(ada.show(&ticket).await.entries.len(), 1);
    }
    let asked = stage.fake.call_count() - before;
    assert!((3..=9).contains(&asked), "{asked}");
}
