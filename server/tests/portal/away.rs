//! Mail when away: who gets a mail about an answer, when, and what it may never be about.

mod begun_by_mail;
mod bounds;
mod mail;
mod queue;
mod status;
mod switch;
mod when;

use std::time::Duration;

use fake_chatwoot::{DisplayId, Mail};
use serde_json::json;

use crate::support::{Browser, Stage};

pub(crate) const ADA: &str = "ada@example.com";
const KEY: &str = "11111111-2222-4333-8444-55555555555";

/// Somebody who has a ticket, and is away.
pub(crate) struct Away {
    pub(crate) stage: Stage,
    pub(crate) ada: Browser,
    pub(crate) ticket: String,
    pub(crate) number: DisplayId,
}

impl Away {
    async fn set_up() -> Self {
        Self::with(&[]).await
    }

    async fn with(settings: &[(&'static str, &str)]) -> Self {
        Self::on(Stage::set_up_with(settings).await).await
    }

    pub(crate) async fn on(stage: Stage) -> Self {
        let mut ada = stage.signed_in(ADA).await;
        stage.rests().await;
        let (ticket, number) = open(&stage, &mut ada, 1, "A lamp that flickers").await;
        Self {
            stage,
            ada,
            ticket,
            number,
        }
    }

    /// An agent answers, and the portal hears of it.
    pub(crate) async fn answered(&self, text: &str) -> fake_chatwoot::MessageId {
        let message = self.stage.fake.agent_replies(self.number, text).unwrap();
        self.stage.heard().await;
        message
    }

    /// Ada has had everything on her screen.
    async fn looks(&mut self) {
        let show = json!({ "ticket": self.ticket, "earlier": null, "known": null });
        let shown = self.ada.call("tickets/show", &show).await.json();
        let seen = json!({ "ticket": self.ticket, "version": shown["changed"]["version"] });
        assert_eq!(self.ada.call("tickets/seen", &seen).await.status, 200);
        self.stage.rests().await;
    }

    /// The mails about answers that she got.
    pub(crate) fn mails(&self) -> Vec<Mail> {
        self.stage.answers_to(ADA)
    }
}

/// Opens a ticket.
async fn open(stage: &Stage, browser: &mut Browser, n: u32, subject: &str) -> (String, DisplayId) {
    let key = format!("{n:08x}{}1", &KEY[8..]);
    let new = json!({ "new": { "key": key, "subject": subject, "message": "Since Tuesday." } });
    let opened = browser.call("tickets/open", &new).await;
    assert_eq!(opened.status, 200, "{opened:?}");
    stage.rests().await;
    let ticket = opened.json().as_str().unwrap().to_owned();
    (ticket, stage.fake.conversations().last().unwrap().id)
}

impl Stage {
    /// The mails about answers that somebody got.
    pub(crate) fn answers_to(&self, address: &str) -> Vec<Mail> {
        let mut mails = self.mailbox.mails_to(address);
        mails.retain(|mail| mail.header("list-unsubscribe").is_some());
        mails
    }

    /// So long that the portal has asked Chatwoot what is new.
    pub(crate) async fn heard(&self) {
        self.passes(31).await;
    }

    /// So many seconds pass, little by little.
    pub(crate) async fn passes(&self, seconds: u64) {
        self.rests().await;
        let mut left = seconds;
        while left > 0 {
            // In an hour nothing happens that minutes would not show.
            let step = left.min(if left > 900 { 120 } else { 10 });
            self.clock.advance(Duration::from_secs(step));
            self.rests().await;
            left -= step;
        }
    }
}
