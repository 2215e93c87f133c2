//! Nobody reaches another's ticket: not by its id, and not by what a website visitor can do to contacts (api.md §0b.2, trap 1).

use std::sync::atomic::Ordering;

use app::error::AppError;
use app::tickets::model::*;
use fake_chatwoot::ContactId;

use crate::support::*;

#[tokio::test]
async fn a1_anothers_a_missing_and_a_gone_ticket_are_the_same() {
    let stage = Stage::set_up().await;
    let (ada, bob) = (stage.signed_in(ADA).await, stage.signed_in(BOB).await);
    let hers = ada.open("Hers", "secret").await;
    let missing = TicketId::parse("6bdc3f4d-0bec-4515-a284-5d916fdde489").unwrap();
    let key = stage.key();
    for ticket in [&hers, &missing] {
        assert_eq!(
            bob.can.show_ticket(ticket.clone(), None, None).await,
            Err(AppError::NotFound)
        );
        assert_eq!(
            bob.can.show_ticket(ticket.clone(), Some(1), Some(1)).await,
            Err(AppError::NotFound)
        );
        assert_eq!(
            bob.can
                .reply(ticket.clone(), key.clone(), "text".into(), Vec::new())
                .await,
            Err(AppError::NotFound)
        );
        assert_eq!(
            bob.can.cancel(ticket.clone(), key.clone()).await,
            Err(AppError::NotFound)
        );
        assert_eq!(
            bob.can.retry(ticket.clone(), key.clone()).await,
            Err(AppError::NotFound)
        );
        assert_eq!(
            bob.can.mark_seen(ticket.clone(), 1).await,
            Err(AppError::NotFound)
        );
    }
    assert_eq!(bob.list().await.total, 0);
    stage.settle().await;
    assert_eq!(thread(&ada.show(&hers).await), ["you: secret"]);
}

/// The attacker signs in as bob@, and a visitor makes ada's contact his.
async fn hijack(stage: &Stage, bob_known: bool) {
    if bob_known {
        stage.fake.add_contact("Bob", BOB).unwrap();
    }
    let visitor = stage.fake.widget_visitor().unwrap();
    stage.fake.widget_visitor_takes_email(visitor, ADA).unwrap();
    stage.fake.widget_visitor_takes_email(visitor, BOB).unwrap();
}

#[tokio::test]
async fn a2_a_hijacked_contact_gives_the_attacker_nothing_and_takes_nothing_from_the_victim() {
    for bob_known in [false, true] {
        let mut stage = Stage::set_up().await;
        let hers = {
            let ada = stage.signed_in(ADA).await;
            if bob_known {
                stage.signed_in(BOB).await.open("Bob's own", "mine").await;
            }
            ada.open("Hers", "secret").await
        };
        hijack(&stage, false).await;
        let his = u32::from(bob_known);
        for round in ["as it was", "read model lost", "store lost"] {
            match round {
                "read model lost" => stage.lose_read_model().await,
                "store lost" => stage.lose_store().await,
                _ => {}
            }
            let bob = stage.signed_in(BOB).await;
            let ada = stage.signed_in(ADA).await;
            assert_eq!(bob.list().await.total, his, "{round}");
            assert_eq!(
                bob.try_show(&hers).await,
                Err(AppError::NotFound),
                "{round}"
            );
            assert_eq!(thread(&ada.show(&hers).await), ["you: secret"], "{round}");
        }
        // She goes on writing, also new tickets; he sees none of it.
        let ada = stage.signed_in(ADA).await;
        ada.reply(&hers, "still me").await;
        let new = ada.open("Another of hers", "text").await;
        assert_eq!(ada.row(&new).await.delivery, Delivery::Sent);
        let bob = stage.signed_in(BOB).await;
        stage.pass(60).await;
        assert_eq!((bob.list().await.total, ada.list().await.total), (his, 2));
    }
}

#[tokio::test]
async fn an_agents_new_ticket_is_the_customers_if_it_is_seen_in_time() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    ada.open("First", "text").await;
    stage.pass(5).await;
    stage
        .fake
        .agent_opens_ticket_for(&stage.source(ADA), "We found something")
        .unwrap();
    stage.pass(30).await;
    let list = ada.list().await;
    assert_eq!(
        (
            list.total,
            list.rows[0].unread,
            list.rows[0].subject.as_str()
        ),
        (2, true, "")
    );
    assert_eq!(
        thread(&ada.show(&list.rows[0].id).await),
        ["John Doe: We found something"]
    );
    assert_eq!(stage.tickets().refused(), 0);
}

#[tokio::test]
async fn an_agents_new_ticket_is_the_customers_however_far_the_clocks_of_both_machines_are_apart() {
    for ahead in [-600_000, 600_000] {
        let stage = Stage::set_up().await;
        stage.ahead.store(ahead, Ordering::Relaxed);
        let ada = stage.signed_in(ADA).await;
        ada.open("First", "text").await;
        stage.pass(5).await;
        stage
            .fake
            .agent_opens_ticket_for(&stage.source(ADA), "We found something")
            .unwrap();
        stage.pass(30).await;
        let refused = stage.tickets().refused();
        assert_eq!((ada.list().await.total, refused), (2, 0), "{ahead}");
    }
}

#[tokio::test]
async fn an_agents_new_ticket_judged_too_late_is_refused_for_good_and_counted() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    ada.open("First", "text").await;
    stage.fake.goes_away().await;
    stage
        .fake
        .agent_opens_ticket_for(&stage.source(ADA), "Late")
        .unwrap();
    stage.pass(90).await;
    stage.fake.comes_back().await.unwrap();
    for _ in 0..5 {
        stage.pass(30).await;
    }
    assert_eq!((ada.list().await.total, stage.tickets().refused()), (1, 1));
}

#[tokio::test]
async fn what_an_agent_writes_to_the_victim_of_a_hijack_does_not_reach_the_attacker() {
    let stage = Stage::set_up().await;
    // The attacker's own place in the portal, then the victim merged into his contact, its address set back to hers.
    let bob = stage.signed_in(BOB).await;
    bob.open("Bob's", "text").await;
    let ada = stage.signed_in(ADA).await;
    ada.open("Ada's", "text").await;
    let visitor = stage.fake.widget_visitor().unwrap();
    for address in [ADA, BOB, ADA] {
        stage
            .fake
            .widget_visitor_takes_email(visitor, address)
            .unwrap();
    }
    // Chatwoot files it under the contact's last place: the attacker's.
    stage
        .fake
        .agent_opens_ticket_for(&stage.source(BOB), "secret for Ada")
        .unwrap();
    for _ in 0..10 {
        stage.pass(10).await;
    }
    assert_eq!(bob.list().await.total, 1);
    assert_eq!(stage.tickets().refused(), 1);
}

#[tokio::test]
async fn a_mark_copied_from_another_ticket_opens_nothing() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let hers = ada.open("Hers", "text").await;
    let marks = stage
        .fake
        .conversation(ada.number(&hers).await)
        .unwrap()
        .additional_attributes;
    let bobs = stage.fake.add_contact("Bob", BOB).unwrap();
    let forged = serde_json::Value::Object(marks.clone());
    stage
        .fake
        .add_ticket(bobs, &stage.source(BOB), forged, "forged")
        .unwrap();
    stage.clock.advance(std::time::Duration::from_secs(120));
    let bob = stage.signed_in(BOB).await;
    assert_eq!(bob.list().await.total, 0);
    // The same mark a second time for its own customer is a double: hidden.
    let contact: ContactId = stage.fake.contact_of(&stage.source(ADA)).unwrap().id;
    stage
        .fake
        .add_ticket(
            contact,
            &stage.source(ADA),
            serde_json::Value::Object(marks),
            "double",
        )
        .unwrap();
    stage.pass(60).await;
    assert_eq!(ada.list().await.total, 1);
    assert_eq!(thread(&ada.show(&hers).await), ["you: text"]);
}

#[tokio::test]
async fn another_chatwoot_in_the_place_of_the_first_shows_nobody_its_tickets() {
    let mut stage = Stage::set_up().await;
    let hers = {
        let ada = stage.signed_in(ADA).await;
        let hers = ada.open("Hers", "text").await;
        let number = ada.number(&hers).await;
        // As a new installation counts from one again.
        stage.fake.agent_deletes_conversation(number).unwrap();
        hers
    };
    let other = fake_chatwoot::FakeChatwoot::start(fake_chatwoot::Options::default())
        .await
        .unwrap();
    let bob = other.add_contact("Bob", BOB).unwrap();
    let his = other
        .add_ticket(
            bob,
            &stage.source(BOB),
            serde_json::json!({}),
            "CANARY of somebody else",
        )
        .unwrap();
    assert_eq!(his.0, 1);
    stage.fake = other;
    stage.restart().await;
    let ada = stage.signed_in(ADA).await;
    let opened = ada.try_show(&hers).await;
    assert!(!format!("{opened:?}").contains("CANARY"));
    for _ in 0..3 {
        stage.pass(30).await;
    }
    assert_eq!(ada.try_show(&hers).await, Err(AppError::NotFound));
    assert!(!format!("{:?}", ada.list().await).contains("CANARY"));
}

#[tokio::test]
async fn a_mark_that_was_not_made_for_this_customer_and_ticket_opens_nothing() {
    let stage = Stage::set_up().await;
    stage.settle().await;
    let bob = stage.fake.add_contact("Bob", BOB).unwrap();
    let ticket = "6bdc3f4d-0bec-4515-a284-5d916fdde489";
    let keys = stage.ring.current();
    let other_keys = server::keys::Keys::from_secret(b"another secret of 32 bytes or more, once");
    let marks = [
        String::new(),
        "x".to_owned(),
        keys.owner_mark(&stage.source(ADA), ticket),
        keys.owner_mark(&stage.source(BOB), "11111111-2222-4333-8444-555555555555"),
        other_keys.owner_mark(&stage.source(BOB), ticket),
    ];
    for mark in &marks {
        let forged = serde_json::json!({ "portal_ticket": ticket, "portal_sig": mark });
        stage
            .fake
            .add_ticket(bob, &stage.source(BOB), forged, "forged")
            .unwrap();
    }
    // In time or late: what bears a mark that is none is nobody's.
    let bob = stage.signed_in(BOB).await;
    stage.pass(120).await;
    assert_eq!(bob.list().await.total, 0);
    assert_eq!(stage.tickets().refused(), marks.len() as u64);
}

#[tokio::test]
async fn a1_a_backup_beside_a_newer_read_model_shows_nobody_anothers_tickets() {
    let mut stage = Stage::set_up().await;
    let adas = stage.signed_in(ADA).await.open("Hers", "text").await;
    let backup = stage.backup().await;
    let bobs = stage.signed_in(BOB).await.open("Bob's", "secret").await;
    let bobs_backup = stage.backup().await;
    stage.put_back(&backup).await;
    // She gets the number that Bob had.
    let carol = stage.signed_in("carol@example.com").await;
    assert!(carol.list().await.rows.is_empty());
    let find = app::tickets::find::Find {
        words: "secret".into(),
        ..Default::default()
    };
    let found = carol.can.list_tickets(find, None, None, 0).await.unwrap();
    assert!(matches!(found, Refetched::Changed(list) if list.rows.is_empty()));
    assert!(carol.try_show(&bobs).await.is_err());
    carol.open("Hers too", "secret").await;
    // One of another run, in which the number was Bob's.
    stage.put_back(&bobs_backup).await;
    let bob = stage.comes(BOB).await;
    assert!(bob.list().await.rows.is_empty());
    stage.settle().await;
    assert_eq!(bob.list().await.total, 1);
    // Nobody lost anything: what Chatwoot has comes back.
    let (ada, bob) = (stage.signed_in(ADA).await, stage.signed_in(BOB).await);
    assert_eq!(ada.show(&adas).await.row.subject, "Hers");
    assert_eq!(bob.show(&bobs).await.row.subject, "Bob's");
}
