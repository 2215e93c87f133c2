//! Drafts (promise R6): kept as one types, sealed, their customer's only; the newest wins, and what was sent is none any more.

mod bounds;
mod sealed;

use http::HeaderValue;
use serde_json::{Value, json};
use std::time::Duration;

use crate::endpoints::KEY;
use crate::support::{Answer, Browser, Stage};

const ADA: &str = "ada@example.com";

const BOB: &str = "bob@example.com";

const DAY: Duration = Duration::from_hours(24);

const WORDS: &str = "Zephyr half a thought";

/// A name that differs in its last digit.
fn key(n: u32) -> String {
    format!("{}{n:03}", &KEY[..33])
}

/// What a page keeps: its nth write, on top of a version.
fn keeping(ticket: Option<&str>, text: &str, (page, number, base): (u32, u64, u64)) -> Value {
    json!({ "ticket": ticket, "keeping": {
        "draft": { "key": key(900), "subject": "", "text": text },
        "page": key(page), "number": number, "base": base,
    } })
}

async fn keep(
    browser: &mut Browser,
    ticket: Option<&str>,
    text: &str,
    of: (u32, u64, u64),
) -> Answer {
    browser
        .call("tickets/keep-draft", &keeping(ticket, text, of))
        .await
}

async fn kept(browser: &mut Browser, ticket: Option<&str>) -> (u64, Option<String>) {
    let answer = browser
        .call("tickets/draft", &json!({ "ticket": ticket }))
        .await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let answer = answer.json();
    let text = answer["draft"]["text"].as_str().map(str::to_owned);
    (answer["version"].as_u64().unwrap(), text)
}

fn words(version: u64, text: &str) -> (u64, Option<String>) {
    (version, Some(text.to_owned()))
}

async fn opens(stage: &Stage, browser: &mut Browser, n: u32) -> String {
    let new = json!({ "new": { "key": key(n), "subject": "A ticket", "message": "Hello" } });
    let opened = browser.call("tickets/open", &new).await;
    assert_eq!(opened.status, 200, "{opened:?}");
    stage.rests().await;
    opened.json().as_str().unwrap().to_owned()
}

#[tokio::test]
async fn r6_a_draft_is_there_again_after_a_restart_and_on_another_device() {
    let mut stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let ticket = opens(&stage, &mut ada, 1).await;
    for place in [None, Some(ticket.as_str())] {
        assert_eq!(kept(&mut ada, place).await, (0, None));
        let answer = keep(&mut ada, place, WORDS, (1, 1, 0)).await;
        assert_eq!(answer.json(), json!({ "kept": 1 }));
    }
    stage.restart().await;
    let mut phone = stage.signed_in(ADA).await;
    for place in [None, Some(ticket.as_str())] {
        assert_eq!(kept(&mut phone, place).await, words(1, WORDS));
        assert_eq!(kept(&mut ada, place).await, words(1, WORDS));
    }
}

#[tokio::test]
async fn a1_anothers_draft_does_not_exist_and_is_not_replaced() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let mut bob = stage.signed_in(BOB).await;
    let ticket = opens(&stage, &mut ada, 1).await;
    keep(&mut ada, Some(&ticket), WORDS, (1, 1, 0)).await;
    keep(&mut ada, None, WORDS, (1, 2, 0)).await;
    let read = bob
        .call("tickets/draft", &json!({ "ticket": ticket }))
        .await;
    let missing = bob.call("tickets/draft", &json!({ "ticket": KEY })).await;
    assert_eq!((read.status, &read.body), (404, &missing.body));
    let written = keep(&mut bob, Some(&ticket), "Mine", (2, 1, 1)).await;
    assert_eq!(written.status, 404);
    assert_eq!(kept(&mut bob, None).await, (0, None));
    assert_eq!(
        keep(&mut bob, None, "Bob's", (1, 3, 0)).await.json(),
        json!({ "kept": 1 })
    );
    for place in [None, Some(ticket.as_str())] {
        assert_eq!(kept(&mut ada, place).await, words(1, WORDS));
    }
}

#[tokio::test]
async fn r6_a_late_older_write_never_replaces_a_newer_one() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    // Two writes of one page, the second of which comes first: it need not wait for the answer to the first.
    assert_eq!(
        keep(&mut ada, None, "Hello wor", (1, 2, 0)).await.json(),
        json!({ "kept": 1 })
    );
    let newer = json!({ "newer": { "version": 1, "draft": { "key": key(900), "subject": "", "text": "Hello wor", "files": [] } } });
    assert_eq!(keep(&mut ada, None, "Hello", (1, 1, 0)).await.json(), newer);
    // Another page knows nothing of it.
    assert_eq!(keep(&mut ada, None, "Other", (2, 1, 0)).await.json(), newer);
    // Now it does.
    assert_eq!(
        keep(&mut ada, None, "Hello world", (2, 2, 1)).await.json(),
        json!({ "kept": 2 })
    );
    let late = keep(&mut ada, None, "Hello wor…", (1, 3, 1)).await;
    assert_eq!(late.json()["newer"]["draft"]["text"], "Hello world");
    // Emptied is a state too.
    keep(&mut ada, None, " \n", (2, 3, 2)).await;
    assert_eq!(
        keep(&mut ada, None, "Hello", (1, 4, 2)).await.json(),
        json!({ "newer": { "version": 3, "draft": null } })
    );
    assert_eq!(kept(&mut ada, None).await, (3, None));
}

#[tokio::test]
async fn r6_a_draft_goes_in_the_moment_in_which_it_is_taken_to_be_sent_and_no_late_write_brings_it_back()
 {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let ticket = opens(&stage, &mut ada, 1).await;
    keep(&mut ada, Some(&ticket), "Hello wor", (1, 1, 0)).await;
    keep(&mut ada, None, "Stays", (1, 1, 0)).await;
    // Refused: the draft stays.
    let reply = |text: &str| json!({ "ticket": ticket, "key": key(900), "text": text });
    assert_eq!(ada.call("tickets/reply", &reply("\0")).await.status, 422);
    assert_eq!(kept(&mut ada, Some(&ticket)).await, words(1, "Hello wor"));
    let other = json!({ "ticket": ticket, "key": key(800), "text": "Something else" });
    assert_eq!(ada.call("tickets/reply", &other).await.status, 200);
    assert_eq!(kept(&mut ada, Some(&ticket)).await, words(1, "Hello wor"));
    let sent = ada.call("tickets/reply", &reply("Hello world")).await;
    assert_eq!(sent.status, 200, "{sent:?}");
    assert_eq!(kept(&mut ada, Some(&ticket)).await, (2, None));
    let late = keep(&mut ada, Some(&ticket), "Hello worl", (1, 2, 1)).await;
    let gone = json!({ "newer": { "version": 2, "draft": null } });
    assert_eq!(late.json(), gone);
    // Nor a page that had kept nothing.
    assert_eq!(
        keep(&mut ada, Some(&ticket), "Hello", (3, 1, 2))
            .await
            .json(),
        gone
    );
}

#[tokio::test]
async fn r6_a_new_tickets_draft_goes_with_its_opening() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let body = json!({ "ticket": null, "keeping": {
        "draft": { "key": key(900), "subject": "Half", "text": "" },
        "page": key(1), "number": 1, "base": 0,
    } });
    ada.call("tickets/keep-draft", &body).await;
    let found = ada.call("tickets/draft", &json!({ "ticket": null })).await;
    assert_eq!(found.json()["draft"]["subject"], "Half");
    opens(&stage, &mut ada, 900).await;
    assert_eq!(kept(&mut ada, None).await, (2, None));
}

#[tokio::test]
async fn s10_typing_prolongs_the_session_and_what_the_page_does_by_itself_does_not() {
    let stage = Stage::set_up().await;
    let mut by_hand = stage.signed_in(ADA).await;
    let mut by_itself = stage.signed_in(ADA).await;
    for n in 1..=4 {
        stage.clock.advance(Duration::from_mins(10));
        assert_eq!(keep(&mut by_hand, None, WORDS, (1, n, 0)).await.status, 200);
        let body = keeping(None, WORDS, (2, n, 2 * n - 1));
        let mut request = by_itself.call_request("tickets/keep-draft", &body);
        let background = HeaderValue::from_static("1");
        request
            .headers_mut()
            .insert("x-portal-background", background);
        let status = by_itself.send(request).await.status;
        assert_eq!(status, if n < 3 { 200 } else { 401 }, "{n}");
    }
}

#[tokio::test]
async fn forgetting_somebody_forgets_his_drafts_and_signing_out_does_not() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let mut phone = stage.signed_in(ADA).await;
    keep(&mut ada, None, WORDS, (1, 1, 0)).await;
    assert_eq!(ada.call("session/sign-out", &json!({})).await.status, 200);
    assert_eq!(keep(&mut ada, None, "New", (1, 2, 0)).await.status, 401);
    assert_eq!(kept(&mut phone, None).await, words(1, WORDS));
    stage.rests().await;
    let forget = json!({ "address": ADA });
    assert_eq!(phone.call("session/forget", &forget).await.status, 200);
    let store = &stage.state().store;
    let left = store.read(|tx| {
        Ok(tx.query_row("SELECT count(*) FROM drafts", [], |row| {
            row.get::<_, u32>(0)
        })?)
    });
    assert_eq!(left.await.unwrap(), 0);
    stage.clock.advance(Duration::from_hours(1));
    let mut ada = stage.signed_in(ADA).await;
    assert_eq!(kept(&mut ada, None).await, (0, None));
}
