//! What a customer is called: put on his own contact and no other, kept while that cannot be, and as agents have named him.

use std::time::Duration;

use fake_chatwoot::{Contact, Weather};
use serde_json::{Value, json};

use crate::support::{Answer, Browser, Stage};

const ADA: &str = "ada@example.com";
const BOB: &str = "bob@example.com";
/// Longer than any try waits for the next.
const A_WHILE: Duration = Duration::from_mins(2);
const DAY: Duration = Duration::from_hours(25);

async fn rename(browser: &mut Browser, name: &str) -> Answer {
    rename_as(ADA, browser, name).await
}

async fn rename_as(address: &str, browser: &mut Browser, name: &str) -> Answer {
    let named = json!({ "address": address, "name": name });
    browser.call("session/name", &named).await
}

async fn renamed(browser: &mut Browser, name: &str) {
    let answer = rename(browser, name).await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

/// What his account says.
async fn name(browser: &mut Browser) -> Value {
    let answer = browser.call("session/profile", &json!({})).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()["name"].clone()
}

fn contact(stage: &Stage) -> Contact {
    stage.fake.contact_by_email(ADA).unwrap()
}

/// How often Chatwoot was asked to change a contact.
fn tries(stage: &Stage) -> u64 {
    let calls = stage.fake.calls();
    let changes = calls
        .iter()
        .filter(|(route, _)| route.starts_with("PATCH ") && route.ends_with("/contacts/{id}"));
    changes.map(|(_, count)| count).sum()
}

#[tokio::test]
async fn a_name_waits_for_chatwoot_over_a_restart_and_is_there_when_it_answers_again() {
    let mut stage = Stage::set_up().await;
    let (mut ada, _, _) = stage.ada_with_a_ticket().await;
    stage.fake.set_weather(Weather::Down503);
    renamed(&mut ada, "Ada King").await;
    assert_eq!(name(&mut ada).await, "Ada King");
    stage.time_passes(A_WHILE).await;
    stage.restart().await;
    stage.time_passes(A_WHILE).await;
    assert_eq!(contact(&stage).name, "Somebody");
    assert_eq!(name(&mut ada).await, "Ada King");
    stage.fake.set_weather(Weather::Well);
    stage.time_passes(A_WHILE).await;
    assert_eq!(contact(&stage).name, "Ada King");
    let before = tries(&stage);
    stage.time_passes(DAY).await;
    assert_eq!(tries(&stage), before, "it is told once");
}

#[tokio::test]
async fn a_name_that_chatwoot_refuses_is_tried_once_a_day_and_his_here_and_the_next_one_goes() {
    let stage = Stage::set_up().await;
    let (mut ada, _, _) = stage.ada_with_a_ticket().await;
    renamed(&mut ada, "fail: 422").await;
    stage.rests().await;
    stage.time_passes(A_WHILE).await;
    assert_eq!(tries(&stage), 1);
    stage.time_passes(DAY).await;
    assert_eq!(tries(&stage), 2);
    assert_eq!(contact(&stage).name, "Somebody");
    let mut ada = stage.signed_in(ADA).await;
    stage.rests().await;
    assert_eq!(name(&mut ada).await, "fail: 422");
    renamed(&mut ada, "Ada King").await;
    stage.rests().await;
    assert_eq!(contact(&stage).name, "Ada King");
}

#[tokio::test]
async fn a_name_is_for_whom_the_page_shows_and_changes_twenty_times_an_hour() {
    let stage = Stage::set_up().await;
    let (mut ada, _, _) = stage.ada_with_a_ticket().await;
    let refused = rename_as(BOB, &mut ada, "Bob").await;
    assert_eq!(refused.json(), json!("signed_out"));
    for nth in 1..=20 {
        renamed(&mut ada, &format!("Ada {nth}")).await;
    }
    let refused = rename(&mut ada, "Ada 21").await;
    assert_eq!(refused.status, 429);
    assert_eq!(
        refused.json(),
        json!({ "too_many": { "wait_seconds": 180 } })
    );
    assert_eq!(name(&mut ada).await, "Ada 20");
    stage.clock.advance(Duration::from_mins(3));
    renamed(&mut ada, "Ada 21").await;
}

#[tokio::test]
async fn a_name_has_a_limit_and_what_cannot_be_seen_of_it_goes() {
    let stage = Stage::set_up().await;
    let (mut ada, _, _) = stage.ada_with_a_ticket().await;
    let refused = rename(&mut ada, &"x".repeat(101)).await;
    assert_eq!(refused.status, 422);
    assert_eq!(
        refused.json(),
        json!({ "invalid": [{
            "field": "name",
            "problem": { "too_long": { "limit": 100, "actual": 101 } },
        }] })
    );
    assert_eq!(name(&mut ada).await, "Somebody");
    for (typed, kept) in [
        (&*"ß".repeat(100), &*"ß".repeat(100)),
        ("  Ada\r\n\tKing \0", "Ada King"),
        ("\u{202e}Ada\u{2066} King", "Ada King"),
        ("<b>Ada</b> {{name}}", "<b>Ada</b> {{name}}"),
        ("\u{5d0}\u{5d3}\u{5d4}", "\u{5d0}\u{5d3}\u{5d4}"),
        (" \u{200b}\u{feff}\u{2067} ", "ada"),
        ("", "ada"),
    ] {
        renamed(&mut ada, typed).await;
        stage.rests().await;
        assert_eq!(name(&mut ada).await, kept, "{typed:?}");
        assert_eq!(contact(&stage).name, kept, "{typed:?}");
    }
}

#[tokio::test]
async fn of_two_names_the_last_stands_and_the_same_again_is_no_call() {
    let stage = Stage::set_up().await;
    let (mut ada, _, _) = stage.ada_with_a_ticket().await;
    renamed(&mut ada, "Ada").await;
    renamed(&mut ada, "Ada King").await;
    stage.rests().await;
    assert_eq!(contact(&stage).name, "Ada King");
    let before = tries(&stage);
    renamed(&mut ada, "Ada King").await;
    stage.rests().await;
    assert_eq!(tries(&stage), before);
}

#[tokio::test]
async fn a_contact_that_was_taken_over_is_neither_renamed_nor_believed() {
    let stage = Stage::set_up().await;
    let (mut ada, _, _) = stage.ada_with_a_ticket().await;
    let id = contact(&stage).id;
    let other = "mallory@example.com";
    stage.fake.change_contact_email(id, other).unwrap();
    stage.fake.rename_contact(id, "Mallory").unwrap();
    let before = tries(&stage);
    renamed(&mut ada, "Ada King").await;
    stage.rests().await;
    stage.time_passes(DAY).await;
    assert_eq!(tries(&stage), before);
    assert_eq!(stage.fake.contact(id).unwrap().name, "Mallory");
    let mut ada = stage.signed_in(ADA).await;
    stage.rests().await;
    assert_eq!(name(&mut ada).await, "Ada King");
    // What an operator puts right is right the next day.
    let another = contact(&stage).id;
    stage.fake.delete_contact(another).unwrap();
    stage.fake.change_contact_email(id, ADA).unwrap();
    stage.time_passes(DAY).await;
    assert_eq!(stage.fake.contact(id).unwrap().name, "Ada King");
}

#[tokio::test]
async fn two_customers_whose_contacts_were_merged_rename_neither() {
    let stage = Stage::set_up().await;
    let (mut ada, _, _) = stage.ada_with_a_ticket().await;
    let mut bob = stage.signed_in(BOB).await;
    let key = "00000000-0000-4000-8000-000000000002";
    let new = json!({ "new": { "key": key, "subject": "His", "message": "His" } });
    assert_eq!(bob.call("tickets/open", &new).await.status, 200);
    stage.rests().await;
    let his = stage.fake.contact_by_email(BOB).unwrap().id;
    stage.fake.merge_contacts(contact(&stage).id, his).unwrap();
    let before = tries(&stage);
    renamed(&mut ada, "Ada King").await;
    assert_eq!(rename_as(BOB, &mut bob, "Bob").await.status, 200);
    stage.rests().await;
    assert_eq!(tries(&stage), before);
    assert_eq!(contact(&stage).name, "Somebody");
}

#[tokio::test]
async fn a_name_from_before_the_contact_is_there_comes_with_the_first_ticket() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    assert_eq!(name(&mut ada).await, "ada");
    renamed(&mut ada, "Ada King").await;
    stage.rests().await;
    assert_eq!(contact(&stage).name, "Somebody", "it may be anybody's");
    let (mut ada, _, _) = stage.ada_with_a_ticket().await;
    assert_eq!(contact(&stage).name, "Ada King");
    // The contact is gone: nothing fails, and the next one has the name.
    stage.fake.delete_contact(contact(&stage).id).unwrap();
    renamed(&mut ada, "Countess").await;
    stage.rests().await;
    let key = "00000000-0000-4000-8000-000000000003";
    let new = json!({ "new": { "key": key, "subject": "More", "message": "More" } });
    assert_eq!(ada.call("tickets/open", &new).await.status, 200);
    stage.rests().await;
    assert_eq!(contact(&stage).name, "Countess");
}

#[tokio::test]
async fn who_has_set_none_is_called_as_agents_call_him_and_what_they_write_later_wins() {
    let stage = Stage::set_up().await;
    let (mut ada, _, _) = stage.ada_with_a_ticket().await;
    assert_eq!(name(&mut ada).await, "Somebody");
    renamed(&mut ada, "Ada").await;
    stage.rests().await;
    let id = contact(&stage).id;
    stage
        .fake
        .rename_contact(id, " Ada\u{202e} Lovelace ")
        .unwrap();
    let mut ada = stage.signed_in(ADA).await;
    stage.rests().await;
    assert_eq!(name(&mut ada).await, "Ada Lovelace");
    assert_eq!(tries(&stage), 1, "and is not written over");
}

#[tokio::test]
async fn what_a_website_visitor_could_have_written_is_not_shown() {
    let stage = Stage::set_up().await;
    let (_, _, _) = stage.ada_with_a_ticket().await;
    let visitor = stage.fake.widget_visitor().unwrap();
    stage.fake.widget_visitor_takes_email(visitor, ADA).unwrap();
    let id = contact(&stage).id;
    stage.fake.rename_contact(id, "Clown").unwrap();
    let mut ada = stage.signed_in(ADA).await;
    stage.rests().await;
    assert_eq!(name(&mut ada).await, "Somebody");
}
