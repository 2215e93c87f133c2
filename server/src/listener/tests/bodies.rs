//! How long the body of a request is waited for.

use super::super::patient::{BODY, FILE};
use super::*;

#[tokio::test(start_paused = true)]
async fn r9_a_body_that_stops_is_not_waited_for() {
    let (mut stream, _serving, _stopping) = connect();
    let since = Instant::now();
    stream
        .write_all(
            b"POST /take HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\nconnection: close\r\n\r\nhalf",
        )
        .await
        .unwrap();
    let (said, after) = to_the_end(&mut stream, since).await;
    assert!(said.ends_with("broken off"), "{said}");
    assert!(after < BODY + Duration::from_secs(6), "{after:?}");
}

#[tokio::test(start_paused = true)]
async fn r9_a_body_that_drips_is_not_waited_for() {
    let (mut stream, _serving, _stopping) = connect();
    let since = Instant::now();
    let head =
        b"POST /take HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\nconnection: close\r\n\r\n";
    stream.write_all(head).await.unwrap();
    let (mut reading, mut writing) = tokio::io::split(stream);
    let dripping = tokio::spawn(async move {
        while writing.write_all(b"x").await.is_ok() {
            tokio::time::sleep(Duration::from_secs(2)).await;
        }
    });
    let mut said = Vec::new();
    let _ = reading.read_to_end(&mut said).await;
    let said = String::from_utf8_lossy(&said);
    assert!(said.ends_with("broken off"), "{said}");
    assert!(
        since.elapsed() < BODY + Duration::from_secs(6),
        "{:?}",
        since.elapsed()
    );
    dripping.abort();
}

#[tokio::test(start_paused = true)]
async fn a_body_that_comes_slowly_but_comes_is_taken_whole() {
    let (mut stream, _serving, _stopping) = connect();
    let head =
        b"POST /take HTTP/1.1\r\nhost: x\r\ncontent-length: 200000\r\nconnection: close\r\n\r\n";
    stream.write_all(head).await.unwrap();
    for _ in 0..100 {
        stream.write_all(&[b'x'; 2000]).await.unwrap();
        tokio::time::sleep(Duration::from_millis(1500)).await;
    }
    let (said, _) = to_the_end(&mut stream, Instant::now()).await;
    assert!(said.ends_with("200000"), "{said}");
}

#[tokio::test(start_paused = true)]
async fn a_file_may_be_silent_for_a_minute_and_other_bodies_for_ten_seconds() {
    for (path, silent, answer) in [
        ("/file", FILE - Duration::from_secs(1), "4"),
        ("/file", FILE + Duration::from_secs(1), "broken off"),
        ("/take", BODY + Duration::from_secs(1), "broken off"),
    ] {
        let (mut stream, serving, stopping) = connect();
        let head = format!("POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\nab");
        stream.write_all(head.as_bytes()).await.unwrap();
        tokio::time::sleep(silent).await;
        // The connection may be closed by now.
        let _ = stream.write_all(b"cd").await;
        stopping.cancel();
        let (said, _) = to_the_end(&mut stream, Instant::now()).await;
        assert!(said.ends_with(answer), "{path} {silent:?}: {said}");
        serving.await.unwrap();
    }
}
