//! A takeover as browsers see it (A1, A2): lists, tickets, files, live events and mails, through the real router; and what the operator sees.

use fake_chatwoot::File;
use serde_json::{Value, json};

use crate::support::{Browser, Stage};

const ADA: &str = "ada@example.com";
const EVE: &str = "eve@example.com";
const MISSING: &str = "6bdc3f4d-0bec-4515-a284-5d916fdde489";

async fn open(stage: &Stage, browser: &mut Browser, key: u32, message: &str) -> String {
    let key = format!("00000000-0000-4000-8000-{key:012}");
    let new = json!({ "new": { "key": key, "subject": message, "message": message } });
    let opened = browser.call("tickets/open", &new).await;
    assert_eq!(opened.status, 200, "{opened:?}");
    stage.state().tickets.idle().await;
    opened.json().as_str().unwrap().to_owned()
}

async fn show(stage: &Stage, browser: &mut Browser, ticket: &str) -> Value {
    let show = json!({ "ticket": ticket, "earlier": null, "known": null });
    browser.call("tickets/show", &show).await;
    stage.state().tickets.idle().await;
    let shown = browser.call("tickets/show", &show).await;
    assert_eq!(shown.status, 200, "{shown:?}");
    shown.json()
}

async fn health(stage: &Stage) -> Value {
    stage.browser().get("/healthz").await.json()
}

#[tokio::test]
async fn a2_after_a_takeover_every_page_and_mail_is_for_whom_it_was_before() {
    let mut stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let hers = open(&stage, &mut ada, 1, "CANARY of hers").await;
    let number = stage.fake.conversations().last().unwrap().id;
    let file = File {
        name: "canary.png".to_owned(),
        content_type: "image/png".to_owned(),
        bytes: b"\x89PNG\r\n\x1a\nCANARY".to_vec(),
    };
    stage
        .fake
        .agent_sends_files(number, "CANARY for her", vec![file])
        .unwrap();
    let view = show(&stage, &mut ada, &hers).await;
    let entries = view["changed"]["entries"].as_array().unwrap();
    let file = entries.last().unwrap()["message"]["files"][0]["id"].clone();
    let file = format!("/portal/files/{hers}/{file}");
    assert_eq!(ada.get(&file).await.status, 200);
    assert_eq!(health(&stage).await["contacts_at_risk"], 0);

    let mut eve = stage.signed_in(EVE).await;
    open(&stage, &mut eve, 2, "Eve's own").await;
    let visitor = stage.fake.widget_visitor().unwrap();
    for address in [ADA, EVE] {
        stage
            .fake
            .widget_visitor_takes_email(visitor, address)
            .unwrap();
    }
    stage.restart().await;

    // Ada asks for a mail as before: she is known still, and it goes to the address that she typed.
    let mut ada = stage.signed_in(ADA).await;
    let mut eve = stage.signed_in(EVE).await;
    stage.state().tickets.idle().await;
    let mut live = eve.live().await;
    assert!(live.next().await.unwrap().starts_with("event: version\n"));
    stage
        .fake
        .agent_replies(number, "CANARY after the takeover")
        .unwrap();
    let view = show(&stage, &mut ada, &hers).await.to_string();
    assert!(view.contains("CANARY after the takeover"), "{view}");
    assert_eq!(ada.get(&file).await.status, 200);
    let new = open(&stage, &mut ada, 3, "CANARY new").await;
    assert_eq!(ada.list().await.json()["changed"]["total"], 2);

    let list = eve.list().await;
    assert_eq!(list.json()["changed"]["total"], 1);
    assert!(!list.body.contains("CANARY"));
    for ticket in [&hers, &new] {
        let of = |ticket: &str| json!({ "ticket": ticket, "earlier": null, "known": null });
        let other = eve.call("tickets/show", &of(ticket)).await;
        let missing = eve.call("tickets/show", &of(MISSING)).await;
        assert_eq!((other.status, &other.body), (404, &missing.body));
        let page = eve.get(&format!("/portal/tickets/{ticket}")).await;
        assert!(!page.body.contains("CANARY"));
    }
    let other = eve.get(&file).await;
    let missing = eve.get(&file.replace(&hers, MISSING)).await;
    assert_eq!((other.status, &other.body), (404, &missing.body));
    assert!(live.is_silent(), "Eve's page was told of something");
    for mail in stage.mailbox.mails_to(EVE) {
        assert!(!mail.text.unwrap_or_default().contains("CANARY"));
    }
    // Two mails each, one for each time that they signed in.
    let mails = [ADA, EVE].map(|address| stage.mailbox.mails_to(address).len());
    assert_eq!(mails, [2, 2]);

    // Both contacts are one now: the operator is told of each.
    assert_eq!(health(&stage).await["contacts_at_risk"], 2);
}

#[tokio::test]
async fn a_changed_secret_ends_sessions_only_if_the_earlier_one_is_not_listed() {
    for listed in [true, false] {
        let mut stage = Stage::set_up().await;
        let mut ada = stage.signed_in(ADA).await;
        let hers = open(&stage, &mut ada, 1, "Hers").await;
        stage.change_secret(listed).await;
        let session = ada.signed_in_as().await;
        assert_eq!(session.as_deref(), listed.then_some(ADA));
        let mut ada = stage.signed_in(ADA).await;
        let view = show(&stage, &mut ada, &hers).await;
        assert_eq!(view["changed"]["row"]["subject"], "Hers");
        open(&stage, &mut ada, 2, "New").await;
        assert_eq!(ada.list().await.json()["changed"]["total"], 2);
    }
}
