//! R7 without webhooks: a cable to Chatwoot tells what happens, is taken up again after each gap, and tells of what is gone.

use std::time::Duration;

use fake_chatwoot::Weather;
use serde_json::json;
use server::store::{customers, lists};

use crate::support::{Browser, Stage};

const ON: &[(&str, &str)] = &[("WEBHOOKS", "off")];

async fn cable_is(stage: &Stage, word: &str) {
    stage
        .until(|| async { stage.health().await["cable"] == word })
        .await;
}

async fn list(ada: &Browser) -> serde_json::Value {
    let mut ada = ada.clone();
    ada.list_in_background().await.json()["changed"].clone()
}

async fn shows(ada: &Browser, words: &str) -> bool {
    list(ada).await["rows"][0]["last"]
        .to_string()
        .contains(words)
}

#[tokio::test]
async fn r7_an_agents_answer_comes_by_the_cable_and_private_notes_move_nothing() {
    let stage = Stage::set_up_with(ON).await;
    cable_is(&stage, "ok").await;
    let (ada, _, number) = stage.ada_with_a_ticket().await;
    stage
        .seconds_until(1, async || shows(&ada, "It burns").await)
        .await;
    stage.clock.advance(Duration::from_secs(1));
    stage.rests().await;
    let mut stream = ada.live().await;
    stream.next().await.unwrap();
    stage.fake.agent_replies(number, "Unplug it").unwrap();
    stream.ticket_while(&stage.clock).await;
    stage
        .seconds_until(2, async || shows(&ada, "Unplug it").await)
        .await;
    stage.clock.advance(Duration::from_secs(1));
    stage.rests().await;
    let before = (list(&ada).await, stage.readings());
    stage
        .fake
        .agent_writes_private_note(number, "CANARY")
        .unwrap();
    let message = stage.fake.agent_replies(number, "Sorry").unwrap();
    stage
        .seconds_until(2, async || shows(&ada, "Sorry").await)
        .await;
    stage.fake.agent_deletes_message(number, message).unwrap();
    stage
        .seconds_until(2, async || shows(&ada, "Unplug it").await)
        .await;
    assert_eq!(
        list(&ada).await["rows"][0]["last"],
        before.0["rows"][0]["last"]
    );
}

#[tokio::test]
async fn r7_after_a_gap_the_cable_is_taken_up_and_what_was_missed_is_read() {
    let stage = Stage::set_up_with(ON).await;
    cable_is(&stage, "ok").await;
    let (ada, _, number) = stage.ada_with_a_ticket().await;
    stage.fake.goes_away().await;
    cable_is(&stage, "off").await;
    stage.fake.agent_replies(number, "Unplug it").unwrap();
    stage.fake.comes_back().await.unwrap();
    stage
        .seconds_until(35, async || shows(&ada, "Unplug it").await)
        .await;
    stage
        .seconds_until(60, async || stage.health().await["cable"] == "ok")
        .await;
    stage.fake.agent_replies(number, "Again").unwrap();
    stage
        .seconds_until(2, async || shows(&ada, "Again").await)
        .await;
}

#[tokio::test]
async fn r7_a_cable_that_says_nothing_is_given_up_and_tried_again() {
    let stage = Stage::set_up_with(&[("WEBHOOKS", "off"), ("CABLE", "on")]).await;
    cable_is(&stage, "ok").await;
    // The fake's pings come every three real seconds: on this clock, never.
    stage.fake.set_weather(Weather::Hanging);
    stage.clock.advance(Duration::from_secs(9));
    cable_is(&stage, "off").await;
    stage.fake.set_weather(Weather::Well);
    stage
        .seconds_until(60, async || stage.health().await["cable"] == "ok")
        .await;
}

#[tokio::test]
async fn tickets_of_a_deleted_contact_are_gone_within_35_seconds_with_the_cable() {
    let stage = Stage::set_up_with(ON).await;
    cable_is(&stage, "ok").await;
    let (ada, _, number) = stage.ada_with_a_ticket().await;
    let contact = stage.fake.conversation(number).unwrap().contact;
    assert_eq!(list(&ada).await["total"], 1);
    stage.fake.delete_contact(contact).unwrap();
    stage
        .seconds_until(35, async || list(&ada).await["total"] == 0)
        .await;
}

#[tokio::test]
async fn tickets_of_a_contact_that_is_deleted_after_another_was_merged_into_it_are_gone_too() {
    let stage = Stage::set_up_with(ON).await;
    cable_is(&stage, "ok").await;
    let (ada, _, number) = stage.ada_with_a_ticket().await;
    let mergee = stage.fake.conversation(number).unwrap().contact;
    let base = stage.fake.add_contact("Bob", "bob@example.com").unwrap();
    stage.fake.merge_contacts(base, mergee).unwrap();
    // What it is told of is looked at: it has another address now.
    stage
        .seconds_until(5, async || stage.health().await["contacts_at_risk"] == 1)
        .await;
    assert_eq!(list(&ada).await["total"], 1, "merged it is his still");
    stage.fake.delete_contact(base).unwrap();
    stage
        .seconds_until(35, async || list(&ada).await["total"] == 0)
        .await;
}

#[tokio::test]
async fn what_agents_change_of_a_contact_is_learned_by_the_cable_and_his_own_messages_ask_for_nothing()
 {
    let stage = Stage::set_up_with(ON).await;
    cable_is(&stage, "ok").await;
    let (ada, ticket, number) = stage.ada_with_a_ticket().await;
    let contact = stage.fake.conversation(number).unwrap().contact;
    let name = async || {
        let mut ada = ada.clone();
        let profile = ada.call("session/profile", &json!({})).await.json();
        profile["name"].clone()
    };
    stage.fake.rename_contact(contact, "Ada Lovelace").unwrap();
    stage
        .seconds_until(2, async || name().await == "Ada Lovelace")
        .await;
    let looked = || {
        let calls = stage.fake.calls();
        let of =
            |(route, count): (&String, &u64)| route.contains("contact_inboxes").then_some(*count);
        calls.iter().filter_map(of).sum::<u64>()
    };
    let before = looked();
    let key = "00000007-2222-4333-8444-555555555555";
    let reply = json!({ "ticket": ticket, "key": key, "text": "More" });
    let sent = ada.clone().call("tickets/reply", &reply).await;
    assert_eq!(sent.status, 200, "{sent:?}");
    for _ in 0..5 {
        stage.clock.advance(Duration::from_secs(1));
        stage.rests().await;
    }
    assert_eq!(looked(), before);
    stage.fake.block_contact(contact);
    let blocked = async || {
        let read = stage.state().store.read(|tx| {
            let ada = customers::by_address(tx, "ada@example.com")?.unwrap();
            Ok(lists::find(tx, ada.id)?.blocked)
        });
        read.await.unwrap()
    };
    stage.seconds_until(2, blocked).await;
}

#[tokio::test]
async fn a2_tickets_of_a_merged_contact_stay_with_their_customer() {
    let stage = Stage::set_up_with(ON).await;
    cable_is(&stage, "ok").await;
    let (ada, _, number) = stage.ada_with_a_ticket().await;
    let mergee = stage.fake.conversation(number).unwrap().contact;
    let base = stage.fake.add_contact("Bob", "bob@example.com").unwrap();
    stage.fake.merge_contacts(base, mergee).unwrap();
    for _ in 0..30 {
        stage.clock.advance(Duration::from_secs(1));
        stage.rests().await;
    }
    assert_eq!(list(&ada).await["total"], 1);
    stage.fake.agent_replies(number, "Unplug it").unwrap();
    stage
        .seconds_until(35, async || shows(&ada, "Unplug it").await)
        .await;
}

#[tokio::test]
async fn the_cable_is_taken_when_webhooks_are_silent_and_let_go_when_they_come() {
    // Registered to an address by which the fake delivers nothing.
    let stage = Stage::set_up().await;
    stage.hook_is("registered").await;
    let (ada, _, number) = stage.ada_with_a_ticket().await;
    assert_eq!(stage.health().await["cable"], "off");
    stage
        .seconds_until(120, async || stage.health().await["cable"] == "ok")
        .await;
    assert_eq!(stage.health().await["webhooks"], "silent");
    stage.fake.agent_replies(number, "Unplug it").unwrap();
    stage
        .seconds_until(2, async || shows(&ada, "Unplug it").await)
        .await;
    stage.believes_tests();
    let delivery = stage.delivery(&json!({ "event": "contact_created" }));
    assert_eq!(stage.delivers(&delivery).await, 200);
    // The fake's next ping shows that it is not needed.
    stage
        .seconds_until(0, async || stage.health().await["cable"] == "off")
        .await;
}
