//! Switching mails off and on: by one press from the mail, on its page, in the account and in the ticket.

use axum::body::Body;
use fake_chatwoot::Mail;
use http::{Method, Request, header};
use serde_json::json;

use super::{ADA, Away, open};
use crate::support::{Answer, Browser, ORIGIN, Stage};

const ONE_CLICK: &str = "List-Unsubscribe=One-Click";

/// The path in a mail that switches mails off: about its ticket, or all.
fn path(mail: &Mail, scope: char) -> String {
    let link = mail
        .link_containing(&format!("/portal/mails/{scope}"))
        .unwrap();
    link.strip_prefix(ORIGIN)
        .unwrap()
        .trim_end_matches('>')
        .to_owned()
}

/// As a mail provider does: no cookies, no origin.
fn press(path: &str, body: &str) -> Request<Body> {
    Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(header::HOST, "support.example.com")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body.to_owned()))
        .unwrap()
}

async fn pressed(stage: &Stage, path: &str, body: &str) -> Answer {
    stage.browser().send(press(path, body)).await
}

/// With one mail that came.
async fn mailed() -> (Away, Mail) {
    let away = Away::set_up().await;
    away.answered("Try another bulb.").await;
    away.stage.passes(150).await;
    let mail = away.mails().remove(0);
    (away, mail)
}

async fn mails_in_session(browser: &mut Browser) -> serde_json::Value {
    browser.call("session/current", &json!({})).await.json()["mails"].clone()
}

#[tokio::test]
async fn one_press_in_a_mail_program_ends_all_mails_about_answers_and_no_sign_in_mail() {
    let (mut away, mail) = mailed().await;
    let all = path(&mail, 'a');
    assert_eq!(
        mail.header("list-unsubscribe"),
        Some(format!("<{ORIGIN}{all}>").as_str())
    );
    for _ in 0..2 {
        let answer = pressed(&away.stage, &all, ONE_CLICK).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert_eq!(answer.headers.get(header::SET_COOKIE), None);
    }
    assert_eq!(mails_in_session(&mut away.ada).await, json!(false));
    away.looks().await;
    away.answered("And another socket.").await;
    away.stage.passes(600).await;
    assert_eq!(away.mails().len(), 1);
    // It can be taken back on the page, and then tells of what comes then.
    assert_eq!(pressed(&away.stage, &all, "act=on").await.status, 200);
    away.stage.signed_in(ADA).await;
    away.stage.passes(600).await;
    assert_eq!(away.mails().len(), 1, "what came meanwhile is not told");
    away.answered("Or a candle.").await;
    away.stage.passes(150).await;
    assert_eq!(away.mails().len(), 2);
}

#[tokio::test]
async fn mails_about_one_ticket_end_alone() {
    let (mut away, mail) = mailed().await;
    let (_, other) = open(&away.stage, &mut away.ada, 2, "A door").await;
    assert_eq!(
        pressed(&away.stage, &path(&mail, 't'), "act=off")
            .await
            .status,
        200
    );
    away.looks().await;
    away.answered("And another socket.").await;
    away.stage.fake.agent_replies(other, "Push it.").unwrap();
    away.stage.passes(200).await;
    let mails = away.mails();
    assert_eq!(mails.len(), 2);
    assert!(mails[1].raw.contains("Push it.") && !mails[1].raw.contains("socket"));
    assert_eq!(mails_in_session(&mut away.ada).await, json!(true));
    let show = json!({ "ticket": away.ticket, "earlier": null, "known": null });
    let shown = away.ada.call("tickets/show", &show).await.json();
    assert_eq!(shown["changed"]["mails"], json!(false));
}

#[tokio::test]
async fn a7_opening_the_page_changes_nothing_names_nobody_and_shows_one_button() {
    let (away, mail) = mailed().await;
    for scope in ['a', 't'] {
        let path = path(&mail, scope);
        let before = away.stage.stored().await;
        let page = away.stage.browser().get(&path).await;
        assert_eq!(
            (page.status, page.header("cache-control")),
            (200, "no-store")
        );
        assert_eq!(page.body.matches("<button").count(), 1, "{}", page.body);
        assert!(page.body.contains("value=\"off\""));
        for word in [ADA, "ada", "flickers", "another bulb"] {
            assert!(
                !page.body.to_lowercase().contains(word),
                "{word}: {}",
                page.body
            );
        }
        assert_eq!(away.stage.browser().head_of(&path).await.status, 200);
        assert_eq!(away.stage.stored().await, before);
    }
    let spanish = away
        .stage
        .browser()
        .request(Method::GET, &path(&mail, 'a'))
        .header(header::ACCEPT_LANGUAGE, "es-MX,es;q=0.9")
        .body(Body::empty())
        .unwrap();
    let page = away.stage.browser().send(spanish).await;
    assert!(
        page.body.contains("<html lang=\"es\"") && page.body.contains("Desactivar estos correos")
    );
}

#[tokio::test]
async fn an_address_that_is_not_ours_switches_nothing_and_odd_presses_are_told_so() {
    let (mut away, mail) = mailed().await;
    let all = path(&mail, 'a');
    let token = all.rsplit('/').next().unwrap();
    let ticket = path(&mail, 't');
    let swapped = format!("a{}", &ticket.rsplit('/').next().unwrap()[1..]);
    let mut wrong = vec![
        swapped,
        token[..token.len() - 1].to_owned(),
        format!("{token}A"),
        token.to_uppercase(),
        "a".to_owned(),
        "aß".repeat(40),
        "%00".to_owned(),
        "..%2f..".to_owned(),
        "a".repeat(4_000),
    ];
    wrong.push(format!("{}0{}", &token[..5], &token[6..]));
    for token in wrong.iter().filter(|it| *it != token) {
        let token: String = url::form_urlencoded::byte_serialize(token.as_bytes()).collect();
        let mut browser = away.stage.browser();
        let path = format!("/portal/mails/{token}");
        assert_eq!(browser.get(&path).await.status, 404, "{path}");
        assert_eq!(
            browser.send(press(&path, ONE_CLICK)).await.status,
            404,
            "{path}"
        );
    }
    for body in [
        "",
        "act=",
        "act=delete",
        "x=List-Unsubscribe",
        &"x".repeat(100_000),
    ] {
        assert_eq!(pressed(&away.stage, &all, body).await.status, 400);
    }
    let put = away
        .stage
        .browser()
        .request(Method::PUT, &all)
        .body(Body::empty());
    assert_eq!(away.stage.browser().send(put.unwrap()).await.status, 405);
    assert_eq!(mails_in_session(&mut away.ada).await, json!(true));
    // The other kind of form that providers may send.
    let form = "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n";
    assert_eq!(pressed(&away.stage, &all, form).await.status, 200);
    assert_eq!(mails_in_session(&mut away.ada).await, json!(false));
}

#[tokio::test]
async fn presses_from_one_client_are_limited_and_the_wait_is_told() {
    let (away, mail) = mailed().await;
    let mut robot = away.stage.browser();
    let mut last = None;
    for _ in 0..70 {
        let mut request = press(&path(&mail, 'a'), ONE_CLICK);
        let ip = http::HeaderValue::from_str(&robot.ip).unwrap();
        request.headers_mut().insert("x-forwarded-for", ip);
        last = Some(robot.send(request).await);
    }
    let last = last.unwrap();
    assert_eq!((last.status, last.header("retry-after")), (429, "1"));
    assert_eq!(
        pressed(&away.stage, &path(&mail, 'a'), ONE_CLICK)
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn the_address_of_somebody_who_was_forgotten_answers_as_before_and_keeps_nothing() {
    let (mut away, mail) = mailed().await;
    let all = path(&mail, 'a');
    let before = away.stage.browser().get(&all).await.body;
    let forget = json!({ "address": ADA });
    assert_eq!(away.ada.call("session/forget", &forget).await.status, 200);
    assert_eq!(away.stage.browser().get(&all).await.body, before);
    let stored = away.stage.stored().await;
    assert_eq!(pressed(&away.stage, &all, ONE_CLICK).await.status, 200);
    assert_eq!(away.stage.stored().await, stored);
}

#[tokio::test]
async fn addresses_hold_after_the_secret_was_changed_if_the_earlier_one_is_listed() {
    let (mut away, mail) = mailed().await;
    away.stage.change_secret(true).await;
    assert_eq!(
        pressed(&away.stage, &path(&mail, 'a'), ONE_CLICK)
            .await
            .status,
        200
    );
    assert_eq!(mails_in_session(&mut away.ada).await, json!(false));
}

#[tokio::test]
async fn the_account_and_the_ticket_have_switches_of_their_own() {
    let mut away = Away::set_up().await;
    let set = |ticket: serde_json::Value, on: bool| json!({ "ticket": ticket, "on": on });
    assert_eq!(mails_in_session(&mut away.ada).await, json!(true));
    let all_off = set(json!(null), false);
    assert_eq!(away.ada.call("tickets/mails", &all_off).await.status, 200);
    assert_eq!(mails_in_session(&mut away.ada).await, json!(false));
    away.answered("One.").await;
    away.stage.passes(200).await;
    assert_eq!(away.mails().len(), 0);
    let all_on = set(json!(null), true);
    assert_eq!(away.ada.call("tickets/mails", &all_on).await.status, 200);
    let off = set(json!(away.ticket), false);
    assert_eq!(away.ada.call("tickets/mails", &off).await.status, 200);
    away.answered("Two.").await;
    away.stage.passes(200).await;
    assert_eq!(away.mails().len(), 0);
    let on = set(json!(away.ticket), true);
    assert_eq!(away.ada.call("tickets/mails", &on).await.status, 200);
    away.answered("Three.").await;
    away.stage.passes(200).await;
    let mails = away.mails();
    assert_eq!(mails.len(), 1);
    assert!(!mails[0].raw.contains("Two."));
}
