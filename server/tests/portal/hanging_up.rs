//! A browser that is closed while a call runs: what is stored by then is sent all the same (promise R1).

use std::future::poll_fn;
use std::sync::mpsc;
use std::task::Poll;

use serde_json::json;
use tokio::sync::oneshot;

use crate::sending::{opens, replies, shown};
use crate::support::{Browser, Stage};
use crate::uploads::id;

const ADA: &str = "ada@example.com";

/// Lets a call go on n times while the store takes nothing, and drops it then, as the listener does when the browser hangs up; lets the store
/// go on, and waits until the call has ended all the same.
async fn breaks_off(stage: &Stage, n: u32, call: impl Future) {
    let free = stage.state().calls.available_permits();
    let (begun, holds) = oneshot::channel();
    let (go, wait) = mpsc::channel::<()>();
    let store = stage.state().store.clone();
    let holding = tokio::spawn(async move {
        let held = store.write(move |_| {
            let _ = begun.send(());
            let _ = wait.recv();
            Ok(())
        });
        held.await.unwrap();
    });
    holds.await.unwrap();
    let mut call = Box::pin(call);
    let answered = poll_fn(|cx| {
        let mut polls = (0..n).map(|_| call.as_mut().poll(cx).is_ready());
        Poll::Ready(polls.any(|answered| answered))
    });
    assert!(!answered.await, "the store had not taken it");
    drop(call);
    go.send(()).unwrap();
    holding.await.unwrap();
    let ended = || async { stage.state().calls.available_permits() == free };
    stage.until(ended).await;
    stage.rests().await;
}

/// Waits until all that is stored of a ticket is sent.
async fn all_is_sent(stage: &Stage, ada: &Browser, ticket: &str) -> usize {
    let sent = |messages: &[serde_json::Value]| messages.iter().all(|it| it["delivery"] == "sent");
    stage
        .until(|| async { sent(&shown(&mut ada.clone(), ticket).await) })
        .await;
    shown(&mut ada.clone(), ticket).await.len()
}

#[tokio::test]
async fn r1_a_reply_whose_browser_is_closed_at_any_moment_of_the_call_is_sent_if_it_was_stored() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let ticket = opens(&stage, &mut ada, 1).await;
    for n in 1..4 {
        let mut closed = ada.clone();
        let reply = replies(&mut closed, &ticket, 1 + n, "Written, and closed", &[]);
        breaks_off(&stage, n, reply).await;
        let stored = all_is_sent(&stage, &ada, &ticket).await;
        assert_eq!(stored, 1 + n as usize);
    }
}

#[tokio::test]
async fn r1_a_new_ticket_whose_browser_is_closed_at_any_moment_of_the_call_is_opened_if_it_was_stored()
 {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    for n in 1..4 {
        let new = json!({ "new": { "key": id(n), "subject": "Closed", "message": "Hello" } });
        let mut closed = ada.clone();
        breaks_off(&stage, n, closed.call("tickets/open", &new)).await;
        let list = ada.list().await.json();
        let rows = list["changed"]["rows"].as_array().unwrap().clone();
        assert_eq!(rows.len(), n as usize);
        for row in rows {
            all_is_sent(&stage, &ada, row["id"].as_str().unwrap()).await;
        }
    }
}
