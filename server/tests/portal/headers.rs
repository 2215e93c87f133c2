//! A7: the headers and cookies of every answer.

use http::{HeaderValue, header};
use serde_json::json;

use crate::boundaries::calls;
use crate::support::{Answer, Stage};

fn has_all_headers(answer: &Answer, of: &str) {
    let policy = answer.header("content-security-policy");
    for part in [
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ] {
        assert!(policy.contains(part), "{of}: {policy}");
    }
    assert!(
        !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
        "{of}: {policy}"
    );
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-robots-tag", "noindex"),
    ] {
        assert!(
            answer.header(name).starts_with(value),
            "{of}: {name} {answer:?}"
        );
    }
    assert!(
        answer
            .header("strict-transport-security")
            .starts_with("max-age="),
        "{of}"
    );
    assert!(
        answer.header("permissions-policy").contains("camera=()"),
        "{of}"
    );
}

#[tokio::test]
async fn a7_the_headers_are_on_every_answer_errors_too() {
    let stage = Stage::set_up().await;
    let mut browser = stage.browser();
    for path in [
        "/portal",
        "/portal/",
        "/portal/sign-in",
        "/portal/nowhere",
        "/nowhere",
        "/portal/assets/none.js",
        "/healthz",
        "/portal/healthz",
        "/portal/live",
        "/portal/api/tickets/list",
        "/portal/locales/en.ftl",
        "/portal/locales/xx.ftl",
    ] {
        has_all_headers(&browser.get(path).await, path);
    }
    for (endpoint, (body, _)) in calls() {
        let answer = browser.call(endpoint, &body).await;
        has_all_headers(&answer, endpoint);
        assert_eq!(answer.header("cache-control"), "no-store", "{endpoint}");
    }
    let mut request = browser.call_request("session/current", &json!({}));
    request
        .headers_mut()
        .insert(header::HOST, HeaderValue::from_static("evil.example"));
    has_all_headers(&browser.send(request).await, "an unknown host");
}

#[tokio::test]
async fn a7_cookies_are_host_cookies() {
    let stage = Stage::set_up().await;
    let mut ada = stage.browser();
    stage.knows("ada@example.com");
    let link = stage.link_for(&mut ada, "ada@example.com").await;
    let opened = ada.open_link(&link).await;
    let language = ada
        .call("session/language", &json!({ "language": "es" }))
        .await;
    let lines: Vec<_> = [&opened, &language]
        .iter()
        .flat_map(|it| it.headers.get_all(header::SET_COOKIE))
        .map(|it| it.to_str().unwrap())
        .collect();
    assert!(lines.len() >= 3, "{lines:?}");
    for line in lines {
        assert!(line.starts_with("__Host-portal-"), "{line}");
        for attribute in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
            assert!(line.contains(attribute), "{line}");
        }
        assert!(!line.contains("Domain"), "{line}");
    }
}
