//! Answers that are taken from hyper: as correct as its own, and over when the client is.

use std::sync::Mutex;

use axum::response::IntoResponse;
use bytes::Bytes;
use futures_channel::mpsc;
use http::Method;

use super::*;

const LASTING: &[u8] = b"GET /lasting HTTP/1.1\r\nhost: x\r\n\r\n";

/// Says what the answer is to say, in parts.
type Mouth = mpsc::Sender<Result<Bytes, io::Error>>;

/// A connection whose `/lasting` answers with what the mouth says.
fn listen() -> (DuplexStream, JoinHandle<()>, Mouth) {
    let (mouth, said) = mpsc::channel(64);
    let said = Arc::new(Mutex::new(Some(said)));
    let answer = move || {
        let said = said.lock().unwrap().take().unwrap();
        let mut response = Body::from_stream(said).into_response();
        response
            .headers_mut()
            .insert("x-own", "kept".parse().unwrap());
        response.extensions_mut().insert(Lasting);
        std::future::ready(response)
    };
    let (ours, serving, _) = connect_to(router().route("/lasting", get(answer)));
    (ours, serving, mouth)
}

fn part(bytes: &'static [u8]) -> Result<Bytes, io::Error> {
    Ok(Bytes::from_static(bytes))
}

/// What comes up to these words.
async fn until(stream: &mut DuplexStream, words: &str) -> String {
    let mut said = String::new();
    while !said.contains(words) {
        let mut bytes = [0; 256];
        let read = stream.read(&mut bytes).await.unwrap();
        assert_ne!(read, 0, "{said}");
        said.push_str(&String::from_utf8_lossy(&bytes[..read]));
    }
    said
}

#[tokio::test(start_paused = true)]
async fn it_comes_in_chunks_as_it_is_said_and_the_connection_ends_with_it() {
    let (mut stream, serving, mut mouth) = listen();
    // It need not be the first on its connection.
    stream.write_all(GET).await.unwrap();
    answer(&mut stream).await;
    stream.write_all(LASTING).await.unwrap();
    mouth.try_send(part(b"one")).unwrap();
    let head = until(&mut stream, "3\r\none\r\n").await;
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    for line in [
        "x-own: kept",
        "transfer-encoding: chunked",
        "connection: close",
    ] {
        assert!(head.contains(&format!("\r\n{line}\r\n")), "{head}");
    }
    assert!(head.ends_with("\r\n\r\n3\r\none\r\n"), "{head}");
    // Neither is its silence that of a client, nor is a part without bytes its end.
    tokio::time::sleep(10 * REST).await;
    mouth.try_send(part(b"")).unwrap();
    mouth.try_send(part(b"and another one")).unwrap();
    drop(mouth);
    let (rest, _) = to_the_end(&mut stream, Instant::now()).await;
    assert_eq!(rest, "f\r\nand another one\r\n0\r\n\r\n");
    serving.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn it_is_over_as_soon_as_the_client_has_gone() {
    let (mut stream, serving, mut mouth) = listen();
    stream.write_all(LASTING).await.unwrap();
    mouth.try_send(part(b"one")).unwrap();
    until(&mut stream, "one").await;
    drop(stream);
    serving.await.unwrap();
    assert!(mouth.is_closed());
}

#[tokio::test(start_paused = true)]
async fn r9_who_takes_nothing_of_it_is_let_go() {
    let (mut stream, serving, mut mouth) = listen();
    stream.write_all(LASTING).await.unwrap();
    mouth.try_send(part(&[b'x'; 1 << 14])).unwrap();
    let since = Instant::now();
    serving.await.unwrap();
    assert!(about(since.elapsed(), TAKE), "{:?}", since.elapsed());
    assert!(mouth.is_closed());
}

#[tokio::test(start_paused = true)]
async fn what_is_sent_after_its_request_is_not_answered_and_ends_nothing() {
    let (mut stream, serving, mut mouth) = listen();
    stream.write_all(&[LASTING, GET].concat()).await.unwrap();
    mouth.try_send(part(b"one")).unwrap();
    until(&mut stream, "one\r\n").await;
    stream.write_all(GET).await.unwrap();
    tokio::time::sleep(REST).await;
    mouth.try_send(part(b"two")).unwrap();
    drop(mouth);
    let (rest, _) = to_the_end(&mut stream, Instant::now()).await;
    assert_eq!(rest, "3\r\ntwo\r\n0\r\n\r\n");
    serving.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn whoever_knows_no_chunks_or_asks_for_the_head_alone_gets_hypers() {
    for (method, version) in [(Method::GET, "1.0"), (Method::HEAD, "1.1")] {
        let (mut stream, _serving, mut mouth) = listen();
        mouth.try_send(part(b"one")).unwrap();
        drop(mouth);
        let request =
            format!("{method} /lasting HTTP/{version}\r\nhost: x\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let (said, _) = to_the_end(&mut stream, Instant::now()).await;
        let (head, body) = said.split_once("\r\n\r\n").unwrap();
        assert!(head.contains("x-own: kept"), "{head}");
        assert_eq!(body, if method == Method::GET { "one" } else { "" });
    }
}

#[tokio::test(start_paused = true)]
async fn it_is_broken_off_where_its_body_is() {
    let (mut stream, serving, mut mouth) = listen();
    stream.write_all(LASTING).await.unwrap();
    mouth.try_send(part(b"one")).unwrap();
    mouth.try_send(Err(io::ErrorKind::Other.into())).unwrap();
    let (said, _) = to_the_end(&mut stream, Instant::now()).await;
    assert!(said.ends_with("3\r\none\r\n"), "{said}");
    serving.await.unwrap();
}
