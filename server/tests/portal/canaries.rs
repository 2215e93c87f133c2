//! A3, A5: nothing internal leaves the server. The fake Chatwoot fills every internal field with a canary; everything that the portal gives
//! out is looked through: screens, calls, files, the live stream, mails, errors.

use fake_chatwoot::{File, Weather};
use serde_json::{Value, json};

use crate::endpoints::{CALLS, Things, addresses};
use crate::support::{Answer, Browser, Stage};

/// What must be in nothing that anybody outside gets.
pub(crate) fn internals(stage: &Stage) -> Vec<String> {
    let given = stage.fake.given();
    let mut words: Vec<_> = [
        fake_chatwoot::CANARY,
        &given.admin_token,
        &given.agent_token,
        &given.mary_token,
        &given.inbox_identifier,
        &given.hmac_token,
        &given.website_token,
        &given.other_identifier,
        &stage.fake.url(),
        crate::support::SECRET,
        "active_storage",
        "acme.test",
        "p1_",
        "portal_sig",
        "conversation_id",
        "source_id",
    ]
    .map(str::to_owned)
    .into();
    for row in stage.fake.conversations() {
        words.push(row.uuid);
    }
    words
}

/// Everything that was given out so far.
#[derive(Default)]
struct GivenOut(Vec<(String, String)>);

impl GivenOut {
    fn keep(&mut self, what: &str, answer: &Answer) {
        let headers = format!("{:?}", answer.headers);
        self.0.push((format!("the headers of {what}"), headers));
        self.0.push((what.to_owned(), answer.body.clone()));
    }

    /// Fails if an internal word is anywhere in it.
    fn holds_none_of(&self, words: &[String]) {
        for (what, text) in &self.0 {
            // Where customers write to is no secret.
            let small = text.to_lowercase().replace("support@acme.test", "");
            for word in words {
                if let Some(at) = small.find(&word.to_lowercase()) {
                    let from = small.floor_char_boundary(at.saturating_sub(200));
                    let to = small.ceil_char_boundary((at + 100).min(small.len()));
                    panic!("{what} holds {word}: …{}…", &small[from..to]);
                }
            }
        }
    }
}

/// Asks for every address and makes every call that has no end, with these things.
async fn crawl(stage: &Stage, browser: &Browser, things: &Things, given_out: &mut GivenOut) {
    for address in addresses(stage, things).await {
        let mut browser = browser.clone();
        let mut answer = browser.head_of(&address.path).await;
        if answer.header("content-type") != "text/event-stream" {
            answer = browser.get(&address.path).await;
        }
        given_out.keep(&address.path, &answer);
    }
    for call in CALLS
        .iter()
        .filter(|call| call.endpoint != "session/sign-out")
    {
        let mut browser = browser.clone();
        browser.ip = stage.browser().ip;
        let answer = browser.call(call.endpoint, &(call.body)(things)).await;
        given_out.keep(call.endpoint, &answer);
    }
}

/// Everything that an agent can do to a ticket in private, and what comes of it in public.
async fn agents_work(stage: &Stage, ticket: &str) {
    let of_ticket = |row: &fake_chatwoot::Conversation| {
        row.additional_attributes
            .get("portal_ticket")
            .and_then(Value::as_str)
            == Some(ticket)
    };
    let number = stage
        .fake
        .conversations()
        .into_iter()
        .find(of_ticket)
        .unwrap()
        .id;
    let fake = &stage.fake;
    fake.agent_writes_private_note(number, "CANARY-note by hand")
        .unwrap();
    fake.agent_sets_labels(number, &["canary-by-hand"]).unwrap();
    fake.agent_assigns(number, fake.given().mary_id);
    fake.agent_resolves(number);
    fake.agent_reopens(number);
    let deleted = fake.agent_replies(number, "CANARY-deleted").unwrap();
    fake.agent_deletes_message(number, deleted).unwrap();
    let file = File {
        name: "page.html".to_owned(),
        content_type: "image/png".to_owned(),
        bytes: b"<html>".to_vec(),
    };
    fake.agent_sends_files(number, "For you", vec![file])
        .unwrap();
    fake.agent_writes_private_note(number, "CANARY-note at the end")
        .unwrap();
}

/// The ids of all her tickets, and the addresses of all files in them.
async fn all_tickets(stage: &Stage, ada: &mut Browser, given_out: &mut GivenOut) -> Vec<String> {
    let (mut ids, mut after) = (Vec::new(), Value::Null);
    loop {
        let answer = ada
            .call("tickets/list", &json!({ "after": after, "known": null }))
            .await;
        given_out.keep("tickets/list", &answer);
        let list = answer.json()["changed"].clone();
        let rows = list["rows"].as_array().unwrap();
        ids.extend(
            rows.iter()
                .map(|row| row["id"].as_str().unwrap().to_owned()),
        );
        after = list["next"].clone();
        if after.is_null() {
            break;
        }
    }
    for id in &ids {
        // Twice: opening it has it read again.
        for _ in 0..2 {
            let show = json!({ "ticket": id, "earlier": null, "known": null });
            let answer = ada.call("tickets/show", &show).await;
            given_out.keep("tickets/show", &answer);
            given_out.keep(
                "a ticket's page",
                &ada.get(&format!("/portal/tickets/{id}")).await,
            );
            stage.rests().await;
            for entry in answer.json()["changed"]["entries"].as_array().unwrap() {
                for file in entry["message"]["files"].as_array().into_iter().flatten() {
                    let path = format!("/portal/files/{id}/{}", file["id"]);
                    given_out.keep(&path, &ada.get(&path).await);
                }
            }
        }
    }
    ids
}

#[tokio::test]
async fn a3_a5_no_canary_is_in_anything_that_is_given_out() {
    let stage = Stage::with_canaries(&[]).await;
    let mut given_out = GivenOut::default();
    let mut ada = stage.signed_in("ada@example.com").await;
    stage.rests().await;
    stage.has_its_logo().await;
    let hers = Things::of(&stage, &mut ada, "Hers").await;
    let mut stream = ada.live().await;
    agents_work(&stage, &hers.ticket).await;
    let ids = all_tickets(&stage, &mut ada, &mut given_out).await;
    assert!(ids.len() > 5, "the demo's tickets are hers: {ids:?}");
    let bob = stage.signed_in("bob@example.com").await;
    stage.rests().await;
    crawl(&stage, &ada, &hers, &mut given_out).await;
    crawl(&stage, &bob, &hers, &mut given_out).await;
    crawl(&stage, &stage.browser(), &hers, &mut given_out).await;
    stage.rests().await;
    // What is said when Chatwoot fails in every way.
    for weather in [
        Weather::Down503,
        Weather::Html,
        Weather::Unauthorized,
        Weather::Throttling,
        Weather::Cutting,
    ] {
        stage.fake.set_weather(weather);
        stage.clock.advance(std::time::Duration::from_secs(30));
        let mut again = ada.clone();
        let key = format!("{:08}-2222-4333-8444-555555555555", given_out.0.len());
        let reply = json!({ "ticket": ids[0], "key": key, "text": "Anybody?" });
        given_out.keep("tickets/reply", &again.call("tickets/reply", &reply).await);
        for id in &ids {
            let show = json!({ "ticket": id, "earlier": null, "known": null });
            given_out.keep("tickets/show", &again.call("tickets/show", &show).await);
        }
        let file = format!("/portal/files/{}/{}", hers.ticket, hers.file);
        let mut paths = vec!["/portal/tickets", "/healthz"];
        // A page with 200 in a file's place cannot be told from the file.
        if weather != Weather::Html {
            paths.push(&file);
        }
        for path in paths {
            given_out.keep(path, &again.get(path).await);
        }
    }
    stage.fake.set_weather(Weather::Well);
    for _ in 0..3 {
        let event = stream.next().await.unwrap();
        given_out.0.push(("the live stream".to_owned(), event));
    }
    for mail in stage.mailbox.mails() {
        given_out.0.push(("a mail".to_owned(), mail.raw.clone()));
        given_out
            .0
            .push(("a mail's text".to_owned(), mail.text.unwrap_or_default()));
        given_out
            .0
            .push(("a mail's HTML".to_owned(), mail.html.unwrap_or_default()));
    }
    assert!(given_out.0.len() > 200, "{}", given_out.0.len());
    given_out.holds_none_of(&internals(&stage));
    // What is looked for is there to be found: Chatwoot says it with every answer, and the portal holds what leads to files.
    let given = stage.fake.given();
    let inbox = format!(
        "{}/api/v1/accounts/{}/inboxes",
        stage.fake.url(),
        given.account
    );
    let asked = chatwoot::build_http(None).unwrap().get(inbox);
    let answer = asked.header("api-access-token", &given.admin_token).send();
    let answer = answer.await.unwrap().text().await.unwrap();
    assert!(answer.contains("CANARY-hmac_token"), "{answer}");
    let stored = stage.stored().await.join("\n");
    assert!(
        stored.contains("active_storage"),
        "the portal knows where files are"
    );
}

#[tokio::test]
async fn a3_no_canary_is_even_in_the_store() {
    let stage = Stage::with_canaries(&[]).await;
    let mut ada = stage.signed_in("ada@example.com").await;
    stage.rests().await;
    let hers = Things::of(&stage, &mut ada, "Hers").await;
    agents_work(&stage, &hers.ticket).await;
    all_tickets(&stage, &mut ada, &mut GivenOut::default()).await;
    for row in stage.stored().await {
        assert!(!row.to_lowercase().contains("canary"), "{row}");
    }
}
