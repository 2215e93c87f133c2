//! Whatever agents and customers write, the mail stays a mail, of bounded length, with nothing internal in it.

use serde_json::json;

use super::{ADA, Away, open};
use crate::canaries::internals;
use crate::support::Stage;

#[tokio::test]
async fn s9_no_subject_or_answer_becomes_a_header_or_ends_the_mail() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let evil = "A\u{202e}lamp\u{2066} \u{2028}Bcc: eve@evil.example\u{feff} ".repeat(20);
    let evil: String = evil.chars().take(190).collect();
    let (_, number) = open(&stage, &mut ada, 1, &evil).await;
    let answer =
        "x\r\nBcc: eve@evil.example\r\n.\r\nRCPT TO:<eve@evil.example>\r\n\0\u{202e}\r\n.\n";
    stage.fake.agent_replies(number, answer).unwrap();
    stage.heard().await;
    stage.passes(150).await;
    let mails = stage.answers_to(ADA);
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, [ADA]);
    assert_eq!(mails[0].header("bcc"), None);
    assert!(
        !mails[0]
            .subject
            .contains(['\u{202e}', '\u{2066}', '\u{2028}', '\r', '\n'])
    );
    assert_eq!(stage.mailbox.mails_to("eve@evil.example").len(), 0);
    for session in stage.mailbox.sessions() {
        let sent = String::from_utf8_lossy(&session.sent).replace("\r\n", "");
        assert!(!sent.contains(['\r', '\n', '\0']));
        assert!(
            !session
                .commands
                .iter()
                .any(|line| line.contains("evil.example"))
        );
    }
}

#[tokio::test]
async fn a_mail_is_bounded_however_much_was_written_and_says_that_there_is_more() {
    let away = Away::set_up().await;
    for n in 0..30 {
        let text = format!(
            "Answer {n}: {}",
            "Zürich [x](https://example.com/y) ".repeat(60)
        );
        away.stage.fake.agent_replies(away.number, &text).unwrap();
    }
    away.stage.heard().await;
    away.stage.passes(150).await;
    let mails = away.mails();
    assert_eq!(mails.len(), 1);
    assert!(
        mails[0].raw.len() < 64 * 1024,
        "{} bytes",
        mails[0].raw.len()
    );
    let text = mails[0].text.as_deref().unwrap();
    assert!(text.contains("There are 30 new answers"), "{text}");
    assert!(
        text.contains("There is more. Open the ticket to read on."),
        "{text}"
    );
    assert!(
        text.contains("Answer 0:") && !text.contains("Answer 29:"),
        "{text}"
    );
}

#[tokio::test]
async fn a3_no_internal_word_is_in_any_mail() {
    let stage = Stage::with_canaries(&[("NOTIFY_STATUS", "1")]).await;
    let words = internals(&stage);
    let mut ada = stage.signed_in(ADA).await;
    stage.passes(60).await;
    let list = ada.list().await.json()["changed"].clone();
    assert!(list["total"].as_u64().unwrap() > 3);
    for row in stage.fake.conversations() {
        let fake = &stage.fake;
        fake.agent_writes_private_note(row.id, "CANARY-note")
            .unwrap();
        let deleted = fake.agent_replies(row.id, "CANARY-deleted").unwrap();
        fake.agent_deletes_message(row.id, deleted).unwrap();
        fake.agent_replies(row.id, "An answer for everybody to see")
            .unwrap();
        fake.agent_resolves(row.id);
    }
    stage.passes(300).await;
    let mails = stage.answers_to(ADA);
    let mut with_answers = 0;
    for mail in mails {
        let (text, html) = (mail.text.unwrap_or_default(), mail.html.unwrap_or_default());
        let all = format!("{} {text} {html}", mail.raw).to_lowercase();
        for word in &words {
            assert!(!all.contains(&word.to_lowercase()), "{word} in {all}");
        }
        // What began by e-mail says only that it was solved: Chatwoot has mailed its answers.
        match text.contains("An answer for everybody to see") {
            true => with_answers += 1,
            false => assert!(text.contains("marked your ticket as solved"), "{text}"),
        }
    }
    assert!(with_answers > 3, "{with_answers}");
}

#[tokio::test]
async fn whoever_was_forgotten_gets_none_and_his_queue_is_gone() {
    let mut away = Away::set_up().await;
    away.answered("Try another bulb.").await;
    let forget = json!({ "address": ADA });
    assert_eq!(away.ada.call("session/forget", &forget).await.status, 200);
    away.stage.passes(600).await;
    assert_eq!(away.mails().len(), 0);
}
