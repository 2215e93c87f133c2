//! Whose a message is, and what of it is theirs to see.

use chatwoot::{Email, EmailText};

use super::files::file;
use super::*;

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
