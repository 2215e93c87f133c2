//! A changed SESSION_SECRET orphans nobody, with the earlier one at hand and without; a lost store gets marked tickets back.

use app::tickets::model::*;
use server::keys::KeyRing;

use crate::support::*;

const NEW: &[u8] = b"another secret for tests, long enough: 0123456789";

/// The secrets after the change: the new one, and the earlier one if the operator lists it.
fn changed(earlier_listed: bool) -> KeyRing {
    let earlier = earlier_listed.then_some(SECRET);
    KeyRing::from_secrets(NEW, earlier)
}

/// Ada's ticket is hers, and she goes on in it and beside it, and comes again.
async fn goes_on(stage: &mut Stage, ticket: &TicketId, how: &str) {
    {
        let ada = stage.signed_in(ADA).await;
        let shown = thread(&ada.show(ticket).await);
        assert_eq!(shown[0], "you: first", "{how}");
        ada.reply(ticket, "after the change").await;
        assert_eq!(ada.row(ticket).await.delivery, Delivery::Sent, "{how}");
        let number = ada.number(ticket).await;
        stage.fake.agent_replies(number, "an answer").unwrap();
        let tickets = ada.list().await.total;
        let new = ada.open("New", "text").await;
        assert_eq!(ada.row(&new).await.delivery, Delivery::Sent, "{how}");
        assert_eq!(ada.list().await.total, tickets + 1, "{how}");
        ada.can.cancel(new.clone(), stage.key()).await.unwrap();
        stage.settle().await;
        assert_eq!(ada.row(&new).await.status, Status::Cancelled, "{how}");
    }
    stage.lose_read_model().await;
    let ada = stage.signed_in(ADA).await;
    let shown = thread(&ada.show(ticket).await);
    assert_eq!(shown.last().unwrap(), "John Doe: an answer", "{how}");
    // Nobody else gained any.
    assert_eq!(stage.signed_in(BOB).await.list().await.total, 0, "{how}");
    assert_eq!(stage.alarms().await, 0, "{how}");
}

#[tokio::test]
async fn a2_a_changed_secret_orphans_nobody_whether_the_earlier_one_is_listed_or_not() {
    for earlier_listed in [true, false] {
        let mut stage = Stage::set_up().await;
        let ticket = stage.signed_in(ADA).await.open("Hers", "first").await;
        stage.ring = changed(earlier_listed);
        stage.restart().await;
        let how = format!("earlier one listed: {earlier_listed}");
        goes_on(&mut stage, &ticket, &how).await;
    }
}

#[tokio::test]
async fn what_was_written_before_the_change_is_sent_after_it() {
    for earlier_listed in [true, false] {
        let mut stage = Stage::set_up().await;
        let (hers, new) = {
            let ada = stage.signed_in(ADA).await;
            let hers = ada.open("Hers", "first").await;
            stage.fake.goes_away().await;
            ada.reply(&hers, "kept").await;
            (hers, ada.open("New", "kept too").await)
        };
        stage.kill().await;
        stage.ring = changed(earlier_listed);
        stage.fake.comes_back().await.unwrap();
        stage.start().await;
        for _ in 0..4 {
            stage.pass(30).await;
        }
        let ada = stage.signed_in(ADA).await;
        for (ticket, text) in [(&hers, "you: kept"), (&new, "you: kept too")] {
            assert_eq!(ada.row(ticket).await.delivery, Delivery::Sent);
            assert_eq!(thread(&ada.show(ticket).await).last().unwrap(), text);
        }
        assert_eq!(stage.fake.conversations_of(&stage.source(ADA)).len(), 2);
    }
}

#[tokio::test]
async fn a_lost_store_gets_marked_tickets_back_by_their_mark() {
    for change in [None, Some(changed(true))] {
        let mut stage = Stage::set_up().await;
        let ticket = stage.signed_in(ADA).await.open("Hers", "first").await;
        let how = format!("changed too: {}", change.is_some());
        if let Some(ring) = change {
            stage.ring = ring;
        }
        stage.lose_store().await;
        goes_on(&mut stage, &ticket, &how).await;
    }
}

#[tokio::test]
async fn an_earlier_secret_listed_late_brings_its_tickets_back() {
    let mut stage = Stage::set_up().await;
    let old = stage.signed_in(ADA).await.open("Hers", "first").await;
    // The store is lost and the secret another one: nothing leads to her ticket. She opens one under the new secret.
    stage.ring = changed(false);
    stage.lose_store().await;
    let new = {
        let ada = stage.signed_in(ADA).await;
        assert_eq!(ada.list().await.total, 0);
        ada.open("New", "text").await
    };
    stage.ring = changed(true);
    stage.restart().await;
    {
        let ada = stage.signed_in(ADA).await;
        assert_eq!(ada.list().await.total, 2);
        ada.can.cancel(old.clone(), stage.key()).await.unwrap();
        stage.settle().await;
        assert_eq!(ada.row(&old).await.status, Status::Cancelled);
        ada.reply(&old, "and again").await;
        assert_eq!(ada.row(&old).await.delivery, Delivery::Sent);
        assert_eq!(ada.row(&new).await.delivery, Delivery::Sent);
    }
    assert_eq!(stage.alarms().await, 0);
    // Without it again, she keeps both: they are recorded by now.
    stage.ring = changed(false);
    stage.restart().await;
    let ada = stage.signed_in(ADA).await;
    assert_eq!(thread(&ada.show(&old).await)[0], "you: first");
    assert_eq!(ada.list().await.total, 2);
}

#[tokio::test]
async fn a_reply_that_waits_is_not_posted_into_another_chatwoots_conversation() {
    let mut stage = Stage::set_up().await;
    let hers = {
        let ada = stage.signed_in(ADA).await;
        let hers = ada.open("Hers", "first").await;
        stage.fake.goes_away().await;
        ada.reply(&hers, "for my agents only").await;
        ada.can.cancel(hers.clone(), stage.key()).await.unwrap();
        hers
    };
    stage.kill().await;
    // Another one answers at the same address, and its first ticket has the same number.
    let other = fake_chatwoot::FakeChatwoot::start(fake_chatwoot::Options::default())
        .await
        .unwrap();
    let bob = other.add_contact("Bob", BOB).unwrap();
    let his = other
        .add_ticket(bob, &stage.source(BOB), serde_json::json!({}), "Bob's")
        .unwrap();
    stage.fake = other;
    stage.start().await;
    for _ in 0..4 {
        stage.pass(30).await;
    }
    let texts: Vec<_> = stage
        .fake
        .messages(his)
        .into_iter()
        .map(|it| it.content)
        .collect();
    assert_eq!(texts, [Some("Bob's".to_owned())]);
    let status = stage.fake.conversation(his).unwrap().status;
    assert_eq!(status, fake_chatwoot::Status::Open);
    let ada = stage.signed_in(ADA).await;
    assert!(ada.try_show(&hers).await.is_err());
}
