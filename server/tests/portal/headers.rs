//! A7: the headers of every answer, how long each may be kept, and the cookies. The headers are looked at in every test of the portal: each
//! answer that a test's browser gets passes here.

use axum::body::Body;
use http::{HeaderMap, HeaderValue, Method, header};
use serde_json::json;

use crate::endpoints::{CALLS, Kept, Things, addresses};
use crate::support::{Answer, Browser, Stage};

/// Fails unless these are the headers of an answer of ours.
pub(crate) fn are_right(headers: &HeaderMap, https: bool, asked: &str) {
    let one = |name: &str| {
        let mut values = headers.get_all(name).iter();
        let first = values.next().map_or("", |value| value.to_str().unwrap());
        assert!(values.next().is_none(), "{asked}: two of {name}");
        first
    };
    let policy = one("content-security-policy");
    let parts: Vec<_> = policy.split(';').map(str::trim).collect();
    for part in [
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ] {
        assert!(parts.contains(&part), "{asked}: {policy}");
    }
    for part in &parts {
        let of_style = part.starts_with("style-src ");
        assert!(
            of_style || !part.contains("unsafe-inline"),
            "{asked}: {policy}"
        );
        assert!(!part.contains("'unsafe-eval'"), "{asked}: {policy}");
        assert!(
            !part.contains("http") && !part.contains('*'),
            "{asked}: {policy}"
        );
    }
    let runs_scripts = policy.contains("script-src");
    assert_eq!(
        policy.contains("require-trusted-types-for 'script'"),
        runs_scripts,
        "{asked}: {policy}"
    );
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-robots-tag", "noindex, nofollow"),
        (
            "strict-transport-security",
            if https { "max-age=31536000" } else { "" },
        ),
    ] {
        assert_eq!(one(name), value, "{asked}: {name}");
    }
    assert!(one("permissions-policy").contains("camera=()"), "{asked}");
    assert!(!one("cache-control").is_empty(), "{asked}: {headers:?}");
    for name in headers.keys().map(|name| name.as_str()) {
        let tells = name.starts_with("access-control-")
            || ["server", "x-powered-by", "via"].contains(&name);
        assert!(!tells, "{asked}: {name}");
    }
}

#[tokio::test]
async fn a7_every_address_says_how_long_it_may_be_kept_and_what_is_somebodys_never() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in("ada@example.com").await;
    let hers = Things::of(&stage, &mut ada, "Hers").await;
    stage.has_its_logo().await;
    for browser in [&ada, &stage.browser()] {
        for address in addresses(&stage, &hers).await {
            let answer = browser.clone().head_of(&address.path).await;
            let kept = match answer.status {
                200 => address.kept,
                _ => Kept::Never,
            };
            assert_eq!(
                answer.header("cache-control"),
                kept.header(),
                "{}",
                address.path
            );
            if kept != Kept::Never {
                assert_eq!(
                    answer.headers.get(header::SET_COOKIE),
                    None,
                    "{}",
                    address.path
                );
            }
        }
        for call in CALLS {
            let answer = browser
                .clone()
                .call(call.endpoint, &(call.body)(&hers))
                .await;
            assert_eq!(
                answer.header("cache-control"),
                "no-store",
                "{}",
                call.endpoint
            );
        }
    }
}

#[tokio::test]
async fn a7_refusals_have_the_headers_too() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in("ada@example.com").await;
    let hers = Things::of(&stage, &mut ada, "Hers").await;
    let mut status = async |what: &str, change: &dyn Fn(&mut http::Request<Body>)| {
        let mut request = ada.call_request("session/current", &json!({}));
        change(&mut request);
        // Looks at the headers.
        let answer = ada.send(request).await;
        assert_eq!(answer.header("cache-control"), "no-store", "{what}");
        answer.status
    };
    let with = |name: &'static str, value: &'static str| {
        move |request: &mut http::Request<Body>| {
            request
                .headers_mut()
                .insert(name, HeaderValue::from_static(value));
        }
    };
    let to = |path: &'static str| {
        move |request: &mut http::Request<Body>| *request.uri_mut() = http::Uri::from_static(path)
    };
    let large =
        |request: &mut http::Request<Body>| *request.body_mut() = vec![b' '; 1 << 21].into();
    let broken = |request: &mut http::Request<Body>| *request.body_mut() = "{".into();
    let by_put = |request: &mut http::Request<Body>| *request.method_mut() = Method::PUT;
    assert_eq!(
        status("an unknown host", &with("host", "evil.example")).await,
        421
    );
    assert_eq!(status("a broken host", &with("host", "a b")).await, 400);
    assert_eq!(
        status("a foreign page", &with("sec-fetch-site", "cross-site")).await,
        403
    );
    assert_eq!(
        status("no JSON", &with("content-type", "text/plain")).await,
        415
    );
    assert_eq!(status("too much", &large).await, 413);
    assert_eq!(status("broken off", &broken).await, 400);
    assert_eq!(status("a wrong method", &by_put).await, 405);
    assert_eq!(
        status("an unknown call", &to("/portal/api/tickets/steal")).await,
        404
    );
    assert_eq!(status("outside of the base", &to("/elsewhere")).await, 404);
    assert_eq!(status("a page by POST", &to("/portal/tickets")).await, 405);
    for path in [
        "/",
        "/nowhere",
        "/healthz",
        "/portal/files/a/b/c",
        "/portal/api",
    ] {
        ada.get(path).await;
    }
    assert_eq!(ada.get("/").await.status, 307);
    stage.fake.set_weather(fake_chatwoot::Weather::Down503);
    let file = ada
        .get(&format!("/portal/files/{}/{}", hers.ticket, hers.file))
        .await;
    assert_eq!(
        (file.status, file.header("cache-control")),
        (503, "no-store")
    );
    for _ in 0..40 {
        ada.enter_code("2222-2222").await;
    }
    assert_eq!(ada.enter_code("2222-2222").await.status, 429);
}

/// Every Set-Cookie of a sign-in, a choice of language and a sign-out.
async fn cookies(stage: &Stage, origin: &'static str) -> Vec<String> {
    let mut ada = stage.browser();
    stage.knows("ada@example.com");
    let mut lines = Vec::new();
    let mut keep = |answer: Answer| {
        let all = answer.headers.get_all(header::SET_COOKIE).iter();
        lines.extend(all.map(|it| it.to_str().unwrap().to_owned()));
    };
    let ask =
        json!({ "request": { "address": "ada@example.com", "language": "en", "return_to": null } });
    keep(from(&mut ada, origin, "sign-in/request", ask).await);
    let token = crate::support::link_in(&stage.mail("ada@example.com", 1).await);
    keep(
        from(
            &mut ada,
            origin,
            "sign-in/open-link",
            json!({ "token": token }),
        )
        .await,
    );
    keep(
        from(
            &mut ada,
            origin,
            "session/language",
            json!({ "language": "es" }),
        )
        .await,
    );
    keep(from(&mut ada, origin, "session/sign-out", json!({})).await);
    lines
}

async fn from(
    browser: &mut Browser,
    origin: &'static str,
    endpoint: &str,
    body: serde_json::Value,
) -> Answer {
    let mut request = browser.call_request(endpoint, &body);
    let host = origin.split_once("://").unwrap().1;
    request
        .headers_mut()
        .insert(header::ORIGIN, HeaderValue::from_static(origin));
    request
        .headers_mut()
        .insert(header::HOST, HeaderValue::from_static(host));
    let answer = browser.send(request).await;
    assert!(answer.status < 300, "{endpoint}: {answer:?}");
    answer
}

#[tokio::test]
async fn a7_cookies_are_host_cookies_over_https_and_never_wider_than_this_host() {
    const LOCAL: &str = "http://localhost:3001";
    const BASE: &str = "https://support.example.com";
    for (settings, origin, prefix, secure) in [
        (&[][..], BASE, "__Host-portal-", true),
        (&[("BASE_PATH", "/help")], BASE, "__Host-portal-", true),
        // Browsers take secure cookies from this machine by http too.
        (&[("PORTAL_URL", LOCAL)], LOCAL, "__Host-portal-", true),
        (
            &[("PORTAL_URL", LOCAL), ("INSECURE_COOKIES", "1")],
            LOCAL,
            "portal-",
            false,
        ),
        (
            &[
                ("PORTAL_URL", "http://portal.test"),
                ("INSECURE_COOKIES", "1"),
            ],
            "http://portal.test",
            "portal-",
            false,
        ),
    ] {
        let stage = Stage::set_up_with(settings).await;
        let base = stage.state().config.portal.base().to_owned();
        let lines = match base.as_str() {
            "/portal" => cookies(&stage, origin).await,
            // The calls of the tests' browser are below /portal: only the attributes of one are looked at.
            base => vec![language_cookie(&stage, base).await],
        };
        assert!(!lines.is_empty());
        for line in lines {
            assert!(line.starts_with(prefix), "{line}");
            let attributes: Vec<_> = line.split("; ").skip(1).collect();
            for attribute in ["HttpOnly", "SameSite=Lax", "Path=/"] {
                assert!(attributes.contains(&attribute), "{line}");
            }
            assert_eq!(attributes.contains(&"Secure"), secure, "{line}");
            assert!(!line.contains("Domain"), "{line}");
        }
    }
}

async fn language_cookie(stage: &Stage, base: &str) -> String {
    let mut browser = stage.browser();
    let mut request = browser.call_request("session/language", &json!({ "language": "es" }));
    *request.uri_mut() = format!("{base}/api/session/language").parse().unwrap();
    let answer = browser.send(request).await;
    answer.header("set-cookie").to_owned()
}

#[tokio::test]
async fn s7_planted_cookies_are_not_adopted_and_a_double_is_no_session() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in("ada@example.com").await;
    let bob = stage.signed_in("bob@example.com").await;
    let name = "__Host-portal-session";
    let (hers, his) = (&ada.cookies[name], &bob.cookies[name]);
    for (planted, who) in [
        (format!("{name}={hers}"), Some("ada@example.com")),
        (format!("portal-session={hers}"), None),
        (format!("__host-portal-session={hers}"), None),
        (format!("{name}={hers}x"), None),
        (format!("{name}={}", "A".repeat(43)), None),
        (format!("{name}={hers}; {name}={his}"), None),
        (format!("{name}={his}; {name}={hers}"), None),
        (
            format!("{name}={hers}; {name}={hers}"),
            Some("ada@example.com"),
        ),
        (
            format!("{name}={hers}; portal-session={his}"),
            Some("ada@example.com"),
        ),
    ] {
        let mut browser = stage.browser();
        let mut request = browser.call_request("session/current", &json!({}));
        let cookie = HeaderValue::from_str(&planted).unwrap();
        request.headers_mut().insert(header::COOKIE, cookie);
        let answer = browser.send(request).await;
        assert_eq!(answer.json()["address"].as_str(), who, "{planted}");
        assert_eq!(answer.headers.get(header::SET_COOKIE), None, "{planted}");
    }
}
