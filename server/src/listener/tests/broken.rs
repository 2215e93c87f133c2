//! Bytes that are no HTTP, or old, rare and doubtful HTTP: answered once, and closed.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::Instant;

use super::super::LARGEST_HEAD;
use super::connect;
use crate::headers;

/// Most lines of a head, as hyper has it.
const MOST_HEADERS: usize = 100;

/// What it says to these bytes, until it closes or has nothing more to say.
async fn said_to(bytes: Vec<u8>) -> (String, Duration) {
    let (stream, _serving, _stopping) = connect();
    let (mut reading, mut writing) = tokio::io::split(stream);
    let sent = tokio::spawn(async move {
        // It may close before it has read all.
        let _ = writing.write_all(&bytes).await;
        writing
    });
    let since = Instant::now();
    let mut said = Vec::new();
    let _ = reading.read_to_end(&mut said).await;
    sent.abort();
    (String::from_utf8_lossy(&said).into_owned(), since.elapsed())
}

#[tokio::test(start_paused = true)]
async fn r9_broken_http_is_answered_and_closed() {
    let long = "a".repeat(LARGEST_HEAD);
    let many: String = (0..=MOST_HEADERS).map(|n| format!("a{n}: b\r\n")).collect();
    for bytes in [
        // TLS, HTTP/2 and other languages.
        "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\r\n\r\n",
        "SSH-2.0-OpenSSH_9.9\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET / HTTP/1.1 \r\nhost: x\r\n\r\n",
        "GET /\r\n\r\n",
        "GET  / HTTP/1.1\r\nhost: x\r\n\r\n",
        "GET /a b HTTP/1.1\r\nhost: x\r\n\r\n",
        "G\u{7f}T / HTTP/1.1\r\nhost: x\r\n\r\n",
        // Heads that two readers read in two ways.
        "GET / HTTP/1.1\r\nho st: x\r\n\r\n",
        "GET / HTTP/1.1\r\nhost : x\r\n\r\n",
        "GET / HTTP/1.1\r\n host: x\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: x\r\n folded\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: x\r\na: b\0c\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: x\r\na: b\rc\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: x\r\n: b\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: x\r\nno colon\r\n\r\n",
        // Bodies of two lengths, or of none.
        "POST /take HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab",
        "POST /take HTTP/1.1\r\nhost: x\r\ncontent-length: 1, 2\r\n\r\nab",
        "POST /take HTTP/1.1\r\nhost: x\r\ncontent-length: +1\r\n\r\na",
        "POST /take HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\na",
        "POST /take HTTP/1.1\r\nhost: x\r\ncontent-length: 0x1\r\n\r\na",
        "POST /take HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999999999999\r\n\r\na",
        "POST /take HTTP/1.1\r\nhost: x\r\ntransfer-encoding: gzip\r\n\r\na",
        "POST /take HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked, gzip\r\n\r\na",
        "POST /take HTTP/1.0\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
        // Too much.
        &format!("GET /{long} HTTP/1.1\r\nhost: x\r\n\r\n"),
        &format!("GET / HTTP/1.1\r\nhost: x\r\na: {long}\r\n\r\n"),
        &format!("GET / HTTP/1.1\r\nhost: x\r\n{many}\r\n"),
    ] {
        let (said, after) = said_to(bytes.as_bytes().to_vec()).await;
        let shown = &bytes[..bytes.len().min(60)];
        assert!(said.starts_with("HTTP/1.1 4"), "{shown:?}: {said}");
        assert_eq!(said.matches("HTTP/1.1").count(), 1, "{shown:?}: {said}");
        for header in headers::lines(true).lines() {
            assert_eq!(said.matches(header).count(), 1, "{header}: {said}");
        }
        assert!(after < Duration::from_secs(1), "{shown:?}: {after:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn r9_http_2_is_closed_at_once() {
    let (said, after) = said_to(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec()).await;
    assert!(said.is_empty() || said.starts_with("HTTP/1.1 4"), "{said}");
    assert!(after < Duration::from_secs(1), "{after:?}");
}

#[tokio::test(start_paused = true)]
async fn r9_what_follows_a_body_of_two_lengths_is_never_read_as_a_request() {
    for lengths in [
        "content-length: 4\r\ntransfer-encoding: chunked",
        "transfer-encoding: chunked\r\ncontent-length: 4",
        "transfer-encoding: chunked",
    ] {
        let bytes = format!(
            "POST /take HTTP/1.1\r\nhost: x\r\n{lengths}\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nhost: x\r\n\r\n"
        );
        let (said, after) = said_to(bytes.into_bytes()).await;
        assert_eq!(said.matches("HTTP/1.1").count(), 1, "{lengths}: {said}");
        assert!(after < Duration::from_secs(1), "{lengths}: {after:?}");
    }
    // A body that is no chunks is none.
    let broken = "POST /take HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n";
    let (said, _) = said_to(broken.into()).await;
    assert!(said.ends_with("broken off"), "{said}");
}

#[tokio::test(start_paused = true)]
async fn r9_a_head_with_bare_line_feeds_ends_where_every_proxy_sees_it_end() {
    // RFC 9112, 2.2, lets one read a line feed alone as the end of a line. What follows the head is its body by its length, however the
    // lines ended, so that nobody before us can take a part of the one for the other.
    for ends in ["\n", "\r\n"] {
        let inside = "GET / HTTP/1.1\r\nhost: evil\r\n\r\n";
        let length = inside.len();
        let head = format!(
            "POST /take HTTP/1.1\nhost: x\ncontent-length: {length}\nconnection: close\n\n"
        );
        let bytes = format!("{}{inside}", head.replace('\n', ends));
        let (said, _) = said_to(bytes.into_bytes()).await;
        assert!(said.starts_with("HTTP/1.1 200"), "{ends:?}: {said}");
        assert_eq!(said.matches("HTTP/1.1").count(), 1, "{ends:?}: {said}");
    }
    // Within a line it is no blank and no part of a value.
    let split = "GET / HTTP/1.1\nhost: x\na: b\ncontent-length: 1\n\nxGET / HTTP/1.1\nhost: x\n\n";
    let (said, _) = said_to(split.into()).await;
    assert_eq!(said.matches("HTTP/1.1 200").count(), 2, "{said}");
}

#[tokio::test(start_paused = true)]
async fn r9_old_and_rare_http_is_answered_once() {
    for (bytes, begins) in [
        ("GET / HTTP/1.0\r\nhost: x\r\n\r\n", "HTTP/1.0 200"),
        (
            "CONNECT evil.example:443 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
            "HTTP/1.1 4",
        ),
        (
            "TRACE / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
            "HTTP/1.1 405",
        ),
        (
            "OPTIONS * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
            "HTTP/1.1 4",
        ),
        (
            "HEAD / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
            "HTTP/1.1 200",
        ),
        (
            "GET / HTTP/1.1\r\nhost: x\r\nupgrade: h2c\r\nhttp2-settings: AA\r\nconnection: close\r\n\r\n",
            "HTTP/1.1 200",
        ),
        (
            "POST /take HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 2\r\nconnection: close\r\n\r\nhi",
            "HTTP/1.1 100",
        ),
    ] {
        let (said, _) = said_to(bytes.into()).await;
        assert!(said.starts_with(begins), "{bytes:?}: {said}");
    }
}
