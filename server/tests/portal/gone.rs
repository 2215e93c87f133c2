//! What is deleted in Chatwoot is gone here for who has a page open, though nothing tells of it: each poll counts.

use std::time::Duration;

use app::tickets::find::Find;
use app::tickets::model::{Refetched, TicketId};
use fake_chatwoot::DisplayId;
use futures_channel::mpsc::Receiver;
use serde_json::json;
use server::live::Told;
use server::store::customers::CustomerId;
use server::store::tickets;

use crate::support::{Browser, Stage};

const SECOND: Duration = Duration::from_secs(1);

/// Somebody with so many tickets that Chatwoot has, the first one first.
async fn with_tickets(stage: &Stage, address: &str, count: u32) -> (Browser, Vec<DisplayId>) {
    let mut browser = stage.signed_in(address).await;
    let mut numbers = Vec::new();
    for nth in 0..count {
        let key = format!("{nth:08x}-2222-4333-8444-555555555555");
        let new = json!({ "key": key, "subject": "Printer", "message": "It burns" });
        browser.call("tickets/open", &json!({ "new": new })).await;
        stage.rests().await;
        numbers.push(stage.fake.conversations().last().unwrap().id);
    }
    (browser, numbers)
}

async fn total(browser: &Browser) -> u64 {
    let list = browser.clone().list_in_background().await.json();
    list["changed"]["total"].as_u64().unwrap()
}

/// Seconds of the clock until somebody has so many tickets, or the most there may be.
async fn seconds_until(stage: &Stage, browser: &Browser, left: u64, most: u32) -> u32 {
    for second in 0..most {
        if total(browser).await == left {
            return second;
        }
        stage.time_passes(SECOND).await;
    }
    most
}

#[tokio::test]
async fn a_deleted_ticket_is_gone_within_35_seconds_where_a_page_is_open() {
    for (reachable, most) in [(false, 12), (true, 35)] {
        let stage = match reachable {
            true => Stage::set_up_reachable(&[]).await,
            false => Stage::set_up_with(&[("WEBHOOKS", "off"), ("CABLE", "off")]).await,
        };
        let (ada, numbers) = with_tickets(&stage, "ada@example.com", 3).await;
        let (bob, _) = with_tickets(&stage, "bob@example.com", 1).await;
        let mut hers = ada.live().await;
        let _his = bob.live().await;
        for _ in 0..40 {
            stage.time_passes(SECOND).await;
        }
        while hers.ready().is_some() {}
        stage.fake.agent_deletes_conversation(numbers[1]).unwrap();
        let seconds = seconds_until(&stage, &ada, 2, most).await;
        assert!(seconds < most, "{seconds} of {most}");
        let told = hers.ready().unwrap();
        assert!(told.contains("event: ticket") || told.contains("event: beat"));
        assert_eq!(total(&bob).await, 1);
    }
}

#[tokio::test]
async fn who_has_no_page_open_is_asked_for_nothing() {
    let off = ["WEBHOOKS", "CABLE", "EMAIL_TICKETS"].map(|it| (it, "off"));
    let stage = Stage::set_up_with(&off).await;
    let (ada, numbers) = with_tickets(&stage, "ada@example.com", 2).await;
    stage.time_passes(40 * SECOND).await;
    let lists = || {
        let calls = stage.fake.calls();
        let route = "GET /api/v1/accounts/{account}/conversations";
        calls.get(route).copied().unwrap_or_default()
    };
    let before = lists();
    stage.fake.agent_deletes_conversation(numbers[0]).unwrap();
    for _ in 0..3 {
        stage.time_passes(30 * SECOND).await;
    }
    // Polls, and one to be sure.
    assert!(lists() - before <= 5, "{}", lists() - before);
    drop(ada);
}

/// Somebody who has a page open, and a ticket that is some seconds newer than the one before.
async fn watcher(stage: &Stage, nth: u32) -> (CustomerId, DisplayId, Receiver<Told>) {
    let (id, number) = stage.one_of_many(nth).await;
    let told = stage.watched_by(id).await;
    stage.clock.advance(Duration::from_secs(2));
    (id, number, told)
}

/// How many tickets he sees.
async fn sees(stage: &Stage, customer: CustomerId) -> usize {
    let his = stage.state().tickets.customer_for(customer);
    let list = his.list_tickets(Find::default(), None, None, 0).await;
    match list.unwrap() {
        Refetched::Changed(list) => list.rows.len(),
        Refetched::Unchanged => panic!("a first list"),
    }
}

#[tokio::test]
async fn a_deleted_ticket_is_gone_within_35_seconds_among_many_who_watch() {
    const MANY: u32 = 300;
    let off = ["WEBHOOKS", "CABLE", "EMAIL_TICKETS"].map(|it| (it, "off"));
    let stage = Stage::set_up_with(&off).await;
    let mut all = Vec::new();
    for nth in 0..MANY {
        all.push(watcher(&stage, nth).await);
    }
    stage.rests().await;
    // The oldest of all, whose customer has just looked; one of the newest; one that is some pages further down.
    for (nth, looks) in [(0, true), (290, false), (130, false)] {
        let (customer, number, _) = all[nth];
        if !looks {
            // Others looked since.
            for (other, ..) in &all[20..60] {
                sees(&stage, *other).await;
            }
        }
        for _ in 0..12 {
            stage.time_passes(SECOND).await;
        }
        if looks {
            assert_eq!(sees(&stage, customer).await, 1);
        }
        let before = stage.fake.call_count();
        stage.fake.agent_deletes_conversation(number).unwrap();
        let ticket = TicketId::parse(&format!("{nth:08x}-0000-4000-8000-000000000000")).unwrap();
        let is_here = async || {
            let ticket = ticket.clone();
            let found = stage
                .state()
                .store
                .read(move |tx| tickets::find(tx, &ticket));
            found.await.unwrap().is_some()
        };
        let mut seconds = 0;
        while is_here().await {
            stage.time_passes(SECOND).await;
            seconds += 1;
            assert!(seconds < 35, "{nth} is here still");
        }
        // When it is found nobody is asked any more.
        stage.time_passes(60 * SECOND).await;
        let calls = stage.fake.call_count() - before;
        assert!(calls < 150, "{nth}: {calls} calls in a minute and a half");
        assert_eq!(sees(&stage, customer).await, 0);
    }
}
