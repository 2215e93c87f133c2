//! What is answered before anything is done: broken requests, wrong methods and types, unknown hosts.

use axum::body::Body;
use futures_util::{FutureExt, StreamExt, stream};
use http::{HeaderValue, Method, header};
use serde_json::json;

use crate::endpoints::{self, CALLS, Things};
use crate::support::{Browser, Stage};

fn request(
    browser: &Browser,
    endpoint: &str,
    change: impl FnOnce(&mut http::Request<Body>),
) -> http::Request<Body> {
    let call = endpoints::call_of(endpoint);
    let mut request = browser.call_request(endpoint, &(call.body)(&Things::missing()));
    change(&mut request);
    request
}

#[tokio::test]
async fn r12_malformed_bodies_are_refused_clearly_and_never_with_a_server_error() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in("ada@example.com").await;
    let deep = format!(
        "{{\"request\":{}{}}}",
        "[".repeat(20_000),
        "]".repeat(20_000)
    );
    for endpoint in CALLS.iter().map(|call| call.endpoint) {
        for body in [
            "",
            "{",
            "[]",
            "null",
            "1",
            "\"x\"",
            "\0",
            "{\"ticket\":5}",
            "{\"ticket\":[\"../..\"],\"key\":1}",
            "{\"request\":{\"address\":\"\\ud800\"}}",
            deep.as_str(),
        ] {
            if endpoint == "session/sign-out" {
                continue;
            }
            let mut request = ada.call_request(endpoint, &json!({}));
            *request.body_mut() = Body::from(body.to_owned());
            let answer = ada.send(request).await;
            assert!(answer.status < 500, "{endpoint} {body:.40}: {answer:?}");
            let takes_anything = [
                "session/current",
                "session/sign-out",
                "session/list",
                "session/profile",
                "session/end-others",
                "tickets/list",
                // None named is the new one's.
                "tickets/draft",
            ];
            if !takes_anything.contains(&endpoint) {
                assert_eq!(answer.status, 400, "{endpoint} {body:.40}: {answer:?}");
                assert_eq!(answer.body, "\"bad_request\"", "{endpoint} {body:.40}");
            }
        }
        let mut request = ada.call_request(endpoint, &json!({}));
        *request.body_mut() = Body::from(vec![b' '; 1024 * 1024 + 1]);
        assert_eq!(ada.send(request).await.status, 413, "{endpoint}");
        let mut request = ada.call_request(endpoint, &json!({}));
        *request.body_mut() = Body::from(vec![0xff, 0xfe, 0x00]);
        assert!(ada.send(request).await.status < 500, "{endpoint}");
        if endpoint == "session/sign-out" {
            ada = stage.signed_in("ada@example.com").await;
        }
    }
}

#[tokio::test]
async fn a7_only_json_is_taken_and_only_by_post() {
    let stage = Stage::set_up().await;
    for endpoint in CALLS.iter().map(|call| call.endpoint) {
        for kind in [
            "",
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/jsonx",
        ] {
            let mut browser = stage.browser();
            let request = request(&browser, endpoint, |request| {
                request
                    .headers_mut()
                    .insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
            });
            assert_eq!(browser.send(request).await.status, 415, "{endpoint} {kind}");
        }
        for method in [
            Method::GET,
            Method::PUT,
            Method::DELETE,
            Method::PATCH,
            Method::OPTIONS,
        ] {
            let mut browser = stage.browser();
            let request = request(&browser, endpoint, |request| {
                *request.method_mut() = method.clone()
            });
            let answer = browser.send(request).await;
            assert_eq!(answer.status, 405, "{endpoint} {method}: {answer:?}");
            assert!(!answer.body.is_empty(), "{endpoint} {method}: {answer:?}");
        }
    }
}

#[tokio::test]
async fn a_call_that_wants_html_is_not_answered_by_a_redirect() {
    let stage = Stage::set_up().await;
    for call in CALLS {
        let (endpoint, status) = (call.endpoint, call.nobody);
        let mut browser = stage.browser();
        let request = request(&browser, endpoint, |request| {
            let headers = request.headers_mut();
            headers.insert(header::ACCEPT, HeaderValue::from_static("text/html"));
            headers.insert(
                header::REFERER,
                HeaderValue::from_static("https://evil.example/"),
            );
        });
        let answer = browser.send(request).await;
        assert_eq!(answer.status, status, "{endpoint}");
        assert_eq!(answer.header("location"), "");
    }
}

#[tokio::test]
async fn an_unknown_call_is_not_found_without_the_frameworks_words() {
    let stage = Stage::set_up().await;
    let answer = stage.browser().call("tickets/steal", &json!({})).await;
    assert_eq!((answer.status, answer.body.as_str()), (404, ""));
}

#[tokio::test]
async fn s8_unknown_hosts_are_refused() {
    let stage = Stage::set_up().await;
    let mut browser = stage.browser();
    for (host, status) in [
        ("evil.example", 421),
        ("support.example.com", 200),
        ("support.example.com:443", 200),
        ("a b", 400),
    ] {
        let mut request = browser.call_request("session/current", &json!({}));
        request
            .headers_mut()
            .insert(header::HOST, HeaderValue::from_static(host));
        assert_eq!(browser.send(request).await.status, status, "{host}");
    }
}

#[tokio::test]
async fn an_unreadable_address_is_told_at_its_field() {
    let stage = Stage::set_up().await;
    let answer = stage.browser().ask("ada at example").await;
    assert_eq!(answer.status, 422);
    assert_eq!(
        answer.json(),
        json!({ "invalid": [{ "field": "address", "problem": "not_an_address" }] })
    );
}

#[tokio::test]
async fn too_many_codes_from_one_client_are_told_to_wait() {
    let stage = Stage::set_up().await;
    let mut browser = stage.browser();
    let mut last = browser.enter_code("2222-2222").await;
    for _ in 0..40 {
        if last.status == 429 {
            break;
        }
        last = browser.enter_code("2222-2222").await;
    }
    assert_eq!(last.status, 429);
    assert_eq!(last.header("retry-after"), "2");
    assert_eq!(last.json(), json!({ "too_many": { "wait_seconds": 2 } }));
}

#[tokio::test]
async fn the_portal_says_that_it_is_alive() {
    let stage = Stage::set_up().await;
    for path in ["/healthz", "/portal/healthz"] {
        let answer = stage.browser().get(path).await;
        assert_eq!(
            (answer.status, answer.json()["status"].as_str()),
            (200, Some("ok")),
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_portal_can_be_served_at_the_root() {
    let stage = Stage::set_up_with(&[("BASE_PATH", "/")]).await;
    let mut browser = stage.browser();
    for (path, status) in [
        ("/", 200),
        ("/sign-in", 200),
        ("/healthz", 200),
        ("/nowhere", 404),
    ] {
        assert_eq!(browser.get(path).await.status, status, "{path}");
    }
    let mut request = browser.call_request("session/current", &json!({}));
    *request.uri_mut() = http::Uri::from_static("/api/session/current");
    assert_eq!(browser.send(request).await.status, 200);
}

#[tokio::test]
async fn r12_a_list_that_is_asked_for_in_a_wrong_way_says_so() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in("ada@example.com").await;
    let long = json!({ "find": { "words": "x".repeat(10_000) } });
    let answer = ada.call("tickets/list", &long).await;
    assert_eq!(answer.status, 422, "{answer:?}");
    assert_eq!(answer.json()["invalid"][0]["field"], "words");
    for find in [
        json!({ "show": "everything" }),
        json!({ "sort": 1 }),
        json!({ "words": null }),
        json!([[], {}]),
    ] {
        let answer = ada.call("tickets/list", &json!({ "find": find })).await;
        assert_eq!(answer.status, 400, "{find}: {answer:?}");
    }
    for find in [
        json!({}),
        json!({ "words": "\u{0}\u{ffff}\"*(" }),
        json!({ "show": "waiting", "sort": "newest", "words": "#1" }),
    ] {
        let answer = ada.call("tickets/list", &json!({ "find": find })).await;
        assert_eq!(answer.status, 200, "{find}: {answer:?}");
    }
}

#[tokio::test]
async fn r9_three_hundred_slow_bodies_keep_nobody_elses_call_from_being_served() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in("ada@example.com").await;
    let mut held = Vec::new();
    for _ in 0..300 {
        let mut slow = stage.browser();
        let mut request = slow.call_request("session/current", &json!({}));
        let first = stream::iter([Ok::<_, std::io::Error>("{")]);
        *request.body_mut() = Body::from_stream(first.chain(stream::pending()));
        let mut sending = Box::pin(async move { slow.send(request).await.status });
        // It is read, and nothing comes of it yet.
        assert_eq!((&mut sending).now_or_never(), None);
        held.push(sending);
    }
    let answer = ada.call("session/current", &json!({})).await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

#[tokio::test]
async fn too_large_a_body_is_refused_by_its_header_and_a_broken_one_is_no_large_one() {
    let stage = Stage::set_up().await;
    let mut browser = stage.browser();
    let mut request = browser.call_request("session/current", &json!({}));
    request
        .headers_mut()
        .insert("content-length", (1024 * 1024 + 1).into());
    *request.body_mut() = Body::from_stream(stream::pending::<Result<&str, std::io::Error>>());
    let answer = browser.send(request).now_or_never();
    assert_eq!(answer.map(|it| it.status), Some(413));

    let mut request = browser.call_request("session/current", &json!({}));
    let broken = Err::<&str, _>(std::io::Error::other("no chunk"));
    *request.body_mut() = Body::from_stream(stream::iter([broken]));
    assert_eq!(browser.send(request).await.status, 400);
}
