//! A connection's limits of time.

mod bodies;
mod broken;
mod lasting;
mod many;

use std::net::Ipv4Addr;

use axum::routing::{get, post};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::patient::{HEAD, REST, TAKE};
use super::*;

const GET: &[u8] = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n";

fn router() -> Router {
    Router::new()
        .route(
            "/",
            get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.to_string() }),
        )
        .route("/large", get(|| async { vec![b'x'; 1 << 20] }))
        .route(
            "/slow",
            get(|| async {
                tokio::time::sleep(Duration::from_secs(300)).await;
                "done"
            }),
        )
        .route(
            "/take",
            post(|body: Body| async move {
                match axum::body::to_bytes(body, 1 << 20).await {
                    Ok(bytes) => bytes.len().to_string(),
                    Err(_) => "broken off".to_owned(),
                }
            }),
        )
        .route("/file", post(take_patiently))
}

/// As for a file: whose it is was looked at before.
async fn take_patiently(request: axum::extract::Request) -> String {
    let (parts, body) = request.into_parts();
    parts.extensions.get::<Patience>().unwrap().is_for_a_file();
    match axum::body::to_bytes(body, 1 << 20).await {
        Ok(bytes) => bytes.len().to_string(),
        Err(_) => "broken off".to_owned(),
    }
}

fn peer() -> SocketAddr {
    SocketAddr::from((Ipv4Addr::new(192, 0, 2, 1), 7))
}

fn dress() -> Arc<str> {
    headers::lines(true).into()
}

/// A connection without a network: its time is the test's.
fn connect() -> (DuplexStream, JoinHandle<()>, CancellationToken) {
    connect_to(router())
}

fn connect_to(router: Router) -> (DuplexStream, JoinHandle<()>, CancellationToken) {
    let (ours, theirs) = duplex(4096);
    let stopping = CancellationToken::new();
    let serving = tokio::spawn(connection(
        theirs,
        (peer(), dress()),
        router,
        stopping.clone(),
    ));
    (ours, serving, stopping)
}

/// What the server says until it closes, and after how long it does.
async fn to_the_end(stream: &mut DuplexStream, since: Instant) -> (String, Duration) {
    let mut said = Vec::new();
    // A connection that was cut is at its end too.
    let _ = stream.read_to_end(&mut said).await;
    (String::from_utf8_lossy(&said).into_owned(), since.elapsed())
}

async fn answer(stream: &mut DuplexStream) -> String {
    let mut said = Vec::new();
    let mut part = [0; 1024];
    while !String::from_utf8_lossy(&said).contains("192.0.2.1:7") {
        let read = stream.read(&mut part).await.unwrap();
        assert_ne!(read, 0, "{}", String::from_utf8_lossy(&said));
        said.extend_from_slice(&part[..read]);
    }
    String::from_utf8(said).unwrap()
}

fn about(time: Duration, limit: Duration) -> bool {
    time >= limit && time < limit + Duration::from_secs(1)
}

#[tokio::test(start_paused = true)]
async fn r9_a_head_is_there_within_five_seconds_or_the_connection_is_closed() {
    for begin in [&b""[..], b"G", b"GET / HTTP/1.1\r\nhost: x\r\n"] {
        let (mut stream, serving, _stopping) = connect();
        let since = Instant::now();
        stream.write_all(begin).await.unwrap();
        let (_, after) = to_the_end(&mut stream, since).await;
        assert!(about(after, HEAD), "{after:?}");
        serving.await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn r9_a_head_that_drips_gets_no_more_time() {
    let (mut stream, serving, _stopping) = connect();
    let since = Instant::now();
    let dripping = async {
        for byte in GET.iter().cycle() {
            tokio::time::sleep(Duration::from_millis(900)).await;
            if stream.write_all(&[*byte]).await.is_err() {
                break;
            }
        }
    };
    dripping.await;
    assert!(
        since.elapsed() < HEAD + Duration::from_secs(2),
        "{:?}",
        since.elapsed()
    );
    serving.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_connection_may_rest_between_two_requests() {
    let (mut stream, serving, _stopping) = connect();
    stream.write_all(GET).await.unwrap();
    assert!(answer(&mut stream).await.starts_with("HTTP/1.1 200 OK\r\n"));
    tokio::time::sleep(REST - Duration::from_secs(1)).await;
    stream.write_all(GET).await.unwrap();
    answer(&mut stream).await;
    let since = Instant::now();
    let (_, after) = to_the_end(&mut stream, since).await;
    assert!(about(after, REST), "{after:?}");
    serving.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn r9_the_second_head_is_as_hurried_as_the_first() {
    let (mut stream, _serving, _stopping) = connect();
    stream.write_all(GET).await.unwrap();
    answer(&mut stream).await;
    tokio::time::sleep(Duration::from_secs(20)).await;
    stream.write_all(b"GET /").await.unwrap();
    let since = Instant::now();
    let (_, after) = to_the_end(&mut stream, since).await;
    assert!(about(after, HEAD), "{after:?}");
}

#[tokio::test(start_paused = true)]
async fn an_answer_may_take_its_time() {
    let (mut stream, _serving, _stopping) = connect();
    stream
        .write_all(b"GET /slow HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        .await
        .unwrap();
    let (said, after) = to_the_end(&mut stream, Instant::now()).await;
    assert!(said.ends_with("done"), "{said}");
    assert!(after >= Duration::from_secs(300));
}

#[tokio::test(start_paused = true)]
async fn r9_who_takes_nothing_of_an_answer_is_let_go() {
    let (mut stream, serving, _stopping) = connect();
    let since = Instant::now();
    stream
        .write_all(b"GET /large HTTP/1.1\r\nhost: x\r\n\r\n")
        .await
        .unwrap();
    serving.await.unwrap();
    assert!(about(since.elapsed(), TAKE), "{:?}", since.elapsed());
}

#[tokio::test(start_paused = true)]
async fn r9_who_takes_an_answer_drop_by_drop_is_let_go_and_who_takes_it_slowly_is_not() {
    for (drop, each, let_go) in [
        (64, Duration::from_secs(5), true),
        (4096, Duration::from_secs(2), false),
    ] {
        let (mut stream, serving, _stopping) = connect();
        let since = Instant::now();
        stream
            .write_all(b"GET /large HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            .await
            .unwrap();
        let ended = tokio::spawn(async move {
            serving.await.unwrap();
            since.elapsed()
        });
        let (mut taken, mut part) = (0, vec![0; drop]);
        while let Ok(read) = stream.read(&mut part).await
            && read > 0
        {
            taken += read;
            tokio::time::sleep(each).await;
        }
        let ended = ended.await.unwrap();
        assert_eq!(taken < 1 << 20, let_go, "{taken}");
        // What it has by then is in the pipe, and can be read at leisure.
        assert!(!let_go || ended < TAKE * 2, "{ended:?}");
    }
}
