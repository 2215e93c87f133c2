//! S1 to S4, S7, S8: who gets in, and by what.

mod code;

use http::Method;
use serde_json::json;
use std::time::Duration;

use crate::support::{Stage, code_in, link_in};

const MINUTE: Duration = Duration::from_secs(60);

const ADA: &str = "ada@example.com";

#[tokio::test]
async fn s1_the_link_signs_in_the_browser_that_asked_with_no_further_step() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    assert_eq!(ada.signed_in_as().await.as_deref(), Some(ADA));
    assert_eq!(ada.list().await.status, 200);
}

#[tokio::test]
async fn s1_fetching_the_page_of_the_link_uses_nothing_up() {
    let stage = Stage::set_up().await;
    stage.knows(ADA);
    let mut ada = stage.browser();
    let link = stage.link_for(&mut ada, ADA).await;
    let mut scanner = stage.browser();
    for method in [Method::GET, Method::HEAD] {
        let request = scanner
            .request(method, "/portal/sign-in/link")
            .body(axum::body::Body::empty());
        let answer = scanner.send(request.unwrap()).await;
        assert!(!answer.begins_a_session());
    }
    // One that runs scripts calls what the page calls.
    for _ in 0..5 {
        let answer = scanner.open_link(&link).await;
        assert!(!answer.begins_a_session(), "{answer:?}");
    }
    assert!(ada.open_link(&link).await.begins_a_session());
}

#[tokio::test]
async fn s1_another_browser_is_asked_first_and_shown_whose_mailbox_and_which_device() {
    let stage = Stage::set_up().await;
    stage.knows(ADA);
    let mut asked = stage.browser();
    let link = stage.link_for(&mut asked, ADA).await;
    let mut phone = stage.browser();
    let shown = phone.open_link(&link).await.json();
    assert_eq!(
        shown,
        json!({ "ask_first": {
            "address": ADA,
            "device": "Firefox, Windows",
            "asked_at": stage.clock.now(),
            "signed_in_as": null,
        }})
    );
    assert_eq!(phone.signed_in_as().await, None);
    assert!(phone.confirm_link(&link).await.begins_a_session());
    assert_eq!(phone.signed_in_as().await.as_deref(), Some(ADA));
}

#[tokio::test]
async fn s1_after_a_robot_that_presses_every_button_the_human_still_gets_in() {
    let stage = Stage::set_up().await;
    stage.knows(ADA);
    let mut ada = stage.browser();
    let mail = stage.mail_for(&mut ada, ADA).await;
    let link = link_in(&mail);
    let mut robot = stage.browser();
    robot.open_link(&link).await;
    robot.confirm_link(&link).await;
    // Pressing again gives it nothing more.
    assert!(!robot.confirm_link(&link).await.begins_a_session());
    let mut phone = stage.browser();
    assert!(phone.confirm_link(&link).await.begins_a_session());
    assert!(ada.enter_code(&code_in(&mail)).await.begins_a_session());
}

#[tokio::test]
async fn s2_a_token_gives_one_session_under_64_at_once() {
    let stage = Stage::set_up().await;
    stage.knows(ADA);
    let mut asker = stage.browser();
    let link = stage.link_for(&mut asker, ADA).await;
    let others = (0..32).map(|_| stage.browser());
    let askers = std::iter::repeat_with(|| asker.clone()).take(32);
    let all: Vec<_> = askers
        .chain(others)
        .enumerate()
        .map(|(n, mut browser)| {
            browser.ip = format!("198.19.0.{n}");
            let link = link.clone();
            tokio::spawn(async move { browser.confirm_link(&link).await })
        })
        .collect();
    let (mut by_asker, mut by_others) = (0, 0);
    for (n, answer) in all.into_iter().enumerate() {
        let answer = answer.await.unwrap();
        assert!(answer.status == 200 || answer.status == 410, "{answer:?}");
        if answer.begins_a_session() {
            *(if n < 32 {
                &mut by_asker
            } else {
                &mut by_others
            }) += 1;
        }
    }
    assert_eq!(by_asker, 1);
    assert!(by_others <= 2, "{by_others}");
}

#[tokio::test]
async fn s2_other_browsers_get_two_sessions_and_no_third() {
    let stage = Stage::set_up().await;
    stage.knows(ADA);
    let link = stage.link_for(&mut stage.browser(), ADA).await;
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(stage.browser().confirm_link(&link).await.status);
    }
    assert_eq!(statuses, [200, 200, 410, 410]);
}

#[tokio::test]
async fn s3_the_store_holds_no_token_and_no_session_id() {
    let stage = Stage::set_up().await;
    stage.knows(ADA);
    let mut ada = stage.browser();
    let mail = stage.mail_for(&mut ada, ADA).await;
    let (link, code) = (link_in(&mail), code_in(&mail).replace('-', ""));
    let browser = ada.cookies["__Host-portal-browser"].clone();
    ada.open_link(&link).await;
    let session = ada.cookies["__Host-portal-session"].clone();
    let rows = stage.state().store.read(|tx| {
        let mut found = Vec::new();
        for table in ["sign_ins", "sessions", "customers"] {
            let mut query = tx.prepare(&format!("SELECT * FROM {table}"))?;
            let columns = query.column_count();
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                for column in 0..columns {
                    found.push(format!("{:?}", row.get_ref(column)?));
                    if let rusqlite::types::ValueRef::Text(text)
                    | rusqlite::types::ValueRef::Blob(text) = row.get_ref(column)?
                    {
                        found.push(String::from_utf8_lossy(text).into_owned());
                    }
                }
            }
        }
        Ok(found)
    });
    let rows = rows.await.unwrap();
    assert!(
        rows.iter().any(|it| it.contains(ADA)),
        "the test looks at the rows"
    );
    for secret in [link, code, session, browser] {
        assert!(!rows.iter().any(|row| row.contains(&secret)), "{secret}");
    }
}

#[tokio::test]
async fn s7_a_planted_session_is_not_adopted() {
    let stage = Stage::set_up().await;
    stage.knows(ADA);
    let mut ada = stage.browser();
    let planted = "A".repeat(43);
    ada.cookies
        .insert("__Host-portal-session".to_owned(), planted.clone());
    let link = stage.link_for(&mut ada, ADA).await;
    ada.open_link(&link).await;
    assert_ne!(ada.cookies["__Host-portal-session"], planted);
    let mut eve = stage.browser();
    eve.cookies
        .insert("__Host-portal-session".to_owned(), planted);
    assert_eq!(eve.signed_in_as().await, None);
}

#[tokio::test]
async fn s7_a_link_opened_while_signed_in_as_somebody_else_asks_first() {
    let stage = Stage::set_up().await;
    stage.knows("eve@example.com");
    let mut ada = stage.signed_in(ADA).await;
    let old = ada.cookies["__Host-portal-session"].clone();
    let link = stage.link_for(&mut ada, "eve@example.com").await;
    let opened = ada.open_link(&link).await;
    assert_eq!(opened.json()["ask_first"]["signed_in_as"], ADA);
    assert_eq!(ada.signed_in_as().await.as_deref(), Some(ADA));
    ada.confirm_link(&link).await;
    assert_eq!(ada.signed_in_as().await.as_deref(), Some("eve@example.com"));
    let mut kept = stage.browser();
    kept.cookies.insert("__Host-portal-session".to_owned(), old);
    assert_eq!(kept.signed_in_as().await, None, "the old session is over");
}

#[tokio::test]
async fn s7_a_click_elsewhere_does_not_let_a_waiting_tab_in() {
    let stage = Stage::set_up().await;
    stage.knows(ADA);
    let mut eve = stage.browser();
    let link = stage.link_for(&mut eve, ADA).await;
    stage.browser().confirm_link(&link).await;
    assert_eq!(eve.signed_in_as().await, None);
}

#[tokio::test]
async fn a_link_opened_twice_in_the_same_browser_leads_on() {
    let stage = Stage::set_up().await;
    stage.knows(ADA);
    let mut ada = stage.browser();
    ada.ask_for(ADA, Some("/tickets/new")).await;
    let link = link_in(&stage.mail(ADA, 1).await);
    for _ in 0..2 {
        let opened = ada.open_link(&link).await;
        assert_eq!(opened.json()["signed_in"]["return_to"], "/tickets/new");
    }
}

#[tokio::test]
async fn s8_a_sign_in_leads_to_our_own_pages_only() {
    let stage = Stage::set_up().await;
    for (n, (asked, led)) in [
        (
            "/tickets/6bdc3f4d-0bec-4515-a284-5d916fdde489",
            "/tickets/6bdc3f4d-0bec-4515-a284-5d916fdde489",
        ),
        ("https://evil.example", "/tickets"),
        ("//evil.example", "/tickets"),
        ("/tickets/../../evil", "/tickets"),
        ("javascript:alert(1)", "/tickets"),
    ]
    .into_iter()
    .enumerate()
    {
        let address = format!("ada{n}@example.com");
        stage.knows(&address);
        let mut ada = stage.browser();
        ada.ask_for(&address, Some(asked)).await;
        let link = link_in(&stage.mail(&address, 1).await);
        assert_eq!(
            ada.open_link(&link).await.json()["signed_in"]["return_to"],
            led,
            "{asked}"
        );
    }
}

#[tokio::test]
async fn s8_the_link_comes_from_portal_url_and_not_from_the_request() {
    let stage = Stage::set_up().await;
    stage.knows(ADA);
    let mut ada = stage.browser();
    let mut request = ada.call_request(
        "sign-in/request",
        &json!({ "request": { "address": ADA, "language": "en", "return_to": null } }),
    );
    for (name, value) in [
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "http"),
        ("forwarded", "host=evil.example"),
        ("host", "127.0.0.1:3001"),
    ] {
        request
            .headers_mut()
            .insert(name, http::HeaderValue::from_static(value));
    }
    assert_eq!(ada.send(request).await.status, 202);
    let mail = stage.mail(ADA, 1).await;
    assert!(
        mail.link_containing("/sign-in/link#")
            .unwrap()
            .starts_with("https://support.example.com/portal/sign-in/link#")
    );
    assert!(!mail.raw.contains("evil.example"));
}
