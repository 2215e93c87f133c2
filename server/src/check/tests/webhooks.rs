//! What `check` says of the webhook.

use super::*;

#[tokio::test]
async fn a_webhook_that_is_not_right_is_put_right_by_the_check() {
    let stage = Stage::new().await;
    let said = async |more: &[(&str, &str)]| examine(&stage.config(more)).await.to_string();
    assert!(said(&[]).await.contains("was not registered, and is now"));
    let moved = [("WEBHOOK_URL", "https://support.example.com")];
    let report = said(&moved).await;
    assert!(report.contains("is put right"), "{report}");
    assert!(!report.contains("SAFE_FETCH"), "{report}");
    assert!(
        said(&[("WEBHOOKS", "off")])
            .await
            .contains("ok     webhook    off")
    );
}

#[tokio::test]
async fn webhooks_that_are_silent_since_the_clocks_are_apart_are_told_of_as_that() {
    let running = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = running.local_addr().unwrap().port().to_string();
    let says = || async { axum::Json(json!({ "webhooks": "silent" })) };
    let portal = axum::Router::new().fallback(says);
    tokio::spawn(async move { axum::serve(running, portal).await });
    let mut stage = Stage::new().await;
    let listens = [("PORT", port.as_str())];
    let said = examine(&stage.config(&listens)).await.to_string();
    assert!(said.contains("nothing arrives at"), "{said}");
    let real = Options::default().clock;
    stage.fake = FakeChatwoot::start(Options {
        clock: Arc::new(move || real() - 400_000),
        ..Options::default()
    })
    .await
    .unwrap();
    let said = examine(&stage.config(&listens)).await.to_string();
    assert!(said.contains("is refused for its time"), "{said}");
    assert!(said.contains("s behind the portal's") && said.contains("NTP"));
    assert!(!said.contains("nothing arrives at"), "{said}");
}

#[tokio::test]
async fn a_webhook_that_chatwoot_refuses_is_named_with_its_words_and_a_cure() {
    let stage = Stage::new().await;
    stage.fake.refuses_webhooks(true);
    let report = examine(&stage.config(&[])).await;
    assert!(!report.has_faults());
    let said = report.to_string();
    assert!(said.contains("Chatwoot does not take it (invalid: Url is invalid)"));
    assert!(said.contains("set WEBHOOK_URL"), "{said}");
}
