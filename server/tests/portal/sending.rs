//! Messages with files: the files are stored with them, wait with them, arrive once with all their bytes, and come back when the message does.

use fake_chatwoot::Weather;
use serde_json::{Value, json};

use crate::files::PNG;
use crate::support::{Answer, Browser, Stage};
use crate::uploads::{at, id, on_disk};

const ADA: &str = "ada@example.com";
const TEXT: &[u8] = "größe\n".as_bytes();

pub(crate) async fn opens(stage: &Stage, browser: &mut Browser, n: u32) -> String {
    let new = json!({ "new": { "key": id(n), "subject": "A ticket", "message": "Hello" } });
    let opened = browser.call("tickets/open", &new).await;
    assert_eq!(opened.status, 200, "{opened:?}");
    stage.rests().await;
    opened.json().as_str().unwrap().to_owned()
}

pub(crate) async fn replies(
    browser: &mut Browser,
    ticket: &str,
    n: u32,
    text: &str,
    files: &[u32],
) -> Answer {
    let files: Vec<_> = files.iter().map(|file| id(*file)).collect();
    let reply = json!({ "ticket": ticket, "key": id(n), "text": text, "files": files });
    browser.call("tickets/reply", &reply).await
}

/// The messages of a ticket, as the page has them.
pub(crate) async fn shown(browser: &mut Browser, ticket: &str) -> Vec<Value> {
    let show = json!({ "ticket": ticket, "earlier": null, "known": null });
    let view = browser.call("tickets/show", &show).await.json();
    let entries = view["changed"]["entries"].as_array().unwrap().clone();
    let messages = entries.into_iter().map(|mut it| it["message"].take());
    messages.filter(|it| !it.is_null()).collect()
}

/// Names and bytes of a message's files, opened as the page opens them.
pub(crate) async fn opened(
    browser: &mut Browser,
    ticket: &str,
    message: &Value,
) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for file in message["files"].as_array().unwrap() {
        let path = match file["upload"].as_str() {
            Some(upload) => format!("/portal/uploads/{upload}"),
            None => format!("/portal/files/{ticket}/{}", file["id"]),
        };
        let answer = browser.get(&path).await;
        assert_eq!(answer.status, 200, "{file}: {answer:?}");
        files.push((file["name"].as_str().unwrap().to_owned(), answer.body));
    }
    files
}

pub(crate) fn both() -> Vec<(String, String)> {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    vec![
        ("Größe 1.png".to_owned(), text(PNG)),
        ("notes.txt".to_owned(), text(TEXT)),
    ]
}

pub(crate) async fn sends_both(browser: &mut Browser) {
    for (n, name, bytes) in [(101, "../Größe 1.png", PNG), (102, "notes.txt", TEXT)] {
        let sent = browser.uploads(&id(n), name, bytes).await;
        assert_eq!(sent.status, 201, "{sent:?}");
    }
}

#[tokio::test]
async fn a8_a_file_is_kept_sealed_opened_by_its_customer_and_sent_with_a_reply() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let ticket = opens(&stage, &mut ada, 1).await;
    let sent = ada.uploads(&id(2), "../Größe 1.png", PNG).await;
    let expected =
        json!({ "id": id(2), "name": "Größe 1.png", "size": PNG.len(), "kind": "image" });
    assert_eq!((sent.status, sent.json()), (201, expected));
    let [name] = on_disk(&stage).try_into().unwrap();
    let bytes = std::fs::read(stage.data_dir().join("uploads").join(&name)).unwrap();
    assert!(!bytes.windows(8).any(|it| PNG.starts_with(it)));
    let picture = ada.get(&at(2)).await;
    assert_eq!(picture.header("content-type"), "image/png");
    assert_eq!(picture.body, String::from_utf8_lossy(PNG));

    let reply = replies(&mut ada, &ticket, 3, "", &[2]).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    assert_eq!(reply.json()["files"][0]["upload"], json!(id(2)));
    stage.rests().await;
    let last = shown(&mut ada, &ticket).await.pop().unwrap();
    assert_eq!(opened(&mut ada, &ticket, &last).await, both()[..1]);
    assert_eq!(last["files"][0]["upload"], Value::Null);
    assert!(on_disk(&stage).is_empty());
    assert_eq!(ada.get(&at(2)).await.status, 404);
    let list = ada.list().await.json();
    assert_eq!(list["changed"]["rows"][0]["last"][1], "Größe 1.png");
}

#[tokio::test]
async fn r3_files_wait_with_their_message_over_an_outage_and_a_restart_and_arrive_once() {
    let mut stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let ticket = opens(&stage, &mut ada, 1).await;
    sends_both(&mut ada).await;
    stage.fake.set_weather(Weather::Down503);
    let first = replies(&mut ada, &ticket, 2, "See here", &[101, 102]).await;
    assert_eq!(first.status, 200, "{first:?}");
    stage.rests().await;
    for _ in 0..2 {
        let waits = shown(&mut ada, &ticket).await.pop().unwrap();
        assert_ne!(waits["delivery"], "sent", "{waits}");
        assert_eq!(opened(&mut ada, &ticket, &waits).await, both());
        stage.restart().await;
    }
    // The same key and files give the same answer, others do not.
    let again = replies(&mut ada, &ticket, 2, "See here", &[101, 102]).await;
    assert_eq!((again.status, &again.body), (200, &first.body));
    let other = replies(&mut ada, &ticket, 2, "See here", &[101]).await;
    assert_eq!(other.status, 409, "{other:?}");
    stage.fake.set_weather(Weather::Well);
    for _ in 0..30 {
        stage.clock.advance(std::time::Duration::from_secs(10));
        stage.rests().await;
    }
    let arrived = stage
        .fake
        .messages_with_source(&format!("portal:{}", id(2)));
    assert_eq!((arrived.len(), arrived[0].attachments.len()), (1, 2));
    let kinds: Vec<_> = arrived[0]
        .attachments
        .iter()
        .map(|it| it.file_type)
        .collect();
    assert_eq!(kinds, ["image", "file"]);
    let last = shown(&mut ada, &ticket).await.pop().unwrap();
    assert_eq!(opened(&mut ada, &ticket, &last).await, both());
    assert!(on_disk(&stage).is_empty());
}

#[tokio::test]
async fn r1_a_message_with_files_in_doubt_is_looked_for_and_never_doubled() {
    for sentinel in ["fail: lost", "fail: 500 after", "fail: once"] {
        let stage = Stage::set_up().await;
        let mut ada = stage.signed_in(ADA).await;
        let ticket = opens(&stage, &mut ada, 1).await;
        sends_both(&mut ada).await;
        let reply = replies(&mut ada, &ticket, 2, sentinel, &[101, 102]).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        for _ in 0..12 {
            stage.rests().await;
            stage.clock.advance(std::time::Duration::from_secs(10));
        }
        stage.rests().await;
        let arrived = stage
            .fake
            .messages_with_source(&format!("portal:{}", id(2)));
        let files: Vec<_> = arrived.iter().map(|it| it.attachments.len()).collect();
        assert_eq!(files, [2], "{sentinel}");
        let last = shown(&mut ada, &ticket).await.pop().unwrap();
        assert_eq!(opened(&mut ada, &ticket, &last).await, both(), "{sentinel}");
    }
}

#[tokio::test]
async fn a_new_ticket_may_have_files_and_no_words() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    sends_both(&mut ada).await;
    let files = [id(101), id(102)];
    let new =
        json!({ "new": { "key": id(1), "subject": "Scanner", "message": " ", "files": files } });
    let ticket = ada.call("tickets/open", &new).await;
    assert_eq!(ticket.status, 200, "{ticket:?}");
    let ticket = ticket.json().as_str().unwrap().to_owned();
    let waits = shown(&mut ada, &ticket).await.pop().unwrap();
    assert_eq!(opened(&mut ada, &ticket, &waits).await, both());
    stage.rests().await;
    let number = stage.fake.conversations().last().unwrap().id;
    let [first] = stage.fake.messages(number).try_into().unwrap();
    assert_eq!(first.content.as_deref(), Some("**Scanner**"));
    let first = shown(&mut ada, &ticket).await.pop().unwrap();
    // The subject is not said twice.
    assert_eq!(
        (&first["kind"], &first["body"]),
        (&json!("text"), &json!([]))
    );
    assert_eq!(opened(&mut ada, &ticket, &first).await, both());
    let nothing = json!({ "new": { "key": id(2), "subject": "Scanner", "message": " " } });
    assert_eq!(ada.call("tickets/open", &nothing).await.status, 422);
}

#[tokio::test]
async fn a_file_that_is_gone_is_named_and_nothing_is_sent_without_it() {
    let limits = [
        ("FILES_PER_MESSAGE", "2"),
        ("FILE_MIB", "1"),
        ("MESSAGE_MIB", "1"),
    ];
    let stage = Stage::set_up_with(&limits).await;
    let mut ada = stage.signed_in(ADA).await;
    let ticket = opens(&stage, &mut ada, 1).await;
    sends_both(&mut ada).await;
    let gone = json!({ "file": { "gone": { "file": id(103) } } });
    let answer = replies(&mut ada, &ticket, 2, "See", &[101, 103]).await;
    assert_eq!((answer.status, answer.json()), (422, gone));
    let many = replies(&mut ada, &ticket, 2, "See", &[101, 102, 103]).await;
    let limit = json!({ "file": { "too_many": { "limit": 2 } } });
    assert_eq!((many.status, many.json()), (422, limit));
    for n in [104, 105] {
        ada.uploads(&id(n), "a.txt", &vec![b'x'; 600_000]).await;
    }
    let large = replies(&mut ada, &ticket, 2, "See", &[104, 105]).await;
    let limit = json!({ "file": { "too_large_in_all": { "limit": 1024 * 1024 } } });
    assert_eq!((large.status, large.json()), (422, limit));
    // What is taken cannot be taken again; the same one twice is one.
    let taken = replies(&mut ada, &ticket, 2, "See", &[101, 101]).await;
    assert_eq!(
        taken.json()["files"].as_array().unwrap().len(),
        1,
        "{taken:?}"
    );
    let again = replies(&mut ada, &ticket, 3, "See", &[101]).await;
    assert_eq!(again.status, 422, "{again:?}");
    stage.rests().await;
    // A copy of the store that was put back without its files.
    std::fs::remove_dir_all(stage.data_dir().join("uploads")).unwrap();
    let lost = replies(&mut ada, &ticket, 4, "See", &[102]).await;
    assert_eq!(lost.json()["file"]["gone"]["file"], json!(id(102)));
    stage.rests().await;
    assert_eq!(
        stage
            .fake
            .messages(stage.fake.conversations().last().unwrap().id)
            .len(),
        2
    );
}

#[tokio::test]
async fn what_is_taken_back_comes_with_its_files_and_goes_again() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let ticket = opens(&stage, &mut ada, 1).await;
    sends_both(&mut ada).await;
    stage.fake.set_weather(Weather::Down503);
    // Until that is known: what is written then was surely not sent.
    for _ in 0..6 {
        stage.clock.advance(std::time::Duration::from_secs(30));
        stage.rests().await;
    }
    replies(&mut ada, &ticket, 2, "See", &[101, 102]).await;
    stage.rests().await;
    let back = json!({ "ticket": ticket, "key": id(2) });
    let back = ada.call("tickets/take-back", &back).await;
    assert_eq!(back.status, 200, "{back:?}");
    let names: Vec<_> = back.json()["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["name"].clone())
        .collect();
    assert_eq!(names, ["Größe 1.png", "notes.txt"]);
    // His names for them are sealed again.
    assert!(
        !stage
            .stored()
            .await
            .iter()
            .any(|row| row.contains("Größe 1.png"))
    );
    assert_eq!(
        replies(&mut ada, &ticket, 3, "Again", &[102, 101])
            .await
            .status,
        200
    );
    stage.fake.set_weather(Weather::Well);
    for _ in 0..30 {
        stage.clock.advance(std::time::Duration::from_secs(10));
        stage.rests().await;
    }
    assert!(
        stage
            .fake
            .messages_with_source(&format!("portal:{}", id(2)))
            .is_empty()
    );
    assert_eq!(
        stage
            .fake
            .messages_with_source(&format!("portal:{}", id(3)))
            .len(),
        1
    );
}

#[tokio::test]
async fn r6_a_draft_keeps_its_files_for_another_device_until_it_is_sent() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let ticket = opens(&stage, &mut ada, 1).await;
    sends_both(&mut ada).await;
    let files: Vec<_> = [101, 102]
        .map(|n| json!({ "id": id(n), "name": "whatever", "size": 1, "kind": "pdf" }))
        .to_vec();
    let keeping = json!({ "ticket": ticket, "keeping": {
        "draft": { "key": id(2), "text": "", "files": files },
        "page": id(3), "number": 1, "base": 0,
    } });
    assert_eq!(
        ada.call("tickets/keep-draft", &keeping).await.json(),
        json!({ "kept": 1 })
    );
    let mut phone = stage.signed_in(ADA).await;
    let asked = json!({ "ticket": ticket });
    let draft = phone.call("tickets/draft", &asked).await.json();
    // As the server knows them, whatever the browser said of them.
    let first = json!({ "id": id(101), "name": "Größe 1.png", "size": PNG.len(), "kind": "image" });
    assert_eq!(draft["draft"]["files"][0], first);
    assert_eq!(draft["draft"]["files"][1]["name"], "notes.txt");
    let dropped = json!({ "file": id(102) });
    phone.call("tickets/drop-upload", &dropped).await;
    let draft = phone.call("tickets/draft", &asked).await.json();
    assert_eq!(draft["draft"]["files"].as_array().unwrap().len(), 1);
    assert_eq!(
        replies(&mut phone, &ticket, 2, "", &[101]).await.status,
        200
    );
    let draft = ada.call("tickets/draft", &asked).await.json();
    assert_eq!(draft["draft"], Value::Null);
}
