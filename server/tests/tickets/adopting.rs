//! An operator who comes from an earlier portal keeps his tickets, and a contact that may have been taken over gives nobody any.

use std::collections::BTreeSet;

use app::error::AppError;
use app::tickets::model::*;
use server::adopt::{self, Outcome, Parts, Report, Trust, report::Reason};
use server::chance::Chance;
use server::keys::Keys;

use crate::support::*;

const EVE: &str = "eve@example.com";

/// As an earlier portal opens a ticket: for the contact with this address, under a source id of chance or one that it derived.
pub(crate) async fn earlier_ticket(stage: &Stage, address: &str, source: Option<&str>, text: &str) {
    let contact = match stage.fake.contact_by_email(address) {
        Some(contact) => contact.id,
        None => stage.fake.add_contact("Somebody", address).unwrap(),
    };
    let mut body = serde_json::json!({
        "inbox_id": stage.fake.given().inbox.0,
        "contact_id": contact.0,
        "message": { "content": text, "message_type": "incoming" },
    });
    if let Some(source) = source {
        body["source_id"] = source.into();
    }
    stage.ask("POST", "conversations", body).await;
}

/// The operator runs `chatwoot-portal adopt` while the portal is stopped.
async fn by_word(stage: &mut Stage, again: bool, trust: Trust) -> Option<Outcome> {
    stage.kill().await;
    let parts = Parts {
        store: stage.store().await,
        clock: stage.clock.clone(),
        chance: Chance::system(),
        keys: stage.ring.clone(),
        chatwoot: stage.client(),
    };
    let outcome = adopt::by_word(&parts, again, trust).await.unwrap();
    parts.store.close().await;
    drop(parts);
    stage.start().await;
    stage.settle().await;
    outcome
}

fn done(outcome: Option<Outcome>) -> Report {
    match outcome {
        Some(Outcome::Done(report)) => report,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_earlier_portals_tickets_are_the_customers_at_the_first_start() {
    let mut stage = Stage::not_started().await;
    // More than two pages, in both of the ways that an earlier portal may have filed them.
    for n in 0..57 {
        let source = (n % 2 == 0).then_some("ada@example.com");
        earlier_ticket(&stage, ADA, source, &format!("Old {n}")).await;
    }
    earlier_ticket(&stage, BOB, None, "Bob's old one").await;
    stage.start().await;
    stage.settle().await;
    let ada = stage.signed_in(ADA).await;
    let list = ada.list().await;
    assert_eq!((list.total, list.filling), (57, false));
    assert!(list.rows.iter().all(|row| !row.unread));
    let oldest = ada
        .everything()
        .await
        .into_iter()
        .min_by_key(|row| row.number)
        .unwrap();
    assert_eq!(thread(&ada.show(&oldest.id).await), ["you: Old 0"]);

    // He goes on: replies, is answered, cancels, opens a new one. A second later, or it would be as old as all the others.
    stage.pass(1).await;
    ada.reply(&oldest.id, "It is back").await;
    stage
        .fake
        .agent_replies(ada.number(&oldest.id).await, "We look")
        .unwrap();
    stage.pass(6).await;
    assert_eq!(
        thread(&ada.show(&oldest.id).await),
        ["you: Old 0", "you: It is back", "John Doe: We look"]
    );
    ada.can
        .cancel(oldest.id.clone(), stage.key())
        .await
        .unwrap();
    stage.settle().await;
    assert_eq!(ada.row(&oldest.id).await.status, Status::Cancelled);
    let new = ada.open("New", "text").await;
    assert_eq!(ada.row(&new).await.delivery, Delivery::Sent);

    // Nobody else sees them, a second start binds nothing anew, and a lost read model is filled again.
    let bob = stage.signed_in(BOB).await;
    assert_eq!(bob.list().await.total, 1);
    assert_eq!(bob.try_show(&oldest.id).await, Err(AppError::NotFound));
    earlier_ticket(&stage, BOB, None, "Not from an earlier portal").await;
    stage.restart().await;
    stage.settle().await;
    assert_eq!(stage.signed_in(BOB).await.list().await.total, 1);
    stage.lose_read_model().await;
    let ada = stage.signed_in(ADA).await;
    assert_eq!(ada.list().await.total, 58);
    assert_eq!(ada.show(&oldest.id).await.row.status, Status::Cancelled);
}

#[tokio::test]
async fn a_contact_that_may_have_been_taken_over_is_left_out_and_named() {
    let mut stage = Stage::not_started().await;
    earlier_ticket(&stage, ADA, None, "Ada's secret").await;
    earlier_ticket(&stage, BOB, Some("bob@example.com"), "Bob's secret").await;
    // One victim's address is changed, the other is merged into the attacker's own contact.
    earlier_ticket(&stage, "mallory@example.com", None, "Mallory's own").await;
    for (victim, attacker) in [(ADA, EVE), (BOB, "mallory@example.com")] {
        let visitor = stage.fake.widget_visitor().unwrap();
        stage
            .fake
            .widget_visitor_takes_email(visitor, victim)
            .unwrap();
        stage
            .fake
            .widget_visitor_takes_email(visitor, attacker)
            .unwrap();
    }
    // Filed under an address that the contact has no more, as an agent's correction leaves it.
    earlier_ticket(
        &stage,
        "old@example.com",
        Some("old@example.com"),
        "Renamed",
    )
    .await;
    let renamed = stage.fake.contact_by_email("old@example.com").unwrap().id;
    stage
        .fake
        .change_contact_email(renamed, "new@example.com")
        .unwrap();
    stage.start().await;
    stage.settle().await;
    for address in [EVE, "mallory@example.com", ADA, BOB, "new@example.com"] {
        let person = stage.signed_in(address).await;
        assert_eq!(person.list().await.total, 0, "{address}");
    }
    // Asked again, he is told why, by contact and with no address.
    assert_eq!(by_word(&mut stage, false, Trust::Nobody).await, None);
    let report = done(by_word(&mut stage, true, Trust::Nobody).await);
    let eve = stage.fake.contact_by_email(EVE).unwrap().id;
    let website = &report.left_out[&Reason::WebsiteVisitor];
    assert_eq!((report.adopted, website.tickets), (0, 1));
    assert!(website.contacts.contains(&eve.0.cast_unsigned()));
    let other = &report.left_out[&Reason::OtherAddress];
    assert_eq!((other.tickets, other.contacts.len()), (3, 2));
    assert!(!report.to_string().contains('@'), "{report}");
    // He has looked at one of them.
    let trusted = Trust::Contacts(BTreeSet::from([renamed.0.cast_unsigned()]));
    assert_eq!(done(by_word(&mut stage, true, trusted).await).adopted, 1);
    assert_eq!(
        stage.signed_in("new@example.com").await.list().await.total,
        1
    );
    assert_eq!(stage.signed_in(EVE).await.list().await.total, 0);
}

#[tokio::test]
async fn without_an_address_that_can_sign_in_a_ticket_is_nobodys() {
    let mut stage = Stage::not_started().await;
    let nameless = stage.fake.add_contact("Nobody", "x@example.com").unwrap();
    earlier_ticket(&stage, "x@example.com", None, "text").await;
    let path = format!("contacts/{nameless}");
    stage
        .ask("PATCH", &path, serde_json::json!({ "email": "" }))
        .await;
    earlier_ticket(&stage, "a@b", None, "an address that no mail is sent to").await;
    stage.start().await;
    stage.settle().await;
    let report = done(by_word(&mut stage, true, Trust::Everybody).await);
    assert_eq!(report.adopted, 0);
    assert_eq!(report.left_out[&Reason::NoAddress].tickets, 1);
    assert_eq!(report.left_out[&Reason::OddAddress].tickets, 1);
}

#[tokio::test]
async fn a_lost_store_gives_nobody_what_a_contact_says_by_then() {
    let mut stage = Stage::not_started().await;
    earlier_ticket(&stage, ADA, None, "Ada's secret").await;
    stage.start().await;
    stage.settle().await;
    assert_eq!(stage.signed_in(ADA).await.list().await.total, 1);
    // An agent's correction, or what nobody can tell from one.
    let contact = stage.fake.contact_by_email(ADA).unwrap().id;
    stage.fake.change_contact_email(contact, EVE).unwrap();
    stage.lose_store().await;
    stage.settle().await;
    assert_eq!(stage.signed_in(EVE).await.list().await.total, 0);
}

#[tokio::test]
async fn cut_short_it_is_gone_on_with_and_after_a_day_given_up() {
    for (hours, expected) in [(1, 30), (25, 0)] {
        let mut stage = Stage::not_started().await;
        for n in 0..30 {
            earlier_ticket(&stage, ADA, None, &format!("Old {n}")).await;
        }
        let (liar, url) = Liar::before(stage.fake.url(), stage.clock.clone()).await;
        stage.asks = Some(url);
        liar.hides_contacts(true);
        stage.start().await;
        stage.settle().await;
        let customer = stage.signed_in(ADA).await;
        assert_eq!(customer.list().await.total, 0);
        stage.kill().await;
        stage
            .clock
            .advance(std::time::Duration::from_secs(hours * 3600));
        liar.hides_contacts(false);
        stage.start().await;
        stage.settle().await;
        assert_eq!(
            stage.signed_in(ADA).await.list().await.total,
            expected,
            "{hours} h"
        );
    }
}

#[tokio::test]
async fn a_ticket_of_this_portals_own_is_never_taken_over() {
    let mut stage = Stage::not_started().await;
    let bob = stage.fake.add_contact("Bob", BOB).unwrap();
    let source = Keys::from_secret(b"another secret of 32 bytes or more, once").source_id(ADA);
    stage
        .fake
        .add_ticket(bob, &source, serde_json::json!({}), "under a source id")
        .unwrap();
    let marks = serde_json::json!({ "portal_ticket": "6bdc3f4d-0bec-4515-a284-5d916fdde489", "portal_sig": "x" });
    stage
        .fake
        .add_ticket(bob, "8e7f0c3e", marks, "marked")
        .unwrap();
    stage.start().await;
    stage.settle().await;
    assert_eq!(stage.signed_in(BOB).await.list().await.total, 0);
    let report = done(by_word(&mut stage, true, Trust::Everybody).await);
    assert_eq!((report.adopted, report.ours), (0, 2));
}

#[tokio::test]
async fn another_chatwoot_in_the_place_of_the_first_shows_nothing_for_an_old_ticket() {
    let mut stage = Stage::not_started().await;
    earlier_ticket(&stage, ADA, None, "Ada's").await;
    stage.start().await;
    stage.settle().await;
    let ada = stage.signed_in(ADA).await;
    let hers = ada.list().await.rows[0].id.clone();
    stage.fake = fake_chatwoot::FakeChatwoot::start(fake_chatwoot::Options::default())
        .await
        .unwrap();
    earlier_ticket(&stage, BOB, None, "CANARY of somebody else").await;
    stage.restart().await;
    let ada = stage.signed_in(ADA).await;
    let _ = ada.try_show(&hers).await;
    stage.pass(30).await;
    assert!(!format!("{:?} {:?}", ada.list().await, ada.try_show(&hers).await).contains("CANARY"));
}
