//! Each kind of message has a form that a customer can read.

use chatwoot::{Article, Card, CardAction, Choice, FormAnswer, FormField};

use super::*;

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
