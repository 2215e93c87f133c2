//! A browser that is closed while a call runs: what is stored by then is sent all the same (promise R1).

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use serde_json::json;

use crate::sending::{opens, replies, shown};
use crate::support::{Browser, Stage};
use crate::uploads::id;

const ADA: &str = "ada@example.com";

/// Lets a call run, and drops it when it would go on for the n-th time, as the listener does when the browser hangs up. True if it was
/// answered before.
async fn is_answered_before(n: u32, call: impl Future) -> bool {
    let mut call = pin!(call);
    let mut left = n;
    poll_fn(|cx| {
        if left == 0 {
            return Poll::Ready(false);
        }
        left -= 1;
        call.as_mut().poll(cx).map(|_| true)
    })
    .await
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
    let mut stored = 1;
    for n in 1.. {
        let mut closed = ada.clone();
        let reply = replies(&mut closed, &ticket, 1 + n, "Written, and closed", &[]);
        if is_answered_before(n, reply).await {
            break;
        }
        stage.rests().await;
        stored = all_is_sent(&stage, &ada, &ticket).await;
    }
    assert!(stored > 1, "no call was broken off after it had begun");
}

#[tokio::test]
async fn r1_a_new_ticket_whose_browser_is_closed_at_any_moment_of_the_call_is_opened_if_it_was_stored()
 {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let mut stored = 0;
    for n in 1.. {
        let new = json!({ "new": { "key": id(n), "subject": "Closed", "message": "Hello" } });
        let mut closed = ada.clone();
        if is_answered_before(n, closed.call("tickets/open", &new)).await {
            break;
        }
        stage.rests().await;
        let list = ada.list().await.json();
        let rows = list["changed"]["rows"].as_array().unwrap().clone();
        stored = rows.len();
        for row in rows {
            all_is_sent(&stage, &ada, row["id"].as_str().unwrap()).await;
        }
    }
    assert!(stored > 0, "no call was broken off after it had begun");
}
