//! Files whose storage lies, breaks off or leads elsewhere (promises A8, A9): what the browser gets is right, bounded, or an error of ours.

use http::{HeaderValue, Method, header};
use http_body_util::BodyExt;

use crate::files::{PNG, file, path, ticket_with};
use crate::support::{Answer, Browser, Says, Stage, Storage};

/// A ticket with one file, whose bytes come from a storage.
struct Scene {
    stage: Stage,
    ada: Browser,
    storage: Storage,
    path: String,
}

impl Scene {
    async fn set_up() -> Self {
        let storage = Storage::start().await;
        let hosts = storage.host();
        let stage = Stage::set_up_with(&[("CHATWOOT_STORAGE_HOSTS", &hosts)]).await;
        let mut ada = stage.signed_in("ada@example.com").await;
        let sent = vec![file("a.png", "image/png", PNG)];
        let (ticket, files) = ticket_with(&stage, &mut ada, sent).await;
        let path = path(&ticket, &files[0]);
        // What opening the ticket set going would write the address again.
        stage.state().tickets.idle().await;
        let url = format!("http://{hosts}/a.png");
        let moved = stage.state().store.write(move |tx| {
            assert_eq!(tx.execute("UPDATE model.files SET url = ?1", [url])?, 1);
            Ok(())
        });
        moved.await.unwrap();
        Self {
            stage,
            ada,
            storage,
            path,
        }
    }

    /// What the browser gets when the storage says this.
    async fn get(&mut self, head: &str, body: &[u8]) -> Answer {
        self.storage.says_bytes(head, body);
        self.ada.get(&self.path).await
    }

    async fn part(&mut self, range: &str, more: &[(&'static str, &str)]) -> Answer {
        let mut request = self.ada.request(Method::GET, &self.path);
        let headers = request.headers_mut().unwrap();
        headers.insert(header::RANGE, HeaderValue::from_str(range).unwrap());
        for (name, value) in more {
            headers.insert(*name, HeaderValue::from_str(value).unwrap());
        }
        let request = request.body(axum::body::Body::empty()).unwrap();
        self.ada.send(request).await
    }
}

fn is_refused(answer: &Answer) -> bool {
    answer.status == 503 && answer.body.contains("unavailable") && !answer.body.contains("storage")
}

#[tokio::test]
async fn a8_a_large_file_is_passed_on_as_it_comes_and_never_held() {
    const WHOLE: u64 = 96 << 20;
    /// What the system's buffers between the two hold, and a little.
    const HELD: u64 = 24 << 20;
    let scene = Scene::set_up().await;
    scene.storage.says(Says::Endless(format!(
        "HTTP/1.1 200 OK\nContent-Length: {WHOLE}"
    )));
    let mut body = scene.ada.open(&scene.path).await.into_body();
    let (mut taken, mut most) = (0, 0);
    while let Some(frame) = body.frame().await {
        taken += frame.unwrap().into_data().unwrap().len() as u64;
        most = most.max(scene.storage.sent().saturating_sub(taken));
        // Whoever takes slowly is sent slowly.
        tokio::task::yield_now().await;
    }
    assert_eq!(taken, WHOLE);
    assert!(most < HELD, "{most} bytes were on the way");
}

#[tokio::test]
async fn a8_a_browser_that_goes_away_ends_the_connection_to_the_storage() {
    let scene = Scene::set_up().await;
    scene.storage.says(Says::Endless(
        "HTTP/1.1 200 OK\nContent-Length: 10000000000".replace("10000000000", "900000000"),
    ));
    let mut body = scene.ada.open(&scene.path).await.into_body();
    assert!(body.frame().await.unwrap().is_ok());
    drop(body);
    scene.storage.left_alone().await;
    assert!(scene.storage.sent() < 64 << 20);
}

#[tokio::test]
async fn a9_an_answer_larger_than_a_file_may_be_is_not_passed_on() {
    let mut scene = Scene::set_up().await;
    let answer = scene
        .get("HTTP/1.1 200 OK\nContent-Length: 99999999999", b"")
        .await;
    assert!(is_refused(&answer), "{answer:?}");
}

#[tokio::test]
async fn a9_a_storage_that_breaks_off_breaks_the_download_off() {
    let scene = Scene::set_up().await;
    for head in [
        "HTTP/1.1 200 OK\nContent-Length: 90000",
        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked",
    ] {
        let body = if head.contains("chunked") {
            [&b"2710\r\n"[..], &[b'x'; 10_000], b"\r\n"].concat()
        } else {
            vec![b'x'; 10_000]
        };
        scene.storage.says_bytes(head, &body);
        let mut body = scene.ada.open(&scene.path).await.into_body();
        let mut broken = false;
        while let Some(frame) = body.frame().await {
            broken |= frame.is_err();
        }
        assert!(broken, "{head}");
    }
}

#[tokio::test]
async fn a9_a_storage_that_says_more_than_it_announced_is_cut_there() {
    let mut scene = Scene::set_up().await;
    let answer = scene
        .get(
            "HTTP/1.1 200 OK\nContent-Length: 10",
            b"0123456789and more\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        )
        .await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "0123456789"));
}

#[tokio::test]
async fn a8_a_file_of_nothing_is_a_file_of_nothing() {
    let mut scene = Scene::set_up().await;
    let answer = scene.get("HTTP/1.1 200 OK\nContent-Length: 0", b"").await;
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    assert_eq!(answer.header("content-type"), "application/octet-stream");
    let part = scene.part("bytes=0-", &[]).await;
    assert!(matches!(part.status, 200 | 416), "{part:?}");
}

#[tokio::test]
async fn a8_a_page_in_the_place_of_a_picture_is_saved_in_a_sandbox_and_never_shown() {
    let mut scene = Scene::set_up().await;
    let page = b"<!doctype html><script>alert(document.cookie)</script>";
    let head = format!(
        "HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: {}\nSet-Cookie: portal-session=x\nLocation: https://evil.example/\nX-Storage: secret",
        page.len()
    );
    let answer = scene.get(&head, page).await;
    assert_eq!(answer.header("content-type"), "application/octet-stream");
    assert!(
        answer
            .header("content-disposition")
            .starts_with("attachment; ")
    );
    assert!(
        answer
            .header("content-security-policy")
            .starts_with("sandbox; ")
    );
    for name in ["set-cookie", "location", "x-storage"] {
        assert!(answer.headers.get(name).is_none(), "{name}");
    }
}

#[tokio::test]
async fn a9_errors_of_a_storage_are_ours_in_our_words() {
    let mut scene = Scene::set_up().await;
    for (status, ours) in [
        ("404 Not Found", 404),
        ("410 Gone", 503),
        ("403 Forbidden", 503),
        ("500 No", 503),
        ("429 Slow", 503),
        ("204 None", 503),
        ("299 Odd", 503),
    ] {
        let words = b"<Error>storage.internal.example</Error>";
        let head = format!("HTTP/1.1 {status}\nContent-Length: {}", words.len());
        let head = if status.starts_with("204") {
            "HTTP/1.1 204 None".to_owned()
        } else {
            head
        };
        let answer = scene.get(&head, words).await;
        assert_eq!(answer.status, ours, "{status}");
        assert!(!answer.body.contains("internal"), "{status}");
    }
    for broken in [
        "HTTP/1.1 rubbish",
        "<html>",
        "HTTP/1.1 200 OK\nContent-Length: 5\nContent-Length: 6",
        "HTTP/1.1 200 OK\nA: \0",
    ] {
        let answer = scene.get(broken, b"12345").await;
        assert!(is_refused(&answer), "{broken}: {answer:?}");
    }
}

#[tokio::test]
async fn a9_a_redirect_is_followed_to_a_named_host_and_to_no_other() {
    let mut scene = Scene::set_up().await;
    let other = Storage::start().await;
    other.says_bytes("HTTP/1.1 200 OK\nContent-Length: 2", b"hi");
    let other_port = other.host().split_once(':').unwrap().1.to_owned();
    for place in [
        format!("http://localhost:{other_port}/a.png"),
        format!("//localhost:{other_port}/a.png"),
        format!("http://[::1]:{other_port}/a.png"),
        format!("http://user@localhost:{other_port}/"),
        format!("http://127.1:{other_port}@evil.example/"),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "https://evil.example/".to_owned(),
        "file:///etc/passwd".to_owned(),
        "gopher://127.0.0.1/".to_owned(),
        "data:text/html,x".to_owned(),
        "http://".to_owned(),
        String::new(),
    ] {
        let head = format!("HTTP/1.1 302 Found\nLocation: {place}\nContent-Length: 0");
        let answer = scene.get(&head, b"").await;
        assert!(is_refused(&answer), "{place}: {answer:?}");
    }
    assert!(other.asked().is_empty(), "{:?}", other.asked());
    // Another port of Chatwoot's own machine is Chatwoot itself, which has no such file.
    let head = format!(
        "HTTP/1.1 302 Found\nLocation: http://127.0.0.1:{other_port}/a.png\nContent-Length: 0"
    );
    assert_eq!(scene.get(&head, b"").await.status, 404);
    assert!(other.asked().is_empty(), "{:?}", other.asked());
    // Round and round.
    let head = format!(
        "HTTP/1.1 302 Found\nLocation: http://{}/b\nContent-Length: 0",
        scene.storage.host()
    );
    let answer = scene.get(&head, b"").await;
    assert!(is_refused(&answer), "{answer:?}");
    assert!(scene.storage.asked().len() <= 6);
    for head in scene.storage.asked() {
        let head = head.to_ascii_lowercase();
        assert!(
            !head.contains("api-access-token")
                && !head.contains("cookie")
                && !head.contains("referer"),
            "{head}"
        );
    }
}

#[tokio::test]
async fn a8_a_part_is_the_one_that_was_asked_for_or_none() {
    let mut scene = Scene::set_up().await;
    for (said, ours) in [
        ("bytes 5-9/100", 206),
        ("bytes 0-4/100", 503),
        ("bytes 5-9/7", 503),
        ("bytes 5-10/100", 503),
        ("rubbish", 503),
    ] {
        let head = format!("HTTP/1.1 206 Partial\nContent-Range: {said}\nContent-Length: 5");
        scene.storage.says_bytes(&head, b"56789");
        let answer = scene.part("bytes=5-9", &[]).await;
        // What tells the type is another part, which this storage answers wrongly too: the file is then of no type, or refused.
        assert!(
            answer.status == ours || answer.status == 503,
            "{said}: {answer:?}"
        );
    }
    let words = b"<Error>storage.internal.example</Error>";
    let head = format!(
        "HTTP/1.1 416 No\nContent-Range: bytes */100\nContent-Length: {}",
        words.len()
    );
    scene.storage.says_bytes(&head, words);
    let answer = scene.part("bytes=500-", &[]).await;
    assert_eq!((answer.status, answer.body.as_str()), (416, ""));
    assert_eq!(answer.header("content-range"), "bytes */100");
}

#[tokio::test]
async fn a8_a_storage_without_parts_is_cut_to_the_part_and_several_parts_are_the_whole() {
    let mut scene = Scene::set_up().await;
    let head = format!("HTTP/1.1 200 OK\nContent-Length: {}", PNG.len());
    scene.storage.says_bytes(&head, PNG);
    let part = scene.part("bytes=8-11", &[]).await;
    assert_eq!((part.status, part.body.as_str()), (206, "0123"));
    assert_eq!(part.header("content-type"), "image/png");
    for several in ["bytes=0-1,4-5", "bytes=0-,0-,0-,0-", "bytes=-", "rows=1-2"] {
        let answer = scene.part(several, &[]).await;
        assert_eq!(
            (answer.status, answer.header("content-length")),
            (200, "18"),
            "{several}"
        );
    }
    for other in ["\"other\"", "Wed, 21 Oct 2015 07:28:00 GMT"] {
        let answer = scene.part("bytes=8-11", &[("if-range", other)]).await;
        assert_eq!(answer.status, 200, "{other}");
    }
    drop(scene.stage);
}

#[tokio::test]
async fn r9_a_file_that_is_not_wanted_any_more_makes_room_for_another() {
    let scene = Scene::set_up().await;
    scene.storage.says(Says::Endless(
        "HTTP/1.1 200 OK\nContent-Length: 900000000".to_owned(),
    ));
    let mut held = Vec::new();
    for _ in 0..16 {
        held.push(scene.ada.open(&scene.path).await);
    }
    scene
        .storage
        .says_bytes("HTTP/1.1 200 OK\nContent-Length: 2", b"hi");
    let mut ada = scene.ada.clone();
    let (waited, ()) = tokio::join!(ada.get(&scene.path), async {
        for _ in 0..200 {
            tokio::task::yield_now().await;
        }
        held.pop();
    });
    assert_eq!(waited.status, 200);
}
