//! Files that customers send (promise A8, R8): refused by what they are and before they are read, kept whole or not at all, their customer's
//! only, and sent with the message that takes them.

use serde_json::{Value, json};

use crate::files::PNG;
use crate::support::{Answer, Browser, Stage};

const ADA: &str = "ada@example.com";

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

async fn opens(stage: &Stage, browser: &mut Browser, n: u32) -> String {
    let new = json!({ "new": { "key": id(n), "subject": "A ticket", "message": "Hello" } });
    let opened = browser.call("tickets/open", &new).await;
    assert_eq!(opened.status, 200, "{opened:?}");
    stage.rests().await;
    opened.json().as_str().unwrap().to_owned()
}

async fn replies(browser: &mut Browser, ticket: &str, n: u32, text: &str, files: &[u32]) -> Answer {
    let files: Vec<_> = files.iter().map(|file| id(*file)).collect();
    let reply = json!({ "ticket": ticket, "key": id(n), "text": text, "files": files });
    browser.call("tickets/reply", &reply).await
}

#[tokio::test]
async fn a8_a_file_is_kept_sealed_opened_by_its_customer_and_sent_with_a_reply() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let ticket = opens(&stage, &mut ada, 1).await;
    let sent = ada.uploads(&id(2), "../Größe 1.png", PNG).await;
    assert_eq!(sent.status, 201, "{sent:?}");
    let expected =
        json!({ "id": id(2), "name": "Größe 1.png", "size": PNG.len(), "kind": "image" });
    assert_eq!(sent.json(), expected);
    let [name] = on_disk(&stage).try_into().unwrap();
    let bytes = std::fs::read(stage.data_dir().join("uploads").join(&name)).unwrap();
    assert!(!bytes.windows(8).any(|it| PNG.starts_with(it)));
    let opened = ada.get(&format!("/portal/uploads/{}", id(2))).await;
    assert_eq!(opened.status, 200, "{opened:?}");
    assert_eq!(opened.header("content-type"), "image/png");
    assert_eq!(opened.body, String::from_utf8_lossy(PNG));

    let reply = replies(&mut ada, &ticket, 3, "", &[2]).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    assert_eq!(reply.json()["files"][0]["upload"], json!(id(2)));
    stage.rests().await;
    let number = stage.fake.conversations().last().unwrap().id;
    let messages = stage.fake.messages(number);
    let last = messages.last().unwrap();
    assert_eq!(last.attachments.len(), 1);
    let show = json!({ "ticket": ticket, "earlier": null, "known": null });
    let view = ada.call("tickets/show", &show).await.json();
    let entries = view["changed"]["entries"].as_array().unwrap();
    let file = &entries.last().unwrap()["message"]["files"][0];
    assert_eq!(
        (&file["name"], &file["upload"]),
        (&json!("Größe 1.png"), &Value::Null)
    );
    let path = format!("/portal/files/{ticket}/{}", file["id"]);
    assert_eq!(ada.get(&path).await.body, String::from_utf8_lossy(PNG));
    assert!(on_disk(&stage).is_empty());
    let gone = ada.get(&format!("/portal/uploads/{}", id(2))).await;
    assert_eq!(gone.status, 404);
}
