//! R5: a mail server that refuses, puts off or loses its answer costs time and no sign-in.

use std::collections::BTreeSet;

use fake_chatwoot::MailFault;

use crate::support::{Stage, link_in};

const ADA: &str = "ada@example.com";

#[tokio::test]
async fn r5_a_mail_that_was_put_off_is_sent_again_with_the_same_name_and_link() {
    let stage = Stage::set_up().await;
    stage.knows(ADA);
    stage.mailbox.set_fault(MailFault::Greylist);
    let mut ada = stage.browser();
    ada.ask(ADA).await;
    stage.comes_to_the_next_try().await;
    let link = link_in(&stage.mail(ADA, 1).await);
    assert!(ada.open_link(&link).await.begins_a_session());
}

#[tokio::test]
async fn r5_an_answer_lost_by_the_mail_server_gives_the_same_mail_twice() {
    let stage = Stage::set_up().await;
    stage.knows(ADA);
    stage.mailbox.set_fault(MailFault::LoseAnswer);
    stage.browser().ask(ADA).await;
    stage.mail(ADA, 1).await;
    stage.mailbox.set_fault(MailFault::None);
    stage.comes_to_the_next_try().await;
    stage.mail(ADA, 2).await;
    let raw: BTreeSet<String> = stage
        .mailbox
        .mails_to(ADA)
        .into_iter()
        .map(|mail| mail.raw)
        .collect();
    assert_eq!(raw.len(), 1, "{raw:#?}");
}

#[tokio::test]
async fn r5_a_mail_that_was_waiting_is_sent_after_a_restart() {
    let mut stage = Stage::set_up().await;
    stage.knows(ADA);
    stage.mailbox.set_fault(MailFault::Refuse);
    let mut ada = stage.browser();
    ada.ask(ADA).await;
    stage.tried_in_vain().await;
    stage.restart().await;
    stage.mailbox.set_fault(MailFault::None);
    stage.comes_to_the_next_try().await;
    assert!(
        ada.open_link(&link_in(&stage.mail(ADA, 1).await))
            .await
            .begins_a_session()
    );
}
