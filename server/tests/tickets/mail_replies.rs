//! Replies to tickets begun by e-mail go as mails, once, and are in the ticket when Chatwoot has fetched them.

mod cancelling;
mod silence;

use app::error::AppError;
use app::tickets::model::*;
use fake_chatwoot::{DisplayId, MailFault, Weather};

use crate::support::*;

const FROM_ADA: &str = "From: Ada Lovelace <ada@example.com>";

/// Ada with a ticket begun by e-mail that an agent has answered.
async fn begun(stage: &Stage) -> (DisplayId, TicketId) {
    let number = stage.begins(FROM_ADA, "m1@example.com").await;
    stage.fake.agent_replies(number, "Which one?").unwrap();
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.list().await.rows[0].id.clone();
    (number, ticket)
}

/// Nobody knows whether her mail was taken. It was, is found within ten such pauses, and never goes again.
async fn is_found(stage: &Stage, number: DisplayId, ticket: &TicketId, pause: u64) {
    let ada = stage.signed_in(ADA).await;
    assert_eq!(
        last(&ada.show(ticket).await),
        "you: Did you get it? (Sending)"
    );
    for _ in 0..10 {
        stage.pass(pause).await;
    }
    assert_eq!(last(&ada.show(ticket).await), "you: Did you get it?");
    assert_eq!(stage.mailbox.mails().len(), 1);
    assert_eq!(stage.fake.messages(number).len(), 3);
}

fn last(view: &TicketView) -> String {
    thread(view).last().unwrap().clone()
}

#[tokio::test]
async fn r1_a_reply_goes_as_one_mail_and_is_in_the_ticket_once_it_is_fetched() {
    let stage = Stage::set_up().await;
    let (number, ticket) = begun(&stage).await;
    let ada = stage.signed_in(ADA).await;
    assert_eq!(ada.show(&ticket).await.reply, ReplyRule::Mail(false));
    let key = stage.key();
    let text = "The one in the lift.\n> and not the other\n.";
    let shown = "The one in the lift.\nand not the other\n.";
    let sent = ada
        .can
        .reply(ticket.clone(), key.clone(), text.to_owned(), Vec::new());
    assert_eq!(sent.await.unwrap().delivery, Delivery::Sending);
    stage.settle().await;
    assert_eq!(
        last(&ada.show(&ticket).await),
        format!("you: {shown} (Mailed)")
    );
    assert_eq!(ada.row(&ticket).await.status, Status::InProgress);
    let support = stage.fake.given().support_email.clone();
    let mails = stage.mailbox.mails();
    let [mail] = mails.as_slice() else {
        panic!("{mails:?}")
    };
    assert_eq!(mail.to, [support.as_str(), ADA]);
    let header = |name: &str| {
        let found = mail.headers.iter().find(|(it, _)| it == name);
        found.map(|(_, value)| value.trim().to_owned()).unwrap()
    };
    let agents = stage.fake.messages(number)[1].source_id.clone().unwrap();
    assert_eq!(header("In-Reply-To"), format!("<{agents}>"));
    assert_eq!(header("References"), format!("<{agents}>"));
    assert_eq!(header("Reply-To"), ADA);
    assert_eq!(header("Subject"), "Re: By mail");
    assert_eq!(header("Message-ID"), format!("<portal-{key}@acme.example>"));
    // Chatwoot fetches it.
    stage.pass(60).await;
    stage.pass(60).await;
    assert_eq!(last(&ada.show(&ticket).await), format!("you: {shown}"));
    assert_eq!(ada.row(&ticket).await.delivery, Delivery::Sent);
    let messages = stage.fake.messages(number);
    assert_eq!(messages.len(), 3);
    assert_eq!(messages[2].content_type, "incoming_email");
    assert_eq!(messages[2].content.as_deref(), Some(text));
    // Long after nothing more was sent.
    for _ in 0..30 {
        stage.pass(600).await;
    }
    assert_eq!(stage.mailbox.mails().len(), 1);
    let again = ada
        .can
        .reply(ticket.clone(), key, text.to_owned(), Vec::new())
        .await;
    assert_eq!(again.unwrap().author, Author::You);
    assert_eq!(stage.mailbox.mails().len(), 1);
}

#[tokio::test]
async fn r1_a_mail_whose_end_is_in_doubt_is_looked_for_and_not_sent_again() {
    let stage = Stage::set_up().await;
    let (number, ticket) = begun(&stage).await;
    let ada = stage.signed_in(ADA).await;
    stage.mailbox.set_fault(MailFault::LoseAnswer);
    ada.reply(&ticket, "Did you get it?").await;
    is_found(&stage, number, &ticket, 30).await;
}

#[tokio::test]
async fn r5_a_reply_waits_for_the_mail_server_and_can_be_taken_back_until_it_has_it() {
    let stage = Stage::set_up().await;
    let (number, ticket) = begun(&stage).await;
    let ada = stage.signed_in(ADA).await;
    stage.mailbox.set_fault(MailFault::Greylist);
    let (first, second) = (stage.key(), stage.key());
    for (key, text) in [(&first, "One"), (&second, "Two")] {
        let sent = ada
            .can
            .reply(ticket.clone(), key.clone(), text.into(), Vec::new());
        sent.await.unwrap();
        stage.settle().await;
    }
    let view = ada.show(&ticket).await;
    assert_eq!(
        thread(&view)[2..],
        ["you: One (Waiting)", "you: Two (Waiting)"]
    );
    let back = ada.can.take_back(ticket.clone(), second).await.unwrap();
    assert_eq!(back.text, "Two");
    for _ in 0..8 {
        stage.pass(30).await;
    }
    assert_eq!(last(&ada.show(&ticket).await), "you: One");
    assert_eq!(stage.mailbox.mails().len(), 1);
    assert_eq!(stage.fake.messages(number).len(), 3);
    let late = ada.can.take_back(ticket.clone(), first).await;
    assert_eq!(late, Err(AppError::NotAllowed));
}

#[tokio::test]
async fn a_reply_that_the_mail_server_refuses_for_good_is_said_to_be_not_sent() {
    let stage = Stage::set_up().await;
    let (_, ticket) = begun(&stage).await;
    let ada = stage.signed_in(ADA).await;
    stage.mailbox.set_fault(MailFault::Refuse);
    let key = stage.key();
    let sent = ada
        .can
        .reply(ticket.clone(), key.clone(), "Hello?".into(), Vec::new());
    sent.await.unwrap();
    stage.settle().await;
    assert_eq!(last(&ada.show(&ticket).await), "you: Hello? (Failed)");
    stage.mailbox.set_fault(MailFault::None);
    ada.can.retry(ticket.clone(), key).await.unwrap();
    for _ in 0..30 {
        stage.pass(60).await;
    }
    assert_eq!(last(&ada.show(&ticket).await), "you: Hello?");
    assert_eq!(stage.mailbox.mails().len(), 1);
}

#[tokio::test]
async fn r3_a_portal_that_is_killed_while_a_mail_is_on_its_way_sends_no_second_one() {
    let mut stage = Stage::set_up().await;
    let (number, ticket) = begun(&stage).await;
    let ada = stage.signed_in(ADA).await;
    ada.reply(&ticket, "On its way").await;
    drop(ada);
    stage.restart().await;
    for _ in 0..5 {
        stage.pass(60).await;
    }
    let ada = stage.signed_in(ADA).await;
    assert_eq!(last(&ada.show(&ticket).await), "you: On its way");
    assert_eq!(stage.mailbox.mails().len(), 1);
    assert_eq!(stage.fake.messages(number).len(), 3);
}

#[tokio::test]
async fn a_mail_that_never_arrives_is_told_after_two_hours_and_sent_again_only_when_asked() {
    let stage = Stage::set_up().await;
    let (number, ticket) = begun(&stage).await;
    let ada = stage.signed_in(ADA).await;
    let key = stage.key();
    let sent = ada
        .can
        .reply(ticket.clone(), key.clone(), "Lost".into(), Vec::new());
    sent.await.unwrap();
    stage.settle().await;
    // Somebody takes it out of the mailbox before it is fetched.
    let lost = stage.mailbox.mails().remove(0);
    stage.mailbox.clear();
    for _ in 0..11 {
        stage.pass(600).await;
    }
    assert_eq!(last(&ada.show(&ticket).await), "you: Lost (Mailed)");
    for _ in 0..3 {
        stage.pass(600).await;
    }
    assert_eq!(last(&ada.show(&ticket).await), "you: Lost (Lost)");
    assert_eq!(ada.row(&ticket).await.delivery, Delivery::Lost);
    for _ in 0..24 {
        stage.pass(3_600).await;
    }
    assert!(stage.mailbox.mails().is_empty());
    assert_eq!(stage.fake.messages(number).len(), 2);
    ada.can.retry(ticket.clone(), key).await.unwrap();
    for _ in 0..5 {
        stage.pass(60).await;
    }
    assert_eq!(last(&ada.show(&ticket).await), "you: Lost");
    // The first one comes after all.
    stage.mail_arrives(&lost.raw).await;
    stage.pass(600).await;
    assert_eq!(stage.mailbox.mails().len(), 1);
    assert_eq!(stage.fake.messages(number).len(), 3);
}

#[tokio::test]
async fn what_was_told_to_be_lost_and_comes_after_all_is_in_the_ticket() {
    let stage = Stage::set_up().await;
    let (number, ticket) = begun(&stage).await;
    let ada = stage.signed_in(ADA).await;
    ada.reply(&ticket, "Late").await;
    let late = stage.mailbox.mails().remove(0);
    stage.mailbox.clear();
    for _ in 0..14 {
        stage.pass(600).await;
    }
    assert_eq!(last(&ada.show(&ticket).await), "you: Late (Lost)");
    stage.mail_arrives(&late.raw).await;
    stage.pass(60).await;
    assert_eq!(last(&ada.show(&ticket).await), "you: Late");
    assert_eq!(ada.row(&ticket).await.delivery, Delivery::Sent);
    assert_eq!(stage.fake.messages(number).len(), 3);
}

#[tokio::test]
async fn r3_chatwoot_away_keeps_a_reply_waiting_or_mailed_and_it_is_there_once() {
    let stage = Stage::set_up().await;
    let (number, ticket) = begun(&stage).await;
    let ada = stage.signed_in(ADA).await;
    ada.reply(&ticket, "Before").await;
    stage.fake.set_weather(Weather::Down503);
    stage.pass(30).await;
    ada.reply(&ticket, "While").await;
    for _ in 0..20 {
        stage.pass(600).await;
    }
    let view = ada.show(&ticket).await;
    assert_eq!(
        thread(&view)[2..],
        ["you: Before (Mailed)", "you: While (Waiting)"]
    );
    assert_eq!(stage.mailbox.mails().len(), 1);
    stage.fake.set_weather(Weather::Well);
    for _ in 0..10 {
        stage.pass(60).await;
    }
    let view = ada.show(&ticket).await;
    assert_eq!(thread(&view)[2..], ["you: Before", "you: While"]);
    assert_eq!(stage.mailbox.mails().len(), 2);
    assert_eq!(stage.fake.messages(number).len(), 4);
}

#[tokio::test]
async fn r4_after_a_start_without_chatwoot_what_began_by_mail_is_answered_all_the_same() {
    let mut stage = Stage::set_up().await;
    let (number, ticket) = begun(&stage).await;
    stage.fake.set_weather(Weather::Down503);
    stage.restart().await;
    let ada = stage.comes(ADA).await;
    assert_eq!(ada.show(&ticket).await.reply, ReplyRule::Mail(false));
    ada.reply(&ticket, "Now?").await;
    stage.pass(60).await;
    assert_eq!(last(&ada.show(&ticket).await), "you: Now? (Waiting)");
    stage.fake.set_weather(Weather::Well);
    for _ in 0..5 {
        stage.pass(60).await;
    }
    assert_eq!(last(&ada.show(&ticket).await), "you: Now?");
    assert_eq!(stage.mailbox.mails().len(), 1);
    assert_eq!(stage.fake.messages(number).len(), 3);
}
