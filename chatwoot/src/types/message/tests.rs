//! Which messages are shown, and what is read of them.

use serde_json::{Value, json};

use super::{AuthorKind, Direction, Message, Row};
use crate::types::attributes::{Choice, FormAnswer, Kind};

fn read(message: Value) -> Option<Message> {
    let text = message.to_string();
    serde_json::from_str::<Row>(&text).unwrap().visible()
}

fn with(changes: Value) -> Option<Message> {
    let mut message = json!({
        "id": 5, "content": "Hello", "message_type": 1, "content_type": "text",
        "content_attributes": {}, "created_at": 1795265268, "private": false, "source_id": null,
        "sender": {"id": 41, "type": "user", "name": "John Doe", "available_name": "John"}
    });
    for (key, value) in changes.as_object().unwrap() {
        message[key] = value.clone();
    }
    read(message)
}

#[test]
fn what_is_not_plainly_public_is_not_shown() {
    assert!(with(json!({})).is_some());
    for changes in [
        json!({"private": true}),
        json!({"private": null}),
        json!({"private": "false"}),
        json!({"message_type": 2}),
        json!({"message_type": 9}),
        json!({"message_type": null}),
        json!({"message_type": "outgoing"}),
    ] {
        assert_eq!(with(changes.clone()), None, "{changes}");
    }
    assert_eq!(read(json!({"id": 1})), None);
}

#[test]
fn the_side_is_told() {
    let side = |number| with(json!({ "message_type": number })).map(|it| it.direction);
    assert_eq!(side(0), Some(Direction::Incoming));
    assert_eq!(side(1), Some(Direction::Outgoing));
    assert_eq!(side(3), Some(Direction::Template));
}

#[test]
fn an_agent_has_the_name_he_shows_and_a_contact_has_none() {
    let agent = with(json!({})).unwrap().author.unwrap();
    assert_eq!(agent.kind, AuthorKind::User);
    assert_eq!(agent.name.as_deref(), Some("John"));
    let unnamed =
        with(json!({"sender": {"type": "user", "name": "John Doe", "available_name": ""}}));
    assert_eq!(
        unnamed.unwrap().author.unwrap().name.as_deref(),
        Some("John Doe")
    );
    let contact = with(json!({"sender": {"type": "contact", "name": "Ada", "email": "a@b"}}));
    assert_eq!(contact.unwrap().author.unwrap().name, None);
    assert_eq!(with(json!({"sender": null})).unwrap().author, None);
}

#[test]
fn a_deleted_message_is_marked() {
    assert!(
        with(json!({"content_attributes": {"deleted": true}}))
            .unwrap()
            .deleted
    );
    assert!(!with(json!({})).unwrap().deleted);
}

#[test]
fn attributes_of_any_shape_do_not_hide_the_message() {
    for attributes in [
        json!(null),
        json!("text"),
        json!([1, 2]),
        json!({"items": "x", "email": 5, "deleted": "yes", "in_reply_to": "7", "submitted_values": {}}),
        json!({"items": [null, 3, {"title": 4}, {"title": "only this"}]}),
    ] {
        for kind in [
            "input_select",
            "cards",
            "form",
            "article",
            "input_csat",
            "incoming_email",
        ] {
            let message = with(json!({"content_type": kind, "content_attributes": attributes}));
            assert!(message.is_some(), "{kind} {attributes}");
        }
    }
}

#[test]
fn every_kind_is_read() {
    let kind = |name: &str, attributes: Value| {
        with(json!({"content_type": name, "content_attributes": attributes}))
            .unwrap()
            .kind
    };
    assert_eq!(
        kind(
            "input_select",
            json!({
                "items": [{"title": "Red", "value": "r"}],
                "submitted_values": [{"title": "Red", "value": "r"}],
            })
        ),
        Kind::Select {
            items: vec![Choice {
                title: "Red".into(),
                value: "r".into()
            }],
            answered: vec![Choice {
                title: "Red".into(),
                value: "r".into()
            }],
        }
    );
    let Kind::Cards(cards) = kind(
        "cards",
        json!({"items": [{
            "title": "T", "description": "D", "media_url": "http://x/y.png",
            "actions": [{"type": "link", "text": "Go", "uri": "http://x"}, {"type": "postback", "text": "Ask", "payload": "P"}],
        }]}),
    ) else {
        panic!("no cards");
    };
    assert_eq!(cards[0].actions.len(), 2);
    assert_eq!(cards[0].actions[1].uri, None);
    assert_eq!(
        kind(
            "form",
            json!({"items": [], "submitted_values": [{"name": "n", "value": "v"}]})
        ),
        Kind::Form {
            fields: vec![],
            answered: vec![FormAnswer {
                name: "n".into(),
                value: "v".into()
            }],
        }
    );
    assert!(matches!(
        kind("article", json!({"items": [{"title": "A", "link": "http://x"}]})),
        Kind::Articles(articles) if articles.len() == 1
    ));
    assert!(matches!(
        kind(
            "input_csat",
            json!({"submitted_values": {"csat_survey_response": {"rating": 9}}})
        ),
        Kind::Rating { rating: None, .. }
    ));
    assert_eq!(
        kind("input_email", json!({"submitted_email": "a@b"})),
        Kind::AskEmail {
            answered: Some("a@b".into())
        }
    );
    assert_eq!(kind("voice_call", json!({})), Kind::Call);
    assert_eq!(kind("sticker", json!({})), Kind::Sticker);
    assert_eq!(kind("integrations", json!({})), Kind::Integration);
    assert_eq!(kind("input_text", json!({})), Kind::AskText);
    assert_eq!(kind("hologram", json!({})), Kind::Other);
}

#[test]
fn a_mail_says_whose_it_is() {
    let mail = |headers: Value| {
        let email = json!({"from": ["evil@example.com"], "subject": "S", "message_id": "m1", "headers": headers,
            "text_content": {"full": "new\n> old", "reply": "new\n> old", "quoted": "new"}, "html_content": {}});
        with(json!({"message_type": 0, "content_type": "incoming_email", "content_attributes": {"email": email}}))
            .unwrap().email.unwrap()
    };
    let plain = mail(json!(null));
    assert_eq!(plain.from, ["evil@example.com"]);
    assert_eq!(plain.text.new.as_deref(), Some("new"));
    assert!(!plain.names_other_sender);
    assert!(mail(json!({"x-original-sender": "other@example.com"})).names_other_sender);
    assert!(!mail(json!({"x-original-from": null})).names_other_sender);
}

#[test]
fn files_come_by_id_and_have_a_name() {
    let files = json!([
        {"id": 9, "data_url": "http://h/rails/blobs/x/scan%20%C3%A9.png?disposition=inline", "file_type": "image", "width": null},
        {"no": "id"},
        {"id": 3, "data_url": "http://h/rails/blobs/y/100%25.txt", "file_type": "location", "extension": null},
    ]);
    let files = with(json!({ "attachments": files })).unwrap().attachments;
    let names: Vec<_> = files.iter().filter_map(super::Attachment::name).collect();
    assert_eq!(names, ["100%.txt", "scan é.png"]);
    assert_eq!(files[0].file_type, super::FileKind::File);
}
