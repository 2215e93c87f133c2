//! The sign-in mail: its words in every language, and what goes over the wire.

use http::Method;
use serde_json::json;
use server::email::sign_in::{Facts, write};

use crate::support::{Stage, code_in, link_in};

const ADA: &str = "ada@example.com";

#[tokio::test]
async fn the_mail_in_every_language() {
    let stage = Stage::set_up().await;
    for language in stage.state().languages.all().iter() {
        let words = write(
            &language.emails,
            &Facts {
                brand: "Acme & Söhne",
                colour: None,
                language: (&language.tag, &language.direction),
                link: "https://support.example.com/portal/sign-in/link#TOKEN",
                code: "K7QF-2M9X",
                minutes: 15,
                device: "Firefox, Windows",
            },
        );
        // Translators edit their texts and nothing else: only the form is held, in English.
        if language.tag == "en" {
            insta::assert_snapshot!(
                "sign_in_en",
                format!("Subject: {}\n\n{}", words.subject, words.text)
            );
            insta::assert_snapshot!("sign_in_en_html", words.html);
        }
        for form in [&words.text, &words.html] {
            for fact in ["link#TOKEN", "K7QF-2M9X", "15", "Firefox, Windows"] {
                assert!(form.contains(fact), "{}: {fact}: {form}", language.tag);
            }
        }
        // Web mail keeps nothing of what is around the outermost table.
        let direction = format!("lang=\"{}\" dir=\"{}\"", language.tag, language.direction);
        for outermost in ["<html ", "<table role=\"presentation\" "] {
            let begin = format!("{outermost}{direction}");
            assert!(words.html.contains(&begin), "{}", words.html);
        }
        assert!(
            !words.text.contains("sign-in-") || words.text.matches("sign-in").count() == 1,
            "a message is missing: {}",
            words.text
        );
    }
}

#[tokio::test]
async fn what_was_asked_for_in_spanish_comes_in_spanish() {
    let stage = Stage::set_up().await;
    stage.knows(ADA);
    let mut ada = stage.browser();
    let request = json!({ "request": { "address": ADA, "language": "es-MX", "return_to": null } });
    assert_eq!(ada.call("sign-in/request", &request).await.status, 202);
    let mail = stage.mail(ADA, 1).await;
    let spanish = stage.state().languages.of("es");
    let brand = fluent::FluentArgs::from_iter([("brand", "Acme Support")]);
    let say = |id| spanish.emails.text(id, Some(&brand));
    assert_eq!(mail.subject, say("sign-in-subject"));
    assert_eq!(mail.header("content-language"), Some("es"));
    assert!(mail.html.unwrap().contains(&say("sign-in-button")));
    // From then on it is the customer's language.
    let opened = ada.open_link(&link_in(&stage.mail(ADA, 1).await)).await;
    assert_eq!(opened.json()["signed_in"]["session"]["language"], "es");
}

#[tokio::test]
async fn both_parts_carry_link_and_code() {
    let stage = Stage::set_up().await;
    stage.knows(ADA);
    let mail = stage.mail_for(&mut stage.browser(), ADA).await;
    let (link, code) = (link_in(&mail), code_in(&mail));
    for part in [mail.text.as_deref().unwrap(), mail.html.as_deref().unwrap()] {
        assert!(part.contains(&link) && part.contains(&code), "{part}");
    }
}

#[tokio::test]
async fn s9_over_the_wire_goes_one_sender_one_recipient_one_message_and_no_bare_line_end() {
    let stage = Stage::set_up_with(&[("BRAND_NAME", "Acme, \"Ünïcode\" <b@x>; Söhne")]).await;
    stage.knows(ADA);
    let mut ada = stage.browser();
    let mut request = ada.call_request(
        "sign-in/request",
        &json!({ "request": { "address": " ADA@Example.com ", "language": "en\r\nBcc: eve@evil.example", "return_to": "/tickets\r\n.\r\nRCPT TO:<eve@evil.example>" } }),
    );
    *request.method_mut() = Method::POST;
    request.headers_mut().insert(
        "user-agent",
        http::HeaderValue::from_static("Firefox/1 Windows\tX: y"),
    );
    assert_eq!(ada.send(request).await.status, 202);
    let mail = stage.mail(ADA, 1).await;
    assert_eq!(mail.to, [ADA]);
    let sessions = stage.mailbox.sessions();
    assert_eq!(sessions.len(), 1);
    let count = |verb: &str| {
        sessions[0]
            .commands
            .iter()
            .filter(|line| line.to_ascii_uppercase().starts_with(verb))
            .count()
    };
    assert_eq!(
        (count("MAIL FROM"), count("RCPT TO"), count("DATA")),
        (1, 1, 1),
        "{:?}",
        sessions[0].commands
    );
    let sent = String::from_utf8_lossy(&sessions[0].sent).replace("\r\n", "");
    assert!(!sent.contains(['\r', '\n', '\0']));
    assert_eq!(
        mail.headers
            .iter()
            .filter(|(name, _)| ["to", "cc", "bcc"].contains(&name.to_ascii_lowercase().as_str()))
            .count(),
        1
    );
    assert_eq!(mail.header("auto-submitted"), Some("auto-generated"));
}
