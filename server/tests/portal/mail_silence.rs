//! A mail server that takes the connection and at some point says nothing more: it is given up after a time that has a number. The
//! bounds are on tokio's clock, which a test stops once the server is silent, and moves.

use std::time::Duration;

use fake_chatwoot::MailFault;
use lettre::Message;
use server::email::post::{Post, PostError};

use crate::support::{Authority, MailServer, Manner, Stage, soon};

const ADA: &str = "ada@example.com";
/// Where a server can fall silent: at once, and behind each line that it has to answer.
const POINTS: [&str; 7] = ["", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", ".\r\n"];

fn mail() -> Message {
    Message::builder()
        .from("portal@acme.example".parse().unwrap())
        .to(ADA.parse().unwrap())
        .body("Hello".to_owned())
        .unwrap()
}

/// A portal with a server that is silent from there on.
async fn silent(at: &'static str) -> (Stage, MailServer) {
    let tls = Authority::new().acceptor_for("localhost");
    let server = MailServer::start(Manner::Silent(at), tls).await;
    let stage = Stage::set_up_with(&[
        ("SMTP_PORT", &server.port()),
        ("SMTP_USERNAME", "portal@acme.example"),
        ("SMTP_PASSWORD", "a password that nobody reads"),
    ])
    .await;
    (stage, server)
}

/// What may pass in real time before the server is silent, on a busy machine.
const BEFORE: u64 = 20;

/// Waits for the silence, and then for so long; it is not given up much earlier.
async fn given_up<T>(
    server: &MailServer,
    seconds: u64,
    tried: impl Future<Output = Result<T, PostError>>,
) -> Option<PostError> {
    let mut tried = Box::pin(tried);
    tokio::select! {
        biased;
        _ = &mut tried => panic!("it ended before the server was silent"),
        () = soon(server.falls_silent()) => {}
    }
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(seconds - BEFORE)).await;
    let is_early = futures_util::poll!(&mut tried).is_ready();
    tokio::time::advance(Duration::from_secs(BEFORE + 1)).await;
    let end = match futures_util::poll!(&mut tried) {
        std::task::Poll::Ready(end) => end.err(),
        std::task::Poll::Pending => panic!("it is not given up after {seconds} s"),
    };
    tokio::time::resume();
    assert!(!is_early, "it was given up early");
    end
}

/// Nobody knows whether the mail was taken: neither refused for good, nor surely to be sent again.
fn is_in_doubt(post: &Post, end: Option<PostError>) {
    let end = end.unwrap();
    assert!(matches!(end, PostError::Silent), "{end}");
    assert!(!end.is_permanent() && !end.is_put_off());
    assert_eq!(post.is_well(), Some(false));
}

#[tokio::test]
async fn a_mail_is_given_up_after_a_minute_wherever_the_server_falls_silent() {
    for at in POINTS {
        let (stage, server) = silent(at).await;
        let post = &stage.state().post;
        is_in_doubt(post, given_up(&server, 60, post.send(mail())).await);
    }
}

#[tokio::test]
async fn a_mail_with_files_is_given_up_after_five_minutes() {
    for at in ["", "DATA", ".\r\n"] {
        let (stage, server) = silent(at).await;
        let post = &stage.state().post;
        is_in_doubt(
            post,
            given_up(&server, 300, post.send_with_files(mail())).await,
        );
    }
}

#[tokio::test]
async fn a_trial_is_given_up_after_half_a_minute_in_all() {
    for at in ["", "EHLO", "AUTH"] {
        let (stage, server) = silent(at).await;
        let post = &stage.state().post;
        is_in_doubt(post, given_up(&server, 30, post.try_connection()).await);
    }
}

#[tokio::test]
async fn r5_who_wants_to_sign_in_gets_his_mail_from_a_server_that_was_silent_the_first_time() {
    let stage = Stage::set_up().await;
    stage.knows(ADA);
    stage.mailbox.set_fault(MailFault::Hang);
    stage.browser().ask(ADA).await;
    soon(stage.until(async || !stage.mailbox.sessions().is_empty())).await;
    stage.mailbox.set_fault(MailFault::None);
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(61)).await;
    tokio::time::resume();
    stage.tried_in_vain().await;
    stage.comes_to_the_next_try().await;
    stage.mail(ADA, 1).await;
}
