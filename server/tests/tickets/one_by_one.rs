//! One ticket, one customer or one setting that goes wrong holds up nobody else, and is not asked for without end.

use std::time::Duration;

use app::tickets::model::*;
use chatwoot::{About, ContactId, ConversationId, Event};
use fake_chatwoot::DisplayId;

use crate::support::*;

fn tells(stage: &Stage, about: About) {
    let event = Event {
        account: None,
        about,
    };
    stage.tickets().delivered(&event);
}

fn messages_of(number: DisplayId) -> String {
    format!("/conversations/{number}/messages")
}

#[tokio::test]
async fn what_waits_for_a_locked_inbox_asks_seldom() {
    let mut stage = Stage::set_up().await;
    let liar = stage.with_liar().await;
    liar.locks_the_inbox();
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "text").await;
    let before = liar.asked_for("/inboxes/");
    for _ in 0..600 {
        stage.pass(1).await;
    }
    let asked = liar.asked_for("/inboxes/") - before;
    assert!((10..60).contains(&asked), "{asked} calls in ten minutes");
    assert_eq!(stage.fake.conversations_of(&stage.source(ADA)).len(), 0);
    liar.unlocks_the_inbox();
    stage.pass(20).await;
    assert!(ada.row(&ticket).await.number.is_some());
}

#[tokio::test]
async fn r7_what_is_told_is_read_though_the_lists_of_others_are_not_answered() {
    let mut stage = Stage::set_up().await;
    let liar = stage.with_liar().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "text").await;
    let number = ada.number(&ticket).await;
    let mut contacts = Vec::new();
    for n in 0..4 {
        let address = format!("other{n}@example.com");
        stage.signed_in(&address).await.open("Other", "text").await;
        let source = stage.source(&address);
        contacts.push(stage.fake.contact_of(&source).unwrap().id);
        liar.holds(&source);
    }
    for contact in contacts {
        let id = ContactId::new(contact.0.cast_unsigned()).unwrap();
        tells(&stage, About::Contact(id));
    }
    // Each of them is being read.
    soon("two lists are asked for", liar.holds_back(2)).await;
    let before = stage.told();
    stage.fake.agent_replies(number, "Hello").unwrap();
    tells(
        &stage,
        About::Conversation {
            id: ConversationId::new(number.0.cast_unsigned()).unwrap(),
            inbox: None,
            updated_at: None,
        },
    );
    stage.clock.advance(Duration::from_secs(1));
    let told = stage.told_of_after(before, ada.id, &ticket);
    soon("it is told of", told).await;
    assert_eq!(
        ada.row(&ticket).await.last,
        Some((Author::Agent("John Doe".into()), "Hello".into()))
    );
}

#[tokio::test]
async fn a_reply_waits_for_no_more_than_a_page_of_a_long_thread() {
    let mut stage = Stage::set_up().await;
    let liar = stage.with_liar().await;
    stage.patience = Duration::from_secs(60);
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "text").await;
    let number = ada.number(&ticket).await;
    for n in 0..180 {
        let text = format!("Answer {n}");
        stage.fake.agent_replies(number, &text).unwrap();
    }
    drop(ada);
    liar.holds("before=");
    stage.lose_read_model().await;
    let ada = stage.comes(ADA).await;
    stage.tickets().signed_in(ada.id);
    soon("an older page is asked for", liar.holds_back(1)).await;
    let key = ada.writes(&ticket, "And now").await;
    // It may come to wait behind a page or two, but not behind all nine.
    let mut pages = 1;
    while stage.arrived(&key) == 0 {
        liar.lets_go(1);
        pages += 1;
        soon("it or another page", liar.holds_back(pages)).await;
    }
    liar.lets_go(100);
    stage.settle().await;
    let view = ada.show(&ticket).await;
    assert_eq!(thread(&view).last().unwrap(), "you: And now");
}

#[tokio::test]
async fn r7_a_ticket_that_chatwoot_cannot_serve_holds_up_no_other() {
    let mut stage = Stage::set_up().await;
    let liar = stage.with_liar().await;
    let ada = stage.signed_in(ADA).await;
    let mut tickets = Vec::new();
    for subject in ["One", "Two", "Three"] {
        tickets.push(ada.open(subject, "text").await);
    }
    let broken = ada.number(&tickets[1]).await;
    stage.pass(60).await;
    liar.breaks(&messages_of(broken));
    for ticket in &tickets {
        let number = ada.number(ticket).await;
        stage.fake.agent_replies(number, "Hello").unwrap();
    }
    stage.pass(35).await;
    let hello = Some((Author::Agent("John Doe".into()), "Hello".to_owned()));
    for ticket in [&tickets[0], &tickets[2]] {
        assert_eq!(ada.row(ticket).await.last, hello);
    }
    let before = liar.asked();
    for _ in 0..60 {
        stage.pass(1).await;
    }
    let asked = liar.asked() - before;
    assert!(asked < 40, "{asked} calls in a minute");
    // When it can, it is read.
    liar.mends();
    stage.pass(35).await;
    assert_eq!(ada.row(&tickets[1]).await.last, hello);
}

#[tokio::test]
async fn a_list_is_filled_but_for_what_chatwoot_cannot_serve() {
    let mut stage = Stage::set_up().await;
    let liar = stage.with_liar().await;
    let mut numbers = Vec::new();
    {
        let ada = stage.signed_in(ADA).await;
        for subject in ["One", "Two", "Three"] {
            let ticket = ada.open(subject, "text").await;
            numbers.push(ada.number(&ticket).await);
        }
    }
    liar.breaks(&messages_of(numbers[1]));
    stage.lose_read_model().await;
    let ada = stage.signed_in(ADA).await;
    let list = ada.list().await;
    assert_eq!((list.filling, list.total), (false, 2));
    liar.mends();
    stage.pass(35).await;
    assert_eq!(ada.list().await.total, 3);
}
