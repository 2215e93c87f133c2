//! Files: from Chatwoot by any of its names, or from named storage, and from nowhere else.

use chatwoot::{ByteRange, Client, Download, Error, Misfit};
use futures_util::StreamExt;

use crate::support::{Asked, Reply, Server};

fn file(body: &str) -> Reply {
    reply(200, body)
}

fn reply(status: u16, body: &str) -> Reply {
    let head = vec![
        ("content-type".to_owned(), "text/plain".to_owned()),
        ("content-range".to_owned(), "bytes 0-1/6".to_owned()),
    ];
    Reply::Whole(status, head, body.into())
}

async fn text(download: Download) -> String {
    let parts: Vec<_> = download.bytes.collect().await;
    let whole: Vec<u8> = parts.into_iter().flat_map(|part| part.unwrap()).collect();
    String::from_utf8(whole).unwrap()
}

fn targets(asked: &[Asked]) -> Vec<&str> {
    asked.iter().map(|asked| asked.target.as_str()).collect()
}

#[tokio::test]
async fn a_public_address_is_asked_where_chatwoot_is() {
    let redirect = Reply::to("https://chat.example/rails/disk/x/notes.txt?d=1");
    let server = Server::with([redirect, file("hello\n")]).await;
    let found = server
        .client()
        .download("https://chat.example/rails/blobs/a%20b/notes.txt", None)
        .await
        .unwrap();
    assert_eq!((found.status, found.length), (200, Some(6)));
    assert_eq!(found.content_type.as_deref(), Some("text/plain"));
    // The whole is no part, whatever is said with it.
    assert_eq!(found.content_range, None);
    assert_eq!(text(found).await, "hello\n");
    let asked = server.asked();
    let expected = [
        "/rails/blobs/a%20b/notes.txt",
        "/rails/disk/x/notes.txt?d=1",
    ];
    assert_eq!(targets(&asked), expected);
    for asked in asked {
        assert_eq!(asked.header("api-access-token"), None);
        // Chatwoot is told that its customers come by HTTPS, or FORCE_SSL would redirect.
        assert_eq!(asked.header("x-forwarded-proto"), Some("https"));
    }
}

#[tokio::test]
async fn a_range_is_passed_on_through_redirects() {
    let server = Server::with([Reply::to("/disk/x"), reply(206, "he")]).await;
    let range = ByteRange::parse("bytes=0-1").unwrap();
    let client = server.client();
    let found = client
        .download(&format!("{}/blob", server.url()), Some(&range))
        .await
        .unwrap();
    assert_eq!(found.content_range.as_deref(), Some("bytes 0-1/6"));
    let asked = server.asked();
    assert_eq!(targets(&asked), ["/blob", "/disk/x"]);
    assert!(
        asked
            .iter()
            .all(|asked| asked.header("range") == Some("bytes=0-1"))
    );
}

#[test]
fn only_one_range_of_bytes_is_one() {
    for good in ["bytes=0-1", "bytes=5-", "bytes=-5"] {
        assert!(ByteRange::parse(good).is_some(), "{good}");
    }
    for bad in [
        "",
        "bytes=",
        "bytes=-",
        "bytes=0-1,3-4",
        "lines=1-2",
        "bytes=a-b",
        "bytes=0-1\r\nx: y",
    ] {
        assert_eq!(ByteRange::parse(bad), None, "{bad}");
    }
}

#[tokio::test]
async fn a_file_elsewhere_is_not_asked_for() {
    let server = Server::with([file("x")]).await;
    let client = server.client();
    let port = server.port;
    for address in [
        format!("http://localhost:{port}/blob"),
        "http://169.254.169.254/latest/meta-data".to_owned(),
        "https://chat.example.evil.example/blob".to_owned(),
        "https://chat.example@evil.example/blob".to_owned(),
        "file:///etc/passwd".to_owned(),
        "/rails/blob".to_owned(),
        String::new(),
    ] {
        let end = client.download(&address, None).await;
        assert!(
            matches!(end, Err(Error::NotUnderstood(Misfit::Elsewhere(_)))),
            "{address} {end:?}"
        );
    }
    assert!(server.asked().is_empty());
}

#[tokio::test]
async fn a_redirect_elsewhere_is_not_followed() {
    let bucket = Server::with([file("from the bucket")]).await;
    let at = format!("http://localhost:{}/bucket/x?signature=secret", bucket.port);
    let server = Server::with([Reply::to(&at)]).await;
    let blob = format!("{}/blob", server.url());
    let end = server.client().download(&blob, None).await.unwrap_err();
    assert!(
        matches!(&end, Error::NotUnderstood(Misfit::Elsewhere(host)) if host.as_str() == "localhost")
    );
    assert!(!format!("{end:?}").contains("secret"));
    assert!(bucket.asked().is_empty());

    // Named, it is.
    for name in ["localhost".to_owned(), format!("localhost:{}", bucket.port)] {
        let mut settings = server.settings();
        settings.storage_hosts = vec![name];
        let client = Client::new(settings).unwrap();
        let found = client.download(&blob, None).await.unwrap();
        assert_eq!(text(found).await, "from the bucket");
    }
}

#[tokio::test]
async fn storage_on_chatwoots_host_needs_its_port_named() {
    let bucket = Server::with([file("from the bucket")]).await;
    let server = Server::with([Reply::to(&format!("{}/bucket/x", bucket.url()))]).await;
    let mut settings = server.settings();
    settings.storage_hosts = vec![format!("127.0.0.1:{}", bucket.port)];
    let client = Client::new(settings).unwrap();
    let found = client
        .download(&format!("{}/blob", server.url()), None)
        .await
        .unwrap();
    assert_eq!(text(found).await, "from the bucket");
}

#[tokio::test]
async fn redirects_in_a_circle_end() {
    let server = Server::with([Reply::to("/again")]).await;
    let end = server
        .client()
        .download(&format!("{}/blob", server.url()), None)
        .await;
    assert!(
        matches!(end, Err(Error::NotUnderstood(Misfit::Redirect(_)))),
        "{end:?}"
    );
    assert_eq!(server.asked().len(), 5);
}

#[tokio::test]
async fn a_missing_file_and_a_cut_one_are_told() {
    let server = Server::with([Reply::json(404, "")]).await;
    let blob = format!("{}/blob", server.url());
    let end = server.client().download(&blob, None).await;
    assert!(matches!(end, Err(Error::NotFound)), "{end:?}");

    server.reply(Reply::Raw(
        b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhel".to_vec(),
    ));
    let found = server.client().download(&blob, None).await.unwrap();
    let parts: Vec<_> = found.bytes.collect().await;
    assert!(
        matches!(parts.last(), Some(Err(Error::Broken(_)))),
        "{parts:?}"
    );
}
