//! Files of a ticket: through us, to their owner alone, shown in place only if they are what may be (promise A8).

use fake_chatwoot::{File, Weather};
use http::{HeaderValue, Method, header};
use serde_json::{Value, json};

use crate::support::{Browser, Stage};

const KEY: &str = "11111111-2222-4333-8444-555555555555";
pub(crate) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n0123456789";

pub(crate) fn file(name: &str, content_type: &str, bytes: &[u8]) -> File {
    File {
        name: name.to_owned(),
        content_type: content_type.to_owned(),
        bytes: bytes.to_vec(),
    }
}

/// A ticket of the browser's with files from an agent; its id, and what the page knows of the files.
pub(crate) async fn ticket_with(
    stage: &Stage,
    ada: &mut Browser,
    files: Vec<File>,
) -> (String, Vec<Value>) {
    let new = json!({ "new": { "key": KEY, "subject": "Files", "message": "Send them" } });
    let ticket = ada.call("tickets/open", &new).await.json();
    let ticket = ticket.as_str().unwrap().to_owned();
    stage.state().tickets.idle().await;
    let number = stage.fake.conversations().last().unwrap().id;
    stage.fake.agent_sends_files(number, "Here", files).unwrap();
    let show = json!({ "ticket": ticket, "earlier": null, "known": null });
    ada.call("tickets/show", &show).await;
    stage.state().tickets.idle().await;
    let view = ada.call("tickets/show", &show).await.json();
    let entries = view["changed"]["entries"].as_array().unwrap().clone();
    let files = entries.last().unwrap()["message"]["files"].clone();
    (ticket, files.as_array().unwrap().clone())
}

pub(crate) fn path(ticket: &str, file: &Value) -> String {
    format!("/portal/files/{ticket}/{}", file["id"])
}

#[tokio::test]
async fn a8_a_picture_is_shown_and_a_page_is_saved_whatever_they_say_they_are() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in("ada@example.com").await;
    let html = b"<!DOCTYPE html><script>alert(1)</script>";
    let sent = vec![
        file("Größe 1.png", "image/png", PNG),
        file("page.png", "image/png", html),
    ];
    let (ticket, files) = ticket_with(&stage, &mut ada, sent).await;
    let picture = ada.get(&path(&ticket, &files[0])).await;
    assert_eq!(picture.status, 200, "{picture:?}");
    assert_eq!(picture.header("content-type"), "image/png");
    assert_eq!(
        picture.header("content-disposition"),
        "inline; filename=\"Gr__e 1.png\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%201.png"
    );
    assert_eq!(picture.header("content-length"), PNG.len().to_string());
    assert_eq!(picture.body, String::from_utf8_lossy(PNG));
    let page = ada.get(&path(&ticket, &files[1])).await;
    assert_eq!(page.header("content-type"), "application/octet-stream");
    assert!(
        page.header("content-disposition")
            .starts_with("attachment; ")
    );
    for answer in [&picture, &page] {
        assert!(
            answer
                .header("content-security-policy")
                .starts_with("sandbox; default-src 'none'")
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(!format!("{:?}", answer.headers).contains("active_storage"));
    }
    let saved = ada
        .get(&format!("{}?download", path(&ticket, &files[0])))
        .await;
    assert!(
        saved
            .header("content-disposition")
            .starts_with("attachment; ")
    );
}

#[tokio::test]
async fn a_part_of_a_film_comes_with_the_type_of_the_whole() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in("ada@example.com").await;
    let mut film = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41".to_vec();
    film.resize(100_000, b'x');
    let sent = vec![file("film.mp4", "video/mp4", &film)];
    let (ticket, files) = ticket_with(&stage, &mut ada, sent).await;
    let mut part = async |range: &str| {
        let mut request = ada.request(Method::GET, &path(&ticket, &files[0]));
        request
            .headers_mut()
            .unwrap()
            .insert(header::RANGE, HeaderValue::from_str(range).unwrap());
        ada.send(request.body(axum::body::Body::empty()).unwrap())
            .await
    };
    let middle = part("bytes=50000-50009").await;
    assert_eq!((middle.status, middle.body.as_str()), (206, "xxxxxxxxxx"));
    assert_eq!(middle.header("content-range"), "bytes 50000-50009/100000");
    assert_eq!(middle.header("content-type"), "video/mp4");
    let begin = part("bytes=0-1").await;
    assert_eq!(
        (begin.status, begin.header("content-type")),
        (206, "video/mp4")
    );
    let beyond = part("bytes=200000-").await;
    assert_eq!(beyond.status, 416);
    let several = part("bytes=0-1,5-6").await;
    assert_eq!((several.status, several.body.len()), (200, film.len()));
}

#[tokio::test]
async fn a_file_that_cannot_be_had_now_is_said_so() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in("ada@example.com").await;
    let sent = vec![file("a.png", "image/png", PNG)];
    let (ticket, files) = ticket_with(&stage, &mut ada, sent).await;
    stage.fake.set_weather(Weather::Down503);
    let answer = ada.get(&path(&ticket, &files[0])).await;
    assert_eq!(answer.status, 503, "{answer:?}");
    stage.fake.goes_away().await;
    assert_eq!(ada.get(&path(&ticket, &files[0])).await.status, 503);
}
