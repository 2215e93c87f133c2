//! Anybody who has seen a mail can write into a ticket (§3): only that message is replaced, in the thread and in the list, and what
//! follows stays.

use app::tickets::model::*;

use super::{EVE, Victim, victim};
use crate::support::*;

/// A mail that Chatwoot puts into the ticket, whoever wrote it.
struct Appended {
    name: &'static str,
    /// Its headers but To, Message-ID and those of the way.
    from: String,
    /// Whether it can be told from one of hers.
    foreign: bool,
}

fn mails() -> Vec<Appended> {
    let foreign = |name, from: &str| Appended {
        name,
        from: from.to_owned(),
        foreign: true,
    };
    let hers = |name, from: &str| Appended {
        foreign: false,
        ..foreign(name, from)
    };
    vec![
        foreign("somebody else", "From: evil@example.net"),
        foreign(
            "her address as a name",
            "From: \"ada@example.com\" <evil@example.net>",
        ),
        foreign("two authors", "From: ada@example.com, evil@example.net"),
        foreign(
            "two authors, hers last",
            "From: evil@example.net, ada@example.com",
        ),
        foreign(
            "answers go to somebody else",
            "From: ada@example.com\nReply-To: evil@example.net",
        ),
        foreign(
            "sent on for somebody else",
            "From: ada@example.com\nX-Original-Sender: evil@example.net",
        ),
        foreign(
            "sent on by a list",
            "From: list@example.net\nX-Original-Sender: ada@example.com",
        ),
        foreign(
            "an answer address that is none",
            "From: ada@example.com\nReply-To: not an address @@",
        ),
        foreign("with a tag", "From: ada+x@example.com"),
        hers("she herself", "From: ada@example.com"),
        hers(
            "she herself, spelt otherwise",
            "From: Ada <ADA@Example.com>",
        ),
        // Nobody can tell: Chatwoot keeps neither the real sender nor any result of SPF or DKIM.
        hers(
            "who says that answers go to her",
            "From: evil@example.net\nReply-To: ada@example.com",
        ),
    ]
}

/// The ways into a thread, as headers.
fn ways(stage: &Stage, hers: &Victim) -> Vec<(&'static str, String)> {
    let uuid = stage.fake.conversation(hers.number).unwrap().uuid;
    let first = stage.fake.messages(hers.number)[0]
        .source_id
        .clone()
        .unwrap();
    let support = stage.fake.given().support_email.clone();
    assert!(first.starts_with("portal:"));
    vec![
        ("reply+UUID", format!("To: reply+{uuid}@acme.test")),
        (
            "In-Reply-To our message",
            format!("To: {support}\nIn-Reply-To: <{first}>"),
        ),
        (
            "References our message",
            format!("To: {support}\nReferences: <unknown@x> <{first}>"),
        ),
        (
            "In-Reply-To the conversation",
            format!("To: {support}\nIn-Reply-To: <conversation/{uuid}/messages/1@acme.test>"),
        ),
    ]
}

#[tokio::test]
async fn a2_a_mail_that_is_not_the_customers_is_replaced_and_what_follows_stays() {
    let stage = Stage::set_up().await;
    let hers = victim(&stage, true).await;
    let ada = stage.signed_in(ADA).await;
    let mut n = 0;
    for (way, headers) in ways(&stage, &hers) {
        for mail in mails() {
            n += 1;
            let how = format!("{way}, {}", mail.name);
            let before = stage.fake.messages(hers.number).len();
            let text = format!("CANARY {n}");
            let mail_text = format!(
                "{}\n{headers}\nMessage-ID: <mail-{n}@example.net>\nSubject: Re: Hers\n\n{text}\n",
                mail.from
            );
            stage.mail_arrives(&mail_text).await;
            assert_eq!(stage.fake.messages(hers.number).len(), before + 1, "{how}");
            let view = ada.show(&hers.ticket).await;
            let shown = thread(&view).last().unwrap().clone();
            let row = ada.row(&hers.ticket).await;
            let (author, preview) = row.last.unwrap();
            if mail.foreign {
                assert_eq!(shown, "team: (SomebodyByEmail)", "{how}");
                assert!(
                    !format!("{:?}", view.entries.last()).contains("CANARY"),
                    "{how}"
                );
                assert_ne!(preview, text, "{how}");
            } else {
                assert_eq!(shown, format!("you: {text}"), "{how}");
                assert_eq!((author, preview), (Author::You, text), "{how}");
            }
            // What an agent answers is hers to read all the same.
            let answer = format!("Answer {n}");
            stage.fake.agent_replies(hers.number, &answer).unwrap();
            let shown = thread(&ada.show(&hers.ticket).await)
                .last()
                .unwrap()
                .clone();
            assert_eq!(shown, format!("John Doe: {answer}"), "{how}");
        }
    }
    assert_eq!(n, 48);
    // Writing into a ticket gives no sight of it.
    for address in [EVE, "evil@example.net"] {
        let list = format!("{:?}", stage.signed_in(address).await.everything().await);
        assert!(!list.contains("CANARY"), "{address}");
    }
}

#[tokio::test]
async fn a_foreign_mails_file_is_not_shown() {
    let stage = Stage::set_up().await;
    let hers = victim(&stage, false).await;
    let uuid = stage.fake.conversation(hers.number).unwrap().uuid;
    let mail = format!(
        "From: evil@example.net\nTo: reply+{uuid}@acme.test\nMessage-ID: <f1@x>\nSubject: Re\nMIME-Version: 1.0\n\
         Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee this\n--b\n\
         Content-Type: application/pdf; name=invoice.pdf\nContent-Disposition: attachment; filename=invoice.pdf\n\n%PDF\n--b--\n"
    );
    stage.mail_arrives(&mail).await;
    let messages = stage.fake.messages(hers.number);
    assert_eq!(messages.last().unwrap().attachments.len(), 1);
    let ada = stage.signed_in(ADA).await;
    let view = ada.show(&hers.ticket).await;
    assert_eq!(thread(&view).last().unwrap(), "team: (SomebodyByEmail)");
}

#[tokio::test]
async fn r1_a_mail_with_the_mark_of_a_reply_does_not_pass_for_that_reply() {
    let mut stage = Stage::set_up().await;
    let hers = victim(&stage, false).await;
    let liar = stage.with_liar().await;
    let ada = stage.signed_in(ADA).await;
    let key = stage.key();
    let uuid = stage.fake.conversation(hers.number).unwrap().uuid;
    let mail = format!(
        "From: evil@example.net\nTo: reply+{uuid}@acme.test\nMessage-ID: <portal:{key}>\nSubject: Re\n\nNot hers\n"
    );
    stage.mail_arrives(&mail).await;
    liar.lies_about(0);
    let sent = ada.can.reply(
        hers.ticket.clone(),
        key.clone(),
        "Really hers".into(),
        Vec::new(),
    );
    sent.await.unwrap();
    stage.settle().await;
    stage.pass(60).await;
    let shown = thread(&ada.show(&hers.ticket).await);
    assert_eq!(shown.last().unwrap(), "you: Really hers", "{shown:?}");
    assert_eq!(stage.arrived(&key), 2, "the mail's and the reply's own");
}
