//! S10, S11: how long somebody stays in, and how he leaves.

use std::time::Duration;

use serde_json::json;

use crate::support::Stage;

const MINUTE: Duration = Duration::from_secs(60);
const ADA: &str = "ada@example.com";

#[tokio::test]
async fn s10_a_session_rolls_and_background_traffic_does_not_extend_it() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    for _ in 0..3 {
        stage.clock.advance(29 * MINUTE);
        assert_eq!(ada.list().await.status, 200);
    }
    for _ in 0..5 {
        stage.clock.advance(6 * MINUTE - Duration::from_secs(1));
        assert_eq!(ada.list_in_background().await.status, 200);
    }
    stage.clock.advance(MINUTE);
    assert_eq!(ada.list_in_background().await.status, 401);
    assert_eq!(ada.list().await.status, 401);
}

#[tokio::test]
async fn s10_the_last_use_counts_to_the_second() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    stage.clock.advance(Duration::from_secs(30));
    assert_eq!(ada.list().await.status, 200);
    stage.clock.advance(30 * MINUTE - Duration::from_secs(1));
    assert_eq!(ada.list().await.status, 200);
    stage.clock.advance(30 * MINUTE);
    assert_eq!(ada.list().await.status, 401);
}

#[tokio::test]
async fn s10_after_twelve_hours_a_session_ends_whatever_is_done() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    for _ in 0..35 {
        stage.clock.advance(20 * MINUTE);
        assert_eq!(ada.list().await.status, 200);
    }
    stage.clock.advance(20 * MINUTE);
    assert_eq!(ada.list().await.status, 401);
}

#[tokio::test]
async fn s10_a_session_survives_a_restart() {
    let mut stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    stage.restart().await;
    assert_eq!(ada.signed_in_as().await.as_deref(), Some(ADA));
}

#[tokio::test]
async fn s11_signing_out_kills_the_session_on_the_server() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let kept = ada.cookies.clone();
    assert_eq!(ada.call("session/sign-out", &json!({})).await.status, 200);
    assert!(!ada.cookies.contains_key("__Host-portal-session"));
    ada.cookies = kept;
    assert_eq!(ada.signed_in_as().await, None);
    assert_eq!(ada.list().await.status, 401);
}
