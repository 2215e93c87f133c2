//! Whose a ticket is that began by e-mail (§3): only that of the one author of its first mail, as long as its contact has his address, and
//! only up to the first message of somebody else.

use serde_json::json;

use super::EVE;
use crate::support::mails::Mail;
use crate::support::*;

const FROM_ADA: &str = "From: ada@example.com";
const FROM_EVE: &str = "From: eve@example.com";

/// First mails, and whether they make a ticket of Ada's.
fn first_mails() -> Vec<(&'static str, &'static str, bool)> {
    vec![
        ("she herself", "From: ada@example.com", true),
        ("spelt otherwise", "From: Ada <ADA@Example.com>", true),
        // Nobody can tell: Chatwoot keeps neither the real sender nor any result of SPF or DKIM.
        (
            "who says that answers go to her",
            "From: eve@example.com\nReply-To: ada@example.com",
            true,
        ),
        ("somebody else", "From: eve@example.com", false),
        (
            "her address as a name",
            "From: \"ada@example.com\" <eve@example.com>",
            false,
        ),
        (
            "two authors",
            "From: ada@example.com, eve@example.com",
            false,
        ),
        (
            "two authors, hers last",
            "From: eve@example.com, ada@example.com",
            false,
        ),
        (
            "answers go to somebody else",
            "From: ada@example.com\nReply-To: eve@example.com",
            false,
        ),
        (
            "sent on for somebody else",
            "From: ada@example.com\nX-Original-Sender: eve@example.com",
            false,
        ),
        (
            "sent on by a list",
            "From: list@example.net\nX-Original-Sender: ada@example.com",
            false,
        ),
        (
            "an answer address that is none",
            "From: ada@example.com\nReply-To: not an address @@",
            false,
        ),
        ("with a tag", "From: ada+x@example.com", false),
        (
            "with her in Cc",
            "From: eve@example.com\nCc: ada@example.com",
            false,
        ),
    ]
}

#[tokio::test]
async fn a2_a_ticket_begun_by_mail_is_that_of_the_one_author_of_its_first_mail() {
    for (how, from, hers) in first_mails() {
        let stage = Stage::set_up().await;
        let number = stage.begins(from, "m1@x").await;
        let ada = stage.signed_in(ADA).await;
        assert_eq!(ada.reads(number).await.is_some(), hers, "{how}");
        // The same when it comes while she is there already.
        let number = stage.begins(from, "m2@x").await;
        stage.pass(40).await;
        assert_eq!(ada.reads(number).await.is_some(), hers, "{how}, later");
    }
}

#[tokio::test]
async fn a2_what_others_began_or_agents_did_is_not_hers_though_she_answered() {
    let stage = Stage::set_up().await;
    let bobs = stage
        .begins("From: bob@example.com\nCc: ada@example.com", "b1@x")
        .await;
    stage.answers(FROM_ADA, "a1@x", "b1@x").await;
    // She has a place in the inbox, and an agent begins a thread there.
    stage.begins(FROM_ADA, "a2@x").await;
    let contact = stage.fake.contact_by_email(ADA).unwrap().id;
    let body = json!({
        "inbox_id": stage.fake.given().email_inbox.0, "contact_id": contact.0, "source_id": ADA,
        "message": { "content": "CANARY, begun by an agent", "message_type": "outgoing" },
    });
    let (status, begun) = stage.as_operator("POST", "conversations", body).await;
    assert_eq!(status, 200, "{begun}");
    let ada = stage.signed_in(ADA).await;
    let bob = stage.signed_in(BOB).await;
    for _ in 0..2 {
        assert_eq!(ada.list().await.total, 1);
        assert_eq!(ada.reads(bobs).await, None);
        // Bob sees his thread up to her mail.
        let expected = ["you: Text of b1@x", "team: (GoesOnByEmail)"];
        assert_eq!(bob.reads(bobs).await.unwrap(), expected);
        stage.answers(FROM_ADA, "a3@x", "b1@x").await;
        stage.pass(40).await;
    }
}

#[tokio::test]
async fn a2_the_thread_is_shown_up_to_the_first_mail_of_somebody_else() {
    let mut stage = Stage::set_up().await;
    let number = stage.begins(FROM_ADA, "m1@x").await;
    stage.fake.agent_replies(number, "For her").unwrap();
    let ada = stage.signed_in(ADA).await;
    let uuid = stage.fake.conversation(number).unwrap().uuid;
    let evil = format!(
        "{FROM_EVE}\nTo: reply+{uuid}@acme.test\nMessage-ID: <e1@x>\nSubject: x\n\nCANARY of Eve\n"
    );
    stage.mail_arrives(&evil).await;
    stage.fake.agent_replies(number, "CANARY for Eve").unwrap();
    stage.answers(FROM_ADA, "m2@x", "m1@x").await;
    stage
        .fake
        .agent_replies(number, "CANARY at the end")
        .unwrap();
    let expected = [
        "you: Text of m1@x",
        "John Doe: For her",
        "team: (GoesOnByEmail)",
    ];
    assert_eq!(ada.reads(number).await.unwrap(), expected);
    drop(ada);
    // Neither an agent who deletes that mail nor a lost store brings back what came after it.
    let foreign = stage.fake.messages_with_source("e1@x")[0].id;
    stage.fake.agent_deletes_message(number, foreign).unwrap();
    for round in ["deleted", "restarted", "read model lost", "store lost"] {
        match round {
            "restarted" => stage.restart().await,
            "read model lost" => stage.lose_read_model().await,
            "store lost" => stage.lose_store().await,
            _ => {}
        }
        stage.fake.agent_replies(number, "CANARY again").unwrap();
        let ada = stage.signed_in(ADA).await;
        stage.pass(40).await;
        assert_eq!(ada.reads(number).await.unwrap(), expected, "{round}");
        let all = format!("{:?}", ada.everything().await);
        assert!(!all.contains("CANARY"), "{round}: {all}");
        // Writing into it gave Eve nothing.
        let eve = stage.signed_in(EVE).await;
        assert_eq!(eve.list().await.total, 0, "{round}");
    }
}

#[tokio::test]
async fn a2_what_the_public_api_wrote_into_it_ends_it() {
    let stage = Stage::set_up().await;
    let number = stage.begins(FROM_ADA, "m1@x").await;
    let contact = stage.fake.contact_by_email(ADA).unwrap().id;
    let body = json!({ "inbox_id": stage.fake.given().inbox.0, "source_id": "p1_x", "hmac_verified": true });
    let path = format!("contacts/{contact}/contact_inboxes");
    stage.ask("POST", &path, body).await;
    let path = format!("contacts/p1_x/conversations/{number}/messages");
    let (status, _) = stage
        .public("POST", &path, json!({ "content": "CANARY" }))
        .await;
    assert_eq!(status, 200);
    let ada = stage.signed_in(ADA).await;
    let expected = ["you: Text of m1@x", "team: (GoesOnByEmail)"];
    assert_eq!(ada.reads(number).await.unwrap(), expected);
}

#[tokio::test]
async fn a2_a_contact_with_another_address_hides_the_ticket_until_it_has_hers_again() {
    let stage = Stage::set_up().await;
    let number = stage.begins(FROM_ADA, "m1@x").await;
    let ada = stage.signed_in(ADA).await;
    assert!(ada.reads(number).await.is_some());
    let contact = stage.fake.contact_by_email(ADA).unwrap().id;
    stage
        .fake
        .change_contact_email(contact, "other@example.com")
        .unwrap();
    stage.fake.agent_replies(number, "CANARY").unwrap();
    stage.pass(40).await;
    assert_eq!(ada.reads(number).await, None);
    // Whoever has that address now is given nothing, since it is not filed under it.
    let other = stage.signed_in("other@example.com").await;
    assert_eq!(other.reads(number).await, None);
    stage.fake.change_contact_email(contact, ADA).unwrap();
    stage.fake.agent_replies(number, "Hers again").unwrap();
    stage.pass(40).await;
    assert!(ada.reads(number).await.is_some());
    assert_eq!(other.reads(number).await, None);
}

#[tokio::test]
async fn a2_merged_contacts_give_nobody_the_others_mails() {
    for ada_stays in [true, false] {
        let stage = Stage::set_up().await;
        let adas = stage.begins(FROM_ADA, "a1@x").await;
        let eves = stage.begins(FROM_EVE, "e1@x").await;
        let ada = stage.signed_in(ADA).await;
        let eve = stage.signed_in(EVE).await;
        let of = |address: &str| stage.fake.contact_by_email(address).unwrap().id;
        let (base, mergee) = if ada_stays {
            (of(ADA), of(EVE))
        } else {
            (of(EVE), of(ADA))
        };
        stage.fake.merge_contacts(base, mergee).unwrap();
        stage.fake.agent_replies(adas, "CANARY for Ada").unwrap();
        stage.fake.agent_replies(eves, "CANARY for Eve").unwrap();
        stage.pass(40).await;
        let sees = (
            ada.reads(adas).await.is_some(),
            eve.reads(eves).await.is_some(),
        );
        assert_eq!(sees, (ada_stays, !ada_stays));
        assert_eq!(ada.reads(eves).await, None, "ada stays: {ada_stays}");
        assert_eq!(eve.reads(adas).await, None, "ada stays: {ada_stays}");
    }
}

#[tokio::test]
async fn a2_a_website_visitor_gets_no_mail_of_hers_in_either_direction() {
    // Eve's place in the inbox comes to be Ada's contact's, and her next mail lies there; or she takes Ada's contact over.
    for takes_over in [false, true] {
        let stage = Stage::set_up().await;
        let eves = stage.begins(FROM_EVE, "e1@x").await;
        if takes_over {
            stage.begins(FROM_ADA, "a0@x").await;
        }
        let eve = stage.signed_in(EVE).await;
        let ada = stage.signed_in(ADA).await;
        let visitor = Attacker::comes(&stage).await;
        let steps: &[&str] = if takes_over { &[ADA, EVE] } else { &[EVE, ADA] };
        for address in steps {
            visitor.says(json!({ "email": address })).await;
        }
        let next = stage
            .mail(Mail {
                from: FROM_ADA,
                id: "a1@x",
                answers: "",
                subject: "CANARY",
                text: "CANARY of hers",
            })
            .await;
        stage.fake.agent_replies(next, "CANARY for her").unwrap();
        stage.pass(40).await;
        for person in [&eve, &ada] {
            let all = format!("{:?}", person.everything().await);
            let is_hers = person.id == ada.id;
            let how = format!("takes over: {takes_over}, hers: {is_hers}: {all}");
            // It lies under Eve's address, or with a contact that has it: then Ada herself does not see it either.
            assert!(is_hers || !all.contains("CANARY"), "{how}");
        }
        if takes_over {
            // What is Eve's own stays hers, and with her address back Ada's contact is what gives Eve nothing.
            assert!(eve.reads(eves).await.is_some());
        }
    }
}
