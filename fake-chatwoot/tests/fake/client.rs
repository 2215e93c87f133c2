//! The smallest HTTP client that can tell what was answered: one request, one connection.

use std::collections::BTreeMap;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// An answer.
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) raw: Vec<u8>,
}

/// Sends a request and reads the answer to its end.
pub(crate) async fn send(
    url: &str,
    method: &str,
    headers: &[(&str, String)],
    body: Option<Vec<u8>>,
) -> Got {
    let answer = answer(url, method, headers, body).await;
    let end = answer
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .expect("no head in the answer");
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines
        .next()
        .and_then(|line| line.split(' ').nth(1))
        .and_then(|code| code.parse().ok())
        .unwrap();
    let headers = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    Got {
        status,
        headers: headers.collect(),
        raw: answer[end + 4..].to_vec(),
    }
}

/// Sends a request and reads all bytes of the answer: none, if the connection was cut.
pub(crate) async fn answer(
    url: &str,
    method: &str,
    headers: &[(&str, String)],
    body: Option<Vec<u8>>,
) -> Vec<u8> {
    let rest = url.strip_prefix("http://").unwrap();
    let (host, path) = rest.find('/').map_or((rest, "/"), |at| rest.split_at(at));
    let mut head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nAccept: application/json\r\n"
    );
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let body = body.unwrap_or_default();
    head.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
    let mut stream = TcpStream::connect(host).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&body).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    answer
}
