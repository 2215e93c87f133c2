//! Tables: Chatwoot's words on the left, ours on the right.

mod authors;
mod files;
mod kinds;
mod subject;
mod written;

use app::tickets::markup::{Node, plain_text};
use app::tickets::model::{Author, MessageKind, Status};
use chatwoot::{AuthorKind, Direction, Kind};
use serde_json::{Value, json};

use super::*;
use crate::markup::markdown;
use crate::tickets::PriorityUse;

const ADDRESS: &str = "ada@example.com";
const KEY: &str = "6bdc3f4d-0bec-4515-a284-5d916fdde489";

fn text(content: &str) -> chatwoot::Message {
    chatwoot::Message {
        id: chatwoot::MessageId::new(9).unwrap(),
        direction: Direction::Outgoing,
        content: Some(content.to_owned()),
        kind: Kind::Text,
        email: None,
        deleted: false,
        in_reply_to: None,
        created_at: 1_800_000_100,
        source_id: None,
        author: by(AuthorKind::User, Some("Ann")),
        attachments: vec![],
    }
}

fn by(kind: AuthorKind, name: Option<&str>) -> Option<chatwoot::Author> {
    Some(chatwoot::Author {
        kind,
        name: name.map(str::to_owned),
    })
}

fn incoming(content: &str) -> chatwoot::Message {
    chatwoot::Message {
        direction: Direction::Incoming,
        author: by(AuthorKind::Contact, None),
        ..text(content)
    }
}

fn read(row: &chatwoot::Message) -> Translated {
    read_in(row, "Printer *on* fire", false)
}

fn read_in(row: &chatwoot::Message, subject: &str, adopted: bool) -> Translated {
    message(
        row,
        Thread {
            address: ADDRESS,
            subject: Some(subject),
            adopted,
            by_email: false,
            opened_at: 1_800_000_000,
        },
    )
}

fn words(it: &Translated) -> String {
    plain_text(&it.body)
}

#[test]
fn status_words_follow_the_decided_table() {
    let table = [
        // resolved, cancelled, agent spoke, agent spoke last
        ((true, true, true, true), Status::Cancelled),
        ((true, false, true, true), Status::Solved),
        ((true, false, false, false), Status::Solved),
        ((false, true, true, true), Status::WaitingForYou),
        ((false, false, true, true), Status::WaitingForYou),
        ((false, false, true, false), Status::InProgress),
        ((false, true, false, false), Status::Received),
        ((false, false, false, false), Status::Received),
    ];
    for ((resolved, cancelled, agent_spoke, agent_spoke_last), expected) in table {
        let standing = Standing {
            resolved,
            cancelled,
            agent_spoke,
            agent_spoke_last,
        };
        assert_eq!(status(standing), expected, "{standing:?}");
    }
}

#[test]
fn a_preview_is_one_line_of_at_most_160_characters() {
    let it = read(&text("# Title\n\nsome **bold**\ntext\n\n- one\n- two"));
    assert_eq!(it.preview, "Title some bold text one two");
    for (words, length) in [
        ("x".repeat(160), 160),
        ("x".repeat(161), 160),
        ("ä ".repeat(200), 160),
    ] {
        let line = preview(&[Node::Text(words.clone())]);
        assert_eq!(line.chars().count(), length, "{words}");
        assert_eq!(line.ends_with('…'), words.trim().chars().count() > 160);
    }
}

#[test]
fn a_conversation_keeps_our_subject_first_and_none_of_the_rest() {
    let row = |value: Value| serde_json::from_value::<chatwoot::Conversation>(value).unwrap();
    let full = json!({ "id": 7, "inbox_id": 3, "status": "resolved", "created_at": 1_800_000_000, "labels": ["vip", "cancelled-by-customer"], "muted": false,
        "additional_attributes": { "mail_subject": "From mail\n" }, "custom_attributes": { "portal_subject": "At the side" }, "updated_at": 1.5 });
    let facts = conversation(&row(full.clone()), Some("My own"), PriorityUse::Off);
    assert_eq!(
        (
            facts.subject.as_str(),
            facts.resolved,
            facts.cancelled,
            facts.opened_at
        ),
        ("My own", true, true, 1_800_000_000_000)
    );
    assert_eq!(
        conversation(&row(full), None, PriorityUse::Off).subject,
        "From mail"
    );
    let bare = json!({ "id": 7, "inbox_id": 3, "status": "snoozed", "custom_attributes": { "portal_subject": "At the side" } });
    let facts = conversation(&row(bare), None, PriorityUse::Off);
    assert_eq!(
        (facts.subject.as_str(), facts.resolved, facts.cancelled),
        ("At the side", false, false)
    );
}
