//! Files of replies that go by mail: they are in the mail, wait with it, and are in the ticket with all their bytes.

use std::time::Duration;

use fake_chatwoot::{MailFault, Weather};
use serde_json::{Value, json};

use crate::sending::{both, opened, replies, sends_both, shown};
use crate::support::{Browser, Stage};
use crate::uploads::{id, on_disk};

/// Ada, and a ticket of hers that began by e-mail.
async fn begun(stage: &Stage) -> (Browser, String) {
    let mut ada = stage.signed_in("ada@example.com").await;
    stage.rests().await;
    let rows = json!({ "find": { "words": "crooked" }, "after": null, "known": null });
    let list = ada.call("tickets/list", &rows).await.json();
    let row = &list["changed"]["rows"][0];
    assert_eq!(row["subject"], "Labels come out crooked", "{list}");
    let ticket = row["id"].as_str().unwrap().to_owned();
    shown(&mut ada, &ticket).await;
    stage.rests().await;
    (ada, ticket)
}

async fn last(browser: &mut Browser, ticket: &str) -> Value {
    shown(browser, ticket).await.pop().unwrap()
}

async fn passes(stage: &Stage, minutes: u64) {
    for _ in 0..minutes {
        stage.clock.advance(Duration::from_mins(1));
        stage.rests().await;
    }
}

fn in_chatwoot(stage: &Stage, n: u32) -> Vec<usize> {
    let name = format!("portal-{}@acme.example", id(n));
    let found = stage.fake.messages_with_source(&name);
    found.iter().map(|it| it.attachments.len()).collect()
}

#[tokio::test]
async fn r3_files_of_a_reply_by_mail_are_in_the_mail_and_then_in_the_ticket() {
    for text in ["See here\n--part-portal0000\n.", ""] {
        let stage = Stage::with_demo(&[]).await;
        let (mut ada, ticket) = begun(&stage).await;
        sends_both(&mut ada).await;
        let taken = replies(&mut ada, &ticket, 2, text, &[101, 102]).await;
        assert_eq!(taken.status, 200, "{taken:?}");
        stage.rests().await;
        let mailed = last(&mut ada, &ticket).await;
        assert_eq!(mailed["delivery"], "mailed", "{mailed}");
        assert_eq!(opened(&mut ada, &ticket, &mailed).await, both());
        let support = stage.fake.given().support_email.clone();
        let mails = stage.mailbox.mails_to(&support);
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].attachments, ["Größe 1.png", "notes.txt"]);
        assert!(mails[0].to.contains(&"ada@example.com".to_owned()));
        passes(&stage, 3).await;
        assert_eq!(in_chatwoot(&stage, 2), [2]);
        let there = last(&mut ada, &ticket).await;
        assert_eq!(there["delivery"], "sent", "{there}");
        assert_eq!(
            there["body"].as_array().unwrap().is_empty(),
            text.is_empty()
        );
        assert_eq!(opened(&mut ada, &ticket, &there).await, both());
        passes(&stage, 15).await;
        assert!(on_disk(&stage).is_empty());
        assert_eq!(stage.mailbox.mails_to(&support).len(), 1);
    }
}

#[tokio::test]
async fn r5_files_of_a_reply_by_mail_come_back_with_it_while_chatwoot_is_away() {
    let stage = Stage::with_demo(&[]).await;
    let (mut ada, ticket) = begun(&stage).await;
    sends_both(&mut ada).await;
    stage.fake.set_weather(Weather::Down503);
    replies(&mut ada, &ticket, 2, "Wait", &[101, 102]).await;
    stage.rests().await;
    assert_eq!(last(&mut ada, &ticket).await["delivery"], "waiting");
    let back = ada
        .call(
            "tickets/take-back",
            &json!({ "ticket": ticket, "key": id(2) }),
        )
        .await;
    assert_eq!(back.status, 200, "{back:?}");
    assert_eq!(back.json()["files"].as_array().unwrap().len(), 2);
    stage.fake.set_weather(Weather::Well);
    passes(&stage, 5).await;
    assert!(in_chatwoot(&stage, 2).is_empty());
    let again = replies(&mut ada, &ticket, 3, "Now", &[101, 102]).await;
    assert_eq!(again.status, 200, "{again:?}");
    passes(&stage, 5).await;
    assert_eq!(in_chatwoot(&stage, 3), [2]);
}

#[tokio::test]
async fn r3_files_of_a_reply_that_the_mail_server_refused_are_kept_until_it_takes_them() {
    let mut stage = Stage::with_demo(&[]).await;
    let (mut ada, ticket) = begun(&stage).await;
    sends_both(&mut ada).await;
    stage.mailbox.set_fault(MailFault::Refuse);
    replies(&mut ada, &ticket, 2, "Here", &[101, 102]).await;
    stage.rests().await;
    stage.restart().await;
    passes(&stage, 2).await;
    let failed = last(&mut ada, &ticket).await;
    assert_eq!(failed["delivery"], "failed", "{failed}");
    assert_eq!(opened(&mut ada, &ticket, &failed).await, both());
    stage.mailbox.set_fault(MailFault::None);
    let again = ada
        .call("tickets/retry", &json!({ "ticket": ticket, "key": id(2) }))
        .await;
    assert_eq!(again.status, 200, "{again:?}");
    passes(&stage, 15).await;
    assert_eq!(in_chatwoot(&stage, 2), [2]);
    let there = last(&mut ada, &ticket).await;
    assert_eq!(opened(&mut ada, &ticket, &there).await, both());
}

#[tokio::test]
async fn more_files_than_chatwoot_takes_from_a_mail_are_refused_with_the_number() {
    let stage = Stage::with_demo(&[("FILES_PER_MESSAGE", "20")]).await;
    let (mut ada, ticket) = begun(&stage).await;
    let files: Vec<u32> = (101..=116).collect();
    for file in &files {
        let sent = ada.uploads(&id(*file), "a.txt", b"a").await;
        assert_eq!(sent.status, 201, "{sent:?}");
    }
    let refused = replies(&mut ada, &ticket, 2, "All", &files).await;
    let words = refused.json().to_string();
    assert_eq!(refused.status, 422, "{words}");
    assert!(words.contains("\"limit\":15"), "{words}");
    let taken = replies(&mut ada, &ticket, 3, "Most", &files[1..]).await;
    assert_eq!(taken.status, 200, "{taken:?}");
    passes(&stage, 3).await;
    assert_eq!(in_chatwoot(&stage, 3), [15]);
}
