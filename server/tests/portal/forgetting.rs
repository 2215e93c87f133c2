//! "Forget me": what the portal keeps of a customer leaves its store, to the last byte; his tickets stay his.

use std::time::Duration;

use fake_chatwoot::Weather;
use rusqlite::types::ValueRef;
use serde_json::json;
use server::store::StoreError;

use crate::support::{Browser, Stage};

const ADA: &str = "ada@example.com";
const BOB: &str = "bob@example.com";
const KEY: &str = "11111111-2222-4333-8444-555555555555";
/// What Ada and those who answer her write. Each word is in no text of ours.
const WORDS: [&str; 4] = [
    "Zephyrsubject",
    "Quetzaltext",
    "Xylophoneanswer",
    "Wombatreply",
];

/// Every table of both files, and what forgetting does with it. A new one must be given a line here.
const TABLES: &[(&str, &str)] = &[
    (
        "main.adopted",
        "numbers; what an earlier portal filed his by goes",
    ),
    ("main.adoption", "how far it is"),
    ("main.alarms", "his row goes"),
    ("main.away", "his rows go"),
    ("main.away_begun", "of nobody"),
    ("main.away_mails", "his rows go"),
    ("main.customers", "his row goes"),
    ("main.drafts", "his rows go"),
    (
        "main.forgotten_owners",
        "numbers and a hash of his address under our secret",
    ),
    ("main.names", "his row goes"),
    ("main.outbox", "his rows go"),
    ("main.owners", "his rows go"),
    ("main.read_marks", "his rows go"),
    ("main.refused_conversations", "numbers of nobody"),
    ("main.seen", "his rows go"),
    ("main.sessions", "his rows go"),
    ("main.sign_ins", "his rows go"),
    ("main.uploads", "his rows go"),
    ("main.webhook", "of nobody"),
    ("model.events", "his rows go"),
    ("model.files", "his rows go"),
    ("model.lists", "his row goes"),
    ("model.messages", "his rows go"),
    ("model.polls", "numbers of nobody"),
    ("model.tickets", "his rows go"),
    (
        "model.with_priorities",
        "nobody's: whether priorities are shown",
    ),
    ("model.word_tickets", "his rows go"),
    ("model.words", "his rows go"),
    ("model.words_config", "how the index is kept"),
    ("model.words_content", "his rows go"),
    ("model.words_data", "his words go"),
    ("model.words_idx", "his words go"),
];

fn tables(tx: &rusqlite::Transaction<'_>) -> Result<Vec<String>, StoreError> {
    let mut found = Vec::new();
    for schema in ["main", "model"] {
        let mut query = tx.prepare(&format!(
            "SELECT name FROM {schema}.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        ))?;
        let rows = query.query_map([], |row| row.get::<_, String>(0))?;
        for name in rows {
            found.push(format!("{schema}.{}", name?));
        }
    }
    found.sort();
    Ok(found)
}

/// Everything in a table, in one text.
fn dump(tx: &rusqlite::Transaction<'_>, table: &str) -> Result<String, StoreError> {
    let mut query = tx.prepare(&format!("SELECT * FROM {table}"))?;
    let columns = query.column_count();
    let mut rows = query.query([])?;
    let mut all = String::new();
    while let Some(row) = rows.next()? {
        for column in 0..columns {
            match row.get_ref(column)? {
                ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                    all.push_str(&String::from_utf8_lossy(bytes));
                }
                other => all.push_str(&format!("{other:?}")),
            }
            all.push('\n');
        }
    }
    Ok(all)
}

/// The tables in which a text is, in large letters or small: the index of words has small ones.
async fn holding(stage: &Stage, text: &'static str) -> Vec<String> {
    let store = &stage.state().store;
    let text = text.to_ascii_lowercase();
    let found = store.read(move |tx| {
        let mut found = Vec::new();
        for table in tables(tx)? {
            if dump(tx, &table)?.to_ascii_lowercase().contains(&text) {
                found.push(table);
            }
        }
        Ok(found)
    });
    found.await.unwrap()
}

/// The files of the store whose bytes hold a text.
fn files_holding(stage: &Stage, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(stage.data_dir()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap().to_ascii_lowercase();
        if bytes
            .windows(text.len())
            .any(|part| part == text.to_ascii_lowercase().as_bytes())
        {
            found.push(path.display().to_string());
        }
    }
    found
}

/// Lets half a minute pass, and all that is due in it happen.
async fn pass(stage: &Stage) {
    stage.state().tickets.idle().await;
    stage.clock.advance(Duration::from_secs(30));
    stage.state().tickets.idle().await;
}

/// Ada with a ticket of hers, answered, and one that an agent began for her.
async fn ada_with_tickets(stage: &Stage) -> Browser {
    let mut ada = stage.signed_in(ADA).await;
    let new = json!({ "new": { "key": KEY, "subject": WORDS[0], "message": WORDS[1] } });
    let ticket = ada.call("tickets/open", &new).await.json();
    stage.state().tickets.idle().await;
    let number = stage.fake.conversations().last().unwrap().id;
    stage.fake.agent_replies(number, WORDS[2]).unwrap();
    stage
        .fake
        .agent_opens_ticket_for(&stage.source(ADA), "We found something")
        .unwrap();
    pass(stage).await;
    let reply = json!({ "ticket": ticket, "key": "21111111-2222-4333-8444-555555555555", "text": WORDS[3] });
    assert_eq!(ada.call("tickets/reply", &reply).await.status, 200);
    pass(stage).await;
    assert_eq!(ada.list().await.json()["changed"]["total"], 2);
    ada
}

async fn forget(browser: &mut Browser, address: &str) -> u16 {
    let body = json!({ "address": address });
    browser.call("session/forget", &body).await.status
}

#[tokio::test]
async fn nothing_of_a_customer_who_is_forgotten_is_left_in_any_table_or_file() {
    let stage = Stage::set_up().await;
    let mut bob = stage.signed_in(BOB).await;
    let mut ada = ada_with_tickets(&stage).await;
    // A wish for another mail is under way too.
    stage.mail_for(&mut stage.browser(), ADA).await;
    for text in WORDS.into_iter().chain([ADA]) {
        assert_ne!(
            holding(&stage, text).await,
            [""; 0],
            "{text}: the test looks"
        );
        assert_ne!(
            files_holding(&stage, text),
            [""; 0],
            "{text}: the test looks"
        );
    }
    assert_eq!(forget(&mut ada, ADA).await, 200);
    for text in WORDS.into_iter().chain([ADA]) {
        assert_eq!(holding(&stage, text).await, [""; 0], "{text}");
        assert_eq!(files_holding(&stage, text), [""; 0], "{text}");
    }
    // Nor does what goes on in the background bring it back.
    for _ in 0..4 {
        bob.list().await;
        pass(&stage).await;
    }
    for text in WORDS.into_iter().chain([ADA]) {
        assert_eq!(holding(&stage, text).await, [""; 0], "{text}, later");
    }
    assert_eq!(bob.signed_in_as().await.as_deref(), Some(BOB));
}

#[tokio::test]
async fn every_table_is_one_of_which_it_is_decided_what_forgetting_does() {
    let stage = Stage::set_up().await;
    let there = stage.state().store.read(tables).await.unwrap();
    let decided: Vec<_> = TABLES.iter().map(|(name, _)| *name).collect();
    assert_eq!(there, decided, "see store/forgotten.rs");
}

#[tokio::test]
async fn whoever_is_forgotten_is_signed_out_everywhere_and_his_links_are_worth_nothing() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let mut phone = stage.signed_in(ADA).await;
    let mut stream = phone.live().await;
    let link = stage.link_for(&mut stage.browser(), ADA).await;
    stage.state().tickets.idle().await;
    let kept = ada.cookies.clone();
    assert_eq!(forget(&mut ada, ADA).await, 200);
    assert!(!ada.cookies.contains_key("__Host-portal-session"));
    ada.cookies = kept;
    for browser in [&mut ada, &mut phone] {
        assert_eq!(browser.signed_in_as().await, None);
        assert_eq!(browser.list().await.status, 401);
    }
    while stream.next().await.is_some() {}
    assert_eq!(stage.browser().confirm_link(&link).await.status, 410);
}

#[tokio::test]
async fn a2_whoever_was_forgotten_gets_his_tickets_back_when_he_signs_in_again() {
    let stage = Stage::set_up().await;
    let mut ada = ada_with_tickets(&stage).await;
    let before = ada.list().await.json();
    assert_eq!(forget(&mut ada, ADA).await, 200);
    stage.clock.advance(Duration::from_secs(3600));
    let mut ada = stage.signed_in(ADA).await;
    stage.state().tickets.idle().await;
    let after = ada.list().await.json();
    let rows = |list: &serde_json::Value| {
        let rows = list["changed"]["rows"].as_array().unwrap().clone();
        let mut rows: Vec<_> = rows
            .iter()
            .map(|row| (row["id"].to_string(), row["subject"].to_string()))
            .collect();
        rows.sort();
        rows
    };
    assert_eq!(rows(&before).len(), 2);
    assert_eq!(rows(&after), rows(&before), "the agent's ticket too");
}

#[tokio::test]
async fn a2_nobody_else_gets_the_tickets_of_whoever_was_forgotten() {
    let stage = Stage::set_up().await;
    let mut ada = ada_with_tickets(&stage).await;
    assert_eq!(forget(&mut ada, ADA).await, 200);
    let hers = stage.fake.conversations().last().unwrap().id;
    let mut bob = stage.signed_in(BOB).await;
    let hers_is_refused = stage.state().store.read(move |tx| {
        let number = hers.0.cast_unsigned();
        server::store::owners::was_refused(tx, number)
    });
    assert!(hers_is_refused.await.unwrap());
    assert_eq!(bob.list().await.json()["changed"]["total"], 0);
}

#[tokio::test]
async fn nobody_is_forgotten_while_something_he_wrote_is_on_its_way() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    stage.state().tickets.idle().await;
    stage.fake.set_weather(Weather::Down503);
    let new = json!({ "new": { "key": KEY, "subject": "Late", "message": "Wombat" } });
    assert_eq!(ada.call("tickets/open", &new).await.status, 200);
    let refused = ada.call("session/forget", &json!({ "address": ADA })).await;
    assert_eq!(
        (refused.status, refused.body.as_str()),
        (409, "\"still_sending\"")
    );
    assert_eq!(ada.list().await.json()["changed"]["total"], 1);
    stage.fake.set_weather(Weather::Well);
    for _ in 0..4 {
        pass(&stage).await;
    }
    assert_eq!(forget(&mut ada, ADA).await, 200);
}

#[tokio::test]
async fn s7_a_page_that_shows_another_address_forgets_nobody() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    for address in [BOB, "", "ADA@example.com"] {
        assert_eq!(forget(&mut ada, address).await, 401, "{address}");
    }
    assert_eq!(ada.signed_in_as().await.as_deref(), Some(ADA));
}
