//! The read model: filled when a customer first comes, whole after a loss, and what a list and a thread show of it.

use app::error::AppError;
use app::tickets::find::Find;
use app::tickets::model::*;
use fake_chatwoot::{File, Weather};
use serde_json::json;
use server::keys::{KeyRing, Keys};

use crate::support::*;

/// Tickets that an earlier portal on the same secret opened for her.
fn tickets_of_before(stage: &Stage, count: usize) -> Vec<fake_chatwoot::DisplayId> {
    let contact = stage.fake.add_contact("Ada", ADA).unwrap();
    let (source, keys) = (stage.source(ADA), Keys::from_secret(SECRET));
    (0..count)
        .map(|n| {
            let ticket = format!("6bdc3f4d-0bec-4515-a284-{n:012}");
            let marks = json!({ "mail_subject": format!("Ticket {n}"), "portal_ticket": ticket, "portal_sig": keys.owner_mark(&source, &ticket) });
            stage.clock.advance(std::time::Duration::from_secs(60));
            stage.fake.add_ticket(contact, &source, marks, &format!("text {n}")).unwrap()
        })
        .collect()
}

#[tokio::test]
async fn all_tickets_come_however_many_newest_first_and_count_as_read() {
    let stage = Stage::set_up().await;
    let numbers = tickets_of_before(&stage, 60);
    stage.clock.advance(std::time::Duration::from_secs(60));
    stage.fake.agent_replies(numbers[3], "An answer").unwrap();
    let ada = stage.comes(ADA).await;
    let list = ada.list().await;
    assert!(list.filling && list.rows.is_empty());
    stage.settle().await;
    let list = ada.list().await;
    assert_eq!((list.total, list.filling, list.rows.len()), (60, false, 50));
    assert_eq!(
        list.rows[0].last,
        Some((Author::Agent("John Doe".into()), "An answer".into()))
    );
    assert_eq!(
        (list.rows[1].subject.as_str(), list.rows[2].subject.as_str()),
        ("Ticket 59", "Ticket 58")
    );
    assert!(list.rows.iter().all(|row| !row.unread));
    let Refetched::Changed(second) = ada
        .can
        .list_tickets(Find::default(), list.next, None, 0)
        .await
        .unwrap()
    else {
        panic!()
    };
    assert_eq!((second.rows.len(), second.next), (10, None));
    assert_eq!(second.rows[9].subject, "Ticket 0");
}

#[tokio::test]
async fn who_shows_many_rows_gets_them_again_in_one_call() {
    let stage = Stage::set_up().await;
    tickets_of_before(&stage, 60);
    let ada = stage.signed_in(ADA).await;
    for (rows, given) in [(0, 50), (51, 51), (100, 60), (u32::MAX, 60)] {
        let list = ada.can.list_tickets(Find::default(), None, None, rows);
        let Refetched::Changed(list) = list.await.unwrap() else {
            panic!()
        };
        assert_eq!(list.rows.len(), given);
        assert_eq!(list.next.is_none(), given == 60);
    }
}

#[tokio::test]
async fn a_list_and_a_thread_that_are_known_are_unchanged() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "first").await;
    let version = ada.show(&ticket).await.version;
    assert_eq!(
        ada.can
            .show_ticket(ticket.clone(), None, Some(version))
            .await,
        Ok(Refetched::Unchanged)
    );
    let list = ada.list().await.version;
    assert_eq!(
        ada.can
            .list_tickets(Find::default(), None, Some(list), 0)
            .await,
        Ok(Refetched::Unchanged)
    );
    stage
        .fake
        .agent_replies(ada.number(&ticket).await, "Hello")
        .unwrap();
    stage.pass(5).await;
    assert!(matches!(
        ada.can.show_ticket(ticket, None, Some(version)).await,
        Ok(Refetched::Changed(_))
    ));
    assert!(matches!(
        ada.can
            .list_tickets(Find::default(), None, Some(list), 0)
            .await,
        Ok(Refetched::Changed(_))
    ));
}

#[tokio::test]
async fn a_view_of_a_filled_list_makes_no_call() {
    let stage = Stage::set_up().await;
    tickets_of_before(&stage, 3);
    let ada = stage.signed_in(ADA).await;
    let before = stage.fake.call_count();
    for _ in 0..10 {
        ada.list().await;
    }
    assert_eq!(stage.fake.call_count(), before);
}

#[tokio::test]
async fn a_long_thread_is_there_from_the_first_message_a_hundred_at_a_time() {
    let stage = Stage::set_up().await;
    let number = tickets_of_before(&stage, 1)[0];
    for n in 0..250 {
        stage
            .fake
            .customer_writes(number, &format!("message {n}"))
            .unwrap();
    }
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.list().await.rows[0].id.clone();
    let mut whole = Vec::new();
    let mut view = ada.show(&ticket).await;
    assert!(!view.filling);
    loop {
        whole.splice(0..0, thread(&view));
        let Some(earlier) = view.earlier else { break };
        assert_eq!(view.entries.len(), 100);
        let Ok(Refetched::Changed(next)) = ada
            .can
            .show_ticket(ticket.clone(), Some(earlier), None)
            .await
        else {
            panic!()
        };
        view = next;
    }
    let expected: Vec<_> = ["you: text 0".to_owned()]
        .into_iter()
        .chain((0..250).map(|n| format!("you: message {n}")))
        .collect();
    assert_eq!(whole, expected);
}

#[tokio::test]
async fn a_ticket_opened_before_the_list_is_filled_is_waited_for() {
    let stage = Stage::set_up().await;
    tickets_of_before(&stage, 3);
    let ada = stage.comes(ADA).await;
    let ticket = TicketId::parse("6bdc3f4d-0bec-4515-a284-000000000001").unwrap();
    let view = ada.try_show(&ticket).await.unwrap();
    assert_eq!(view.row.subject, "Ticket 1");
    let missing = TicketId::parse("6bdc3f4d-0bec-4515-a284-00000000ffff").unwrap();
    assert_eq!(ada.try_show(&missing).await, Err(AppError::NotFound));
}

#[tokio::test]
async fn a_fill_that_breaks_off_is_gone_on_with() {
    let mut stage = Stage::set_up().await;
    tickets_of_before(&stage, 30);
    stage.fake.set_weather(Weather::Down503);
    {
        let ada = stage.signed_in(ADA).await;
        let list = ada.list().await;
        assert!(list.filling && matches!(list.freshness, Freshness::AsOf(_)));
    }
    stage.restart().await;
    stage.fake.set_weather(Weather::Well);
    let ada = stage.comes(ADA).await;
    ada.list().await;
    for _ in 0..4 {
        stage.pass(20).await;
    }
    let list = ada.list().await;
    assert_eq!(
        (list.total, list.filling, list.freshness),
        (30, false, Freshness::Live)
    );
}

#[tokio::test]
async fn a_lost_read_model_comes_back_with_what_was_seen_and_what_waits() {
    let mut stage = Stage::set_up().await;
    let (answered, waiting) = {
        let ada = stage.signed_in(ADA).await;
        let answered = ada.open("Answered", "text").await;
        stage
            .fake
            .agent_replies(ada.number(&answered).await, "Look")
            .unwrap();
        assert!(ada.show(&answered).await.row.unread);
        stage.fake.set_weather(Weather::Down503);
        (answered, ada.open("Waiting", "text").await)
    };
    stage.lose_read_model().await;
    let ada = stage.comes(ADA).await;
    stage.settle().await;
    assert_eq!(
        thread(&ada.try_show(&waiting).await.unwrap()),
        ["you: text (Waiting)"]
    );
    stage.fake.set_weather(Weather::Well);
    ada.list().await;
    for _ in 0..6 {
        stage.pass(10).await;
    }
    let list = ada.list().await;
    assert_eq!((list.total, list.filling), (2, false));
    assert_eq!(thread(&ada.show(&waiting).await), ["you: text"]);
    assert!(ada.show(&answered).await.row.unread);
}

#[tokio::test]
async fn a_lost_store_finds_its_tickets_again_by_their_marks() {
    let mut stage = Stage::set_up().await;
    let ticket = stage.signed_in(ADA).await.open("Printer", "text").await;
    stage.lose_store().await;
    let ada = stage.signed_in(ADA).await;
    let view = ada.show(&ticket).await;
    assert_eq!(
        (view.row.subject.as_str(), thread(&view)),
        ("Printer", vec!["you: text".to_owned()])
    );
}

#[tokio::test]
async fn a_changed_secret_orphans_nobody() {
    let mut stage = Stage::set_up().await;
    let old = stage.signed_in(ADA).await.open("Old", "text").await;
    let bobs = stage.signed_in(BOB).await.open("Bob's", "text").await;
    let new_secret: &[u8] = b"another secret, long enough too: 9876543210";
    stage.ring = KeyRing::from_secrets(new_secret, [SECRET]);
    stage.restart().await;
    {
        // In the store already.
        let ada = stage.signed_in(ADA).await;
        ada.open("New", "text").await;
        assert_eq!(ada.list().await.total, 2);
        assert_eq!(stage.fake.conversations_of(&stage.source(ADA)).len(), 2);
    }
    // New to the store, known to Chatwoot under the earlier secret.
    stage.lose_store().await;
    let ada = stage.signed_in(ADA).await;
    assert_eq!(ada.list().await.total, 2);
    assert_eq!(ada.show(&old).await.row.subject, "Old");
    let bob = stage.signed_in(BOB).await;
    assert_eq!(bob.show(&bobs).await.row.subject, "Bob's");
    // New altogether.
    let eve = stage.signed_in("eve@example.com").await;
    eve.open("Hello", "text").await;
    assert!(
        stage
            .fake
            .contact_of(&Keys::from_secret(new_secret).source_id("eve@example.com"))
            .is_some()
    );
}

#[tokio::test]
async fn every_kind_of_message_has_a_form_and_none_has_a_private_word() {
    const CANARY: &str = "CANARY";
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Kinds", "text").await;
    let number = ada.number(&ticket).await;
    let fake = &stage.fake;
    fake.agent_writes_private_note(number, CANARY).unwrap();
    fake.agent_replies(number, "**Hello**\\\nyou <b>there</b>")
        .unwrap();
    let attributes = |value: serde_json::Value| value.as_object().cloned().unwrap();
    fake.agent_sends(
        number,
        "Which?",
        "input_select",
        attributes(json!({ "items": [{ "title": "Red", "value": "r" }] })),
    )
    .unwrap();
    fake.agent_sends(number, "Read", "article", attributes(json!({ "items": [{ "title": "How", "description": "to", "link": "javascript:alert(1)" }] }))).unwrap();
    let gone = fake.agent_replies(number, "to be deleted").unwrap();
    let png = File {
        name: "../a b.png".into(),
        content_type: "image/png".into(),
        bytes: b"\x89PNG\r\n\x1a\n0000".to_vec(),
    };
    fake.agent_sends_files(number, "", vec![png]).unwrap();
    fake.agent_deletes_message(number, gone).unwrap();
    fake.agent_sets_labels(number, &[CANARY]).unwrap();
    fake.agent_writes_private_note(number, CANARY).unwrap();
    let view = ada.show(&ticket).await;
    assert_eq!(
        thread(&view),
        [
            "you: text",
            "John Doe: Hello\nyou <b>there</b>",
            "John Doe: Which?\nRed",
            "John Doe: Read\nHow\nto",
            "John Doe: (Deleted)",
            "John Doe:  [a b.png]"
        ]
    );
    assert_eq!(
        view.row.last,
        Some((Author::Agent("John Doe".into()), "a b.png".into()))
    );
    let all = format!("{view:?} {:?}", ada.list().await);
    assert!(
        !all.contains(CANARY)
            && !all.contains("javascript:")
            && !all.contains("rails/active_storage"),
        "{all}"
    );
}

#[tokio::test]
async fn unread_goes_when_it_was_seen_and_only_as_far_as_it_was() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "text").await;
    let number = ada.number(&ticket).await;
    assert!(!ada.row(&ticket).await.unread);
    stage.fake.agent_replies(number, "one").unwrap();
    let seen = ada.show(&ticket).await.version;
    stage.clock.advance(std::time::Duration::from_secs(2));
    stage.fake.agent_replies(number, "two").unwrap();
    ada.show(&ticket).await;
    ada.can.mark_seen(ticket.clone(), seen).await.unwrap();
    assert!(ada.row(&ticket).await.unread, "the second was not seen");
    let version = ada.show(&ticket).await.version;
    ada.can.mark_seen(ticket.clone(), version).await.unwrap();
    assert!(!ada.row(&ticket).await.unread);
    ada.can.mark_seen(ticket.clone(), 0).await.unwrap();
    ada.can.mark_seen(ticket.clone(), u64::MAX).await.unwrap();
    assert!(!ada.row(&ticket).await.unread);
}
