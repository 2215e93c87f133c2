//! A reply is there exactly once, whatever becomes of the call that brings it.

use app::error::AppError;

use crate::support::*;

#[tokio::test]
async fn r2_fifty_equal_replies_at_once_are_one_message_and_equal_answers() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    let key = stage.key();
    let all = (0..50).map(|_| {
        ada.can
            .reply(ticket.clone(), key.clone(), "same".to_owned(), Vec::new())
    });
    let all = futures_util::future::join_all(all).await;
    stage.settle().await;
    assert_eq!(stage.arrived(&key), 1);
    let later = ada
        .can
        .reply(ticket.clone(), key.clone(), "same".to_owned(), Vec::new())
        .await;
    assert_eq!(later.as_ref().unwrap().key, Some(key.clone()));
    assert!(all.iter().all(|answer| *answer == later), "{all:?}");
    let other = ada
        .can
        .reply(
            ticket.clone(),
            key.clone(),
            "another".to_owned(),
            Vec::new(),
        )
        .await;
    assert_eq!(other.unwrap_err(), AppError::KeyReused);
    for _ in 0..50 {
        stage.pass(3600).await;
    }
    ada.can
        .reply(ticket, key.clone(), "same".to_owned(), Vec::new())
        .await
        .unwrap();
    stage.settle().await;
    assert_eq!(stage.arrived(&key), 1, "two days later");
}

#[tokio::test]
async fn r1_a_doubtful_end_is_looked_for_and_never_doubled() {
    for sentinel in ["fail: lost", "fail: 500 after", "fail: once"] {
        let stage = Stage::set_up().await;
        let ada = stage.signed_in(ADA).await;
        let ticket = ada.open("Printer", "first").await;
        let key = stage.key();
        ada.can
            .reply(ticket.clone(), key.clone(), sentinel.to_owned(), Vec::new())
            .await
            .unwrap();
        ada.reply(&ticket, "after it").await;
        for _ in 0..10 {
            stage.pass(10).await;
        }
        let view = ada.show(&ticket).await;
        assert_eq!(
            thread(&view),
            ["you: first", &format!("you: {sentinel}"), "you: after it"],
            "{sentinel}"
        );
        assert_eq!(stage.arrived(&key), 1, "{sentinel}");
        let sent = stage.fake.messages(ada.number(&ticket).await);
        assert_eq!(
            sent.iter()
                .filter_map(|it| it.content.as_deref())
                .skip(1)
                .collect::<Vec<_>>(),
            [sentinel, "after it"]
        );
    }
}

#[tokio::test]
async fn r1_a_422_after_the_commit_makes_exactly_one_ticket_and_one_reply() {
    let mut stage = Stage::set_up().await;
    let liar = stage.with_liar().await;
    let ada = stage.signed_in(ADA).await;
    let (opens, replies) = (stage.key(), stage.key());
    liar.lies_about(2);
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
    for _ in 0..10 {
        stage.pass(10).await;
    }
    assert!(liar.has_lied());
    assert_eq!((stage.arrived(&opens), stage.arrived(&replies)), (1, 1));
    assert_eq!(
        thread(&ada.show(&ticket).await),
        ["you: first", "you: second"]
    );
}

#[tokio::test]
async fn a_double_that_is_found_later_is_hidden() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    let key = stage.key();
    ada.can
        .reply(ticket.clone(), key.clone(), "twice".to_owned(), Vec::new())
        .await
        .unwrap();
    stage.settle().await;
    let version = ada.show(&ticket).await.version;
    stage
        .posts(ada.number(&ticket).await, "twice", &format!("portal:{key}"))
        .await;
    let view = ada.show(&ticket).await;
    assert_eq!(
        (thread(&view), view.version),
        (
            vec!["you: first".to_owned(), "you: twice".to_owned()],
            version
        )
    );
}

#[tokio::test]
async fn r3_a_kill_at_any_step_loses_no_reply_and_doubles_none() {
    let mut stage = Stage::set_up().await;
    let ticket = stage.signed_in(ADA).await.open("Printer", "first").await;
    let mut keys = Vec::new();
    for n in 0..12 {
        let key = stage.key();
        stage
            .signed_in(ADA)
            .await
            .can
            .reply(
                ticket.clone(),
                key.clone(),
                format!("reply {n}"),
                Vec::new(),
            )
            .await
            .unwrap();
        // A little further each time.
        for _ in 0..n * 3 {
            tokio::task::yield_now().await;
        }
        keys.push(key);
        stage.restart().await;
    }
    for _ in 0..30 {
        stage.pass(10).await;
    }
    let arrived: Vec<_> = keys.iter().map(|key| stage.arrived(key)).collect();
    assert_eq!(arrived, [1; 12]);
    let ada = stage.signed_in(ADA).await;
    let expected: Vec<_> = ["you: first".to_owned()]
        .into_iter()
        .chain((0..12).map(|n| format!("you: reply {n}")))
        .collect();
    assert_eq!(thread(&ada.show(&ticket).await), expected);
}
