//! Mail over TLS, with certificates of a private authority that CA_FILE names: no link and no password goes to a server that is not the
//! one that was asked for, nor unencrypted to one that should speak TLS.

use server::check::{self, Verdict};

use crate::support::{Authority, MailServer, Manner, Stage, soon};

const ADA: &str = "ada@example.com";

/// A portal that sends mail through a server, with a login.
async fn portal_with(server: &MailServer, authority: &Authority, tls: &str) -> Stage {
    let stage = Stage::set_up_with(&[
        ("SMTP_ADDRESS", "localhost"),
        ("SMTP_PORT", &server.port()),
        ("SMTP_TLS", tls),
        ("SMTP_USERNAME", "portal@acme.example"),
        ("SMTP_PASSWORD", "a password that nobody reads"),
        ("CA_FILE", authority.file()),
        ("BRAND_NAME", "."),
    ])
    .await;
    stage.knows(ADA);
    stage
}

/// Asks for a link, and looks at all that a server with a good certificate gets.
async fn a_mail_goes_encrypted(manner: Manner, tls: &str) {
    let authority = Authority::new();
    let server = MailServer::start(manner, authority.acceptor_for("localhost")).await;
    let stage = portal_with(&server, &authority, tls).await;
    assert_eq!(stage.browser().ask(ADA).await.status, 202);
    soon(stage.wishes_are_done()).await;
    let lines = server.lines();
    for line in &lines {
        let text = String::from_utf8_lossy(&line.bytes);
        let may_be_read = text.starts_with("EHLO ") || text == "STARTTLS\r\n";
        assert!(line.encrypted || may_be_read, "{manner:?}: {text:?}");
        let inside = text.strip_suffix("\r\n").expect("a line without its end");
        assert!(!inside.contains(['\r', '\n', '\0']), "{text:?}");
    }
    for (verb, times) in [
        ("MAIL FROM:", 1),
        ("RCPT TO:", 1),
        ("DATA\r\n", 1),
        (".\r\n", 1),
    ] {
        assert_eq!(server.commands(verb).len(), times, "{verb:?}: {lines:?}");
    }
    assert_eq!(
        server.commands("RCPT TO:")[0].bytes,
        format!("RCPT TO:<{ADA}>\r\n").into_bytes()
    );
    assert!(server.commands("AUTH ").iter().all(|line| line.encrypted));
    assert!(!server.commands("AUTH ").is_empty());
    assert_eq!(stage.state().post.is_well(), Some(true));
}

#[tokio::test]
async fn s9_a_mail_over_tls_is_one_sender_one_recipient_one_message_and_all_of_it_is_encrypted() {
    a_mail_goes_encrypted(Manner::Tls, "tls").await;
}

#[tokio::test]
async fn s9_a_mail_after_starttls_is_one_sender_one_recipient_one_message_and_all_of_it_is_encrypted()
 {
    a_mail_goes_encrypted(Manner::Starttls, "starttls").await;
}

/// Asks for a link through a server that is not to be trusted, which gets to know nothing; `check` gives a cure with `word` in it.
async fn nothing_is_told(server: MailServer, authority: &Authority, tls: &str, word: &str) {
    let stage = portal_with(&server, authority, tls).await;
    assert_eq!(stage.browser().ask(ADA).await.status, 202);
    stage.tried_in_vain().await;
    for line in server.lines() {
        let text = String::from_utf8_lossy(&line.bytes).into_owned();
        assert!(
            text.starts_with("EHLO ") || text == "STARTTLS\r\n" || text == "QUIT\r\n",
            "{text:?}"
        );
    }
    assert_eq!(stage.state().post.is_well(), Some(false));
    let report = check::examine(&stage.state().config).await;
    let mail = report.lines.iter().find(|line| line.part == "mail");
    let Some(Verdict::Fault { cure, .. }) = mail.map(|line| &line.verdict) else {
        panic!("{report}");
    };
    assert!(cure.contains(word), "{report}");
}

#[tokio::test]
async fn a_certificate_of_an_unknown_authority_is_refused_and_check_says_so() {
    for (manner, tls) in [(Manner::Tls, "tls"), (Manner::Starttls, "starttls")] {
        let stranger = Authority::new();
        let server = MailServer::start(manner, stranger.acceptor_for("localhost")).await;
        nothing_is_told(server, &Authority::new(), tls, "CA_FILE").await;
    }
}

#[tokio::test]
async fn a_certificate_for_another_name_is_refused_and_check_says_so() {
    for (manner, tls) in [(Manner::Tls, "tls"), (Manner::Starttls, "starttls")] {
        let authority = Authority::new();
        let server = MailServer::start(manner, authority.acceptor_for("mail.evil.example")).await;
        nothing_is_told(server, &authority, tls, "the name it was made for").await;
    }
}

#[tokio::test]
async fn a_server_whose_starttls_was_taken_away_on_the_way_gets_no_mail_and_no_password() {
    let authority = Authority::new();
    let server = MailServer::start(Manner::Stripped, authority.acceptor_for("localhost")).await;
    nothing_is_told(server, &authority, "starttls", "SMTP_TLS").await;
}

/// The mail library takes what is slipped in for an answer, so that mail may get stuck; but it shows nothing for it.
#[tokio::test]
async fn answers_slipped_in_before_the_encryption_get_to_see_no_mail_and_no_password() {
    let authority = Authority::new();
    let server = MailServer::start(Manner::SlippedIn, authority.acceptor_for("localhost")).await;
    let stage = portal_with(&server, &authority, "starttls").await;
    assert_eq!(stage.browser().ask(ADA).await.status, 202);
    stage
        .until(async || !server.commands("AUTH ").is_empty())
        .await;
    for line in server.lines().iter().filter(|line| !line.encrypted) {
        let text = String::from_utf8_lossy(&line.bytes);
        assert!(
            text.starts_with("EHLO ") || text == "STARTTLS\r\n",
            "{text:?}"
        );
    }
}
