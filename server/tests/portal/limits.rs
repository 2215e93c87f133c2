//! S5 and S6: one answer for everybody, before anything is looked up, and how many mails at most.

use std::time::Duration;

use fake_chatwoot::{MailFault, Weather};
use serde_json::json;

use crate::support::{Answer, Stage, code_in, soon};

const ADA: &str = "ada@example.com";

/// What of an answer could tell something: all but the browser's own random id.
fn told(answer: &Answer) -> (u16, String, Vec<(String, String)>) {
    let headers = answer.headers.iter().map(|(name, value)| {
        let value = value.to_str().unwrap();
        let shown = match value.strip_prefix("__Host-portal-browser=") {
            Some(cookie) => {
                let (id, rest) = cookie.split_once(';').unwrap();
                format!("{} characters;{rest}", id.len())
            }
            None => value.to_owned(),
        };
        (name.to_string(), shown)
    });
    (answer.status, answer.body.clone(), headers.collect())
}

#[tokio::test]
async fn s5_the_answer_is_the_same_for_known_unknown_and_blocked_addresses_whatever_is_down() {
    let stage = Stage::set_up().await;
    stage.knows(ADA);
    stage.knows("blocked@example.com");
    let blocked = stage.fake.contact_by_email("blocked@example.com").unwrap();
    stage.fake.block_contact(blocked.id);
    let mut answers = Vec::new();
    for (weather, fault) in [
        (Weather::default(), MailFault::None),
        (Weather::Hanging, MailFault::Hang),
    ] {
        stage.fake.set_weather(weather);
        stage.mailbox.set_fault(fault);
        for address in [ADA, "nobody@example.com", "blocked@example.com"] {
            answers.push(told(&stage.browser().ask(address).await));
        }
    }
    assert_eq!(answers[0].0, 202);
    assert!(
        answers[0].2.iter().any(|(name, _)| name == "set-cookie"),
        "{:?}",
        answers[0]
    );
    for answer in &answers[1..] {
        assert_eq!(*answer, answers[0]);
    }
}

#[tokio::test]
async fn s5_an_unknown_address_gets_no_mail_a_blocked_one_gets_its_own_and_the_answers_afterwards_are_the_same()
 {
    let stage = Stage::set_up().await;
    stage.knows(ADA);
    stage.knows("blocked@example.com");
    let blocked = stage.fake.contact_by_email("blocked@example.com").unwrap();
    stage.fake.block_contact(blocked.id);
    let mut later = Vec::new();
    for address in [ADA, "nobody@example.com", "blocked@example.com"] {
        let mut browser = stage.browser();
        browser.ask(address).await;
        stage.wishes_are_done().await;
        let wrong = browser.enter_code("2222-2222").await;
        later.push((
            wrong.status,
            wrong.body,
            stage.mailbox.mails_to(address).len(),
        ));
    }
    assert_eq!((later[0].2, later[1].2, later[2].2), (1, 0, 1));
    assert_eq!((later[0].0, &later[0].1), (later[1].0, &later[1].1));
    assert_eq!((later[0].0, &later[0].1), (later[2].0, &later[2].1));
}

#[tokio::test]
async fn anyone_may_sign_in_where_the_operator_says_so() {
    let stage = Stage::set_up_with(&[("SIGN_IN", "anyone")]).await;
    let mut somebody = stage.browser();
    let link = stage.link_for(&mut somebody, "stranger@example.com").await;
    assert!(somebody.open_link(&link).await.begins_a_session());
}

#[tokio::test]
async fn a_customer_of_ours_gets_his_mail_while_chatwoot_is_down() {
    let stage = Stage::set_up().await;
    stage.signed_in(ADA).await;
    stage.fake.set_weather(Weather::Down503);
    let mut again = stage.browser();
    let mail = stage.mail_for(&mut again, ADA).await;
    assert!(again.enter_code(&code_in(&mail)).await.begins_a_session());
}

#[tokio::test]
async fn s6_past_three_mails_to_an_address_the_answer_is_the_same_and_there_is_no_mail() {
    let stage = Stage::set_up().await;
    stage.knows(ADA);
    let mut answers = Vec::new();
    for _ in 0..5 {
        answers.push(told(&stage.browser().ask("Ada@EXAMPLE.com").await));
        stage.wishes_are_done().await;
    }
    assert!(
        answers.windows(2).all(|pair| pair[0] == pair[1]),
        "{answers:#?}"
    );
    assert_eq!(stage.mailbox.mails_to(ADA).len(), 3);
    stage.clock.advance(Duration::from_secs(3600));
    stage.mail_for(&mut stage.browser(), ADA).await;
    assert_eq!(stage.mailbox.mails_to(ADA).len(), 4);
}

#[tokio::test]
async fn s6_past_five_mails_from_a_client_the_answer_is_the_same_and_there_is_no_mail() {
    let stage = Stage::set_up().await;
    for n in 0..7 {
        stage.knows(&format!("ada{n}@example.com"));
    }
    let mut mails = 0;
    for n in 0..6 {
        let mut browser = stage.browser();
        browser.ip = format!("2001:db8:1:2::{n}");
        assert_eq!(
            browser.ask(&format!("ada{n}@example.com")).await.status,
            202
        );
        stage.wishes_are_done().await;
        mails += stage.mailbox.mails_to(&format!("ada{n}@example.com")).len();
    }
    assert_eq!(mails, 5);
    stage.clock.advance(Duration::from_secs(60));
    let mut browser = stage.browser();
    browser.ip = "2001:db8:1:2::ffff".to_owned();
    stage.mail_for(&mut browser, "ada6@example.com").await;
}

#[tokio::test]
async fn s6_a_code_already_sent_keeps_working_past_the_limit() {
    let stage = Stage::set_up().await;
    stage.knows(ADA);
    let mut ada = stage.browser();
    let mail = stage.mail_for(&mut ada, ADA).await;
    for _ in 0..10 {
        stage.browser().ask(ADA).await;
        stage.wishes_are_done().await;
    }
    let entered = ada.enter_code(&code_in(&mail)).await;
    assert!(entered.begins_a_session(), "{entered:?}");
}

#[tokio::test]
async fn s6_past_the_limit_of_writing_the_answer_is_429_with_the_wait_and_other_customers_go_on() {
    let stage = Stage::set_up_with(&[("TICKETS_PER_HOUR", "1")]).await;
    let (mut ada, mut bob) = (
        stage.signed_in(ADA).await,
        stage.signed_in("bob@example.com").await,
    );
    let new = |n: u8| json!({ "new": { "key": format!("11111111-2222-4333-8444-55555555555{n}"), "subject": "One", "message": "text" } });
    assert_eq!(ada.call("tickets/open", &new(1)).await.status, 200);
    let refused = ada.call("tickets/open", &new(2)).await;
    assert_eq!(
        (refused.status, refused.header("retry-after")),
        (429, "3600")
    );
    assert_eq!(refused.body, r#"{"too_many":{"wait_seconds":3600}}"#);
    assert_eq!(ada.call("tickets/open", &new(1)).await.status, 200);
    assert_eq!(bob.call("tickets/open", &new(1)).await.status, 200);
}

#[tokio::test]
async fn r4_a_look_up_that_hangs_holds_up_nobody_elses_mail() {
    let stage = Stage::set_up().await;
    stage.signed_in(ADA).await;
    stage.fake.set_weather(Weather::Hanging);
    stage.browser().ask("nobody@example.com").await;
    let mut again = stage.browser();
    again.ask(ADA).await;
    let mail = soon(stage.mail(ADA, 2)).await;
    assert!(again.enter_code(&code_in(&mail)).await.begins_a_session());
}
