//! When a mail goes, and when none may.

use std::time::Duration;

use fake_chatwoot::{File, Weather};
use serde_json::json;

use super::{ADA, Away};
use crate::support::Stage;

#[tokio::test]
async fn an_answer_that_was_not_seen_within_two_minutes_is_mailed_once() {
    let away = Away::set_up().await;
    away.answered("Try another bulb.").await;
    away.stage.passes(80).await;
    assert_eq!(away.mails().len(), 0, "there is time to see it");
    away.stage.passes(60).await;
    let mails = away.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, [ADA]);
    assert!(
        mails[0]
            .text
            .as_ref()
            .unwrap()
            .contains("Try another bulb.")
    );
    away.stage.passes(3_000).await;
    assert_eq!(away.mails().len(), 1);
}

#[tokio::test]
async fn whoever_looks_in_time_gets_no_mail() {
    let mut away = Away::set_up().await;
    away.answered("Try another bulb.").await;
    away.stage.passes(80).await;
    away.looks().await;
    away.stage.passes(600).await;
    assert_eq!(away.mails().len(), 0);
}

#[tokio::test]
async fn several_answers_are_one_mail_and_the_next_waits_for_a_look_or_for_the_pause() {
    let away = Away::set_up().await;
    for text in ["One bulb.", "Two bulbs.", "Three bulbs."] {
        away.answered(text).await;
    }
    away.stage.passes(120).await;
    let mails = away.mails();
    assert_eq!(mails.len(), 1);
    let text = mails[0].text.as_deref().unwrap();
    let places = ["One bulb.", "Two bulbs.", "Three bulbs."].map(|it| text.find(it).unwrap());
    assert!(places.is_sorted(), "{text}");

    away.answered("Four bulbs.").await;
    away.stage.passes(3_600).await;
    assert_eq!(
        away.mails().len(),
        1,
        "he has not looked, and was told lately"
    );
    away.stage.passes(3 * 3_600).await;
    let mails = away.mails();
    assert_eq!(mails.len(), 2, "the pause has passed");
    let text = mails[1].text.as_deref().unwrap();
    assert!(
        text.contains("Four bulbs.") && !text.contains("Three bulbs."),
        "{text}"
    );

    // Whoever looks begins anew.
    let mut away = Away {
        ada: away.stage.signed_in(ADA).await,
        ..away
    };
    away.looks().await;
    away.answered("Five bulbs.").await;
    away.stage.passes(130).await;
    assert_eq!(away.mails().len(), 3);
}

#[tokio::test]
async fn a3_nothing_but_an_agents_public_answer_is_ever_mailed() {
    let mut away = Away::set_up().await;
    let fake = &away.stage.fake;
    fake.agent_writes_private_note(away.number, "Be kind to her.")
        .unwrap();
    fake.agent_sets_labels(away.number, &["vip"]).unwrap();
    fake.agent_assigns(away.number, fake.given().mary_id);
    fake.agent_resolves(away.number);
    away.stage.heard().await;
    away.stage.fake.agent_reopens(away.number);
    let reply = json!({ "ticket": away.ticket, "key": "11111111-2222-4333-8444-555555555559", "text": "Mine." });
    assert_eq!(away.ada.call("tickets/reply", &reply).await.status, 200);
    away.stage.passes(1_000).await;
    assert_eq!(away.mails().len(), 0);
    // Not in anything's company either.
    away.answered("Yours.").await;
    away.stage.passes(200).await;
    let mail = away.mails().remove(0);
    for word in ["Be kind", "vip", "Mary", "Mine."] {
        assert!(!mail.raw.contains(word), "{word}: {}", mail.raw);
    }
}

#[tokio::test]
async fn what_was_there_before_the_customer_came_is_history() {
    let stage = Stage::with_canaries(&[]).await;
    let mut ada = stage.signed_in(ADA).await;
    stage.passes(600).await;
    assert!(ada.list().await.body.contains("waiting_for_you"));
    assert_eq!(stage.answers_to(ADA).len(), 0);
    // What comes after is not.
    let row = stage.fake.conversations();
    for row in row {
        stage.fake.agent_replies(row.id, "Just now").unwrap();
    }
    stage.passes(300).await;
    let mails = stage.answers_to(ADA);
    assert!(!mails.is_empty());
    for mail in mails {
        let text = mail.text.unwrap();
        assert!(
            text.contains("There is a new answer") && text.contains("Just now"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn what_was_deleted_before_the_mail_leaves_is_not_in_it() {
    let away = Away::set_up().await;
    let wrong = away.answered("The wrong address").await;
    away.answered("The right address").await;
    away.stage.passes(50).await;
    // No event tells of it, and nobody opens the ticket.
    away.stage
        .fake
        .agent_deletes_message(away.number, wrong)
        .unwrap();
    away.stage.passes(120).await;
    let mails = away.mails();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].raw.contains("The right address"));
    assert!(
        !mails[0].raw.contains("The wrong address"),
        "{}",
        mails[0].raw
    );
}

#[tokio::test]
async fn if_all_of_it_was_deleted_there_is_no_mail() {
    let away = Away::set_up().await;
    let wrong = away.answered("To somebody else").await;
    away.stage
        .fake
        .agent_deletes_message(away.number, wrong)
        .unwrap();
    away.stage.passes(600).await;
    assert_eq!(away.mails().len(), 0);
    away.stage
        .fake
        .agent_deletes_conversation(away.number)
        .unwrap();
    away.stage.passes(600).await;
    assert_eq!(away.mails().len(), 0);
}

#[tokio::test]
async fn r4_while_chatwoot_is_away_nothing_is_mailed_and_afterwards_what_is_still_true() {
    let away = Away::set_up().await;
    let wrong = away.answered("The wrong address").await;
    away.answered("The right address").await;
    away.stage.fake.set_weather(Weather::Down503);
    away.stage.passes(900).await;
    assert_eq!(away.mails().len(), 0);
    away.stage.fake.set_weather(Weather::Well);
    away.stage
        .fake
        .agent_deletes_message(away.number, wrong)
        .unwrap();
    away.stage.passes(120).await;
    let mails = away.mails();
    assert_eq!(mails.len(), 1);
    assert!(!mails[0].raw.contains("The wrong address"));
}

#[tokio::test]
async fn what_agents_answered_while_the_portal_could_not_ask_is_mailed_afterwards() {
    let away = Away::set_up().await;
    let stage = &away.stage;
    stage.fake.set_weather(Weather::Unauthorized);
    stage.passes(300).await;
    let fake = &stage.fake;
    fake.agent_replies(away.number, "Try another bulb.")
        .unwrap();
    stage.passes(1_200).await;
    assert_eq!(away.mails().len(), 0);
    stage.fake.set_weather(Weather::Well);
    stage.passes(300).await;
    let mails = away.mails();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].raw.contains("Try another bulb."));
}

#[tokio::test]
async fn where_chatwoot_mails_answers_itself_the_portal_mails_none() {
    let away = Away::set_up().await;
    away.stage
        .fake
        .feature_is_on("email_continuity_on_api_channel");
    away.answered("Try another bulb.").await;
    away.stage.passes(600).await;
    assert_eq!(away.mails().len(), 0);
}

#[tokio::test]
async fn an_operator_who_wants_none_has_none_and_no_switch_and_what_came_meanwhile_stays_unsaid() {
    let mut away = Away::with(&[("NOTIFY_AFTER_SECONDS", "0")]).await;
    away.answered("Try another bulb.").await;
    away.stage.passes(600).await;
    assert_eq!(away.mails().len(), 0);
    let current = away.ada.call("session/current", &json!({})).await.json();
    assert_eq!(current["mails"], json!(null));
    // Switched on later, it begins with what comes then.
    away.stage.set("NOTIFY_AFTER_SECONDS", "60").await;
    away.stage.passes(600).await;
    assert_eq!(away.mails().len(), 0);
    away.answered("And another socket.").await;
    away.stage.passes(70).await;
    assert_eq!(away.mails().len(), 1);
}

#[tokio::test]
async fn a_file_alone_is_an_answer_and_a_customers_own_cancelling_is_none() {
    let mut away = Away::with(&[("NOTIFY_STATUS", "1")]).await;
    let bill = File {
        name: "bill <b>.pdf".to_owned(),
        content_type: "application/pdf".to_owned(),
        bytes: b"%PDF-1.4".to_vec(),
    };
    away.stage
        .fake
        .agent_sends_files(away.number, "", vec![bill])
        .unwrap();
    away.stage.passes(200).await;
    let mails = away.mails();
    assert_eq!(mails.len(), 1);
    assert!(
        mails[0].text.as_deref().unwrap().contains("File: bill"),
        "{}",
        mails[0].raw
    );
    assert!(mails[0].attachments.is_empty());
    away.looks().await;
    let cancel = json!({ "ticket": away.ticket, "key": "11111111-2222-4333-8444-555555555557" });
    assert_eq!(away.ada.call("tickets/cancel", &cancel).await.status, 200);
    away.stage.clock.advance(Duration::from_secs(1));
    away.stage.passes(600).await;
    assert_eq!(away.mails().len(), 1);
}
