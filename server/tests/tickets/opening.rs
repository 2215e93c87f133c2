//! New tickets: exactly one, whatever happens on the way.

use app::error::{AppError, Field, FieldError, Problem};
use app::tickets::model::*;
use fake_chatwoot::{Status as Theirs, Weather};

use crate::support::*;

#[tokio::test]
async fn a_new_ticket_is_there_at_once_and_the_agent_reads_its_subject_in_bold() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let key = stage.key();
    let ticket = ada
        .open_with(key.clone(), "Printer *on* fire", "It burns.\n\nHelp!")
        .await
        .unwrap();
    let view = ada.try_show(&ticket).await.unwrap();
    assert_eq!(
        thread(&view)[0].trim_end_matches(" (Sending)"),
        "you: It burns.\nHelp!"
    );
    stage.settle().await;

    let view = ada.show(&ticket).await;
    assert_eq!(thread(&view), ["you: It burns.\nHelp!"]);
    assert_eq!(
        (
            view.row.subject.as_str(),
            view.row.status,
            view.row.delivery
        ),
        ("Printer *on* fire", Status::Received, Delivery::Sent)
    );
    assert_eq!(
        view.row.last,
        Some((Author::You, "It burns. Help!".to_owned()))
    );
    assert!(view.can_cancel && !view.filling && !view.row.unread);
    let Entry::Message(message) = &view.entries[0] else {
        panic!("{view:?}")
    };
    assert_eq!(message.key, Some(key));

    let conversation = &stage.fake.conversations_of(&stage.source(ADA))[0];
    let first = &stage.fake.messages(conversation.id)[0];
    assert_eq!(
        first.content.as_deref(),
        Some("**Printer \\*on\\* fire**\n\nIt burns.\n\nHelp!")
    );
    assert_eq!(
        conversation.additional_attributes["mail_subject"],
        "Printer *on* fire"
    );
    assert_eq!(
        conversation.custom_attributes["portal_subject"],
        "Printer *on* fire"
    );
    assert_eq!(
        conversation.additional_attributes["portal_ticket"],
        ticket.as_str()
    );
    let contact = stage.fake.contact_of(&stage.source(ADA)).unwrap();
    assert_eq!(
        (contact.name.as_str(), contact.email.as_deref()),
        ("ada", Some(ADA))
    );
}

#[tokio::test]
async fn a_known_contact_gets_his_place_in_the_inbox_and_no_second_contact_is_made() {
    let stage = Stage::set_up().await;
    let known = stage.fake.add_contact("Ada Lovelace", ADA).unwrap();
    let ada = stage.signed_in(ADA).await;
    ada.open("One", "text").await;
    ada.open("Two", "text").await;
    assert_eq!(stage.fake.contact_of(&stage.source(ADA)).unwrap().id, known);
    assert_eq!(stage.fake.contact_inboxes_of(known).len(), 1);
    assert_eq!(stage.fake.conversations_of(&stage.source(ADA)).len(), 2);
}

#[tokio::test]
async fn five_first_tickets_at_once_are_five_tickets_of_one_contact() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let opened = futures_util::future::join_all((0..5).map(|n| {
        let key = stage.key();
        let ada = &ada;
        async move {
            ada.open_with(key, &format!("Ticket {n}"), "text")
                .await
                .unwrap()
        }
    }));
    let opened = opened.await;
    stage.settle().await;
    assert_eq!(stage.fake.conversations_of(&stage.source(ADA)).len(), 5);
    let list = ada.list().await;
    assert_eq!((list.total, list.rows.len()), (5, 5));
    assert!(
        list.rows
            .iter()
            .all(|row| opened.contains(&row.id) && row.delivery == Delivery::Sent)
    );
}

#[tokio::test]
async fn r2_the_same_key_at_once_or_later_is_one_ticket() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let key = stage.key();
    let again = || ada.open_with(key.clone(), "Once", "text");
    let (one, two, three) = tokio::join!(again(), again(), again());
    stage.settle().await;
    let later = again().await.unwrap();
    for other in [two, three] {
        assert_eq!(other.unwrap(), later);
    }
    assert_eq!(one.unwrap(), later);
    stage.settle().await;
    assert_eq!(stage.arrived(&key), 1);
    assert_eq!(ada.list().await.total, 1);
}

#[tokio::test]
async fn r2_the_same_key_with_other_words_is_refused() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let key = stage.key();
    let ticket = ada.open_with(key.clone(), "Once", "text").await.unwrap();
    for (subject, text) in [("Once", "other"), ("Other", "text")] {
        assert_eq!(
            ada.open_with(key.clone(), subject, text).await,
            Err(AppError::KeyReused)
        );
    }
    let reply = ada
        .can
        .reply(ticket, key, "text".to_owned(), Vec::new())
        .await;
    assert_eq!(reply.unwrap_err(), AppError::KeyReused);
}

#[tokio::test]
async fn two_customers_may_use_the_same_key() {
    let stage = Stage::set_up().await;
    let (ada, bob) = (stage.signed_in(ADA).await, stage.signed_in(BOB).await);
    let key = stage.key();
    let hers = ada.open_with(key.clone(), "Hers", "text").await.unwrap();
    let his = bob.open_with(key, "His", "text").await.unwrap();
    assert_ne!(hers, his);
    stage.settle().await;
    assert_eq!((ada.list().await.total, bob.list().await.total), (1, 1));
}

#[tokio::test]
async fn r1_an_answer_lost_after_the_commit_makes_exactly_one_ticket() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let key = stage.key();
    let ticket = ada
        .open_with(key.clone(), "fail: lost", "text")
        .await
        .unwrap();
    stage.settle().await;
    assert_eq!(ada.row(&ticket).await.delivery, Delivery::Sending);
    stage.pass(3).await;
    assert_eq!(ada.row(&ticket).await.delivery, Delivery::Sent);
    for _ in 0..10 {
        stage.pass(10).await;
    }
    assert_eq!(stage.arrived(&key), 1);
    assert_eq!(stage.fake.conversations_of(&stage.source(ADA)).len(), 1);
    assert_eq!(thread(&ada.show(&ticket).await), ["you: text"]);
}

#[tokio::test]
async fn r1_a_500_after_the_commit_makes_exactly_one_ticket() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let key = stage.key();
    let ticket = ada
        .open_with(key.clone(), "fail: 500 after", "text")
        .await
        .unwrap();
    for _ in 0..10 {
        stage.pass(10).await;
    }
    assert_eq!(ada.row(&ticket).await.delivery, Delivery::Sent);
    assert_eq!(stage.arrived(&key), 1);
}

#[tokio::test]
async fn r1_what_was_not_stored_is_sent_again_but_not_while_chatwoot_may_still_store_it() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let key = stage.key();
    let ticket = ada
        .open_with(key.clone(), "fail: once", "text")
        .await
        .unwrap();
    stage.pass(44).await;
    assert_eq!(stage.arrived(&key), 0);
    stage.pass(2).await;
    assert_eq!(stage.arrived(&key), 1);
    assert_eq!(ada.row(&ticket).await.delivery, Delivery::Sent);
}

#[tokio::test]
async fn r3_a_kill_between_store_and_send_loses_nothing_and_doubles_nothing() {
    let mut stage = Stage::set_up().await;
    let key = stage.key();
    let ticket = {
        let ada = stage.signed_in(ADA).await;
        ada.open_with(key.clone(), "Before the crash", "text")
            .await
            .unwrap()
    };
    stage.restart().await;
    stage.pass(30).await;
    let ada = stage.signed_in(ADA).await;
    assert_eq!(stage.arrived(&key), 1);
    assert_eq!(ada.row(&ticket).await.delivery, Delivery::Sent);
    assert_eq!(ada.list().await.total, 1);
}

#[tokio::test]
async fn r4_a_ticket_is_taken_while_chatwoot_is_gone_and_sent_with_its_replies_in_order() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    stage.fake.goes_away().await;
    let ticket = ada.open("Storm", "first").await;
    ada.reply(&ticket, "second").await;
    ada.reply(&ticket, "third").await;
    let view = ada.show(&ticket).await;
    assert_eq!(
        thread(&view),
        [
            "you: first (Waiting)",
            "you: second (Waiting)",
            "you: third (Waiting)"
        ]
    );
    assert_eq!(
        (view.row.number, view.row.delivery),
        (None, Delivery::Waiting)
    );
    stage.pass(600).await;
    assert!(matches!(ada.list().await.freshness, Freshness::AsOf(_)));
    stage.fake.comes_back().await.unwrap();
    stage.pass(30).await;
    let view = ada.show(&ticket).await;
    assert_eq!(thread(&view), ["you: first", "you: second", "you: third"]);
    assert_eq!(ada.list().await.freshness, Freshness::Live);
    let number = ada.number(&ticket).await;
    let sent: Vec<_> = stage
        .fake
        .messages(number)
        .into_iter()
        .filter_map(|it| it.content)
        .collect();
    assert_eq!(sent, ["**Storm**\n\nfirst", "second", "third"]);
}

#[tokio::test]
async fn r4_no_weather_loses_or_doubles_a_ticket() {
    for weather in Weather::ALL.map(|(weather, _)| weather) {
        let stage = Stage::impatient().await;
        let ada = stage.signed_in(ADA).await;
        stage.fake.set_weather(weather);
        let key = stage.key();
        let ticket = ada.open_with(key.clone(), "Weather", "text").await.unwrap();
        stage.pass(5).await;
        stage.fake.set_weather(Weather::Well);
        for _ in 0..12 {
            stage.pass(10).await;
        }
        assert_eq!(stage.arrived(&key), 1, "{weather:?}");
        assert_eq!(
            ada.row(&ticket).await.delivery,
            Delivery::Sent,
            "{weather:?}"
        );
    }
}

#[tokio::test]
async fn a_refusal_in_words_that_are_known_is_told_at_once_of_a_ticket_and_of_a_reply() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let key = stage.key();
    let refused = ada.open_with(key.clone(), "fail: 422", "text").await;
    stage.settle().await;
    let view = ada.show(&refused.unwrap()).await;
    assert_eq!(
        (view.row.delivery, thread(&view)),
        (Delivery::Failed, vec!["you: text (Failed)".to_owned()])
    );
    assert_eq!(stage.arrived(&key), 0);

    let ticket = ada.open("Taken", "text").await;
    ada.reply(&ticket, "fail: 422").await;
    stage.settle().await;
    assert_eq!(
        thread(&ada.show(&ticket).await),
        ["you: text", "you: fail: 422 (Failed)"]
    );
}

#[tokio::test]
async fn a_ticket_that_chatwoot_does_not_take_is_failed_and_can_be_tried_again() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let key = stage.key();
    let ticket = ada
        .open_with(key.clone(), "fail: odd 422", "text")
        .await
        .unwrap();
    for _ in 0..20 {
        stage.pass(10).await;
    }
    let view = ada.show(&ticket).await;
    assert_eq!(
        (view.row.delivery, thread(&view)),
        (Delivery::Failed, vec!["you: text (Failed)".to_owned()])
    );
    ada.can.retry(ticket.clone(), key.clone()).await.unwrap();
    assert_eq!(ada.row(&ticket).await.delivery, Delivery::Sending);
    for _ in 0..20 {
        stage.pass(10).await;
    }
    assert_eq!(ada.row(&ticket).await.delivery, Delivery::Failed);
    assert_eq!(stage.arrived(&key), 0);
    let unknown = ada.can.retry(ticket, stage.key()).await;
    assert_eq!(unknown, Err(AppError::NotFound));
}

#[tokio::test]
async fn a_blocked_customer_reads_and_does_not_write() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Before", "text").await;
    let contact = stage.fake.contact_of(&stage.source(ADA)).unwrap();
    stage.fake.block_contact(contact.id);
    ada.show(&ticket).await;
    assert_eq!(
        ada.open_with(stage.key(), "After", "text").await,
        Err(AppError::NotAllowed)
    );
    let reply = ada
        .can
        .reply(ticket.clone(), stage.key(), "after".to_owned(), Vec::new())
        .await;
    assert_eq!(reply.unwrap_err(), AppError::NotAllowed);
    assert_eq!(
        ada.can.cancel(ticket.clone(), stage.key()).await,
        Err(AppError::NotAllowed)
    );
    assert!(!ada.show(&ticket).await.can_cancel);
    assert_eq!(stage.fake.conversations_of(&stage.source(ADA)).len(), 1);
    stage.fake.unblock_contact(contact.id);
    ada.show(&ticket).await;
    ada.open("After", "text").await;
    assert_eq!(stage.fake.conversations_of(&stage.source(ADA)).len(), 2);
}

#[tokio::test]
async fn a_customer_blocked_a_moment_ago_has_nothing_sent() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    ada.open("Before", "text").await;
    stage
        .fake
        .block_contact(stage.fake.contact_of(&stage.source(ADA)).unwrap().id);
    let ticket = ada.open("After", "text").await;
    assert_eq!(ada.row(&ticket).await.delivery, Delivery::Failed);
    assert_eq!(stage.fake.conversations_of(&stage.source(ADA)).len(), 1);
}

#[tokio::test]
async fn bad_input_is_named_at_its_field_and_nothing_is_stored() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let fault = |field, problem| FieldError { field, problem };
    let opened = ada.open_with(stage.key(), " ", "nul \0").await;
    assert_eq!(
        opened,
        Err(AppError::Invalid(vec![
            fault(Field::Subject, Problem::Empty),
            fault(Field::Message, Problem::ForbiddenCharacter)
        ]))
    );
    assert_eq!(ada.list().await.total, 0);
}

#[tokio::test]
async fn the_bold_line_is_a_setting() {
    let mut stage = Stage::set_up().await;
    stage.settings.subject_line = false;
    stage.restart().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Subject", "**Subject**\n\ntext").await;
    let number = ada.number(&ticket).await;
    assert_eq!(
        stage.fake.messages(number)[0].content.as_deref(),
        Some("**Subject**\n\ntext")
    );
}

#[tokio::test]
async fn a_ticket_from_a_bots_inbox_or_put_aside_is_open() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Aside", "text").await;
    for status in [Theirs::Pending, Theirs::Snoozed] {
        stage
            .fake
            .agent_sets_status(ada.number(&ticket).await, status);
        let view = ada.show(&ticket).await;
        assert_eq!(
            (view.row.status, view.reply),
            (Status::Received, ReplyRule::Post)
        );
    }
}
