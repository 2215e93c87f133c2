//! How calls end when they do not end well, and what of it may have happened.

use std::num::NonZeroU32;
use std::time::Duration;

use chatwoot::{
    Breakage, Client, Content, ConversationId, Cursor, Done, Error, InboxIdentifier, Limits,
    Message, MessageSourceId, Misfit, NewMessage, Refusal, SetStatus, Sort, SourceId,
};

use crate::support::{Reply, Server, TOKEN, logged, settings};

async fn post(client: &Client) -> Result<Message, Error> {
    let message = NewMessage {
        content: Some(Content::new("my words").unwrap()),
        source_id: MessageSourceId::new("portal:0001").unwrap(),
        in_reply_to: None,
    };
    client
        .post_incoming(ConversationId::new(66).unwrap(), &message, None)
        .await
}

async fn end_of(reply: Reply) -> Error {
    let server = Server::with([reply]).await;
    post(&server.client()).await.unwrap_err()
}

#[tokio::test]
async fn a_failed_connect_is_not_done() {
    // Nobody listens on a port that was just given back.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let gone = free.local_addr().unwrap().port();
    drop(free);
    let client = Client::new(settings(&format!("http://127.0.0.1:{gone}"))).unwrap();
    let error = post(&client).await.unwrap_err();
    assert!(matches!(error, Error::Unreachable(_)), "{error:?}");
    assert_eq!(error.done(), Done::No);
}

#[tokio::test]
async fn no_tls_where_tls_is_asked_is_not_done() {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0))
        .await
        .unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            drop(stream);
        }
    });
    let client = Client::new(settings(&format!("https://127.0.0.1:{port}"))).unwrap();
    let error = post(&client).await.unwrap_err();
    assert!(matches!(error, Error::Unreachable(_)), "{error:?}");
}

#[tokio::test]
async fn a_refused_token_is_told_from_a_refused_object() {
    let error = end_of(Reply::json(401, r#"{"error":"Invalid Access Token"}"#)).await;
    assert!(matches!(error, Error::Refused(Refusal::Token)), "{error:?}");
    let object = r#"{"error":"You are not authorized to do this action"}"#;
    let error = end_of(Reply::json(401, object)).await;
    assert!(
        matches!(error, Error::Refused(Refusal::Object)),
        "{error:?}"
    );
    assert_eq!(error.done(), Done::No);
}

#[tokio::test]
async fn throttled_is_not_done() {
    let text = vec![("content-type".into(), "text/plain".into())];
    let error = end_of(Reply::Whole(429, text, b"Retry later\n".to_vec())).await;
    assert!(matches!(error, Error::Throttled), "{error:?}");
    assert_eq!(error.done(), Done::No);
}

#[tokio::test]
async fn an_unknown_422_and_a_500_are_doubtful() {
    let redis = r#"{"error":"Connection refused - connect(2) for 127.0.0.1:6379"}"#;
    let error = end_of(Reply::json(422, redis)).await;
    assert!(
        matches!(&error, Error::NotUnderstood(Misfit::Status(422, words)) if words.as_str().contains("connect(2)")),
        "{error:?}"
    );
    assert_eq!(error.done(), Done::Maybe);
    let error = end_of(Reply::json(500, "{}")).await;
    assert!(matches!(error, Error::ServerError(500)), "{error:?}");
    assert_eq!(error.done(), Done::Maybe);
}

#[tokio::test]
async fn html_with_200_is_not_understood_and_not_quoted() {
    let error = end_of(Reply::json(200, "<html>hidden words</html>")).await;
    assert!(
        matches!(error, Error::NotUnderstood(Misfit::Body(_))),
        "{error:?}"
    );
    assert!(!format!("{error} {error:?}").contains("hidden"));
    assert_eq!(error.done(), Done::Maybe);
    let error = end_of(Reply::json(200, r#"{"id":"hidden words"}"#)).await;
    assert!(
        !format!("{error} {error:?}").contains("hidden"),
        "{error:?}"
    );
}

#[tokio::test]
async fn an_answer_cut_short_is_doubtful() {
    for bytes in [
        &b""[..],
        b"HTTP/1.1 200 OK\r\ncontent-le",
        b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\":",
        b"HTTP/1.1 404 X\r\ncontent-length: 100\r\n\r\n",
        b"not HTTP at all",
    ] {
        let error = end_of(Reply::Raw(bytes.to_vec())).await;
        assert!(
            matches!(error, Error::Broken(Breakage::Cut(_))),
            "{error:?}"
        );
        assert_eq!(error.done(), Done::Maybe);
    }
}

#[tokio::test]
async fn a_lost_404_is_nobody_unknown() {
    let cut = b"HTTP/1.1 404 X\r\ncontent-length: 100\r\n\r\n".to_vec();
    let server = Server::with([Reply::Raw(cut)]).await;
    let source = SourceId::new("p1_ada").unwrap();
    let found = server.client().contact_by_source(&source).await;
    assert!(matches!(found, Err(Error::Broken(_))), "{found:?}");
}

#[tokio::test]
async fn a_5xx_is_one_even_if_it_is_cut_short() {
    let cut = b"HTTP/1.1 502 X\r\ncontent-length: 100\r\n\r\n<html".to_vec();
    let error = end_of(Reply::Raw(cut)).await;
    assert!(matches!(error, Error::ServerError(502)), "{error:?}");
}

#[tokio::test]
async fn an_answer_too_large_is_not_read_on() {
    let said = Reply::json(200, &format!("\"{}\"", "x".repeat(5000)));
    let mut endless = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    endless.extend(std::iter::repeat_n(b' ', 100_000));
    for reply in [said, Reply::Silence(endless)] {
        let server = Server::with([reply]).await;
        let mut settings = server.settings();
        settings.limits.answer = 4096;
        let error = post(&Client::new(settings).unwrap()).await.unwrap_err();
        assert!(
            matches!(error, Error::Broken(Breakage::TooLarge)),
            "{error:?}"
        );
        assert_eq!(error.done(), Done::Maybe);
    }
}

#[tokio::test]
async fn silence_ends_in_time_and_is_doubtful() {
    let half = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{".to_vec();
    for bytes in [vec![], b"HTTP/1.1 200".to_vec(), half] {
        let server = Server::with([Reply::Silence(bytes)]).await;
        let mut settings = server.settings();
        settings.limits = Limits {
            read: Duration::from_secs(60),
            write: Duration::from_millis(50),
            ..settings.limits
        };
        let error = post(&Client::new(settings).unwrap()).await.unwrap_err();
        assert!(matches!(error, Error::NoAnswer), "{error:?}");
        assert_eq!(error.done(), Done::Maybe);
    }
}

#[tokio::test]
async fn reads_have_a_limit_of_their_own() {
    let server = Server::with([Reply::Silence(vec![])]).await;
    let mut settings = server.settings();
    settings.limits.write = Duration::from_secs(60);
    settings.limits.read = Duration::from_millis(50);
    let client = Client::new(settings).unwrap();
    let source = SourceId::new("p1_ada").unwrap();
    // A look-up by POST is a read.
    let found = client.contact_by_source(&source).await;
    assert!(matches!(found, Err(Error::NoAnswer)), "{found:?}");
    let listed = client
        .conversations_of(&source, NonZeroU32::MIN, Sort::CreatedAsc)
        .await;
    assert!(matches!(listed, Err(Error::NoAnswer)), "{listed:?}");
}

#[tokio::test]
async fn an_api_call_follows_no_redirect() {
    let other = Server::with([Reply::json(200, "{}")]).await;
    let server = Server::with([Reply::to(&format!("{}/api?secret=1", other.url()))]).await;
    let error = server
        .client()
        .toggle_status(ConversationId::new(1).unwrap(), SetStatus::Open)
        .await
        .unwrap_err();
    let Error::NotUnderstood(Misfit::Redirect(place)) = &error else {
        panic!("{error:?}");
    };
    assert_eq!(place.as_str(), other.url());
    assert!(other.asked().is_empty());
}

#[tokio::test]
async fn deep_nesting_does_not_overflow() {
    let deep = format!("{{\"payload\":{}", "[".repeat(200_000));
    let server = Server::with([Reply::json(200, &deep)]).await;
    let read = server
        .client()
        .messages(ConversationId::new(1).unwrap(), Cursor::Newest)
        .await;
    assert!(matches!(read, Err(Error::NotUnderstood(_))), "{read:?}");
    let deep = format!("{{\"unknown\":{}", "[".repeat(200_000));
    server.reply(Reply::json(200, &deep));
    assert!(server.client().inbox().await.is_err());
}

#[tokio::test]
async fn no_error_and_no_debug_tells_the_token_or_a_source_id() {
    let server = Server::with([Reply::Raw(vec![])]).await;
    let client = server.client();
    assert!(!format!("{client:?}").contains(TOKEN));
    let source = SourceId::new("p1_capability").unwrap();
    let error = client
        .conversations_of(&source, NonZeroU32::MIN, Sort::CreatedAsc)
        .await
        .unwrap_err();
    let mut shown = format!("{error} {error:?}");
    let mut cause: &dyn std::error::Error = &error;
    while let Some(next) = cause.source() {
        shown += &format!(" {next} {next:?}");
        cause = next;
    }
    assert!(
        !shown.contains(TOKEN) && !shown.contains("capability"),
        "{shown}"
    );
}

#[tokio::test]
async fn no_log_tells_a_secret_at_any_level() {
    let answer = r#"{"id":9,"message_type":0,"private":false,"content":"her words"}"#;
    let server = Server::with([Reply::json(200, answer)]).await;
    let client = server.client();
    post(&client).await.unwrap();
    let source = SourceId::new("p1_capability").unwrap();
    let portal = InboxIdentifier::new("Ident1").unwrap();
    let id = ConversationId::new(66).unwrap();
    client
        .public_update_last_seen(&portal, &source, id)
        .await
        .unwrap();
    let blob = format!("{}/rails/blobs/signed-id/x.png", server.url());
    client.download(&blob, None).await.unwrap();

    let log = logged();
    let route = "/api/v1/accounts/{account}/conversations/{conversation}/messages";
    assert!(log.contains(route) && log.contains("status=200"), "{log}");
    for secret in [
        TOKEN,
        "capability",
        "Ident1",
        "words",
        "signed-id",
        "portal:0001",
    ] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}
