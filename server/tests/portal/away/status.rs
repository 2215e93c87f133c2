//! What became of a ticket's status, where the operator wants it mailed.

use serde_json::json;

use super::{ADA, Away};

const SOLVED: &str = "marked your ticket as solved";
const OPEN_AGAIN: &str = "Your ticket is open again";

impl Away {
    /// Agents solve the ticket, and the portal hears of it.
    async fn solved(&self) {
        self.stage.fake.agent_resolves(self.number);
        self.stage.heard().await;
    }

    /// Agents open it again, and the portal hears of it.
    async fn reopened(&self) {
        self.stage.fake.agent_reopens(self.number);
        self.stage.heard().await;
    }

    /// Opens the ticket on a page, which goes away again.
    async fn opens_it(&self) {
        let show = json!({ "ticket": self.ticket, "earlier": null, "known": null });
        let mut ada = self.stage.signed_in(ADA).await;
        assert_eq!(ada.call("tickets/show", &show).await.status, 200);
    }

    /// The texts of all mails so far.
    fn texts(&self) -> Vec<String> {
        self.mails()
            .into_iter()
            .map(|mail| mail.text.unwrap_or_default())
            .collect()
    }
}

async fn wanted() -> Away {
    Away::with(&[("NOTIFY_STATUS", "1")]).await
}

#[tokio::test]
async fn that_the_team_solved_a_ticket_is_mailed_with_what_goes_with_it_and_by_itself() {
    let mut away = wanted().await;
    away.answered("It is done.").await;
    away.solved().await;
    away.stage.passes(120).await;
    let texts = away.texts();
    assert_eq!(texts.len(), 1);
    assert!(
        texts[0].contains("It is done.") && texts[0].contains(SOLVED),
        "{}",
        texts[0]
    );

    away.looks().await;
    let reply = json!({ "ticket": away.ticket, "key": "11111111-2222-4333-8444-555555555553", "text": "Not quite." });
    assert_eq!(away.ada.call("tickets/reply", &reply).await.status, 200);
    away.stage.heard().await;
    away.solved().await;
    away.stage.passes(600).await;
    let texts = away.texts();
    assert_eq!(texts.len(), 2);
    assert!(texts[1].contains(SOLVED), "{}", texts[1]);
    assert!(!texts[1].contains("It is done."), "{}", texts[1]);
}

#[tokio::test]
async fn that_the_team_opened_a_ticket_again_is_mailed() {
    let away = wanted().await;
    away.solved().await;
    away.opens_it().await;
    away.reopened().await;
    away.stage.passes(600).await;
    let texts = away.texts();
    assert_eq!(texts.len(), 1);
    assert!(
        texts[0].contains(OPEN_AGAIN) && !texts[0].contains(SOLVED),
        "{}",
        texts[0]
    );
}

#[tokio::test]
async fn also_of_one_that_the_customer_cancelled() {
    let mut away = wanted().await;
    let cancel = json!({ "ticket": away.ticket, "key": "11111111-2222-4333-8444-555555555554" });
    assert_eq!(away.ada.call("tickets/cancel", &cancel).await.status, 200);
    away.stage.rests().await;
    away.reopened().await;
    away.stage.passes(600).await;
    let texts = away.texts();
    assert_eq!(texts.len(), 1);
    assert!(texts[0].contains(OPEN_AGAIN), "{}", texts[0]);
}

#[tokio::test]
async fn whoever_opened_it_again_by_writing_is_not_told_so() {
    let mut away = wanted().await;
    away.solved().await;
    away.opens_it().await;
    let reply = json!({ "ticket": away.ticket, "key": "11111111-2222-4333-8444-555555555552", "text": "It flickers again." });
    assert_eq!(away.ada.call("tickets/reply", &reply).await.status, 200);
    away.stage.heard().await;
    away.stage.passes(600).await;
    let [open] = away.stage.fake.conversations().try_into().unwrap();
    assert_eq!(open.status.as_str(), "open");
    assert_eq!(away.texts().len(), 0);
}

#[tokio::test]
async fn whoever_has_opened_the_ticket_since_is_told_nothing() {
    let away = wanted().await;
    away.solved().await;
    away.opens_it().await;
    away.stage.passes(600).await;
    assert_eq!(away.texts().len(), 0);
}

#[tokio::test]
async fn a_status_that_is_again_what_the_customer_knew_is_no_news() {
    let away = wanted().await;
    away.solved().await;
    away.reopened().await;
    away.stage.passes(600).await;
    assert_eq!(away.texts().len(), 0);
    away.solved().await;
    away.opens_it().await;
    away.reopened().await;
    away.solved().await;
    away.stage.passes(600).await;
    assert_eq!(away.texts().len(), 0);
}

#[tokio::test]
async fn a_mail_that_waits_says_what_is_true_when_it_leaves() {
    let away = wanted().await;
    away.solved().await;
    // No event tells of it.
    away.stage.fake.set_weather(fake_chatwoot::Weather::Down503);
    away.stage.passes(300).await;
    away.stage.fake.agent_reopens(away.number);
    away.stage.fake.set_weather(fake_chatwoot::Weather::Well);
    away.stage.passes(600).await;
    assert_eq!(away.texts().len(), 0);
}
