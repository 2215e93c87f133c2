//! Tickets that customers began by e-mail: Chatwoot mails their answers itself, and nothing else.

use fake_chatwoot::DisplayId;
use serde_json::json;

use super::ADA;
use crate::support::Stage;

/// Ada, away, with a ticket that began by e-mail.
async fn begun(settings: &[(&'static str, &str)]) -> (Stage, DisplayId) {
    let stage = Stage::with_demo(settings).await;
    let mut ada = stage.signed_in(ADA).await;
    stage.rests().await;
    let rows = json!({ "find": { "words": "crooked" }, "after": null, "known": null });
    let list = ada.call("tickets/list", &rows).await.json();
    let number = list["changed"]["rows"][0]["number"].as_i64().unwrap();
    stage.passes(300).await;
    (stage, DisplayId(number))
}

#[tokio::test]
async fn an_answer_in_a_ticket_begun_by_e_mail_is_mailed_by_chatwoot_and_not_by_the_portal_too() {
    let (stage, number) = begun(&[]).await;
    stage
        .fake
        .agent_replies(number, "Clean the roller.")
        .unwrap();
    stage.passes(900).await;
    assert_eq!(stage.answers_to(ADA).len(), 0);
    // In a ticket of the portal's own the same answer is.
    let mut ada = stage.signed_in(ADA).await;
    let (_, other) = super::open(&stage, &mut ada, 7, "The printer again").await;
    stage
        .fake
        .agent_replies(other, "Clean the other roller.")
        .unwrap();
    stage.passes(300).await;
    let mails = stage.answers_to(ADA);
    assert_eq!(mails.len(), 1);
    assert!(mails[0].raw.contains("Clean the other roller."));
}

#[tokio::test]
async fn that_a_ticket_begun_by_e_mail_was_solved_is_mailed_without_its_answers_if_the_operator_wants_it()
 {
    let (stage, number) = begun(&[("NOTIFY_STATUS", "1")]).await;
    stage
        .fake
        .agent_replies(number, "Clean the roller.")
        .unwrap();
    stage.fake.agent_resolves(number);
    stage.passes(900).await;
    let mails = stage.answers_to(ADA);
    assert_eq!(mails.len(), 1);
    let text = mails[0].text.as_deref().unwrap();
    assert!(text.contains("marked your ticket as solved"), "{text}");
    assert!(!text.contains("to read it"), "{text}");
    assert!(!mails[0].raw.contains("roller"), "{}", mails[0].raw);
}
