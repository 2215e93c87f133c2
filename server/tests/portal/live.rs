//! S10 and the live channel: ids only, to whom they concern, and no longer than the session.

use std::time::Duration;

use app::tickets::model::TicketId;
use serde_json::json;
use server::store::customers::{self, CustomerId};

use crate::support::Stage;

const ADA: &str = "ada@example.com";
const MINUTE: Duration = Duration::from_secs(60);

async fn customer(stage: &Stage, address: &'static str) -> CustomerId {
    let found = stage
        .state()
        .store
        .read(move |tx| customers::by_address(tx, address));
    found.await.unwrap().unwrap().id
}

fn ticket() -> TicketId {
    TicketId::parse("6bdc3f4d-0bec-4515-a284-5d916fdde489").unwrap()
}

/// The next event that is told of a change, past those of the first filling.
async fn told_of(stream: &mut crate::support::LiveStream, ticket: &TicketId) {
    let line = format!("event: ticket\ndata: {ticket}\n\n");
    while stream.next().await.unwrap() != line {}
}

#[tokio::test]
async fn nobody_gets_no_stream() {
    let stage = Stage::set_up().await;
    assert_eq!(stage.browser().live().await.status, 401);
}

#[tokio::test]
async fn a_change_is_told_by_its_id_to_its_customer_only() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let bob = stage.signed_in("bob@example.com").await;
    stage.state().tickets.idle().await;
    let (mut hers, mut his) = (ada.live().await, bob.live().await);
    assert!(hers.next().await.unwrap().starts_with("event: version\n"));
    his.next().await.unwrap();
    stage
        .state()
        .live
        .changed(customer(&stage, ADA).await, ticket());
    told_of(&mut hers, &ticket()).await;
    assert!(his.is_silent());
}

#[tokio::test]
async fn s10_signing_out_ends_the_stream() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    stage.state().tickets.idle().await;
    let mut stream = ada.live().await;
    stream.next().await.unwrap();
    ada.call("session/sign-out", &json!({})).await;
    while stream.next().await.is_some() {}
}

#[tokio::test]
async fn s10_a_stream_does_not_extend_the_session_and_ends_with_it() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let mut stream = ada.live().await;
    for _ in 0..29 {
        stage.clock.advance(MINUTE);
        stream.next().await.unwrap();
    }
    assert_eq!(ada.list_in_background().await.status, 200);
    stage.clock.advance(MINUTE);
    while stream.next().await.is_some() {}
    assert_eq!(ada.list_in_background().await.status, 401);
}

#[tokio::test]
async fn s10_a_session_that_is_used_keeps_its_stream() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let mut stream = ada.live().await;
    stage.clock.advance(20 * MINUTE);
    ada.list().await;
    stage.clock.advance(20 * MINUTE);
    stage
        .state()
        .live
        .changed(customer(&stage, ADA).await, ticket());
    told_of(&mut stream, &ticket()).await;
}

#[tokio::test]
async fn r10_a_stop_ends_every_stream() {
    let mut stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let mut stream = ada.live().await;
    let ends = tokio::spawn(async move { while stream.next().await.is_some() {} });
    stage.restart().await;
    ends.await.unwrap();
}
