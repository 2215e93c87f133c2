//! A10 and R7: what Chatwoot tells counts if it is signed, recent and new, and then only as a hint of what to read again.

use std::time::Duration;

use axum::body::Body;
use fake_chatwoot::DisplayId;
use http::{HeaderValue, Method, header};
use serde_json::{Value, json};

use crate::support::{Browser, HOOK_SECRET, RECEIVER, Stage};

const ADA: &str = "ada@example.com";
const KEY: &str = "11111111-2222-4333-8444-555555555555";

/// Ada, with one ticket that Chatwoot has.
async fn with_a_ticket(stage: &Stage) -> (Browser, String, DisplayId) {
    let mut ada = stage.signed_in(ADA).await;
    let new = json!({ "key": KEY, "subject": "Printer", "message": "It burns" });
    let opened = ada.call("tickets/open", &json!({ "new": new })).await;
    assert_eq!(opened.status, 200, "{opened:?}");
    settled(stage).await;
    let ticket = opened.json().as_str().unwrap().to_owned();
    (ada, ticket, stage.fake.conversations()[0].id)
}

async fn settled(stage: &Stage) {
    stage.state().tickets.idle().await;
}

/// Lets so much time pass, and all happen that is due then.
async fn passes(stage: &Stage, time: Duration) {
    settled(stage).await;
    stage.clock.advance(time);
    settled(stage).await;
}

async fn last_words(browser: &mut Browser) -> String {
    browser.list_in_background().await.json()["changed"]["rows"][0]["last"].to_string()
}

#[tokio::test]
async fn r7_an_agents_answer_is_told_by_the_webhook_and_read_again() {
    let stage = Stage::set_up_reachable(&[]).await;
    let (mut ada, ticket, number) = with_a_ticket(&stage).await;
    let mut stream = ada.live().await;
    stream.next().await.unwrap();
    stage.fake.wait_for_deliveries(3).await;
    passes(&stage, Duration::from_secs(1)).await;
    while !stream.is_silent() {}
    let before = stage.readings();
    stage.fake.agent_replies(number, "Unplug it").unwrap();
    stage.fake.wait_for_deliveries(5).await;
    passes(&stage, Duration::from_secs(1)).await;
    let told = stream.next().await.unwrap();
    assert_eq!(told, format!("event: ticket\ndata: {ticket}\n\n"));
    assert!(last_words(&mut ada).await.contains("Unplug it"));
    settled(&stage).await;
    // The conversation and its newest messages; what else was told of the same answer was not news.
    assert_eq!(stage.readings() - before, 2);
    assert_eq!(stage.health().await["webhooks"], "ok");
}

#[tokio::test]
async fn a3_a_private_note_is_told_and_moves_nothing() {
    let stage = Stage::set_up_reachable(&[]).await;
    let (mut ada, _, number) = with_a_ticket(&stage).await;
    stage.fake.wait_for_deliveries(3).await;
    passes(&stage, Duration::from_secs(1)).await;
    let list = ada.list_in_background().await.json();
    let before = stage.readings();
    let deliveries = stage.fake.deliveries().len();
    stage
        .fake
        .agent_writes_private_note(number, "CANARY")
        .unwrap();
    stage.fake.wait_for_deliveries(deliveries + 1).await;
    passes(&stage, Duration::from_secs(1)).await;
    assert_eq!(stage.readings(), before);
    assert_eq!(ada.list_in_background().await.json(), list);
}

#[tokio::test]
async fn r7_a_message_that_an_agent_deletes_is_gone_at_once() {
    let stage = Stage::set_up_reachable(&[]).await;
    let (mut ada, _, number) = with_a_ticket(&stage).await;
    let message = stage.fake.agent_replies(number, "Oops").unwrap();
    stage
        .until(|| {
            stage.clock.advance(Duration::from_millis(200));
            let mut ada = ada.clone();
            async move { last_words(&mut ada).await.contains("Oops") }
        })
        .await;
    passes(&stage, Duration::from_secs(1)).await;
    stage.fake.agent_deletes_message(number, message).unwrap();
    stage
        .until(|| {
            stage.clock.advance(Duration::from_millis(200));
            let mut ada = ada.clone();
            async move { !last_words(&mut ada).await.contains("Oops") }
        })
        .await;
    assert!(last_words(&mut ada).await.contains("It burns"));
}

#[tokio::test]
async fn a10_every_recorded_delivery_is_taken_once() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../fake-chatwoot/recordings/deliveries.json"
    );
    let all: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    // Nothing puts another secret in its place.
    let stage = Stage::set_up_with(&[("WEBHOOKS", "off"), ("CABLE", "off")]).await;
    let secret = all["secret"].as_str().unwrap().to_owned();
    stage
        .state()
        .webhooks
        .set_secret(chatwoot::HookSecret::new(secret));
    let calls = stage.fake.call_count();
    let mut taken = 0;
    for delivery in all["deliveries"].as_array().unwrap() {
        let request = || {
            let mut request = http::Request::post(RECEIVER).header("Host", "portal");
            for (name, value) in delivery["headers"].as_object().unwrap() {
                request = request.header(name, value.as_str().unwrap());
            }
            request
                .body(Body::from(delivery["raw"].as_str().unwrap().to_owned()))
                .unwrap()
        };
        let seconds = delivery["headers"]["X-Chatwoot-Timestamp"]
            .as_str()
            .unwrap();
        let at = 1000 * seconds.parse::<u64>().unwrap() + 700;
        stage
            .clock
            .advance(Duration::from_millis(at.saturating_sub(stage.clock.now())));
        assert_eq!(stage.sends(request()).await, 200, "{delivery}");
        assert_eq!(stage.health().await["webhook_last_came"], stage.clock.now());
        stage.clock.advance(Duration::from_millis(1));
        assert_eq!(stage.sends(request()).await, 200, "{delivery}");
        assert_ne!(
            stage.health().await["webhook_last_came"],
            stage.clock.now(),
            "a double counted"
        );
        let mut forged = request();
        *forged.body_mut() = Body::from(delivery["raw"].as_str().unwrap().replacen('{', "{ ", 1));
        assert_eq!(stage.sends(forged).await, 401, "{delivery}");
        taken += 1;
    }
    assert_eq!(taken, 45);
    settled(&stage).await;
    // They are of another account: nothing was read for them; what was asked since is the poll's.
    assert_eq!(
        stage.readings(),
        0,
        "{} calls before, {:?}",
        calls,
        stage.fake.calls()
    );
}

#[tokio::test]
async fn a10_what_is_not_chatwoots_is_refused_before_it_is_read() {
    let stage = Stage::set_up_with(&[("WEBHOOKS", "off"), ("CABLE", "off")]).await;
    let (_, _, number) = with_a_ticket(&stage).await;
    let good = stage.delivery(&stage.message_came(number, 999_999));
    assert_eq!(stage.delivers(&good).await, 404, "nothing is registered");
    stage.believes_tests();
    let before = stage.readings();
    let change = |how: &dyn Fn(&mut http::HeaderMap)| {
        let mut request = stage
            .delivery(&stage.message_came(number, 999_999))
            .request();
        how(request.headers_mut());
        request
    };
    let set = |name: &'static str, value: &'static str| {
        change(&move |headers| drop(headers.insert(name, HeaderValue::from_static(value))))
    };
    for (request, status) in [
        (set("x-chatwoot-signature", "sha256=00"), 401),
        (
            set(
                "x-chatwoot-signature",
                "sha256=0000000000000000000000000000000000000000000000000000000000000000",
            ),
            401,
        ),
        (set("x-chatwoot-timestamp", "1789999999"), 401),
        (set("x-chatwoot-timestamp", "soon"), 401),
        (set("x-chatwoot-delivery", "1"), 401),
        (
            change(&|headers| drop(headers.remove("x-chatwoot-signature"))),
            401,
        ),
        (
            change(&|headers| drop(headers.remove("x-chatwoot-timestamp"))),
            401,
        ),
        (
            change(&|headers| drop(headers.remove("x-chatwoot-delivery"))),
            401,
        ),
        (
            change(&|headers| {
                assert!(headers.append(
                    "x-chatwoot-timestamp",
                    HeaderValue::from_static("1790000000"),
                ))
            }),
            401,
        ),
        (set("content-type", "text/plain"), 415),
        (
            change(&|headers| drop(headers.remove(header::CONTENT_TYPE))),
            415,
        ),
    ] {
        let shown = format!("{:?}", request.headers());
        assert_eq!(stage.sends(request).await, status, "{shown}");
    }
    let mut other = stage.delivery(&stage.message_came(number, 999_999));
    other.secret = "another".to_owned();
    assert_eq!(stage.delivers(&other).await, 401);
    for (seconds, status) in [(-301, 401), (301, 401), (-299, 200), (299, 200)] {
        let mut delivery = stage.delivery(&json!({ "event": "contact_created", "n": seconds }));
        delivery.seconds = delivery.seconds.checked_add_signed(seconds).unwrap();
        assert_eq!(stage.delivers(&delivery).await, status, "{seconds}");
    }
    let mut huge = stage.delivery(&json!({}));
    huge.body = vec![b' '; 4 * 1024 * 1024 + 1];
    assert_eq!(stage.delivers(&huge).await, 413);
    let mut endless = good.request();
    *endless.body_mut() = Body::from_stream(futures_util::stream::pending::<
        Result<bytes::Bytes, std::io::Error>,
    >());
    assert_eq!(stage.sends(endless).await, 411);
    for body in ["", "{", "[]", "null", "{\"event\":1}"] {
        let mut delivery = stage.delivery(&json!({}));
        delivery.body = body.into();
        assert_eq!(stage.delivers(&delivery).await, 422, "{body}");
    }
    for method in [Method::GET, Method::PUT, Method::DELETE, Method::OPTIONS] {
        let mut request = good.request();
        *request.method_mut() = method.clone();
        assert_eq!(stage.sends(request).await, 405, "{method}");
    }
    settled(&stage).await;
    assert_eq!(
        stage.readings(),
        before,
        "something was read for one of them"
    );
}

#[tokio::test]
async fn a10_late_doubled_and_reordered_deliveries_do_no_harm() {
    let stage = Stage::set_up_with(&[("WEBHOOKS", "off"), ("CABLE", "off")]).await;
    let (mut ada, _, number) = with_a_ticket(&stage).await;
    stage.believes_tests();
    let told = |message: fake_chatwoot::MessageId| {
        stage.delivery(&stage.message_came(number, message.0.cast_unsigned()))
    };
    let one = stage.fake.agent_replies(number, "First").unwrap();
    let two = stage.fake.agent_replies(number, "Second").unwrap();
    let (late, early) = (told(one), told(two));
    let before = stage.readings();
    assert_eq!(stage.delivers(&early).await, 200);
    settled(&stage).await;
    assert!(last_words(&mut ada).await.contains("Second"));
    assert_eq!(stage.readings() - before, 2);
    for _ in 0..3 {
        assert_eq!(stage.delivers(&early).await, 200);
        assert_eq!(stage.delivers(&late).await, 200);
    }
    passes(&stage, Duration::from_secs(1)).await;
    assert_eq!(
        stage.readings() - before,
        2,
        "both messages were here already"
    );
    // The same again with another name, which is not signed; and later than it is good for.
    let mut renamed = early.clone();
    renamed.id = stage.state().chance.uuid();
    assert_eq!(stage.delivers(&renamed).await, 200);
    stage.clock.advance(Duration::from_secs(301));
    assert_eq!(stage.delivers(&early).await, 401);
}

#[tokio::test]
async fn a10_content_is_never_believed() {
    let stage = Stage::set_up_with(&[("WEBHOOKS", "off"), ("CABLE", "off")]).await;
    let (mut ada, _, number) = with_a_ticket(&stage).await;
    stage.believes_tests();
    let mut lie = stage.message_came(number, 999_999);
    lie["content"] = json!("LIES");
    lie["conversation"]["status"] = json!("resolved");
    lie["conversation"]["messages"] = json!([{ "id": 999_999, "content": "LIES" }]);
    let list = ada.list_in_background().await.json();
    assert_eq!(stage.delivers(&stage.delivery(&lie)).await, 200);
    passes(&stage, Duration::from_secs(1)).await;
    assert_eq!(ada.list_in_background().await.json(), list);
    // Elsewhere in the account, in another account, and what agents say among themselves: not even looked at.
    let before = stage.readings();
    for change in [
        |it: &mut Value| it["inbox"]["id"] = json!(4711),
        |it: &mut Value| it["account"]["id"] = json!(4711),
        |it: &mut Value| it["private"] = json!(true),
        |it: &mut Value| it["message_type"] = json!("activity"),
    ] {
        let mut told = stage.message_came(number, 999_999);
        change(&mut told);
        assert_eq!(stage.delivers(&stage.delivery(&told)).await, 200);
        passes(&stage, Duration::from_secs(1)).await;
        assert_eq!(stage.readings(), before, "{told}");
    }
}

#[tokio::test]
async fn r7_a_thousand_at_once_are_few_readings() {
    let stage = Stage::set_up_with(&[("WEBHOOKS", "off"), ("CABLE", "off")]).await;
    let (_, _, number) = with_a_ticket(&stage).await;
    stage.believes_tests();
    settled(&stage).await;
    let before = stage.readings();
    for message in 0..1000 {
        let told = stage.message_came(number, 1_000_000 + message);
        assert_eq!(stage.delivers(&stage.delivery(&told)).await, 200);
    }
    passes(&stage, Duration::from_secs(1)).await;
    let read = stage.readings() - before;
    assert!((2..=4).contains(&read), "{read}");
}

#[tokio::test]
async fn r7_a_webhook_that_does_not_arrive_is_told_and_polled_for() {
    // Registered to an address by which the fake delivers nothing.
    let stage = Stage::set_up_with(&[("CABLE", "off")]).await;
    stage.hook_is("registered").await;
    let (mut ada, _, number) = with_a_ticket(&stage).await;
    ada.list().await;
    stage.fake.agent_replies(number, "Unplug it").unwrap();
    passes(&stage, Duration::from_secs(5)).await;
    assert!(last_words(&mut ada).await.contains("Unplug it"));
    for _ in 0..13 {
        passes(&stage, Duration::from_secs(5)).await;
    }
    stage.hook_is("silent").await;
    assert_eq!(stage.health().await["status"], "ok");
}

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
    settled(&stage).await;
    let (ada, _, number) = with_a_ticket(&stage).await;
    stage.fake.agent_replies(number, "Unplug it").unwrap();
    // A burst is one reading: what came just after one waits for the clock.
    stage
        .until(|| async {
            stage.clock.advance(Duration::from_millis(200));
            last_words(&mut ada.clone()).await.contains("Unplug it")
        })
        .await;
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
