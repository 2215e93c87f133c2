//! What is sent when there are files: a form with the same words, the files as a list, and its length told.

use std::io;

use bytes::Bytes;
use chatwoot::{
    Client, ContactId, Content, ConversationId, Done, Error, Limits, Mark, MessageSourceId,
    NewConversation, NewFile, NewFiles, NewMessage, SourceId, Subject,
};
use futures_util::StreamExt;
use futures_util::stream;

use crate::support::{Reply, Server};

fn file(name: &str, content_type: &str, pieces: &[&'static str]) -> NewFile {
    let length = pieces.iter().map(|it| it.len() as u64).sum();
    let pieces: Vec<_> = pieces
        .iter()
        .map(|it| Ok(Bytes::from_static(it.as_bytes())))
        .collect();
    NewFile {
        name: name.to_owned(),
        content_type: content_type.to_owned(),
        length,
        bytes: stream::iter(pieces).boxed(),
    }
}

fn reply(content: Option<&str>) -> NewMessage {
    NewMessage {
        content: content.map(|it| Content::new(it).unwrap()),
        source_id: MessageSourceId::new("portal:0001").unwrap(),
        in_reply_to: None,
    }
}

fn conversation() -> ConversationId {
    ConversationId::new(66).unwrap()
}

/// The body as it came, with a boundary that is always the same; and that its length was told.
async fn asked<T>(answer: &str, call: impl AsyncFnOnce(Client) -> Result<T, Error>) -> String {
    let server = Server::with([Reply::json(200, answer)]).await;
    call(server.client()).await.map(drop).unwrap();
    let asked = server.only();
    let kind = asked.header("content-type").unwrap();
    let boundary = kind
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap()
        .to_owned();
    let length: usize = asked.header("content-length").unwrap().parse().unwrap();
    assert_eq!(length, asked.body.len());
    asked.body.replace(&boundary, "B").replace("\r\n", "\n")
}

#[tokio::test]
async fn a_message_with_files_is_a_form_with_a_list_of_them() {
    let answer = r#"{"id":9,"message_type":0,"private":false,"content":"Hi","created_at":1}"#;
    let files = vec![
        file("Größe \"1\".png", "image/png", &["\u{89}PNG", "abc"]),
        file("notes.txt", "text/plain", &["hello\n"]),
    ];
    let body = asked(answer, async |it| {
        let files = NewFiles::new(files);
        it.post_incoming(conversation(), &reply(Some("Hi")), files)
            .await
    })
    .await;
    assert_eq!(
        body,
        "--B\nContent-Disposition: form-data; name=\"message_type\"\n\nincoming\n\
         --B\nContent-Disposition: form-data; name=\"source_id\"\n\nportal:0001\n\
         --B\nContent-Disposition: form-data; name=\"content\"\n\nHi\n\
         --B\nContent-Disposition: form-data; name=\"attachments[]\"; filename=\"Größe \\\"1\\\".png\"\nContent-Type: image/png\n\n\u{89}PNGabc\n\
         --B\nContent-Disposition: form-data; name=\"attachments[]\"; filename=\"notes.txt\"\nContent-Type: text/plain\n\nhello\n\n\
         --B--\n"
    );
    let body = asked(answer, async |it| {
        let files = NewFiles::new(vec![file("", "no type at all", &["x"])]);
        it.post_incoming(conversation(), &reply(None), files).await
    })
    .await;
    assert!(!body.contains("name=\"content\""), "{body}");
    assert!(
        body.contains("name=\"attachments[]\"; filename=\"file\"\n\nx\n"),
        "{body}"
    );
}

#[tokio::test]
async fn a_new_conversation_with_files_says_everything_in_its_form() {
    let new = NewConversation {
        contact: ContactId::new(99).unwrap(),
        source: SourceId::new("p1_ada").unwrap(),
        subject: Subject::new("Printer on fire").unwrap(),
        portal_ticket: Mark::new("uuid-1").unwrap(),
        portal_sig: Mark::new("sig-1").unwrap(),
        content: Some(Content::new("It **burns**.").unwrap()),
        message_source_id: MessageSourceId::new("portal:0001").unwrap(),
    };
    let body = asked(r#"{"id":66,"inbox_id":54,"status":"open"}"#, async |it| {
        let files = NewFiles::new(vec![file("a.txt", "text/plain", &["x"])]);
        it.open_conversation(&new, files).await
    })
    .await;
    for (name, value) in [
        ("inbox_id", "54"),
        ("contact_id", "99"),
        ("source_id", "p1_ada"),
        ("status", "open"),
        ("additional_attributes[mail_subject]", "Printer on fire"),
        ("additional_attributes[portal_ticket]", "uuid-1"),
        ("additional_attributes[portal_sig]", "sig-1"),
        ("custom_attributes[portal_subject]", "Printer on fire"),
        ("message[content]", "It **burns**."),
        ("message[message_type]", "incoming"),
        ("message[source_id]", "portal:0001"),
    ] {
        let part = format!("form-data; name=\"{name}\"\n\n{value}\n--B");
        assert!(body.contains(&part), "{name}: {body}");
    }
    assert!(body.contains("name=\"message[attachments][]\"; filename=\"a.txt\""));
}

#[tokio::test]
async fn nothing_to_say_is_not_sent_and_a_file_that_cannot_be_read_leaves_a_doubt() {
    let server = Server::with([]).await;
    let nothing = server
        .client()
        .post_incoming(conversation(), &reply(None), None)
        .await;
    assert_eq!(nothing.unwrap_err().done(), Done::No);
    assert!(server.asked().is_empty());
    assert!(NewFiles::new(vec![]).is_none());

    let broken = NewFile {
        bytes: stream::iter([Err(io::Error::other("a bad disk"))]).boxed(),
        ..file("a.txt", "text/plain", &["x"])
    };
    let files = NewFiles::new(vec![broken]);
    let server = Server::with([Reply::json(200, "{}")]).await;
    let ended = server
        .client()
        .post_incoming(conversation(), &reply(None), files)
        .await;
    assert_eq!(ended.unwrap_err().done(), Done::Maybe);
}

#[test]
fn files_get_the_time_that_they_need() {
    let limits = Limits::default();
    assert_eq!(limits.write_of(0), limits.write);
    let more = limits.write_of(40 * 1024 * 1024) - limits.write;
    assert_eq!(more.as_secs(), 80);
}
