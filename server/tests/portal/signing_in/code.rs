//! The code, and how long it and the link are good.

use std::time::Duration;

use serde_json::json;

use super::{ADA, MINUTE};
use crate::support::{Stage, code_in, link_in};

#[tokio::test]
async fn s4_the_code_signs_in_only_the_browser_that_asked() {
    let stage = Stage::set_up().await;
    stage.knows(ADA);
    let mut ada = stage.browser();
    let mail = stage.mail_for(&mut ada, ADA).await;
    let typed = format!(" {} ", code_in(&mail).to_lowercase().replace('-', " "));
    let mut eve = stage.browser();
    assert_eq!(eve.enter_code(&typed).await.status, 410);
    eve.ask(ADA).await;
    stage.wishes_are_done().await;
    assert_eq!(eve.enter_code(&typed).await.status, 422);
    assert!(ada.enter_code(&typed).await.begins_a_session());
}

#[tokio::test]
async fn s4_five_wrong_codes_and_the_right_one_is_worth_nothing() {
    let stage = Stage::set_up().await;
    stage.knows(ADA);
    let mut ada = stage.browser();
    let mail = stage.mail_for(&mut ada, ADA).await;
    for left in (0..5).rev() {
        let wrong = ada.enter_code("2222-2222").await;
        assert_eq!(wrong.status, 422);
        assert_eq!(
            wrong.json(),
            json!({ "invalid": [{ "field": "code", "problem": { "wrong_code": { "tries_left": left } } }] })
        );
    }
    assert_eq!(ada.enter_code(&code_in(&mail)).await.status, 410);
    // The link has its own 256 bits.
    assert!(ada.open_link(&link_in(&mail)).await.begins_a_session());
}

#[tokio::test]
async fn s4_after_fifteen_minutes_both_are_worth_nothing() {
    let stage = Stage::set_up().await;
    stage.knows(ADA);
    let mut ada = stage.browser();
    let mail = stage.mail_for(&mut ada, ADA).await;
    stage.clock.advance(15 * MINUTE);
    assert_eq!(ada.open_link(&link_in(&mail)).await.status, 410);
    assert_eq!(ada.enter_code(&code_in(&mail)).await.status, 410);
}

#[tokio::test]
async fn s4_all_links_of_an_address_die_when_one_is_used() {
    let stage = Stage::set_up().await;
    stage.knows(ADA);
    let mut ada = stage.browser();
    let first = link_in(&stage.mail_for(&mut ada, ADA).await);
    let second = stage.mail_for(&mut ada, ADA).await;
    assert!(ada.enter_code(&code_in(&second)).await.begins_a_session());
    let mut other = stage.browser();
    for link in [first, link_in(&second)] {
        assert_eq!(other.open_link(&link).await.status, 410);
        assert_eq!(other.confirm_link(&link).await.status, 410);
    }
}

#[tokio::test]
async fn s4_no_more_than_three_are_good_at_a_time() {
    let stage = Stage::set_up_with(&[("LINK_MINUTES", "120")]).await;
    stage.knows(ADA);
    let mut links = Vec::new();
    for n in 0..4 {
        if n == 3 {
            stage.clock.advance(60 * MINUTE);
        }
        links.push(stage.link_for(&mut stage.browser(), ADA).await);
        stage.clock.advance(Duration::from_secs(1));
    }
    let mut statuses = Vec::new();
    for link in &links {
        statuses.push(stage.browser().open_link(link).await.status);
    }
    assert_eq!(statuses, [410, 200, 200, 200]);
}
