//! Contacts are merged, by agents or through the public API whose inbox identifier leaked (§2, §5): tickets stay where they were.

use serde_json::{Value, json};

use super::{EVE, stands, victim};
use crate::support::*;

#[tokio::test]
async fn a2_an_agents_merge_moves_nobodys_tickets_in_either_direction() {
    for ada_stays in [true, false] {
        let mut stage = Stage::set_up().await;
        let hers = victim(&stage, true).await;
        let of = |address: &str| stage.fake.contact_of(&stage.source(address)).unwrap().id.0;
        let (base, mergee) = if ada_stays {
            (of(ADA), of(EVE))
        } else {
            (of(EVE), of(ADA))
        };
        let merge = json!({ "base_contact_id": base, "mergee_contact_id": mergee });
        stage.ask("POST", "actions/contact_merge", merge).await;
        let how = format!("ada stays: {ada_stays}");
        stands(&mut stage, &hers, 1, &how).await;
        assert_eq!(stage.alarms().await, 2, "{how}");
    }
}

/// A call of the public API: method, path, body.
type Call = (&'static str, &'static str, Value);

/// What somebody does who knows the inbox's identifier.
fn leaked() -> Vec<(&'static str, Vec<Call>)> {
    let address = |address: &str| json!({ "email": address });
    vec![
        (
            "attaches himself to her contact, and changes its address",
            vec![
                (
                    "POST",
                    "contacts",
                    json!({ "email": ADA, "source_id": "new" }),
                ),
                ("PATCH", "contacts/new", address(EVE)),
            ],
        ),
        (
            "makes a contact and merges it with hers",
            vec![
                (
                    "POST",
                    "contacts",
                    json!({ "name": "x", "source_id": "new" }),
                ),
                ("PATCH", "contacts/new", address(ADA)),
                ("PATCH", "contacts/new", address(EVE)),
            ],
        ),
        (
            "says an identifier that she has",
            vec![
                (
                    "POST",
                    "contacts",
                    json!({ "identifier": "id-ada", "source_id": "new" }),
                ),
                ("PATCH", "contacts/new", address(EVE)),
            ],
        ),
    ]
}

#[tokio::test]
async fn a2_a_leaked_inbox_identifier_gives_no_ticket_in_the_portal() {
    for (how, calls) in leaked() {
        let mut stage = Stage::set_up().await;
        let hers = victim(&stage, true).await;
        let contact = stage.fake.contact_of(&stage.source(ADA)).unwrap().id;
        let path = format!("contacts/{contact}");
        stage
            .ask("PATCH", &path, json!({ "identifier": "id-ada" }))
            .await;
        for (method, path, body) in calls {
            let (status, answer) = stage.public(method, path, body).await;
            assert_eq!(status, 200, "{how}: {path}: {answer}");
        }
        assert!(stage.fake.contact_by_email(ADA).is_none(), "{how}");
        stands(&mut stage, &hers, 1, how).await;
    }
}

#[tokio::test]
async fn a2_a_stale_contact_is_looked_up_again_for_a_new_ticket() {
    let stage = Stage::set_up().await;
    victim(&stage, true).await;
    let ada = stage.signed_in(ADA).await;
    // Between the look-up and the opening she is merged away: the fake answers 404 for the contact that is gone.
    let gone = stage.fake.contact_of(&stage.source(ADA)).unwrap().id;
    let base = stage.fake.contact_of(&stage.source(EVE)).unwrap().id;
    stage.fake.merge_contacts(base, gone).unwrap();
    assert!(stage.fake.contact(gone).is_none());
    let new = ada.open("After the merge", "text").await;
    assert_eq!(
        ada.row(&new).await.delivery,
        app::tickets::model::Delivery::Sent
    );
    let number = ada.number(&new).await;
    assert_eq!(stage.fake.conversation(number).unwrap().contact, base);
}

#[tokio::test]
async fn a2_renamed_source_ids_move_nothing_in_the_portal() {
    let mut stage = Stage::set_up().await;
    let hers = victim(&stage, true).await;
    let eve = stage.fake.contact_of(&stage.source(EVE)).unwrap().id;
    let (portal, email) = {
        let given = stage.fake.given();
        (given.inbox, given.email_inbox)
    };
    let support = stage.fake.given().support_email.clone();
    let mail =
        format!("From: {ADA}\nTo: {support}\nMessage-ID: <1@x>\nSubject: CANARY\n\nCANARY\n");
    stage.mail_arrives(&mail).await;
    let path = format!("contacts/{eve}/contact_inboxes");
    // In an e-mail inbox whoever comes later gets the place, and hers is renamed.
    let place = json!({ "inbox_id": email, "source_id": ADA });
    let (status, made) = stage.as_operator("POST", &path, place).await;
    assert_eq!((status, &made["source_id"]), (200, &json!(ADA)), "{made}");
    let ada = stage.fake.contact_by_email(ADA).unwrap().id;
    let contact = format!("contacts/{ada}");
    let (_, whose) = stage.as_operator("GET", &contact, json!({})).await;
    let places = whose["payload"]["contact_inboxes"].as_array().unwrap();
    let is_renamed = |place: &Value| {
        let id = place["source_id"].as_str().unwrap();
        id.len() == ADA.len() + 1 && id.ends_with(ADA)
    };
    assert!(places.iter().any(is_renamed), "{whose}");
    // In the portal's inbox hers is not to be had.
    let place = json!({ "inbox_id": portal, "source_id": stage.source(ADA) });
    let (status, answer) = stage.as_operator("POST", &path, place).await;
    assert_eq!(status, 500, "{answer}");
    stands(&mut stage, &hers, 1, "renamed source ids").await;
}
