//! Replies: taken at once, exactly one with the agents, in order.

mod exactly_once;

use app::error::AppError;
use app::tickets::model::*;
use fake_chatwoot::{Status as Theirs, Weather};

use crate::support::*;

#[tokio::test]
async fn a_reply_is_taken_at_once_and_keeps_its_key_when_it_has_arrived() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    let key = stage.key();
    let taken = ada
        .can
        .reply(ticket.clone(), key.clone(), "second".to_owned(), Vec::new())
        .await
        .unwrap();
    assert_eq!(
        (taken.id.as_str(), taken.delivery),
        (format!("k{key}").as_str(), Delivery::Sending)
    );
    stage.settle().await;
    let view = ada.show(&ticket).await;
    let Entry::Message(sent) = &view.entries[1] else {
        panic!("{view:?}")
    };
    assert_eq!(
        (sent.key.as_ref(), sent.delivery, &sent.body),
        (Some(&key), Delivery::Sent, &taken.body)
    );
    assert!(sent.id.starts_with('m'));
    assert_eq!(view.entries.len(), 2);
}

#[tokio::test]
async fn r4_replies_wait_while_chatwoot_hangs_and_arrive_in_order() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    stage.fake.set_weather(Weather::Down503);
    for text in ["second", "third"] {
        ada.reply(&ticket, text).await;
    }
    let view = ada.show(&ticket).await;
    assert_eq!(
        thread(&view),
        [
            "you: first",
            "you: second (Sending)",
            "you: third (Waiting)"
        ]
    );
    assert!(matches!(view.freshness, Freshness::AsOf(_)));
    stage.pass(300).await;
    stage.fake.set_weather(Weather::Well);
    for _ in 0..4 {
        stage.pass(10).await;
    }
    let view = ada.show(&ticket).await;
    assert_eq!(
        (thread(&view), view.freshness),
        (
            vec![
                "you: first".into(),
                "you: second".into(),
                "you: third".into()
            ],
            Freshness::Live
        )
    );
}

#[tokio::test]
async fn a_reply_to_a_solved_ticket_reopens_it() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    let number = ada.number(&ticket).await;
    stage.fake.agent_replies(number, "Done.").unwrap();
    stage.fake.agent_resolves(number);
    let view = ada.show(&ticket).await;
    assert_eq!(
        (view.row.status, view.reply, view.can_cancel),
        (Status::Solved, ReplyRule::Reopens, false)
    );
    stage.clock.advance(std::time::Duration::from_secs(60));
    ada.reply(&ticket, "Not quite.").await;
    let view = ada.show(&ticket).await;
    assert_eq!(
        (view.row.status, view.reply.clone()),
        (Status::InProgress, ReplyRule::Post)
    );
    assert_eq!(
        thread(&view),
        [
            "you: first",
            "John Doe: Done.",
            "* SolvedByTeam",
            "you: Not quite.",
            "* Reopened"
        ]
    );
    assert_eq!(
        stage.fake.conversation(number).unwrap().status,
        Theirs::Open
    );
}

#[tokio::test]
async fn where_solved_is_for_good_a_new_ticket_is_asked_for() {
    let stage = Stage::set_up().await;
    let inbox = stage.fake.given().inbox;
    stage
        .ask(
            "PATCH",
            &format!("inboxes/{inbox}"),
            serde_json::json!({ "allow_messages_after_resolved": false }),
        )
        .await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    stage.pass(301).await;
    stage.pass(31).await;
    stage.fake.agent_resolves(ada.number(&ticket).await);
    let view = ada.show(&ticket).await;
    assert_eq!(view.reply, ReplyRule::NewTicket);
    let refused = ada
        .can
        .reply(ticket.clone(), stage.key(), "more".to_owned(), Vec::new())
        .await;
    assert_eq!(refused.unwrap_err(), AppError::NotAllowed);
    assert_eq!(ada.show(&ticket).await.entries.len(), 2);
}

#[tokio::test]
async fn a_reply_into_a_deleted_ticket_ends_with_the_ticket() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    stage
        .fake
        .agent_deletes_conversation(ada.number(&ticket).await)
        .unwrap();
    ada.can
        .reply(ticket.clone(), stage.key(), "more".to_owned(), Vec::new())
        .await
        .unwrap();
    stage.settle().await;
    assert_eq!(ada.try_show(&ticket).await, Err(AppError::NotFound));
    assert_eq!(ada.list().await.total, 0);
}

#[tokio::test]
async fn bad_input_of_a_reply_is_named() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    for text in ["", " \n ", "nul \0", &"x".repeat(20_001)] {
        let answer = ada
            .can
            .reply(ticket.clone(), stage.key(), text.to_owned(), Vec::new())
            .await;
        assert!(
            matches!(answer, Err(AppError::Invalid(ref faults)) if faults.len() == 1),
            "{answer:?}"
        );
    }
    assert_eq!(ada.show(&ticket).await.entries.len(), 1);
}
