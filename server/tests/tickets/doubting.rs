//! What may have arrived, what may arrive late, and what surely did not.

use app::error::AppError;
use app::tickets::model::*;
use fake_chatwoot::{Status as Theirs, Weather};

use crate::support::*;

#[tokio::test]
async fn r1_what_chatwoot_commits_up_to_40_seconds_late_is_not_sent_again() {
    for looks in [vec![3], vec![5; 8]] {
        let stage = Stage::set_up().await;
        let ada = stage.signed_in(ADA).await;
        let ticket = ada.open("Printer", "first").await;
        let number = ada.number(&ticket).await;
        let key = stage.key();
        stage.fake.set_weather(Weather::Cutting);
        ada.can
            .reply(ticket.clone(), key.clone(), "late".to_owned(), Vec::new())
            .await
            .unwrap();
        stage.settle().await;
        stage.fake.set_weather(Weather::Well);
        for seconds in looks {
            stage.pass(seconds).await;
            assert_eq!(stage.arrived(&key), 0);
        }
        // It was in Chatwoot's queue all the while, and is stored now.
        stage.posts(number, "late", &format!("portal:{key}")).await;
        for _ in 0..10 {
            stage.pass(10).await;
        }
        assert_eq!(stage.arrived(&key), 1);
        assert_eq!(
            thread(&ada.show(&ticket).await),
            ["you: first", "you: late"]
        );
    }
}

#[tokio::test]
async fn r1_what_was_being_sent_when_the_portal_was_killed_may_be_late_too() {
    let mut stage = Stage::set_up().await;
    let key = stage.key();
    let number = {
        let ada = stage.signed_in(ADA).await;
        let ticket = ada.open("Printer", "first").await;
        let number = ada.number(&ticket).await;
        stage.fake.set_weather(Weather::Hanging);
        ada.can
            .reply(ticket, key.clone(), "late".to_owned(), Vec::new())
            .await
            .unwrap();
        number
    };
    // It is on its way when the portal dies, 15 s later.
    let posts = "POST /api/v1/accounts/{account}/conversations/{id}/messages";
    soon("it is sent", async {
        while !stage.fake.calls().contains_key(posts) {
            tokio::task::yield_now().await;
        }
    })
    .await;
    stage.clock.advance(std::time::Duration::from_secs(15));
    stage.restart().await;
    stage.fake.set_weather(Weather::Well);
    for _ in 0..8 {
        stage.pass(5).await;
        assert_eq!(stage.arrived(&key), 0);
    }
    stage.posts(number, "late", &format!("portal:{key}")).await;
    for _ in 0..10 {
        stage.pass(10).await;
    }
    assert_eq!(stage.arrived(&key), 1);
}

#[tokio::test]
async fn a_reply_that_was_stored_but_did_not_reopen_its_ticket_does_so_when_it_is_found() {
    let mut stage = Stage::set_up().await;
    let liar = stage.with_liar().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    let number = ada.number(&ticket).await;
    liar.lies_about(1);
    ada.can
        .reply(ticket.clone(), stage.key(), "more".to_owned(), Vec::new())
        .await
        .unwrap();
    stage.settle().await;
    assert!(liar.has_lied());
    // Redis was away: the ticket stayed closed, or was closed in the same moment.
    stage.fake.agent_resolves(number);
    for _ in 0..3 {
        stage.pass(2).await;
    }
    assert_eq!(
        stage.fake.conversation(number).unwrap().status,
        Theirs::Open
    );
    assert_eq!(ada.show(&ticket).await.row.delivery, Delivery::Sent);
}

#[tokio::test]
async fn a_cancellation_after_a_reply_that_waits_closes_the_ticket_that_the_reply_opens() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    let number = ada.number(&ticket).await;
    ada.can.cancel(ticket.clone(), stage.key()).await.unwrap();
    stage.fake.goes_away().await;
    ada.reply(&ticket, "or rather not").await;
    let cancelling = ada.can.cancel(ticket.clone(), stage.key());
    let moving = async {
        tokio::task::yield_now().await;
        stage.pass(4).await;
    };
    let (cancelled, ()) = futures_util::join!(cancelling, moving);
    cancelled.unwrap();
    stage.fake.comes_back().await.unwrap();
    for _ in 0..8 {
        stage.pass(10).await;
    }
    let there = stage.fake.conversation(number).unwrap();
    assert_eq!(
        (there.status, there.labels),
        (Theirs::Resolved, vec!["cancelled-by-customer".to_owned()])
    );
    assert_eq!(ada.show(&ticket).await.row.status, Status::Cancelled);
}

#[tokio::test]
async fn what_waits_can_be_taken_back_and_is_not_sent_by_a_late_copy_of_the_request() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    stage.fake.goes_away().await;
    let (kept, back) = (stage.key(), stage.key());
    for (key, text) in [(&kept, "stays"), (&back, "goes")] {
        ada.can
            .reply(ticket.clone(), key.clone(), text.to_owned(), Vec::new())
            .await
            .unwrap();
    }
    stage.settle().await;
    let taken = ada.can.take_back(ticket.clone(), back.clone()).await;
    let text = TakenBack {
        subject: String::new(),
        text: "goes".to_owned(),
        files: Vec::new(),
        priority: None,
    };
    assert_eq!(taken, Ok(text));
    let late = ada
        .can
        .reply(ticket.clone(), back.clone(), "goes".to_owned(), Vec::new())
        .await;
    assert_eq!(late.unwrap_err(), AppError::KeyReused);
    assert_eq!(
        thread(&ada.show(&ticket).await),
        ["you: first", "you: stays (Waiting)"]
    );
    stage.fake.comes_back().await.unwrap();
    for _ in 0..4 {
        stage.pass(10).await;
    }
    assert_eq!((stage.arrived(&kept), stage.arrived(&back)), (1, 0));
    let too_late = ada.can.take_back(ticket.clone(), kept).await;
    assert_eq!(too_late, Err(AppError::NotAllowed));
    let unknown = ada.can.take_back(ticket, stage.key()).await;
    assert_eq!(unknown, Err(AppError::NotFound));
}

#[tokio::test]
async fn what_is_written_while_chatwoot_is_known_to_be_away_waits_at_once() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    stage.fake.goes_away().await;
    for _ in 0..4 {
        stage.pass(10).await;
    }
    // One call may be made now and then; it is made.
    _ = ada.show(&ticket).await;
    stage.settle().await;
    for text in ["second", "third"] {
        let sent = ada
            .can
            .reply(ticket.clone(), stage.key(), text.to_owned(), Vec::new());
        sent.await.unwrap();
    }
    stage.settle().await;
    assert_eq!(
        thread(&ada.show(&ticket).await),
        [
            "you: first",
            "you: second (Waiting)",
            "you: third (Waiting)"
        ]
    );
}

#[tokio::test]
async fn whoever_saw_that_it_waits_sees_that_it_was_sent_and_can_no_longer_be_taken_back() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    let key = stage.key();
    stage.fake.goes_away().await;
    let sent = ada
        .can
        .reply(ticket.clone(), key.clone(), "second".to_owned(), Vec::new());
    sent.await.unwrap();
    let seen = ada.show(&ticket).await;
    assert_eq!(thread(&seen), ["you: first", "you: second (Waiting)"]);
    stage.fake.set_weather(Weather::Cutting);
    stage.fake.comes_back().await.unwrap();
    let posts = "POST /api/v1/accounts/{account}/conversations/{id}/messages";
    for _ in 0..20 {
        if stage.fake.calls().contains_key(posts) {
            break;
        }
        stage.pass(3).await;
    }
    let again = ada
        .can
        .show_ticket(ticket.clone(), None, Some(seen.version));
    let Refetched::Changed(now) = again.await.unwrap() else {
        panic!("the page was not told");
    };
    assert_eq!(thread(&now), ["you: first", "you: second (Sending)"]);
    let too_late = ada.can.take_back(ticket, key).await;
    assert_eq!(too_late, Err(AppError::NotAllowed));
}

#[tokio::test]
async fn a_ticket_that_waits_can_be_taken_back_as_a_whole() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    stage.fake.goes_away().await;
    let (opens, replies) = (stage.key(), stage.key());
    let ticket = ada
        .open_with(opens.clone(), "Printer", "first")
        .await
        .unwrap();
    ada.can
        .reply(
            ticket.clone(),
            replies.clone(),
            "second".to_owned(),
            Vec::new(),
        )
        .await
        .unwrap();
    stage.settle().await;
    let with_more = ada.can.take_back(ticket.clone(), opens.clone()).await;
    assert_eq!(with_more, Err(AppError::NotAllowed));
    ada.can.take_back(ticket.clone(), replies).await.unwrap();
    let taken = ada.can.take_back(ticket.clone(), opens).await.unwrap();
    assert_eq!(
        (taken.subject.as_str(), taken.text.as_str()),
        ("Printer", "first")
    );
    assert_eq!(ada.try_show(&ticket).await, Err(AppError::NotFound));
    assert_eq!(ada.list().await.total, 0);
    stage.fake.comes_back().await.unwrap();
    for _ in 0..4 {
        stage.pass(10).await;
    }
    assert!(stage.fake.conversations_of(&stage.source(ADA)).is_empty());
}

#[tokio::test]
async fn one_conversation_gets_no_more_than_a_hundred_messages_a_minute() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    let number = ada.number(&ticket).await;
    for n in 0..150 {
        ada.can
            .reply(
                ticket.clone(),
                stage.key(),
                format!("reply {n}"),
                Vec::new(),
            )
            .await
            .unwrap();
    }
    stage.settle().await;
    let there = |stage: &Stage| stage.fake.messages(number).len();
    assert!(there(&stage) <= 101, "{}", there(&stage));
    stage.pass(59).await;
    assert!(there(&stage) <= 101, "{}", there(&stage));
    stage.pass(2).await;
    assert_eq!(there(&stage), 151);
}
