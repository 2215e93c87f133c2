//! What agents begin for a contact that is not its customer's alone (§2): Chatwoot files it where it likes, and the portal shows it to
//! nobody whose it may not be.

use serde_json::{Value, json};

use super::{EVE, victim};
use crate::support::*;

/// As the dashboard's "new conversation" does it for a contact: under the last of its places in the portal's inbox.
async fn agent_writes_to(stage: &Stage, contact: fake_chatwoot::ContactId, text: &str) -> String {
    let given = stage.fake.given();
    let token = [("api-access-token", given.agent_token.as_str())];
    let path = format!(
        "/api/v1/accounts/{}/contacts/{contact}/contactable_inboxes",
        given.account
    );
    let (status, answer) = stage.http("GET", &path, &token, Vec::new()).await;
    assert_eq!(status, 200, "{answer}");
    let rows = answer["payload"].as_array().unwrap();
    let portal = |row: &&Value| row["inbox"]["id"] == json!(given.inbox.0);
    let source = rows.iter().find(portal).unwrap()["source_id"].clone();
    let body = json!({
        "inbox_id": given.inbox.0, "contact_id": contact.0, "source_id": source,
        "message": { "content": text },
    });
    let headers = [token[0], ("content-type", "application/json")];
    let path = format!("/api/v1/accounts/{}/conversations", given.account);
    let (status, answer) = stage
        .http("POST", &path, &headers, body.to_string().into())
        .await;
    assert_eq!(status, 200, "{answer}");
    source.as_str().unwrap().to_owned()
}

/// In whatever order visitor and agent act, the attacker gets nothing of what was meant for the victim.
#[tokio::test]
async fn a2_what_agents_write_to_a_contact_of_two_is_shown_to_neither() {
    let merges: [(&str, &[&str]); 4] = [
        ("Eve into Ada", &[EVE, ADA]),
        ("Ada into Eve", &[ADA, EVE]),
        ("and back", &[ADA, EVE, ADA]),
        ("Eve into Ada and back", &[EVE, ADA, EVE]),
    ];
    for (how, addresses) in merges {
        let stage = Stage::set_up().await;
        victim(&stage, true).await;
        let visitor = Attacker::comes(&stage).await;
        for address in addresses {
            visitor.says(json!({ "email": address })).await;
        }
        let last = addresses.last().unwrap();
        let contact = stage.fake.contact_by_email(last).unwrap().id;
        agent_writes_to(&stage, contact, "CANARY for one of them").await;
        // The poll sees it at once, while she looks and he does.
        for _ in 0..3 {
            for address in [EVE, ADA] {
                let person = stage.signed_in(address).await;
                assert_eq!(person.list().await.total, 1, "{how}: {address}");
            }
            stage.pass(20).await;
        }
        // And the verdict stays, when the traces are gone.
        visitor.says(json!({ "email": "nobody@example.com" })).await;
        stage.pass(60).await;
        for address in [EVE, ADA] {
            let person = stage.signed_in(address).await;
            assert_eq!(person.list().await.total, 1, "{how}: {address}, later");
        }
        assert_eq!(stage.tickets().refused(), 1, "{how}");
    }
}

#[tokio::test]
async fn an_agents_ticket_for_a_website_visitor_is_refused() {
    let stage = Stage::set_up().await;
    victim(&stage, false).await;
    // She, or anybody who said that he is she.
    let visitor = Attacker::comes(&stage).await;
    visitor.says(json!({ "email": ADA })).await;
    let contact = stage.fake.contact_by_email(ADA).unwrap().id;
    let source = agent_writes_to(&stage, contact, "For her").await;
    assert_eq!(source, stage.source(ADA));
    stage.pass(20).await;
    let ada = stage.signed_in(ADA).await;
    assert_eq!((ada.list().await.total, stage.tickets().refused()), (1, 1));
}

#[tokio::test]
async fn a_ticket_without_a_source_id_is_filed_anew_and_shown_to_nobody() {
    let mut stage = Stage::set_up().await;
    victim(&stage, false).await;
    let contact = stage.fake.contact_by_email(ADA).unwrap().id;
    let body = json!({
        "inbox_id": stage.fake.given().inbox.0, "contact_id": contact.0,
        "message": { "content": "ELSEWHERE" },
    });
    stage.ask("POST", "conversations", body).await;
    assert_eq!(stage.fake.contact_inboxes_of(contact).len(), 2);
    stage.pass(20).await;
    stage.restart().await;
    for address in [ADA, EVE] {
        let person = stage.signed_in(address).await;
        let list = format!("{:?}", person.everything().await);
        assert!(!list.contains("ELSEWHERE"), "{address}: {list}");
    }
}

/// Merged by an agent, with no website in it: the one who stays looks as before, and Chatwoot files what is meant for her under the other.
#[tokio::test]
async fn a2_what_agents_write_to_merged_customers_is_shown_to_neither() {
    for (ada_stays, eve_first) in [(true, true), (true, false), (false, true), (false, false)] {
        let how = format!("ada stays: {ada_stays}, eve first: {eve_first}");
        let stage = Stage::set_up().await;
        victim(&stage, eve_first).await;
        if !eve_first {
            stage.signed_in(EVE).await.open("Eve's own", "mine").await;
        }
        let of = |address: &str| stage.fake.contact_of(&stage.source(address)).unwrap().id;
        let (base, mergee) = if ada_stays {
            (of(ADA), of(EVE))
        } else {
            (of(EVE), of(ADA))
        };
        let merge = json!({ "base_contact_id": base.0, "mergee_contact_id": mergee.0 });
        stage.ask("POST", "actions/contact_merge", merge).await;
        let source = agent_writes_to(&stage, base, "For one of them").await;
        let later = if eve_first { ADA } else { EVE };
        assert_eq!(source, stage.source(later), "{how}");
        stage.pass(20).await;
        for address in [EVE, ADA] {
            let person = stage.signed_in(address).await;
            assert_eq!(person.list().await.total, 1, "{how}: {address}");
        }
        assert_eq!(stage.tickets().refused(), 1, "{how}");
    }
}
