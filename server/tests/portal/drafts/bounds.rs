//! What a draft may be, how long it is kept, and how many there may be.

use std::time::Duration;

use serde_json::json;

use super::{ADA, DAY, WORDS, keep, keeping, kept, opens, words};
use crate::endpoints::KEY;
use crate::support::Stage;

#[tokio::test]
async fn a_draft_that_is_malformed_or_too_long_is_refused_and_the_kept_one_stays() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    keep(&mut ada, None, WORDS, (1, 1, 0)).await;
    for (change, to) in [
        ("/keeping/page", json!("1")),
        ("/keeping/number", json!(-1)),
        ("/keeping/base", json!("1")),
        (
            "/keeping/draft/key",
            json!(KEY.to_uppercase().replace('1', "A")),
        ),
        ("/keeping/draft/text", json!(null)),
        ("/keeping", json!([])),
    ] {
        let mut body = keeping(None, "New", (1, 2, 1));
        *body.pointer_mut(change).unwrap() = to;
        let answer = ada.call("tickets/keep-draft", &body).await;
        assert_eq!(answer.status, 400, "{change}: {answer:?}");
    }
    let long = keep(&mut ada, None, &"ä".repeat(20_001), (1, 2, 1)).await;
    assert_eq!(long.status, 422);
    let fault = &long.json()["invalid"][0];
    assert_eq!(fault["field"], "message");
    assert_eq!(
        fault["problem"]["too_long"],
        json!({ "limit": 20_000, "actual": 20_001 })
    );
    assert_eq!(kept(&mut ada, None).await, words(1, WORDS));
    // What has no place in a message is kept as it was typed.
    let odd = " \u{0} 😀\u{202e}\r\n".repeat(100);
    assert_eq!(keep(&mut ada, None, &odd, (1, 3, 1)).await.status, 200);
    assert_eq!(kept(&mut ada, None).await, words(2, &odd));
    let whole = "😀".repeat(20_000);
    assert_eq!(keep(&mut ada, None, &whole, (1, 4, 2)).await.status, 200);
    assert_eq!(kept(&mut ada, None).await, words(3, &whole));
}

#[tokio::test]
async fn a_draft_is_forgotten_after_thirty_days_without_another_word() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    keep(&mut ada, None, WORDS, (1, 1, 0)).await;
    let there = || async {
        let store = &stage.state().store;
        let count = store.read(|tx| {
            Ok(tx.query_row("SELECT count(*) FROM drafts", [], |row| {
                row.get::<_, u32>(0)
            })?)
        });
        count.await.unwrap()
    };
    stage.clock.advance(DAY * 29);
    let mut ada = stage.signed_in(ADA).await;
    assert_eq!(kept(&mut ada, None).await, words(1, WORDS));
    stage.clock.advance(DAY * 2);
    stage.until(|| async { there().await == 0 }).await;
    let mut ada = stage.signed_in(ADA).await;
    assert_eq!(kept(&mut ada, None).await, (0, None));
}

#[tokio::test]
async fn a_customer_has_so_many_drafts_and_is_told_of_the_limit() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let ticket = opens(&stage, &mut ada, 1).await;
    // 200 of other tickets.
    let fill = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
        INSERT INTO drafts SELECT (SELECT customer FROM owners), 'ticket ' || i, 'k', x'00', 1, 'p', 1, 1790000000000 FROM n";
    let store = &stage.state().store;
    store
        .write(move |tx| Ok(tx.execute(fill, [])?))
        .await
        .unwrap();
    let refused = keep(&mut ada, Some(&ticket), WORDS, (1, 1, 0)).await;
    assert_eq!(refused.status, 422);
    assert_eq!(
        refused.json()["invalid"][0]["problem"],
        json!({ "too_many_drafts": { "limit": 200 } })
    );
    let one_less = "UPDATE drafts SET sealed = NULL WHERE ticket = 'ticket 7'";
    store
        .write(move |tx| Ok(tx.execute(one_less, [])?))
        .await
        .unwrap();
    assert_eq!(
        keep(&mut ada, Some(&ticket), WORDS, (1, 2, 0)).await.status,
        200
    );
    // What is there can be gone on with.
    assert_eq!(
        keep(&mut ada, Some(&ticket), "More", (1, 3, 0))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn s6_a_page_that_keeps_without_end_is_told_to_wait_and_a_typing_hand_never_is() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    // Once a second, which is as often as a page does.
    for n in 1..=130 {
        stage.clock.advance(Duration::from_secs(1));
        assert_eq!(keep(&mut ada, None, WORDS, (1, n, 0)).await.status, 200);
    }
    let mut taken = 0;
    let refused = loop {
        let answer = keep(&mut ada, None, WORDS, (1, 1_000 + taken, 0)).await;
        if answer.status != 200 {
            break answer;
        }
        taken += 1;
    };
    // The last of the writes before was in this second.
    assert_eq!((refused.status, taken), (429, 119));
    assert_eq!(refused.header("retry-after"), "1");
}
