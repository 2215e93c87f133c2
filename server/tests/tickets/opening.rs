//! New tickets: what becomes of them, and exactly one of each.

mod refused;
mod storms;

use app::error::AppError;
use app::tickets::model::*;
use fake_chatwoot::Status as Theirs;

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
