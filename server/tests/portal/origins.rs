//! A7: unsafe calls only from our own pages. Every combination of what browsers and other clients send, with a session and without, against
//! every call that the program has.

use axum::body::Body;
use http::{HeaderValue, Method, header};

use crate::endpoints::{CALLS, KEY, Things, addresses};
use crate::support::{ORIGIN, Stage, same};

const EVIL: &str = "https://evil.example";
const SISTER: &str = "https://other.example.com";

/// Who asks, what his browser says of it in Sec-Fetch-Site and Origin, and whether that is us.
struct Asker {
    who: &'static str,
    sites: &'static [&'static str],
    origins: &'static [&'static str],
    ours: bool,
}

const fn asker(
    who: &'static str,
    sites: &'static [&'static str],
    origins: &'static [&'static str],
    ours: bool,
) -> Asker {
    Asker {
        who,
        sites,
        origins,
        ours,
    }
}

const ASKERS: [Asker; 16] = [
    asker("our page", &["same-origin"], &[ORIGIN], true),
    asker("our page, without Origin", &["same-origin"], &[], true),
    asker("our page in an old browser", &[], &[ORIGIN], true),
    asker("a page of a sister host", &["same-site"], &[SISTER], false),
    asker(
        "a sister host that claims our origin",
        &["same-site"],
        &[ORIGIN],
        false,
    ),
    asker("a foreign page", &["cross-site"], &[EVIL], false),
    asker(
        "a foreign page, without Origin",
        &["cross-site"],
        &[],
        false,
    ),
    asker("a sandboxed frame", &["cross-site"], &["null"], false),
    asker("an address typed or a bookmark", &["none"], &[], false),
    asker("a foreign page in an old browser", &[], &[EVIL], false),
    asker("a sister host in an old browser", &[], &[SISTER], false),
    asker("a sandboxed frame in an old browser", &[], &["null"], false),
    asker(
        "our origin with more behind it",
        &[],
        &["https://support.example.com.evil.example"],
        false,
    ),
    asker(
        "our host by http",
        &[],
        &["http://support.example.com"],
        false,
    ),
    asker("a client that says nothing", &[], &[], false),
    asker(
        "a client that says two things",
        &["same-origin", "cross-site"],
        &[ORIGIN, EVIL],
        false,
    ),
];

impl Asker {
    fn asks(&self, request: &mut http::Request<Body>) {
        let headers = request.headers_mut();
        headers.remove("sec-fetch-site");
        headers.remove(header::ORIGIN);
        for site in self.sites {
            headers.append("sec-fetch-site", HeaderValue::from_static(site));
        }
        for origin in self.origins {
            headers.append(header::ORIGIN, HeaderValue::from_static(origin));
        }
    }
}

#[tokio::test]
async fn a7_every_call_is_done_for_our_own_pages_only_with_a_session_and_without() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in("ada@example.com").await;
    let hers = Things::of(&stage, &mut ada, "Hers").await;
    let (stored, writes) = (stage.stored().await, stage.fake.ledger().len());
    for asker in ASKERS.iter().filter(|asker| !asker.ours) {
        for call in CALLS {
            for mut browser in [stage.browser(), ada.clone()] {
                let mut request = browser.call_request(call.endpoint, &(call.body)(&hers));
                asker.asks(&mut request);
                let answer = browser.send(request).await;
                assert_eq!(
                    (answer.status, answer.body.as_str()),
                    (403, "\"foreign_origin\""),
                    "{} by {}",
                    call.endpoint,
                    asker.who
                );
                assert_eq!(answer.headers.get(header::SET_COOKIE), None);
            }
        }
    }
    stage.rests().await;
    same(&stored, &stage.stored().await);
    assert_eq!(stage.fake.ledger().len(), writes);
    for asker in ASKERS.iter().filter(|asker| asker.ours) {
        // The last one of the table ends the session. What was done once is not always answered alike, but never refused so.
        for call in CALLS
            .iter()
            .filter(|call| call.endpoint != "session/sign-out")
        {
            for mut browser in [stage.browser(), ada.clone()] {
                browser.ip = stage.browser().ip;
                let mut request = browser.call_request(call.endpoint, &(call.body)(&hers));
                asker.asks(&mut request);
                let answer = browser.send(request).await;
                assert_ne!(
                    answer.body, "\"foreign_origin\"",
                    "{} by {}",
                    call.endpoint, asker.who
                );
            }
        }
    }
}

#[tokio::test]
async fn a7_no_other_address_takes_an_unsafe_method() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in("ada@example.com").await;
    let hers = Things::of(&stage, &mut ada, "Hers").await;
    for address in addresses(&stage, &hers).await {
        for method in [
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
            Method::OPTIONS,
            Method::TRACE,
            Method::CONNECT,
        ] {
            let request = ada.request(method.clone(), &address.path);
            let request = request.header(header::ORIGIN, ORIGIN);
            let answer = ada.send(request.body(Body::from("{}")).unwrap()).await;
            // The one press of mail programs comes from elsewhere: its address is the permission, and this is none.
            let presses = method == Method::POST && address.path.contains("/mails/");
            let status = if presses { 404 } else { 405 };
            assert_eq!(
                answer.status, status,
                "{method} {}: {answer:?}",
                address.path
            );
        }
    }
}

#[tokio::test]
async fn a7_files_are_taken_from_our_own_pages_only() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in("ada@example.com").await;
    stage.wishes_are_done().await;
    stage.rests().await;
    let stored = stage.stored().await;
    for asker in ASKERS.iter().filter(|asker| !asker.ours) {
        for mut browser in [stage.browser(), ada.clone()] {
            let mut request = browser.upload_request(KEY, "a.txt", "text");
            asker.asks(&mut request);
            let answer = browser.send(request).await;
            let told = (answer.status, answer.body.as_str());
            assert_eq!(told, (403, "\"foreign_origin\""), "{}", asker.who);
        }
    }
    same(&stored, &stage.stored().await);
    for asker in ASKERS.iter().filter(|asker| asker.ours) {
        let mut browser = ada.clone();
        let mut request = browser.upload_request(KEY, "a.txt", "text");
        asker.asks(&mut request);
        assert_eq!(browser.send(request).await.status, 201, "{}", asker.who);
    }
    for method in [Method::GET, Method::PUT, Method::DELETE, Method::PATCH] {
        let mut browser = ada.clone();
        let mut request = browser.upload_request(KEY, "a.txt", "text");
        *request.method_mut() = method.clone();
        let answer = browser.send(request).await;
        assert_eq!(answer.status, 405, "{method}: {answer:?}");
    }
}
