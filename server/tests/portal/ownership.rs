//! A1: every endpoint as nobody, as the owner and as another, with what exists, what does not and what cannot: another's thing answers byte
//! for byte as one that nobody has.

use serde_json::Value;

use crate::endpoints::{CALLS, Names, Things, addresses};
use crate::support::{Answer, Browser, Stage};

/// One endpoint with these things in it: its name, what it names, what nobody and the owner are answered, and the answer.
struct Tried {
    row: usize,
    name: String,
    nobody: u16,
    owner: u16,
    answer: Answer,
}

/// Tries every endpoint that names so much, with these things. The stream is looked at by its head alone.
async fn try_all(
    stage: &Stage,
    browser: &Browser,
    things: &Things,
    wanted: impl Fn(Names) -> bool,
) -> Vec<Tried> {
    let mut tried = Vec::new();
    for (row, address) in addresses(stage, things).await.into_iter().enumerate() {
        if !wanted(address.names) {
            continue;
        }
        let mut answer = browser.clone().head_of(&address.path).await;
        if answer.header("content-type") != "text/event-stream" {
            answer = browser.clone().get(&address.path).await;
        }
        tried.push(Tried {
            row,
            name: address.path,
            nobody: address.nobody,
            owner: address.owner,
            answer,
        });
    }
    for (row, call) in CALLS.iter().enumerate() {
        if !wanted(call.names) {
            continue;
        }
        // Each from a client of its own, so that limits say nothing here.
        let mut browser = browser.clone();
        browser.ip = stage.browser().ip;
        tried.push(Tried {
            row: 1000 + row,
            name: call.endpoint.to_owned(),
            nobody: call.nobody,
            owner: call.owner,
            answer: browser.call(call.endpoint, &(call.body)(things)).await,
        });
    }
    stage.rests().await;
    tried
}

async fn try_naming(stage: &Stage, browser: &Browser, things: &Things) -> Vec<Tried> {
    try_all(stage, browser, things, |names| names != Names::Nothing).await
}

/// Those that name something in a ticket.
async fn try_parts(stage: &Stage, browser: &Browser, things: &Things) -> Vec<Tried> {
    let in_a_ticket = |names| matches!(names, Names::TicketAndKey | Names::TicketAndFile);
    try_all(stage, browser, things, in_a_ticket).await
}

async fn try_others(stage: &Stage, browser: &Browser) -> Vec<Tried> {
    let nothing = |names| names == Names::Nothing;
    try_all(stage, browser, &Things::missing(), nothing).await
}

fn are_the_same(one: &Tried, other: &Tried) {
    let told = |tried: &Tried| {
        let Answer {
            status,
            headers,
            body,
        } = &tried.answer;
        (*status, format!("{headers:?}"), body.clone())
    };
    assert!(
        told(one) == told(other),
        "{} and {}: {:.1200?}\n{:.1200?}",
        one.name,
        other.name,
        one.answer.body,
        other.answer.body,
    );
}

#[tokio::test]
async fn a1_nobody_is_answered_alike_whatever_there_is() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in("ada@example.com").await;
    let hers = Things::of(&stage, &mut ada, "Hers").await;
    stage.has_its_logo().await;
    let missing = try_naming(&stage, &stage.browser(), &Things::missing()).await;
    for tried in missing
        .iter()
        .chain(&try_others(&stage, &stage.browser()).await)
    {
        assert_eq!(
            tried.answer.status, tried.nobody,
            "{}: {:?}",
            tried.name, tried.answer
        );
        if tried.nobody == 401 {
            assert_eq!(tried.answer.body, "\"signed_out\"", "{}", tried.name);
        }
    }
    for things in std::iter::once(hers.clone()).chain(Things::malformed(&hers)) {
        let answers = try_naming(&stage, &stage.browser(), &things).await;
        for (one, other) in answers.iter().zip(&missing) {
            are_the_same(one, other);
        }
    }
}

#[tokio::test]
async fn a1_anothers_thing_answers_byte_for_byte_as_one_that_nobody_has() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in("ada@example.com").await;
    let hers = Things::of(&stage, &mut ada, "Hers").await;
    let mut bob = stage.signed_in("bob@example.com").await;
    let his = Things::of(&stage, &mut bob, "His").await;
    stage.has_its_logo().await;
    let (before, hers_before) = (fakes(&stage), shown(&mut ada, &hers).await);
    stage.rests().await;
    let missing = try_naming(&stage, &bob, &Things::missing()).await;
    let hidden = |one: &Tried, other: &Tried| {
        assert_eq!(one.answer.status, 404, "{}", one.name);
        are_the_same(one, other);
    };
    for things in std::iter::once(hers.clone()).chain(Things::malformed(&hers)) {
        let answers = try_naming(&stage, &bob, &things).await;
        answers
            .iter()
            .zip(&missing)
            .for_each(|(one, other)| hidden(one, other));
    }
    let missing = try_parts(&stage, &bob, &Things::missing()).await;
    // Hers in his own ticket, and his own in hers.
    for ticket in [&his.ticket, &hers.ticket] {
        let of = if ticket == &his.ticket { &hers } else { &his };
        let things = Things {
            ticket: ticket.clone(),
            ..of.clone()
        };
        let answers = try_parts(&stage, &bob, &things).await;
        answers
            .iter()
            .zip(&missing)
            .for_each(|(one, other)| hidden(one, other));
    }
    assert_eq!(
        shown(&mut ada, &hers).await,
        hers_before,
        "nothing of hers has changed"
    );
    let of_hers = |all: &[String]| -> Vec<String> {
        all.iter()
            .filter(|it| it.contains("Hers"))
            .cloned()
            .collect()
    };
    assert_eq!(of_hers(&fakes(&stage)), of_hers(&before));
}

#[tokio::test]
async fn a1_the_owner_gets_what_is_hers_and_a_404_for_all_else() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in("ada@example.com").await;
    let hers = Things::of(&stage, &mut ada, "Hers").await;
    stage.has_its_logo().await;
    let missing = try_naming(&stage, &ada, &Things::missing()).await;
    for things in Things::malformed(&hers) {
        let not_hers = |names: Names| names.tells_apart(&things, &hers);
        for one in try_all(&stage, &ada, &things, not_hers).await {
            assert_eq!(one.answer.status, 404, "{} {things:?}", one.name);
            let other = missing.iter().find(|other| other.row == one.row);
            are_the_same(&one, other.unwrap());
        }
    }
    let own = try_naming(&stage, &ada, &hers).await;
    for tried in own.iter().chain(&try_others(&stage, &ada).await) {
        assert_eq!(
            tried.answer.status, tried.owner,
            "{}: {:?}",
            tried.name, tried.answer
        );
    }
}

async fn shown(browser: &mut Browser, things: &Things) -> Value {
    let body = serde_json::json!({ "ticket": things.ticket, "earlier": null, "known": null });
    browser.call("tickets/show", &body).await.json()
}

fn fakes(stage: &Stage) -> Vec<String> {
    let rows = stage.fake.conversations().into_iter();
    rows.map(|row| format!("{row:?} {:?}", stage.fake.messages(row.id)))
        .collect()
}
