//! The mail server keeps what it is given and goes wrong as asked.

use std::time::Duration;

use fake_chatwoot::{MailFault, Mailbox};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends lines, each after the answer to the one before, and collects the answers.
async fn dialogue(mailbox: &Mailbox, lines: &[&str]) -> Vec<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", mailbox.port()))
        .await
        .unwrap();
    let mut answers = vec![answer(&mut stream).await];
    for line in lines {
        stream.write_all(line.as_bytes()).await.unwrap();
        answers.push(answer(&mut stream).await);
    }
    answers
}

async fn answer(stream: &mut TcpStream) -> String {
    let mut buffer = [0; 1024];
    let read = tokio::time::timeout(Duration::from_secs(5), stream.read(&mut buffer))
        .await
        .unwrap()
        .unwrap();
    String::from_utf8_lossy(&buffer[..read]).into_owned()
}

const MAIL: [&str; 5] = [
    "EHLO me\r\n",
    "MAIL FROM:<portal@acme.test> SIZE=10\r\n",
    "RCPT TO:<ada@example.com>\r\n",
    "DATA\r\n",
    "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\nMessage-ID: <1@acme.test>\r\n\r\n..dot\r\nhttp://localhost/in?t=1 \r\n.\r\n",
];

#[tokio::test]
async fn a_mail_is_kept_decoded_and_its_dots_are_unstuffed() {
    let mailbox = Mailbox::start(0).await.unwrap();
    let answers = dialogue(&mailbox, &MAIL).await;
    assert!(answers.last().unwrap().starts_with("250"), "{answers:?}");
    let mails = mailbox.wait_for("ada@example.com", 1).await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].subject, "Grüße");
    assert_eq!(mails[0].from, "portal@acme.test");
    assert_eq!(
        mails[0].text.as_deref().unwrap().lines().next(),
        Some(".dot")
    );
    assert_eq!(mails[0].header("message-id"), Some("<1@acme.test>"));
    assert_eq!(
        mails[0].link_containing("/in?").as_deref(),
        Some("http://localhost/in?t=1")
    );
}

#[tokio::test]
async fn a_session_is_written_down_byte_for_byte() {
    let mailbox = Mailbox::start(0).await.unwrap();
    dialogue(&mailbox, &MAIL).await;
    let sessions = mailbox.sessions();
    assert_eq!(sessions[0].sent, MAIL.concat().into_bytes());
    assert_eq!(sessions[0].commands[2], "RCPT TO:<ada@example.com>");
    assert_eq!(sessions[0].commands.len(), 4);
}

#[tokio::test]
async fn any_password_is_welcome() {
    let mailbox = Mailbox::start(0).await.unwrap();
    let answers = dialogue(
        &mailbox,
        &[
            "EHLO me\r\n",
            "AUTH PLAIN AGEAYg==\r\n",
            "AUTH LOGIN\r\n",
            "YQ==\r\n",
            "Yg==\r\n",
        ],
    )
    .await;
    let codes: Vec<_> = answers.iter().map(|answer| &answer[..3]).collect();
    assert_eq!(codes, ["220", "250", "235", "334", "334", "235"]);
}

#[tokio::test]
async fn greylisting_puts_each_recipient_off_once() {
    let mailbox = Mailbox::start(0).await.unwrap();
    mailbox.set_fault(MailFault::Greylist);
    let answers = dialogue(
        &mailbox,
        &[
            "EHLO me\r\n",
            "MAIL FROM:<a@b>\r\n",
            "RCPT TO:<c@d>\r\n",
            "RCPT TO:<c@d>\r\n",
        ],
    )
    .await;
    assert!(
        answers[3].starts_with("451") && answers[4].starts_with("250"),
        "{answers:?}"
    );
}

#[tokio::test]
async fn a_refused_recipient_gets_no_mail() {
    let mailbox = Mailbox::start(0).await.unwrap();
    mailbox.set_fault(MailFault::Refuse);
    let answers = dialogue(&mailbox, &MAIL[..4]).await;
    assert!(
        answers[3].starts_with("550") && answers[4].starts_with("503"),
        "{answers:?}"
    );
    assert!(mailbox.mails().is_empty());
}

#[tokio::test]
async fn a_lost_answer_leaves_the_mail_behind() {
    let mailbox = Mailbox::start(0).await.unwrap();
    mailbox.set_fault(MailFault::LoseAnswer);
    let answers = dialogue(&mailbox, &MAIL).await;
    assert_eq!(answers.last().unwrap(), "");
    assert_eq!(mailbox.mails().len(), 1);
}
