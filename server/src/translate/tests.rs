//! Tables: Chatwoot's words on the left, ours on the right.

mod written;

use app::tickets::markup::{Node, plain_text};
use app::tickets::model::{Author, FileKind, MessageKind, Status};
use chatwoot::{
    Article, Attachment, AuthorKind, Card, CardAction, Choice, Direction, Email, EmailText,
    FormAnswer, FormField, Kind,
};
use serde_json::{Value, json};

use super::*;
use crate::markup::markdown;

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
fn authors_are_named_by_what_they_call_themselves_to_customers() {
    let table = [
        (text("x"), Side::Agent, Author::Agent("Ann".into())),
        (
            chatwoot::Message {
                author: by(AuthorKind::AgentBot, Some("Robo")),
                ..text("x")
            },
            Side::Agent,
            Author::Agent("Robo".into()),
        ),
        (
            chatwoot::Message {
                author: by(AuthorKind::User, None),
                ..text("x")
            },
            Side::Agent,
            Author::Team,
        ),
        (
            chatwoot::Message {
                author: None,
                ..text("x")
            },
            Side::Agent,
            Author::Team,
        ),
        (
            chatwoot::Message {
                direction: Direction::Template,
                author: None,
                ..text("x")
            },
            Side::Team,
            Author::Team,
        ),
        (incoming("x"), Side::You, Author::You),
    ];
    for (row, side, author) in table {
        let it = read(&row);
        assert_eq!((it.side, it.author), (side, author), "{row:?}");
    }
}

#[test]
fn an_earlier_portals_subject_line_is_hidden_where_it_says_the_subject() {
    let table = [
        // subject, content, what is shown
        ("Thanks!", "**Thanks!**\n\nHelp!", "Help!"),
        ("Thanks!", "**Thanks\\!**\n\nHelp!", "Help!"),
        ("a_b - c", "**a\\_b - c**\n\nHelp!", "Help!"),
        ("C:\\x", "**C:\\x**\n\nHelp!", "Help!"),
        ("Thanks", "**Thanks!**\n\nHelp!", "**Thanks!**\n\nHelp!"),
        ("Thanks", "**Thanks** Help!", "**Thanks** Help!"),
        ("", "****\n\nHelp!", "****\n\nHelp!"),
    ];
    for (subject, content, shown) in table {
        let row = chatwoot::Message {
            source_id: None,
            created_at: 1_800_000_000,
            ..incoming(content)
        };
        let adopted = read_in(&row, subject, true);
        assert_eq!(adopted.body, markdown(shown), "{content}");
        // Without a mark nobody knows that it is ours.
        let own = read_in(&row, subject, false);
        assert_eq!(own.body, markdown(content), "{content}");
    }
}

#[test]
fn the_subject_line_is_hidden_only_where_it_is_ours() {
    let line = subject_line("Printer *on* fire");
    let ours = format!("portal:{KEY}");
    let table = [
        // content, source_id, created_at, what is shown
        (
            first_message("Printer *on* fire", "Help!"),
            Some(&ours),
            1_800_000_000,
            "Help!".to_owned(),
        ),
        (
            first_message("Printer *on* fire", "Help!"),
            None,
            1_800_000_000,
            format!("{line}\n\nHelp!"),
        ),
        (
            first_message("Printer *on* fire", "Help!"),
            Some(&ours),
            1_800_000_900,
            format!("{line}\n\nHelp!"),
        ),
        (
            first_message("Another", "Help!"),
            Some(&ours),
            1_800_000_000,
            "**Another**\n\nHelp!".to_owned(),
        ),
        (line.clone(), Some(&ours), 1_800_000_000, line.clone()),
        (
            format!("{line} Help!"),
            Some(&ours),
            1_800_000_000,
            format!("{line} Help!"),
        ),
    ];
    for (content, source_id, created_at, shown) in table {
        let row = chatwoot::Message {
            source_id: source_id.cloned(),
            created_at,
            ..incoming(&content)
        };
        assert_eq!(read(&row).body, markdown(&shown), "{content}");
    }
}

#[test]
fn a_key_is_read_from_messages_of_ours_and_from_no_mail() {
    let ours = Some(format!("portal:{KEY}"));
    let key = |row: chatwoot::Message| read(&row).key.map(String::from);
    assert_eq!(
        key(chatwoot::Message {
            source_id: ours.clone(),
            ..incoming("x")
        })
        .as_deref(),
        Some(KEY)
    );
    assert_eq!(
        key(chatwoot::Message {
            source_id: ours.clone(),
            ..text("x")
        }),
        None
    );
    assert_eq!(
        key(chatwoot::Message {
            source_id: Some("portal:x".into()),
            ..incoming("x")
        }),
        None
    );
    let mail = Email {
        from: vec![ADDRESS.into()],
        ..Email::default()
    };
    assert_eq!(
        key(chatwoot::Message {
            source_id: ours,
            kind: Kind::IncomingEmail,
            email: Some(mail),
            ..incoming("x")
        }),
        None
    );
}

#[test]
fn a_mail_is_the_customers_only_if_he_alone_wrote_it() {
    let mail = |email: Option<Email>| {
        read(&chatwoot::Message {
            kind: Kind::IncomingEmail,
            email,
            attachments: vec![file("a.png", "image/png")],
            ..incoming("all of it")
        })
    };
    let from = |from: &[&str]| Email {
        from: from.iter().map(|&it| it.to_owned()).collect(),
        ..Email::default()
    };
    let new = EmailText {
        new: Some("only what is new".into()),
        ..EmailText::default()
    };
    let his = mail(Some(Email {
        text: new,
        ..from(&["Ada@Example.com"])
    }));
    assert_eq!(
        (his.kind, his.side, words(&his).as_str()),
        (MessageKind::Text, Side::You, "only what is new")
    );
    for email in [
        Some(from(&["evil@example.com"])),
        Some(from(&[ADDRESS, "evil@example.com"])),
        Some(from(&[])),
        Some(Email {
            names_other_sender: true,
            ..from(&[ADDRESS])
        }),
        None,
    ] {
        let it = mail(email.clone());
        assert_eq!(
            (it.kind, it.side),
            (MessageKind::SomebodyByEmail, Side::Somebody),
            "{email:?}"
        );
        assert!(
            it.body.is_empty() && it.files.is_empty() && it.preview.is_empty(),
            "{email:?}"
        );
    }
}

#[test]
fn a_deleted_message_says_nothing_but_that() {
    let it = read(&chatwoot::Message {
        deleted: true,
        attachments: vec![file("a.png", "image/png")],
        ..text("This message was deleted")
    });
    assert_eq!(it.kind, MessageKind::Deleted);
    assert!(it.body.is_empty() && it.files.is_empty() && it.preview.is_empty());
}

#[test]
fn every_content_type_has_a_form() {
    let choice = |title: &str, value: &str| Choice {
        title: title.into(),
        value: value.into(),
    };
    let action = |text: &str, uri: &str| CardAction {
        text: text.into(),
        uri: Some(uri.into()),
    };
    let field = |name: &str, label: &str| FormField {
        name: name.into(),
        label: label.into(),
    };
    let table = [
        (Kind::Text, "Hello"),
        (Kind::AskText, "Hello"),
        (
            Kind::AskEmail {
                answered: Some("ada@example.com".into()),
            },
            "Hello\nada@example.com",
        ),
        (
            Kind::Select {
                items: vec![choice("Red", "r"), choice("Blue", "b")],
                answered: vec![choice("Blue", "b")],
            },
            "Hello\nRed\nBlue",
        ),
        (
            Kind::Cards(vec![Card {
                title: "Card".into(),
                description: Some("About".into()),
                media_url: Some("https://x.example/track.gif".into()),
                actions: vec![
                    action("Open", "https://example.com/"),
                    action("No", "javascript:alert(1)"),
                ],
            }]),
            "Hello\nCard\nAbout\nOpen\nNo",
        ),
        (
            Kind::Form {
                fields: vec![field("size", "Size"), field("colour", "Colour")],
                answered: vec![FormAnswer {
                    name: "size".into(),
                    value: "XL".into(),
                }],
            },
            "Hello\nSize: XL\nColour",
        ),
        (
            Kind::Articles(vec![Article {
                title: "How to".into(),
                description: Some("Steps".into()),
                link: Some("https://example.com/how".into()),
            }]),
            "Hello\nHow to\nSteps",
        ),
        (
            Kind::Rating {
                display: None,
                rating: Some(4),
                feedback: Some("fine".into()),
            },
            "Hello\n4/5\nfine",
        ),
        (Kind::Integration, "Hello"),
        (Kind::Sticker, "Hello"),
        (Kind::Call, "Hello"),
        (Kind::Other, "Hello"),
    ];
    for (kind, shown) in table {
        let it = read(&chatwoot::Message {
            kind: kind.clone(),
            ..text("Hello")
        });
        assert_eq!(
            (it.kind, words(&it).as_str()),
            (MessageKind::Text, shown),
            "{kind:?}"
        );
        let all = format!("{:?}", it.body);
        assert!(
            !all.contains("javascript:") && !all.contains("track.gif"),
            "{all}"
        );
    }
    for kind in [
        Kind::Text,
        Kind::Call,
        Kind::Sticker,
        Kind::Other,
        Kind::Cards(vec![]),
    ] {
        let it = read(&chatwoot::Message {
            kind: kind.clone(),
            content: None,
            ..text("")
        });
        assert_eq!(it.kind, MessageKind::Unsupported, "{kind:?}");
    }
}

fn file(name: &str, content_type: &str) -> Attachment {
    serde_json::from_value(json!({ "id": 3, "file_type": "file", "content_type": content_type, "file_size": 12,
        "data_url": format!("https://chat.example/rails/active_storage/blobs/redirect/abc--def/{name}"), "thumb_url": "" })).unwrap()
}

#[test]
fn files_are_named_by_the_end_of_their_address_and_kept_apart_by_content() {
    let table = [
        ("shot.png", "image/png", "shot.png", FileKind::Image),
        (
            "a%20b%C3%A4.pdf?disposition=inline",
            "application/pdf",
            "a bä.pdf",
            FileKind::Pdf,
        ),
        ("x.svg", "image/svg+xml", "x.svg", FileKind::Other),
        ("x.html", "text/html", "x.html", FileKind::Other),
        (
            "%2e%2e%2fetc%2fpasswd",
            "text/plain",
            "passwd",
            FileKind::Other,
        ),
        (
            "a%0D%0Ab%E2%80%AEgpj.exe",
            "application/octet-stream",
            "abgpj.exe",
            FileKind::Other,
        ),
        ("", "audio/mpeg", "file", FileKind::Audio),
        (
            "film.mp4",
            "video/mp4; codecs=x",
            "film.mp4",
            FileKind::Video,
        ),
    ];
    for (in_url, content_type, name, kind) in table {
        let it = read(&chatwoot::Message {
            content: None,
            attachments: vec![file(in_url, content_type)],
            ..text("")
        });
        let file = &it.files[0].file;
        assert_eq!(
            (file.name.as_str(), file.kind, file.size),
            (name, kind, 12),
            "{in_url}"
        );
        assert_eq!((it.kind, it.preview.as_str()), (MessageKind::Text, name));
    }
}

#[test]
fn a_long_name_keeps_its_ending() {
    let name = safe_name(&format!("{}.jpeg", "ä".repeat(300)));
    assert_eq!(name.chars().count(), 120);
    assert!(name.ends_with("ä.jpeg"));
    for odd in ["", ".", "..", "...", "/", "\\", " ", "\u{202E}"] {
        assert_eq!(safe_name(odd), "file", "{odd:?}");
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
    let facts = conversation(&row(full.clone()), Some("My own"));
    assert_eq!(
        (
            facts.subject.as_str(),
            facts.resolved,
            facts.cancelled,
            facts.opened_at
        ),
        ("My own", true, true, 1_800_000_000_000)
    );
    assert_eq!(conversation(&row(full), None).subject, "From mail");
    let bare = json!({ "id": 7, "inbox_id": 3, "status": "snoozed", "custom_attributes": { "portal_subject": "At the side" } });
    let facts = conversation(&row(bare), None);
    assert_eq!(
        (facts.subject.as_str(), facts.resolved, facts.cancelled),
        ("At the side", false, false)
    );
}
