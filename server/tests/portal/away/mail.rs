//! What the mail says and which way it is dressed.

use app::tickets::markup::Node;
use app::tickets::model::{Author, Delivery, File, FileKind, Message, MessageKind};
use server::email::answer::{Facts, write};
use server::store::away::News;

use super::{ADA, Away};
use crate::support::{ORIGIN, Stage};

fn text(words: &str) -> Node {
    Node::Text(words.to_owned())
}

fn message(author: Author, body: Vec<Node>, files: Vec<File>) -> Message {
    Message {
        id: "m1".to_owned(),
        key: None,
        author,
        at: 0,
        kind: MessageKind::Text,
        body,
        files,
        delivery: Delivery::Sent,
    }
}

/// One answer with everything that can be in one, and a short one.
fn answers() -> Vec<Message> {
    let link = "https://example.com/manual";
    let body = vec![
        Node::Paragraph(vec![
            text("Dear "),
            Node::Strong(vec![text("Ada")]),
            text(",\u{202e} see "),
            Node::Link(link.to_owned(), vec![text("the manual")]),
            text(" or "),
            Node::Link(link.to_owned(), vec![text(link)]),
            text("."),
        ]),
        Node::List(
            Some(1),
            vec![vec![text("off")], vec![Node::Paragraph(vec![text("on")])]],
        ),
        Node::Quote(vec![Node::Paragraph(vec![text("It is dark.")])]),
        Node::CodeBlock("a < b\n{brand}".to_owned()),
        Node::Picture(
            "https://evil.example/pixel.gif".to_owned(),
            "a bulb".to_owned(),
        ),
        Node::Table(vec![vec![vec![text("Volt")], vec![text("12")]]]),
        Node::Folded(vec![text("what was quoted")]),
    ];
    let file = File {
        id: 1,
        name: "bill.pdf".to_owned(),
        size: 1,
        kind: FileKind::Pdf,
        upload: None,
    };
    vec![
        message(Author::Agent("Jo <Doe>".to_owned()), body, vec![file]),
        message(Author::Team, vec![text("Bye.")], vec![]),
    ]
}

fn facts<'a>(answers: &'a [Message], language: (&'a str, &'a str)) -> Facts<'a> {
    Facts {
        brand: "Acme & Söhne",
        colour: None,
        language,
        subject: "A lamp <that> flickers",
        number: Some(1042),
        answers,
        count: 2,
        status: Some(News::Solved),
        link: "https://support.example.com/portal/tickets/ID",
        off_ticket: "https://support.example.com/portal/mails/tTOKEN",
        off_all: "https://support.example.com/portal/mails/aTOKEN",
    }
}

#[tokio::test]
async fn the_mail_in_every_language() {
    let stage = Stage::set_up().await;
    let answers = answers();
    for language in stage.state().languages.all().iter() {
        let tag = language.tag.as_str();
        let words = write(
            &language.emails,
            &facts(&answers, (tag, &language.direction)),
        );
        // Translators edit their texts and nothing else: only the form is held, in English.
        if tag == "en" {
            insta::assert_snapshot!(
                "answer_en",
                format!("Subject: {}\n\n{}", words.subject, words.text)
            );
            insta::assert_snapshot!("answer_en_html", words.html);
        }
        assert!(words.subject.contains("1042"), "{tag}: {}", words.subject);
        for form in [&words.text, &words.html] {
            assert!(!form.contains("away-"), "a message is missing: {form}");
            for fact in ["Jo ", "/tickets/ID", "tTOKEN", "aTOKEN"] {
                assert!(form.contains(fact), "{tag}: {fact}: {form}");
            }
            assert!(!form.contains("evil.example"), "a picture: {form}");
            assert!(!form.contains("what was quoted") && !form.contains('\u{202e}'));
        }
        let fetches = ["<img", "src=", "url(", "<script", "<style", "@import"];
        assert!(
            !fetches.iter().any(|it| words.html.contains(it)),
            "{}",
            words.html
        );
        // Whatever is written from right to left is so as a whole, and each text in it as it is itself.
        let words = write(&language.emails, &facts(&answers, ("ar", "rtl")));
        assert!(words.html.contains("<html lang=\"ar\" dir=\"rtl\">"));
        assert!(words.html.contains("<div dir=\"auto\"><p"));
    }
}

#[tokio::test]
async fn without_content_the_mail_says_only_that_there_is_an_answer() {
    let away = Away::with(&[("NOTIFY_CONTENT", "0")]).await;
    away.answered("The password is hunter2.").await;
    away.stage.passes(150).await;
    let mails = away.mails();
    assert_eq!(mails.len(), 1);
    assert!(
        !mails[0].raw.contains("hunter2") && !mails[0].raw.contains("John"),
        "{}",
        mails[0].raw
    );
    let text = mails[0].text.as_deref().unwrap();
    assert!(
        text.contains("There is a new answer in your ticket."),
        "{text}"
    );
    assert!(text.contains("Open the ticket to read it."), "{text}");
}

#[tokio::test]
async fn mails_about_a_ticket_belong_together_name_themselves_once_and_answer_to_no_robot() {
    let mut away = Away::set_up().await;
    away.answered("One.").await;
    away.stage.passes(150).await;
    away.looks().await;
    away.answered("Two.").await;
    away.stage.passes(150).await;
    let mails = away.mails();
    assert_eq!(mails.len(), 2);
    let of = |name: &str| -> Vec<&str> {
        mails
            .iter()
            .map(|mail| mail.header(name).unwrap())
            .collect()
    };
    for name in ["references", "in-reply-to", "subject", "list-unsubscribe"] {
        let both = of(name);
        assert_eq!(both[0], both[1], "{name}");
    }
    assert_ne!(of("message-id")[0], of("message-id")[1]);
    assert!(of("message-id")[0].ends_with("@support.example.com>"));
    assert_eq!(of("auto-submitted"), ["auto-generated"; 2]);
    assert_eq!(of("x-auto-response-suppress"), ["All"; 2]);
    assert_eq!(
        of("list-unsubscribe-post"),
        ["List-Unsubscribe=One-Click"; 2]
    );
    assert!(of("list-unsubscribe")[0].starts_with(&format!("<{ORIGIN}/portal/mails/a")));
    assert_eq!(of("content-language"), ["en"; 2]);
    assert_eq!(
        mails[0].subject,
        format!("A lamp that flickers (#{})", away.number)
    );
}

#[tokio::test]
async fn it_comes_in_the_customers_language_to_the_address_he_proved_whatever_agents_change() {
    let mut away = Away::set_up().await;
    let chosen = serde_json::json!({ "language": "es" });
    assert_eq!(away.ada.call("session/language", &chosen).await.status, 200);
    let contact = away.stage.fake.contact_by_email(ADA).unwrap().id;
    away.stage
        .fake
        .change_contact_email(contact, "eve@evil.example")
        .unwrap();
    away.answered("Pruebe otra bombilla.").await;
    away.stage.passes(150).await;
    assert_eq!(away.stage.mailbox.mails_to("eve@evil.example").len(), 0);
    let mails = away.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].header("content-language"), Some("es"));
    assert!(
        mails[0]
            .text
            .as_deref()
            .unwrap()
            .contains("Hay una respuesta nueva en su ticket.")
    );
}

#[tokio::test]
async fn its_link_is_the_ticket_and_signs_nobody_in() {
    let away = Away::set_up().await;
    away.answered("Try another bulb.").await;
    away.stage.passes(150).await;
    let mail = away.mails().remove(0);
    let link = format!("{ORIGIN}/portal/tickets/{}", away.ticket);
    for form in [&mail.text, &mail.html] {
        assert!(form.as_deref().unwrap().contains(&link), "{form:?}");
    }
    assert!(!mail.raw.contains("sign-in"), "{}", mail.raw);
    let mut stranger = away.stage.browser();
    let page = stranger
        .get(&format!("/portal/tickets/{}", away.ticket))
        .await;
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("another bulb") && !page.body.contains("flickers"));
    assert_eq!(stranger.signed_in_as().await, None);
}
