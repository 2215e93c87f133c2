//! The queue: it survives whatever ends the portal or the mail server, sends once, and lets those who want to sign in go first.

use std::collections::BTreeSet;

use fake_chatwoot::MailFault;
use server::store::failing::How;

use super::{ADA, Away, open};
use crate::support::Stage;

/// How many mails about answers wait.
async fn waiting(stage: &Stage) -> u32 {
    let count = stage
        .state()
        .store
        .read(|tx| Ok(tx.query_row("SELECT count(*) FROM away_mails", [], |row| row.get(0))?));
    count.await.unwrap()
}

/// The mail is decided, and stuck on its way to the mail server.
async fn stuck() -> Away {
    let away = Away::set_up().await;
    away.answered("Try another bulb.").await;
    away.stage.passes(80).await;
    away.stage.mailbox.set_fault(MailFault::Hang);
    away.stage.clock.advance(std::time::Duration::from_secs(60));
    away.stage
        .until(|| async { waiting(&away.stage).await == 1 })
        .await;
    away
}

#[tokio::test]
async fn r3_killed_between_deciding_and_sending_it_is_sent_once_after_the_restart() {
    let mut away = stuck().await;
    away.stage.state().tickets.kill().await;
    away.stage.mailbox.set_fault(MailFault::None);
    away.stage.restart().await;
    away.stage.passes(600).await;
    assert_eq!(away.mails().len(), 1);
    assert_eq!(waiting(&away.stage).await, 0);
    away.stage.restart().await;
    away.stage.passes(600).await;
    assert_eq!(away.mails().len(), 1);
}

#[tokio::test]
async fn what_was_seen_or_deleted_while_its_mail_waited_is_not_mailed() {
    let mut away = stuck().await;
    away.stage.state().tickets.kill().await;
    away.stage.mailbox.set_fault(MailFault::None);
    let message = away.stage.fake.messages(away.number).last().unwrap().id;
    away.stage
        .fake
        .agent_deletes_message(away.number, message)
        .unwrap();
    away.stage.restart().await;
    away.stage.passes(600).await;
    assert_eq!(away.mails().len(), 0);
    assert_eq!(waiting(&away.stage).await, 0);

    let mut away = Away::set_up().await;
    away.stage.mailbox.set_fault(MailFault::Greylist);
    away.answered("Try another bulb.").await;
    away.stage.passes(100).await;
    away.looks().await;
    away.stage.passes(600).await;
    assert_eq!(away.mails().len(), 0);
}

#[tokio::test]
async fn r5_a_mail_that_was_put_off_is_sent_again_and_one_whose_answer_was_lost_bears_the_same_name()
 {
    let away = Away::set_up().await;
    away.stage.mailbox.set_fault(MailFault::Greylist);
    away.answered("Try another bulb.").await;
    away.stage.passes(300).await;
    assert_eq!(away.mails().len(), 1);

    let away = Away::set_up().await;
    away.answered("Try another bulb.").await;
    away.stage.passes(80).await;
    away.stage.mailbox.set_fault(MailFault::LoseAnswer);
    away.stage.passes(21).await;
    assert_eq!(away.mails().len(), 1);
    away.stage.mailbox.set_fault(MailFault::None);
    away.stage.passes(600).await;
    let mails = away.mails();
    assert_eq!(mails.len(), 2, "nobody can know that it came");
    let names: BTreeSet<_> = mails.iter().map(|it| it.raw.clone()).collect();
    assert_eq!(names.len(), 1, "{names:#?}");
}

#[tokio::test]
async fn r5_a_mailbox_that_is_not_there_is_given_up() {
    let away = Away::set_up().await;
    away.stage.mailbox.set_fault(MailFault::Refuse);
    away.answered("Try another bulb.").await;
    away.stage.passes(150).await;
    assert_eq!(waiting(&away.stage).await, 0);
    away.stage.mailbox.set_fault(MailFault::None);
    away.stage.passes(600).await;
    assert_eq!(away.mails().len(), 0);
}

#[tokio::test]
async fn r9_a_campaign_trickles_and_whoever_wants_to_sign_in_goes_first() {
    let stage =
        Stage::set_up_with(&[("NOTIFY_PER_MINUTE", "30"), ("TICKETS_PER_HOUR", "100")]).await;
    let mut ada = stage.signed_in(ADA).await;
    stage.rests().await;
    let mut numbers = Vec::new();
    for n in 0..40 {
        numbers.push(open(&stage, &mut ada, n, &format!("Ticket {n}")).await.1);
    }
    for number in numbers {
        stage.fake.agent_replies(number, "Our shop moves.").unwrap();
    }
    stage.heard().await;
    stage.passes(115).await;
    let at_once = stage.answers_to(ADA).len();
    assert!((10..=24).contains(&at_once), "{at_once}");
    // The clock stands still: the answers wait, whoever signs in does not.
    stage.signed_in("bob@example.com").await;
    let before = stage.answers_to(ADA).len();
    stage.passes(20).await;
    let later = stage.answers_to(ADA).len();
    assert!((5..=11).contains(&(later - before)), "{before} {later}");
    stage.passes(120).await;
    assert_eq!(stage.answers_to(ADA).len(), 40);
}

#[tokio::test]
async fn r8_a_store_that_fails_after_the_mail_has_left_does_not_make_it_leave_again() {
    let away = Away::set_up().await;
    away.answered("Try another bulb.").await;
    let (mailbox, before) = (away.stage.mailbox.clone(), away.stage.mailbox.mails().len());
    let has_left = move || mailbox.mails().len() > before;
    let store = &away.stage.state().store;
    store.fails_when(How::Full, Box::new(has_left));
    away.stage.passes(900).await;
    assert_eq!(away.mails().len(), 1);
    assert_eq!(waiting(&away.stage).await, 1);
    store.is_well_again();
    away.stage.passes(60).await;
    assert_eq!(waiting(&away.stage).await, 0);
    assert_eq!(away.mails().len(), 1);
}

#[tokio::test]
async fn whoever_is_away_while_the_read_model_is_built_anew_is_mailed_all_the_same() {
    let mut away = Away::set_up().await;
    away.looks().await;
    away.stage.loses_its_read_model().await;
    away.answered("Try another bulb.").await;
    away.stage.passes(200).await;
    let mails = away.mails();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].raw.contains("Try another bulb."));
}
