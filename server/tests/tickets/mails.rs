//! Tickets that began by e-mail are in their customer's list and open like the others.

use std::time::Duration;

use app::tickets::find::Find;
use app::tickets::model::*;

use crate::support::mails::Mail;
use crate::support::*;

const FROM_ADA: &str = "From: Ada Lovelace <ada@example.com>";

#[tokio::test]
async fn what_began_by_mail_is_in_the_list_with_its_subject_and_thread() {
    let mut stage = Stage::not_started().await;
    stage.replies_by_mail = false;
    stage.start().await;
    let number = stage
        .mail(Mail {
            from: "From: Ada Lovelace <Ada@Example.COM>",
            id: "m1@example.com",
            answers: "",
            subject: "Invoice for May",
            text: "Hello,\nwhere is it?",
        })
        .await;
    stage
        .fake
        .agent_replies(number, "It is **attached**.")
        .unwrap();
    stage
        .mail(Mail {
            from: FROM_ADA,
            id: "m2@example.com",
            answers: "m1@example.com",
            subject: "Re: Invoice for May",
            text: "Thanks!\n\nOn Monday, John wrote:\n> It is attached.",
        })
        .await;
    let ada = stage.signed_in(ADA).await;
    let list = ada.list().await;
    assert_eq!(list.total, 1);
    let row = &list.rows[0];
    assert_eq!(
        (row.subject.as_str(), row.status, row.unread),
        ("Invoice for May", Status::InProgress, false)
    );
    assert_eq!(row.last, Some((Author::You, "Thanks!".to_owned())));
    assert_eq!(row.number, Some(u32::try_from(number.0).unwrap()));
    let view = ada.show(&row.id).await;
    assert_eq!(
        thread(&view),
        [
            "you: Hello,\nwhere is it?",
            "John Doe: It is attached.",
            "you: Thanks!"
        ]
    );
    let support = &stage.fake.given().support_email;
    let mailto = format!(
        "mailto:{support}?subject=Re%3A%20Invoice%20for%20May&In-Reply-To=%3Cm2%40example.com%3E"
    );
    assert_eq!(view.reply, ReplyRule::ByEmail(mailto));
    let refused = ada
        .can
        .reply(row.id.clone(), stage.key(), "x".into(), Vec::new())
        .await;
    assert_eq!(refused, Err(app::error::AppError::NotAllowed));
}

#[tokio::test]
async fn r7_a_mail_and_an_agents_answer_are_here_within_35_seconds_with_no_webhook() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    assert_eq!(ada.list().await.total, 0);
    stage.pass(31).await;
    let number = stage.begins(FROM_ADA, "m1@x").await;
    stage.pass(35).await;
    let list = ada.list().await;
    assert_eq!((list.total, list.rows[0].unread), (1, false));
    stage.fake.agent_replies(number, "An answer").unwrap();
    stage.pass(35).await;
    let row = ada.row(&list.rows[0].id).await;
    assert_eq!((row.unread, row.status), (true, Status::WaitingForYou));
    assert_eq!(ada.reads(number).await.unwrap().len(), 2);
}

#[tokio::test]
async fn what_came_between_two_slow_polls_is_not_missed() {
    let mut stage = Stage::set_up().await;
    let liar = stage.with_liar().await;
    let ada = stage.signed_in(ADA).await;
    stage.pass(31).await;
    stage.begins(FROM_ADA, "m1@x").await;
    // So late Chatwoot looks at the portal's inbox, and as much later at that of the mails.
    liar.lists_take(Duration::from_secs(9));
    stage.pass(31).await;
    assert_eq!(ada.list().await.total, 1);
}

#[tokio::test]
async fn what_began_by_mail_is_found_by_its_words_and_counted() {
    let stage = Stage::set_up().await;
    let number = stage.begins(FROM_ADA, "parking@x").await;
    stage.fake.agent_replies(number, "Near the lift").unwrap();
    let ada = stage.signed_in(ADA).await;
    for (words, found) in [("parking", 1), ("lift", 1), ("by mail", 1), ("garage", 0)] {
        let find = Find {
            words: words.to_owned(),
            ..Find::default()
        };
        let list = ada.can.list_tickets(find, None, None, 0).await.unwrap();
        let Refetched::Changed(list) = list else {
            panic!("unchanged")
        };
        assert_eq!(list.rows.len(), found, "{words}");
    }
    assert_eq!(ada.list().await.counts.waiting, 1);
}

#[tokio::test]
async fn a_long_thread_comes_whole_however_many_parts_it_has() {
    let stage = Stage::set_up().await;
    let number = stage.begins(FROM_ADA, "m0@x").await;
    for n in 1..=130 {
        stage
            .fake
            .agent_replies(number, &format!("Answer {n}"))
            .unwrap();
    }
    let ada = stage.signed_in(ADA).await;
    let row = ada.list().await.rows[0].clone();
    let view = ada.show(&row.id).await;
    assert_eq!(view.entries.len(), 100);
    let earlier = ada.can.show_ticket(row.id, view.earlier, None).await;
    let Refetched::Changed(earlier) = earlier.unwrap() else {
        panic!("unchanged")
    };
    assert_eq!(thread(&earlier)[0], "you: Text of m0@x");
    assert_eq!(earlier.entries.len(), 31);
}

#[tokio::test]
async fn the_customer_cancels_what_he_began_by_mail() {
    let stage = Stage::set_up().await;
    let number = stage.begins(FROM_ADA, "m1@x").await;
    let ada = stage.signed_in(ADA).await;
    let row = ada.list().await.rows[0].clone();
    assert!(ada.show(&row.id).await.can_cancel);
    ada.can.cancel(row.id.clone(), stage.key()).await.unwrap();
    stage.settle().await;
    assert_eq!(ada.row(&row.id).await.status, Status::Cancelled);
    let conversation = stage.fake.conversation(number).unwrap();
    assert_eq!(conversation.labels, ["cancelled-by-customer"]);
    // Her next mail opens it again, and the mark comes off.
    stage.answers(FROM_ADA, "m2@x", "m1@x").await;
    stage.pass(35).await;
    assert_eq!(ada.row(&row.id).await.status, Status::Received);
    let conversation = stage.fake.conversation(number).unwrap();
    assert_eq!(conversation.labels, Vec::<String>::new());
}

#[tokio::test]
async fn left_out_by_the_operator_they_are_gone_and_come_back_when_he_changes_his_mind() {
    let mut stage = Stage::set_up().await;
    stage.begins(FROM_ADA, "m1@x").await;
    assert_eq!(stage.signed_in(ADA).await.list().await.total, 1);
    stage.settings.email_tickets = false;
    stage.restart().await;
    let ada = stage.signed_in(ADA).await;
    assert_eq!(ada.list().await.total, 0);
    stage.begins(FROM_ADA, "m2@x").await;
    stage.pass(40).await;
    assert_eq!(ada.list().await.total, 0);
    drop(ada);
    stage.settings.email_tickets = true;
    stage.restart().await;
    stage.pass(1).await;
    assert_eq!(stage.signed_in(ADA).await.list().await.total, 2);
}

#[tokio::test]
async fn what_agents_delete_in_it_is_deleted_here() {
    let stage = Stage::set_up().await;
    let number = stage.begins(FROM_ADA, "m1@x").await;
    stage.fake.agent_replies(number, "Slip").unwrap();
    stage.answers(FROM_ADA, "m2@x", "m1@x").await;
    let ada = stage.signed_in(ADA).await;
    assert_eq!(ada.reads(number).await.unwrap().len(), 3);
    for index in [1, 2] {
        let message = stage.fake.messages(number)[index].id;
        stage.fake.agent_deletes_message(number, message).unwrap();
    }
    // A mail that was known to be hers stays hers.
    let expected = ["you: Text of m1@x", "John Doe: (Deleted)", "you: (Deleted)"];
    assert_eq!(ada.reads(number).await.unwrap(), expected);
    stage.fake.agent_deletes_conversation(number).unwrap();
    stage.pass(60).await;
    stage.signed_in(ADA).await;
    assert_eq!(ada.reads(number).await, None);
}
