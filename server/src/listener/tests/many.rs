//! Many connections at once: who counts as one client, who waits, and what a stop does to them.

use tokio::sync::Notify;

use super::*;

#[tokio::test]
async fn r9_hundreds_of_slow_clients_do_not_slow_another() {
    let listener = bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
    let at = listener.local_addr().unwrap();
    let connections = Connections {
        per_client: 1000,
        in_all: 1000,
        trusted: Vec::new(),
        refusal_headers: dress(),
    };
    let stopping = CancellationToken::new();
    let serving = tokio::spawn(serve(listener, router(), connections, stopping.clone()));
    let mut slow = Vec::new();
    for begin in [
        &b"GET / HT"[..],
        b"POST /take HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n1",
        b"GET /large HTTP/1.1\r\nhost: x\r\n\r\n",
    ]
    .iter()
    .cycle()
    .take(300)
    {
        let mut stream = TcpStream::connect(at).await.unwrap();
        stream.write_all(begin).await.unwrap();
        slow.push(stream);
    }
    let mut quick = TcpStream::connect(at).await.unwrap();
    let asked = async {
        quick
            .write_all(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            .await
            .unwrap();
        let mut said = String::new();
        quick.read_to_string(&mut said).await.unwrap();
        said
    };
    // Well under the shortest limit of a slow one.
    let said = tokio::time::timeout(HEAD - Duration::from_secs(1), asked)
        .await
        .unwrap();
    assert!(said.starts_with("HTTP/1.1 200"), "{said}");
    drop(slow);
    stopping.cancel();
    serving.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn r10_a_stop_lets_a_request_finish_and_closes_what_rests() {
    let (mut resting, rested, stopping) = connect();
    resting.write_all(GET).await.unwrap();
    answer(&mut resting).await;
    stopping.cancel();
    let since = Instant::now();
    rested.await.unwrap();
    assert!(since.elapsed() < Duration::from_secs(1));

    let (mut busy, serving, stopping) = connect();
    busy.write_all(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n")
        .await
        .unwrap();
    tokio::time::sleep(Duration::from_secs(1)).await;
    stopping.cancel();
    let (said, _) = to_the_end(&mut busy, Instant::now()).await;
    assert!(said.ends_with("done"), "{said}");
    serving.await.unwrap();
}

#[test]
fn proxies_and_this_machine_speak_for_many() {
    let connections = Connections {
        per_client: 1,
        in_all: 9,
        trusted: vec!["10.0.0.0/8".parse().unwrap()],
        refusal_headers: dress(),
    };
    for (peer, many) in [
        ("127.0.0.1:1", true),
        ("[::1]:1", true),
        ("[::ffff:127.0.0.1]:1", true),
        ("10.1.2.3:1", true),
        ("192.0.2.1:1", false),
    ] {
        assert_eq!(
            connections.speaks_for_many(peer.parse().unwrap()),
            many,
            "{peer}"
        );
    }
}

#[tokio::test]
async fn r9_past_the_most_of_all_newcomers_wait_until_one_leaves() {
    let listener = bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
    let at = listener.local_addr().unwrap();
    let (arrived, leave) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (arrives, leaves) = (arrived.clone(), leave.clone());
    let router = Router::new().route(
        "/",
        get(async move || {
            arrives.notify_one();
            leaves.notified().await;
            "answered"
        }),
    );
    let connections = Connections {
        per_client: 1,
        in_all: 1,
        trusted: Vec::new(),
        refusal_headers: dress(),
    };
    let stopping = CancellationToken::new();
    let serving = tokio::spawn(serve(listener, router, connections, stopping.clone()));
    let ask = async |stream: &mut TcpStream| {
        stream
            .write_all(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            .await
            .unwrap();
    };
    let mut first = TcpStream::connect(at).await.unwrap();
    ask(&mut first).await;
    arrived.notified().await;
    let mut second = TcpStream::connect(at).await.unwrap();
    ask(&mut second).await;
    leave.notify_one();
    let mut said = String::new();
    first.read_to_string(&mut said).await.unwrap();
    assert!(said.ends_with("answered"), "{said}");
    arrived.notified().await;
    leave.notify_one();
    let mut said = String::new();
    second.read_to_string(&mut said).await.unwrap();
    assert!(said.ends_with("answered"), "{said}");
    stopping.cancel();
    serving.await.unwrap();
}
