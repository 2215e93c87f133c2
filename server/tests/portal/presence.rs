//! What the agents and a customer see of each other: that something was read, and that somebody types.

mod seen;
mod typing;

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Browser, Stage};

/// An agent answers, and the customer's page has it. Its version.
async fn answered(stage: &Stage, ada: &mut Browser, ticket: &str, words: &str) -> u64 {
    let number = stage.fake.conversations()[0].id;
    stage.fake.agent_replies(number, words).unwrap();
    stage.all_is_heard().await;
    shown(stage, ada, ticket, words).await
}

/// Waits until these words are on the customer's page. Its version.
async fn shown(stage: &Stage, ada: &mut Browser, ticket: &str, words: &str) -> u64 {
    loop {
        stage.time_passes(Duration::from_millis(200)).await;
        let view = view(ada, ticket).await;
        if view["entries"].to_string().contains(words) {
            return view["version"].as_u64().unwrap();
        }
        // It is told of, or a page that is open asks again by itself.
        stage.clock.advance(Duration::from_secs(5));
    }
}

async fn view(ada: &mut Browser, ticket: &str) -> Value {
    let show = json!({ "ticket": ticket, "earlier": null, "known": null });
    ada.call("tickets/show", &show).await.json()["changed"].clone()
}

async fn sees(ada: &mut Browser, ticket: &str, version: u64) {
    let body = json!({ "ticket": ticket, "version": version });
    let answer = ada.call("tickets/seen", &body).await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

/// How often a call of the contact's was made.
fn calls(stage: &Stage, action: &str) -> u64 {
    let route = format!(
        "POST /public/api/v1/inboxes/{{inbox}}/contacts/{{source}}/conversations/{{id}}/{action}"
    );
    let calls = stage.fake.calls();
    calls.get(&route).copied().unwrap_or_default()
}
