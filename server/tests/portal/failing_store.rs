//! R8: a disk that is full, can only be read, or fails. What is not stored is never said to be, what can be read is read, and what
//! holds once holds once.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use server::store::failing::How;

use crate::support::{Browser, Stage, code_in, link_in};

const ADA: &str = "ada@example.com";
const EACH: [(How, &str); 3] = [
    (How::Full, "full"),
    (How::ReadOnly, "read-only"),
    (How::Broken, "failing"),
];

/// From now on no write succeeds.
fn fails(stage: &Stage, how: How) {
    stage.state().store.fails_when(how, Box::new(|| true));
}

/// Lets five seconds pass, after which what could not be written is tried again. A write of its own is waited for first: what failed is
/// told of before whoever tried it begins to rest, and a clock that went on by then would have moved for nothing.
async fn it_is_tried_again(stage: &Stage) {
    let _ = stage.state().store.write(|_| Ok(())).await;
    tokio::task::yield_now().await;
    stage.clock.advance(Duration::from_secs(5));
}

/// Lets time pass until every wish is stored or over: a minute at the most, far less than the life of a link.
async fn nothing_waits_in_memory(stage: &Stage) {
    let none = || stage.state().wishes.waiting() == 0;
    for _ in 0..12 {
        if none() {
            return;
        }
        it_is_tried_again(stage).await;
    }
    stage.until(async || none()).await;
}

fn key(n: u32) -> String {
    format!("5b9e3c52-64b4-4a7c-9f0e-{n:012}")
}

/// A ticket that has arrived in Chatwoot.
async fn opened(stage: &Stage, browser: &mut Browser) -> String {
    let new = json!({ "new": { "key": key(1), "subject": "Printer", "message": "It jams" } });
    let opened = browser.call("tickets/open", &new).await;
    assert_eq!(opened.status, 200, "{opened:?}");
    stage.rests().await;
    opened.json().as_str().unwrap().to_owned()
}

#[tokio::test]
async fn r8_what_was_committed_before_the_disk_failed_counts_as_taken_and_is_sent_once() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let ticket = opened(&stage, &mut ada).await;
    for (n, (endpoint, body)) in writes(&ticket).into_iter().take(2).enumerate() {
        fails(&stage, How::FullBetween);
        let said = ada.call(endpoint, &body).await;
        stage.state().store.is_well_again();
        assert_eq!(said.status, 200, "{endpoint}: {said:?}");
        stage.rests().await;
        stage.clock.advance(Duration::from_secs(10));
        stage.rests().await;
        let source = format!("portal:{}", key(2 + u32::try_from(n).unwrap()));
        assert_eq!(
            stage.fake.messages_with_source(&source).len(),
            1,
            "{endpoint}"
        );
    }
    // A cancellation is the third.
    fails(&stage, How::FullBetween);
    let (endpoint, body) = &writes(&ticket)[2];
    assert_eq!(ada.call(endpoint, body).await.status, 200);
}

/// All that a customer does and wants kept.
fn writes(ticket: &str) -> [(&'static str, Value); 7] {
    let new = json!({ "key": key(2), "subject": "Another", "message": "It smokes" });
    let keeping = json!({
        "draft": { "key": key(9), "subject": "", "text": "Half a thought" },
        "page": key(8), "number": 1, "base": 0,
    });
    [
        ("tickets/open", json!({ "new": new })),
        (
            "tickets/reply",
            json!({ "ticket": ticket, "key": key(3), "text": "And now" }),
        ),
        ("tickets/cancel", json!({ "ticket": ticket, "key": key(4) })),
        (
            "tickets/keep-draft",
            json!({ "ticket": ticket, "keeping": keeping }),
        ),
        ("session/language", json!({ "language": "es" })),
        ("session/end-others", json!({})),
        ("session/sign-out", json!({})),
    ]
}

#[tokio::test]
async fn r8_what_is_not_stored_is_never_said_to_be_and_reading_goes_on() {
    for (how, word) in EACH {
        let stage = Stage::set_up().await;
        let mut ada = stage.signed_in(ADA).await;
        let ticket = opened(&stage, &mut ada).await;
        fails(&stage, how);
        for (endpoint, body) in writes(&ticket) {
            let said = ada.call(endpoint, &body).await;
            assert!(
                said.status == 503 && said.body.contains("unavailable"),
                "{word}: {endpoint}: {said:?}"
            );
        }
        // As late as the time of a session's last use would be written.
        stage.clock.advance(Duration::from_secs(90));
        let show = json!({ "ticket": ticket, "earlier": null, "known": null });
        let list = ada.list().await;
        let shown = ada.call("tickets/show", &show).await;
        assert_eq!((list.status, shown.status), (200, 200), "{word}");
        assert!(shown.body.contains("It jams"), "{shown:?}");
        assert_eq!(ada.signed_in_as().await.as_deref(), Some(ADA), "{word}");
        let health = stage.health().await;
        assert_eq!(health["status"], "degraded", "{health}");
        assert_eq!(health["store"], word);
        assert!(health["store_cure"].as_str().unwrap().contains("disk"));
        stage.rests().await;
        let keys = [2, 3].map(|n| format!("portal:{}", key(n)));
        let there = || {
            keys.each_ref()
                .map(|it| stage.fake.messages_with_source(it).len())
        };
        assert_eq!(there(), [0, 0], "{word}");

        stage.state().store.is_well_again();
        for (endpoint, body) in writes(&ticket).into_iter().take(2) {
            let said = ada.call(endpoint, &body).await;
            assert_eq!(said.status, 200, "{word}: {endpoint}: {said:?}");
        }
        stage.rests().await;
        assert_eq!(there(), [1, 1], "{word}");
        let health = stage.health().await;
        assert_eq!(
            (&health["status"], &health["store"]),
            (&json!("ok"), &json!("ok"))
        );
    }
}

#[tokio::test]
async fn r8_a_link_and_a_code_hold_once_also_when_the_store_failed_in_between() {
    for (how, word) in EACH {
        let stage = Stage::set_up().await;
        stage.knows(ADA);
        let mut ada = stage.browser();
        let mail = stage.mail_for(&mut ada, ADA).await;
        stage.wishes_are_done().await;
        let (link, code) = (link_in(&mail), code_in(&mail));
        let mut other = stage.browser();
        fails(&stage, how);
        for refused in [
            ada.open_link(&link).await,
            ada.enter_code(&code).await,
            other.confirm_link(&link).await,
        ] {
            assert_eq!(refused.status, 503, "{word}: {refused:?}");
            assert!(!refused.begins_a_session(), "{word}: {refused:?}");
        }
        assert_eq!(ada.signed_in_as().await, None);
        stage.state().store.is_well_again();
        assert!(ada.enter_code(&code).await.begins_a_session(), "{word}");
        // Used: neither gives the browser that asked a second session.
        ada.cookies.retain(|name, _| !name.contains("session"));
        for refused in [ada.enter_code(&code).await, ada.open_link(&link).await] {
            assert_eq!(refused.status, 410, "{word}: {refused:?}");
        }
    }
}

#[tokio::test]
async fn r8_whoever_asks_for_a_link_is_answered_alike_while_nothing_can_be_stored() {
    let stage = Stage::set_up().await;
    stage.knows(ADA);
    fails(&stage, How::Full);
    let known = stage.browser().ask(ADA).await;
    let unknown = stage.browser().ask("nobody@example.com").await;
    assert_eq!((known.status, &known.body), (202, &unknown.body));
    assert_eq!(unknown.status, 202);
    stage
        .until(|| async { stage.state().store.inability().is_some() })
        .await;
    assert!(stage.mailbox.mails().is_empty());
    // What the page said comes true.
    stage.state().store.is_well_again();
    nothing_waits_in_memory(&stage).await;
    stage.wishes_are_done().await;
    assert_eq!(stage.mailbox.mails_to(ADA).len(), 1);
    assert_eq!(stage.mailbox.mails().len(), 1);
}

#[tokio::test]
async fn r5_a_link_that_could_not_be_stored_in_its_life_is_not_sent_later() {
    let stage = Stage::set_up().await;
    stage.knows(ADA);
    fails(&stage, How::Full);
    assert_eq!(stage.browser().ask(ADA).await.status, 202);
    stage
        .until(|| async { stage.state().store.inability().is_some() })
        .await;
    stage.clock.advance(Duration::from_mins(16));
    nothing_waits_in_memory(&stage).await;
    stage.state().store.is_well_again();
    stage.wishes_are_done().await;
    assert!(stage.mailbox.mails().is_empty());
}

#[tokio::test]
async fn r10_a_link_asked_for_as_the_portal_stops_is_mailed_when_it_is_back() {
    let mut stage = Stage::set_up().await;
    stage.knows(ADA);
    // It is in memory alone when the portal stops.
    let stopping = stage.state().stopping.clone();
    stage
        .state()
        .store
        .fails_when(How::Full, Box::new(move || !stopping.is_cancelled()));
    assert_eq!(stage.browser().ask(ADA).await.status, 202);
    stage
        .until(|| async { stage.state().store.inability().is_some() })
        .await;
    stage.restart().await;
    stage.wishes_are_done().await;
    assert_eq!(stage.mailbox.mails_to(ADA).len(), 1);
}

#[tokio::test]
async fn r8_a_mail_that_went_out_is_not_sent_again_because_that_cannot_be_stored() {
    let stage = Stage::set_up_with(&[("LINK_MINUTES", "60")]).await;
    stage.knows(ADA);
    let mailbox = stage.mailbox.clone();
    stage.state().store.fails_when(
        How::Full,
        Box::new(move || !mailbox.mails_to(ADA).is_empty()),
    );
    let mut ada = stage.browser();
    let mail = stage.mail_for(&mut ada, ADA).await;
    let state = Arc::clone(stage.state());
    stage
        .until(|| async { state.store.inability().is_some() })
        .await;
    for _ in 0..24 {
        it_is_tried_again(&stage).await;
    }
    state.store.is_well_again();
    for _ in 0..12 {
        it_is_tried_again(&stage).await;
    }
    stage.wishes_are_done().await;
    assert_eq!(stage.mailbox.mails_to(ADA).len(), 1);
    assert!(ada.open_link(&link_in(&mail)).await.begins_a_session());
}

#[tokio::test]
async fn r8_a_session_that_is_over_is_over_though_the_store_cannot_be_written() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    fails(&stage, How::ReadOnly);
    stage.clock.advance(Duration::from_secs(31 * 60));
    assert_eq!(ada.list().await.status, 401);
    stage.state().store.is_well_again();
    assert_eq!(ada.list().await.status, 401);
}
