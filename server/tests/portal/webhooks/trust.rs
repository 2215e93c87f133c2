//! A10: a delivery counts if it is signed, recent and new; nothing in it is believed.

use std::time::Duration;

use axum::body::Body;
use http::{HeaderValue, Method, header};
use serde_json::{Value, json};

use super::last_words;
use crate::support::{RECEIVER, Stage};

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
    stage.rests().await;
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
    let (_, _, number) = stage.ada_with_a_ticket().await;
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
    stage.rests().await;
    assert_eq!(
        stage.readings(),
        before,
        "something was read for one of them"
    );
}

#[tokio::test]
async fn a10_late_doubled_and_reordered_deliveries_do_no_harm() {
    let stage = Stage::set_up_with(&[("WEBHOOKS", "off"), ("CABLE", "off")]).await;
    let (mut ada, _, number) = stage.ada_with_a_ticket().await;
    stage.believes_tests();
    let told = |message: fake_chatwoot::MessageId| {
        stage.delivery(&stage.message_came(number, message.0.cast_unsigned()))
    };
    let one = stage.fake.agent_replies(number, "First").unwrap();
    let two = stage.fake.agent_replies(number, "Second").unwrap();
    let (late, early) = (told(one), told(two));
    let before = stage.readings();
    assert_eq!(stage.delivers(&early).await, 200);
    stage.rests().await;
    assert!(last_words(&mut ada).await.contains("Second"));
    assert_eq!(stage.readings() - before, 2);
    for _ in 0..3 {
        assert_eq!(stage.delivers(&early).await, 200);
        assert_eq!(stage.delivers(&late).await, 200);
    }
    stage.time_passes(Duration::from_secs(1)).await;
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
    let (mut ada, _, number) = stage.ada_with_a_ticket().await;
    stage.believes_tests();
    let mut lie = stage.message_came(number, 999_999);
    lie["content"] = json!("LIES");
    lie["conversation"]["status"] = json!("resolved");
    lie["conversation"]["messages"] = json!([{ "id": 999_999, "content": "LIES" }]);
    let list = ada.list_in_background().await.json();
    assert_eq!(stage.delivers(&stage.delivery(&lie)).await, 200);
    stage.time_passes(Duration::from_secs(1)).await;
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
        stage.time_passes(Duration::from_secs(1)).await;
        assert_eq!(stage.readings(), before, "{told}");
    }
}
