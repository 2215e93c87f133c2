//! The demo's tickets are there as the script has them.

use fake_chatwoot::{FakeChatwoot, MessageType, Options, Seed, Status, still_clock};

const NOW: i64 = 1_795_265_259_000;

async fn demo() -> FakeChatwoot {
    let (clock, _) = still_clock(NOW);
    FakeChatwoot::start(Options {
        clock,
        seed: Seed::Demo,
        ..Options::default()
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn ada_has_a_ticket_in_every_state() {
    let fake = demo().await;
    let tickets = fake.conversations_of("p1_ada@example.com");
    assert_eq!(tickets.len(), 14);
    for status in [
        Status::Open,
        Status::Resolved,
        Status::Pending,
        Status::Snoozed,
    ] {
        assert!(
            tickets.iter().any(|ticket| ticket.status == status),
            "{status:?}"
        );
    }
    let cancelled = tickets
        .iter()
        .find(|ticket| ticket.labels == ["cancelled-by-customer"])
        .unwrap();
    assert_eq!(cancelled.status, Status::Resolved);
    let longest = tickets
        .iter()
        .map(|ticket| ticket.messages.len())
        .max()
        .unwrap();
    assert!(longest >= 60, "{longest}");
}

#[tokio::test]
async fn every_portal_ticket_bears_the_mark_of_its_owner() {
    let fake = demo().await;
    for address in ["ada", "bob", "maria", "blocked"] {
        let source_id = format!("p1_{address}@example.com");
        let tickets = fake.conversations_of(&source_id);
        assert!(!tickets.is_empty());
        for ticket in tickets {
            let uuid = ticket.additional_attributes["portal_ticket"]
                .as_str()
                .unwrap();
            let mark = ticket.additional_attributes["portal_sig"].as_str().unwrap();
            assert_eq!(mark, format!("mark of {source_id} on {uuid}"));
        }
    }
    assert!(fake.contact_by_email("new@example.com").is_some());
    assert!(
        fake.contact_by_email("blocked@example.com")
            .unwrap()
            .blocked
    );
}

#[tokio::test]
async fn nothing_of_the_demo_lies_in_the_future_and_ids_follow_time() {
    let fake = demo().await;
    let mut all: Vec<_> = fake
        .conversations()
        .iter()
        // Mails and their answers come last in the script, whatever their age.
        .filter(|ticket| ticket.inbox == fake.given().inbox)
        .flat_map(|ticket| fake.messages(ticket.id))
        .collect();
    assert!(all.len() > 100);
    all.sort_by_key(|message| message.id);
    assert!(
        all.iter()
            .all(|message| message.created_at <= fake_chatwoot::Moment::from_millis(NOW + 1000))
    );
    assert!(all.is_sorted_by_key(|message| message.created_at));
    let kinds = |kind| all.iter().any(|message| message.kind == kind);
    assert!(kinds(MessageType::Template) && kinds(MessageType::Activity));
    assert!(all.iter().any(|message| message.private));
    assert!(
        all.iter()
            .any(|message| message.content_attributes.contains_key("deleted"))
    );
}
