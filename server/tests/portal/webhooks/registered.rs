//! The portal's own webhook in Chatwoot: registered, looked after, done without.

use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::json;

use super::last_words;
use crate::support::{HOOK_SECRET, Log, RECEIVER, Stage};

#[tokio::test]
async fn the_webhook_is_registered_at_the_start_and_put_back_when_it_is_taken_away() {
    let mut stage = Stage::set_up_reachable(&[]).await;
    let hooks = stage.state().chatwoot.hooks().await.unwrap();
    assert_eq!(hooks.len(), 1);
    assert!(hooks[0].url.ends_with(RECEIVER), "{hooks:?}");
    stage.restart().await;
    stage.hook_is("registered").await;
    assert_eq!(stage.state().chatwoot.hooks().await.unwrap().len(), 1);
    stage
        .state()
        .chatwoot
        .remove_hook(hooks[0].id)
        .await
        .unwrap();
    // It looks after it every five minutes.
    let chatwoot = stage.state().chatwoot.clone();
    stage
        .until(|| async {
            stage.clock.advance(Duration::from_secs(10));
            let hooks = chatwoot.hooks().await.unwrap();
            let secret = hooks.into_iter().next().and_then(|hook| hook.secret);
            let Some(secret) = secret else { return false };
            let mut delivery = stage.delivery(&json!({ "event": "contact_created" }));
            delivery.secret = secret.expose().to_owned();
            stage.delivers(&delivery).await == 200
        })
        .await;
    assert_eq!(stage.state().chatwoot.hooks().await.unwrap().len(), 1);
    stage.rests().await;
    let (ada, _, number) = stage.ada_with_a_ticket().await;
    stage.fake.agent_replies(number, "Unplug it").unwrap();
    // A burst is one reading: what came just after one waits for the clock.
    let heard = async || last_words(&mut ada.clone()).await.contains("Unplug it");
    stage.hears(heard).await;
    stage.hook_is("ok").await;
}

#[tokio::test]
async fn the_secret_is_kept_for_a_chatwoot_that_cannot_be_asked() {
    let mut stage = Stage::set_up_reachable(&[]).await;
    stage.hook_is("registered").await;
    let hook = stage.state().chatwoot.hooks().await.unwrap().remove(0);
    stage.fake.goes_away().await;
    stage.restart().await;
    let mut delivery = stage.delivery(&json!({ "event": "contact_created" }));
    delivery.secret = hook.secret.unwrap().expose().to_owned();
    assert_ne!(delivery.secret, HOOK_SECRET);
    stage
        .until(|| async { stage.delivers(&delivery).await != 404 })
        .await;
    assert_eq!(stage.delivers(&delivery).await, 200);
}

#[tokio::test]
async fn a_token_that_may_not_register_is_said_and_done_without() {
    let stage = Stage::set_up().await;
    let token = stage.fake.given().agent_token.clone();
    drop(stage);
    let stage = Stage::set_up_with(&[("CHATWOOT_API_TOKEN", &token)]).await;
    stage.hook_is("not allowed").await;
    assert_eq!(stage.health().await["status"], "ok");
}

#[tokio::test]
async fn r7_the_cable_takes_over_while_chatwoot_refuses_the_webhook_and_lets_go_once_it_is_taken() {
    let mut stage = Stage::set_up_with(&[("WEBHOOKS", "off")]).await;
    stage.fake.refuses_webhooks(true);
    let log = Log::begin();
    stage.set("WEBHOOKS", "auto").await;
    stage.hook_is("refused").await;
    let cable_is = async |word: &str| {
        let so = async || stage.health().await["cable"] == word;
        stage.seconds_until(120, so).await;
    };
    cable_is("ok").await;
    let (ada, _, number) = stage.ada_with_a_ticket().await;
    stage.fake.agent_replies(number, "Unplug it").unwrap();
    let heard = async || last_words(&mut ada.clone()).await.contains("Unplug it");
    stage.seconds_until(5, heard).await;
    assert_eq!(stage.health().await["webhooks"], "refused");
    stage.time_passes(Duration::from_mins(6)).await;
    let told = log.lines_with("no webhook");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("Url is invalid") && told[0].contains("WEBHOOK_URL"));
    stage.fake.refuses_webhooks(false);
    // It is tried again every five minutes.
    stage
        .until(|| async {
            stage.clock.advance(Duration::from_secs(10));
            stage.health().await["webhooks"] == "registered"
        })
        .await;
    cable_is("off").await;
}

#[tokio::test]
async fn r7_clocks_that_are_apart_are_named_with_their_cure_in_place_of_webhooks_that_do_not_arrive()
 {
    for (ahead, words) in [
        (400_000, "400 s ahead of the portal's"),
        (-400_000, "400 s behind the portal's"),
    ] {
        let stage = Stage::set_up_reachable(&[("CABLE", "off")]).await;
        let log = Log::begin();
        stage.ahead.store(ahead, Ordering::Relaxed);
        let (mut ada, _, number) = stage.ada_with_a_ticket().await;
        ada.list().await;
        for _ in 0..16 {
            stage.fake.agent_replies(number, "Unplug it").unwrap();
            stage.rests().await;
            stage.time_passes(Duration::from_secs(5)).await;
        }
        stage.hook_is("silent").await;
        assert!(last_words(&mut ada).await.contains("Unplug it"));
        // A delivery's own time, once however many come; and Chatwoot's, when nothing came for a minute.
        for (line, level) in [
            ("refused for their time: by a delivery's", "WARN"),
            ("refused for their time, since", "ERROR"),
        ] {
            let told = log.lines_with(line);
            assert_eq!(told.len(), 1, "{told:?}");
            assert!(
                told[0].contains(level) && told[0].contains("NTP"),
                "{told:?}"
            );
            assert!(told[0].contains(words), "{told:?}");
        }
        assert!(log.lines_with("does not deliver").is_empty());
        // Set right, they come.
        stage.ahead.store(0, Ordering::Relaxed);
        stage.fake.agent_replies(number, "Plug it in").unwrap();
        stage.hook_is("ok").await;
    }
}
