//! Cancelling and what comes after.

use app::error::AppError;
use app::tickets::model::*;
use fake_chatwoot::{Status as Theirs, Weather};

use crate::support::*;

#[tokio::test]
async fn a_cancelled_ticket_says_so_here_and_to_agents_and_keeps_their_labels() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    let number = ada.number(&ticket).await;
    stage.fake.agent_sets_labels(number, &["vip"]).unwrap();
    ada.can.cancel(ticket.clone(), stage.key()).await.unwrap();
    let view = ada.show(&ticket).await;
    assert_eq!(
        (
            view.row.status,
            view.row.delivery,
            view.can_cancel,
            view.reply.clone()
        ),
        (Status::Cancelled, Delivery::Sent, false, ReplyRule::Reopens)
    );
    assert_eq!(thread(&view), ["you: first", "* CancelledByYou"]);
    let theirs = stage.fake.conversation(number).unwrap();
    assert_eq!(
        (theirs.status, theirs.labels),
        (
            Theirs::Resolved,
            vec!["vip".to_owned(), "cancelled-by-customer".to_owned()]
        )
    );
}

#[tokio::test]
async fn cancelling_twice_or_a_closed_ticket_changes_nothing() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    let key = stage.key();
    let cancel = || ada.can.cancel(ticket.clone(), key.clone());
    let (one, two) = tokio::join!(cancel(), cancel());
    assert_eq!((one, two), (Ok(true), Ok(true)));
    cancel().await.unwrap();
    ada.can.cancel(ticket.clone(), stage.key()).await.unwrap();
    stage.settle().await;
    assert_eq!(
        thread(&ada.show(&ticket).await),
        ["you: first", "* CancelledByYou"]
    );
    let reply = ada
        .can
        .reply(ticket, key, "text".to_owned(), Vec::new())
        .await;
    assert_eq!(reply.unwrap_err(), AppError::KeyReused);
}

#[tokio::test]
async fn a_reply_reopens_a_cancelled_ticket_and_takes_the_mark_off() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    let number = ada.number(&ticket).await;
    stage.fake.agent_sets_labels(number, &["vip"]).unwrap();
    ada.can.cancel(ticket.clone(), stage.key()).await.unwrap();
    ada.reply(&ticket, "wait").await;
    let view = ada.show(&ticket).await;
    assert_eq!(view.row.status, Status::Received);
    assert_eq!(
        thread(&view),
        ["you: first", "* CancelledByYou", "you: wait", "* Reopened"]
    );
    let theirs = stage.fake.conversation(number).unwrap();
    assert_eq!(
        (theirs.status, theirs.labels),
        (Theirs::Open, vec!["vip".to_owned()])
    );
    stage.fake.agent_resolves(number);
    assert_eq!(ada.show(&ticket).await.row.status, Status::Solved);
}

#[tokio::test]
async fn a_cancelled_ticket_that_an_agent_reopens_loses_the_mark() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    let number = ada.number(&ticket).await;
    ada.can.cancel(ticket.clone(), stage.key()).await.unwrap();
    stage.fake.agent_reopens(number);
    assert_eq!(ada.show(&ticket).await.row.status, Status::Received);
    assert_eq!(
        stage.fake.conversation(number).unwrap().labels,
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn a_cancellation_waits_while_chatwoot_does_not_answer() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    stage.fake.set_weather(Weather::Down503);
    ada.can.cancel(ticket.clone(), stage.key()).await.unwrap();
    let view = ada.show(&ticket).await;
    assert_eq!(
        (view.row.status, view.row.delivery, view.can_cancel),
        (Status::Received, Delivery::Waiting, false)
    );
    stage.pass(60).await;
    stage.fake.set_weather(Weather::Well);
    for _ in 0..4 {
        stage.pass(10).await;
    }
    let view = ada.show(&ticket).await;
    assert_eq!(
        (view.row.status, view.row.delivery),
        (Status::Cancelled, Delivery::Sent)
    );
    assert_eq!(thread(&view), ["you: first", "* CancelledByYou"]);
}

#[tokio::test]
async fn a_ticket_cancelled_before_it_was_sent_is_opened_and_cancelled() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    stage.fake.set_weather(Weather::Down503);
    let ticket = ada.open("Printer", "first").await;
    ada.can.cancel(ticket.clone(), stage.key()).await.unwrap();
    stage.fake.set_weather(Weather::Well);
    for _ in 0..5 {
        stage.pass(10).await;
    }
    assert_eq!(ada.show(&ticket).await.row.status, Status::Cancelled);
    assert_eq!(stage.fake.conversations_of(&stage.source(ADA)).len(), 1);
}

#[tokio::test]
async fn when_the_team_was_quicker_it_is_solved_and_not_cancelled() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    let number = ada.number(&ticket).await;
    stage.fake.agent_resolves(number);
    ada.can.cancel(ticket.clone(), stage.key()).await.unwrap();
    stage.settle().await;
    let view = ada.show(&ticket).await;
    assert_eq!(
        (view.row.status, thread(&view)),
        (
            Status::Solved,
            vec!["you: first".to_owned(), "* SolvedByTeam".to_owned()]
        )
    );
    assert_eq!(
        stage.fake.conversation(number).unwrap().labels,
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn a_cancellation_that_waits_says_so_and_can_be_taken_back() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    let number = ada.number(&ticket).await;
    let key = stage.key();
    stage.fake.goes_away().await;
    let cancelling = ada.can.cancel(ticket.clone(), key.clone());
    let moving = async {
        tokio::task::yield_now().await;
        stage.pass(4).await;
    };
    let (done, ()) = futures_util::join!(cancelling, moving);
    assert_eq!(done, Ok(false));
    let view = ada.show(&ticket).await;
    let waiting = Some(Cancelling {
        key: key.clone(),
        waits: true,
    });
    assert_eq!(
        (view.row.status, view.cancelling, view.can_cancel),
        (Status::Received, waiting, false)
    );
    ada.can.take_back(ticket.clone(), key).await.unwrap();
    let view = ada.show(&ticket).await;
    assert_eq!((view.cancelling, view.can_cancel), (None, true));
    assert_eq!(view.row.delivery, Delivery::Sent);
    stage.fake.comes_back().await.unwrap();
    for _ in 0..4 {
        stage.pass(10).await;
    }
    let theirs = stage.fake.conversation(number).unwrap();
    assert_eq!((theirs.status, theirs.labels), (Theirs::Open, Vec::new()));
}
