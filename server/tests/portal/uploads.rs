//! Files that customers send (promise A8, R8): refused by what they are and before they are read, kept whole or not at all, their customer's
//! only, and gone when nothing needs them.

use std::time::Duration;

use axum::body::Body;
use futures_util::{FutureExt, StreamExt, stream};
use http::{HeaderValue, header};
use serde_json::{Value, json};
use server::store::failing::How;

use crate::files::PNG;
use crate::support::{Browser, Stage, same};

const ADA: &str = "ada@example.com";
const BOB: &str = "bob@example.com";
const HOUR: Duration = Duration::from_hours(1);
const MIB: usize = 1024 * 1024;

/// The nth UUID.
pub(crate) fn id(n: u32) -> String {
    format!("22222222-3333-4444-8555-{n:012}")
}

/// The names of what is in the folder.
pub(crate) fn on_disk(stage: &Stage) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(stage.data_dir().join("uploads")) else {
        return Vec::new();
    };
    let name = |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name();
    entries
        .map(|entry| name(entry).into_string().unwrap())
        .collect()
}

/// Where a waiting file opens.
pub(crate) fn at(n: u32) -> String {
    format!("/portal/uploads/{}", id(n))
}

async fn drops(browser: &mut Browser, n: u32) {
    let file = json!({ "file": id(n) });
    let dropped = browser.call("tickets/drop-upload", &file).await;
    assert_eq!(dropped.status, 200, "{dropped:?}");
}

/// Something that comes piece by piece, with no length told.
fn in_pieces(pieces: Vec<Result<Vec<u8>, std::io::Error>>) -> Body {
    Body::from_stream(stream::iter(pieces))
}

#[tokio::test]
async fn a8_a_file_is_refused_before_it_is_read_where_that_can_be_known() {
    let stage = Stage::set_up_with(&[("FILE_MIB", "1")]).await;
    let mut ada = stage.signed_in(ADA).await;
    stage.wishes_are_done().await;
    stage.rests().await;
    let stored = stage.stored().await;
    let nobody = stage.browser().uploads(&id(1), "a.txt", b"text").await;
    assert_eq!(
        (nobody.status, nobody.body.as_str()),
        (401, "\"signed_out\"")
    );
    for (name, value) in [
        ("x-upload", "1"),
        ("x-upload", "22222222-3333-4444-8555-00000000000A"),
        ("x-upload", "00000000-0000-0000-0000-000000000000"),
        ("x-file-name", "%ff"),
    ] {
        let mut request = ada.upload_request(&id(1), "a.txt", "text");
        request
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
        let answer = ada.send(request).await;
        let told = (answer.status, answer.body.as_str());
        assert_eq!(told, (400, "\"bad_request\""), "{name}: {value}");
    }
    // Too large by its own word: nothing of it was read.
    let mut request = ada.upload_request(&id(1), "a.txt", in_pieces(vec![]));
    let length = (MIB + 1).to_string();
    request.headers_mut().insert(
        header::CONTENT_LENGTH,
        HeaderValue::from_str(&length).unwrap(),
    );
    let large = ada.send(request).await;
    let expected = json!({ "file": { "too_large": { "limit": MIB } } });
    assert_eq!((large.status, large.json()), (413, expected));
    let empty = ada.uploads(&id(1), "a.txt", b"").await;
    assert_eq!(
        (empty.status, empty.json()),
        (422, json!({ "file": "empty" }))
    );
    assert!(on_disk(&stage).is_empty());
    same(&stored, &stage.stored().await);
}

#[tokio::test]
async fn a8_programs_are_refused_whatever_they_are_called_unless_the_operator_allows_them() {
    let elf = [b"\x7fELF\x02\x01\x01".as_slice(), &[0; 64]].concat();
    let exe = [b"MZ\x90\0\x03\0\0\0\x04".as_slice(), &[0; 64]].concat();
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    for bytes in [elf.as_slice(), &exe, b"#!/bin/sh\necho hello\n"] {
        let answer = ada.uploads(&id(1), "holiday.png", bytes).await;
        let told = (answer.status, answer.json());
        assert_eq!(told, (415, json!({ "file": "program" })), "{bytes:?}");
    }
    let text = ada.uploads(&id(1), "setup.exe", b"only words").await;
    assert_eq!(
        (text.status, text.json()["kind"].as_str()),
        (201, Some("other"))
    );
    assert_eq!(on_disk(&stage).len(), 1);
    let stage = Stage::set_up_with(&[("ALLOW_PROGRAMS", "1")]).await;
    let mut ada = stage.signed_in(ADA).await;
    let taken = ada.uploads(&id(1), "tool", &elf).await;
    assert_eq!(taken.status, 201, "{taken:?}");
    // It is saved and never shown, as everything that is not a picture, PDF, sound or film.
    let opened = ada.get(&at(1)).await;
    assert_eq!(opened.header("content-type"), "application/octet-stream");
    assert!(
        opened
            .header("content-disposition")
            .starts_with("attachment; ")
    );
}

#[tokio::test]
async fn r8_what_breaks_off_lies_or_is_given_up_leaves_nothing_behind() {
    let stage = Stage::set_up_with(&[("FILE_MIB", "1")]).await;
    let mut ada = stage.signed_in(ADA).await;
    stage.wishes_are_done().await;
    stage.rests().await;
    let stored = stage.stored().await;
    let piece = || Ok(vec![b'x'; 300_000]);
    // More than may be, with no length told.
    let large = in_pieces(vec![piece(), piece(), piece(), piece()]);
    let request = ada.upload_request(&id(1), "a.txt", large);
    assert_eq!(ada.send(request).await.status, 413);
    let broken = in_pieces(vec![piece(), Err(std::io::ErrorKind::TimedOut.into())]);
    let request = ada.upload_request(&id(1), "a.txt", broken);
    assert_eq!(ada.send(request).await.status, 400);
    assert!(on_disk(&stage).is_empty());
    // The browser goes away in the middle.
    let half = stream::iter([piece()]).chain(stream::pending());
    let request = ada.upload_request(&id(1), "a.txt", Body::from_stream(half));
    let mut page = ada.clone();
    let mut sending = Box::pin(async move { page.send(request).await });
    stage
        .until(|| {
            assert!((&mut sending).now_or_never().is_none());
            std::future::ready(!on_disk(&stage).is_empty())
        })
        .await;
    drop(sending);
    assert!(on_disk(&stage).is_empty());
    same(&stored, &stage.stored().await);
    // Its name is free, and so is its place.
    assert_eq!(ada.uploads(&id(1), "a.txt", b"text").await.status, 201);
}

#[tokio::test]
async fn r2_the_same_file_twice_is_one_also_at_once() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let mut tabs: Vec<_> = (0..5).map(|_| ada.clone()).collect();
    let name = id(1);
    let sent = tabs.iter_mut().map(|tab| tab.uploads(&name, "a.png", PNG));
    let answers = futures_util::future::join_all(sent).await;
    let again = ada.uploads(&id(1), "other name.png", b"other bytes").await;
    for answer in &answers {
        assert_eq!((answer.status, &answer.body), (201, &again.body));
    }
    assert_eq!(on_disk(&stage).len(), 1);
}

#[tokio::test]
async fn a1_a_waiting_file_is_its_customers_only() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let mut bob = stage.signed_in(BOB).await;
    ada.uploads(&id(1), "hers.png", PNG).await;
    let missing = bob.get(&at(2)).await;
    let hers = bob.get(&at(1)).await;
    assert_eq!((hers.status, &hers.body), (404, &missing.body));
    drops(&mut bob, 1).await;
    assert_eq!(ada.get(&at(1)).await.status, 200);
    // The same name is another file of his.
    let his = bob.uploads(&id(1), "his.txt", b"his").await;
    assert_eq!(his.json()["name"], "his.txt");
    assert_eq!(bob.get(&at(1)).await.body, "his");
    drops(&mut ada, 1).await;
    assert_eq!(ada.get(&at(1)).await.status, 404);
    assert_eq!(bob.get(&at(1)).await.body, "his");
    assert_eq!(on_disk(&stage).len(), 1);
}

#[tokio::test]
async fn what_waits_is_bounded_for_each_customer_and_in_all() {
    let settings = [
        ("FILE_MIB", "1"),
        ("MESSAGE_MIB", "1"),
        ("WAITING_MIB_PER_CUSTOMER", "1"),
        ("WAITING_MIB", "1"),
    ];
    let stage = Stage::set_up_with(&settings).await;
    let mut ada = stage.signed_in(ADA).await;
    let mut bob = stage.signed_in(BOB).await;
    let large = vec![b'x'; MIB - 1000];
    assert_eq!(ada.uploads(&id(1), "a.txt", &large).await.status, 201);
    let more = ada.uploads(&id(2), "b.txt", &large).await;
    let expected = json!({ "file": { "too_much_waiting": { "limit": MIB } } });
    assert_eq!((more.status, more.json()), (409, expected));
    let room = bob.uploads(&id(3), "c.txt", &large).await;
    assert_eq!(
        (room.status, room.json()),
        (507, json!({ "file": "no_room" }))
    );
    drops(&mut ada, 1).await;
    assert_eq!(bob.uploads(&id(3), "c.txt", &large).await.status, 201);
    assert_eq!(on_disk(&stage).len(), 1);
}

#[tokio::test]
async fn what_nothing_takes_goes_after_a_day_and_what_no_row_knows_at_the_start() {
    let mut stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    for n in 1..=2 {
        ada.uploads(&id(n), "a.png", PNG).await;
    }
    let kept = ada.uploads(&id(1), "a.png", PNG).await.json();
    let keeping = json!({ "ticket": null, "keeping": {
        "draft": { "key": id(9), "subject": "", "text": "", "files": [kept] },
        "page": id(8), "number": 1, "base": 0,
    } });
    let answer = ada.call("tickets/keep-draft", &keeping).await;
    assert_eq!(answer.json(), json!({ "kept": 1 }), "{answer:?}");
    stage.clock.advance(25 * HOUR);
    stage
        .until(|| std::future::ready(on_disk(&stage).len() == 1))
        .await;
    let mut ada = stage.signed_in(ADA).await;
    assert_eq!(ada.get(&at(2)).await.status, 404);
    assert_eq!(ada.get(&at(1)).await.status, 200);
    std::fs::write(stage.data_dir().join("uploads/orphan"), "x").unwrap();
    stage.restart().await;
    stage
        .until(|| std::future::ready(on_disk(&stage).len() == 1))
        .await;
    let mut ada = stage.signed_in(ADA).await;
    assert_eq!(ada.get(&at(1)).await.status, 200);
    // Whoever is forgotten leaves none.
    let forgot = ada.call("session/forget", &json!({ "address": ADA })).await;
    assert_eq!(forgot.status, 200, "{forgot:?}");
    assert!(on_disk(&stage).is_empty());
}

#[tokio::test]
async fn r8_a_file_is_not_said_to_be_stored_when_the_store_or_the_disk_fails() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    stage.rests().await;
    let store = &stage.state().store;
    store.fails_when(How::Full, Box::new(|| true));
    let refused = ada.uploads(&id(1), "a.png", PNG).await;
    assert_eq!(refused.status, 503, "{refused:?}");
    store.is_well_again();
    assert_eq!(ada.get(&at(1)).await.status, 404);
    assert_eq!(ada.uploads(&id(1), "a.png", PNG).await.status, 201);
    drops(&mut ada, 1).await;
    // Something else is where the folder should be.
    std::fs::remove_dir_all(stage.data_dir().join("uploads")).unwrap();
    std::fs::write(stage.data_dir().join("uploads"), "no folder").unwrap();
    let refused = ada.uploads(&id(2), "a.png", PNG).await;
    assert_eq!(refused.status, 503, "{refused:?}");
    assert!(matches!(
        refused.json()["unavailable"]["reference"],
        Value::String(_)
    ));
    assert_eq!(ada.get(&at(2)).await.status, 404);
}
