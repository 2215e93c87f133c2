//! What is made of answers: sorted, filtered again, and of the right inbox only.

use std::num::NonZeroU32;

use chatwoot::{Address, ConversationId, Cursor, Error, MessageId, Sort, SourceId};
use serde_json::json;

use crate::support::{Reply, Server};

fn source() -> SourceId {
    SourceId::new("p1_ada").unwrap()
}

fn conversation() -> ConversationId {
    ConversationId::new(66).unwrap()
}

#[tokio::test]
async fn rows_of_another_inbox_are_dropped_and_reported() {
    let rows = r#"{"data":{"meta":{"all_count":2},"payload":[
        {"id":1,"inbox_id":54,"status":"open"},{"id":2,"inbox_id":55,"status":"open"}]}}"#;
    let server = Server::with([Reply::json(200, rows)]).await;
    let page = server
        .client()
        .conversations_of(&source(), NonZeroU32::MIN, Sort::CreatedAsc)
        .await
        .unwrap();
    assert_eq!((page.rows.len(), page.foreign, page.last), (1, 1, true));
    assert_eq!(page.rows[0].id.number(), 1);
}

#[tokio::test]
async fn a_page_is_the_last_only_when_all_were_seen() {
    let row = r#"{"id":1,"inbox_id":54}"#;
    let list = |rows: usize, total: &str| {
        let rows = vec![row; rows].join(",");
        format!(r#"{{"data":{{"meta":{{"all_count":{total}}},"payload":[{rows}]}}}}"#)
    };
    for (page, rows, total, last) in [
        (1, 25, "57", false),
        (2, 25, "57", false),
        (3, 7, "57", false),
        (4, 0, "57", true),
        (1, 10, "57", false),
        (2, 25, "50", true),
        (1, 3, "3", true),
        (1, 3, "null", false),
        (1, 0, "null", true),
    ] {
        let server = Server::with([Reply::json(200, &list(rows, total))]).await;
        let page = NonZeroU32::new(page).unwrap();
        let read = server
            .client()
            .conversations_of(&source(), page, Sort::CreatedAsc)
            .await;
        assert_eq!(
            read.unwrap().last,
            last,
            "page {page}, {rows} rows of {total}"
        );
    }
}

#[tokio::test]
async fn a_thread_is_sorted_and_filtered_again() {
    let message = |id: u64, at: u64, private: bool, kind: u8| json!({"id": id, "created_at": at, "private": private, "message_type": kind, "content": "x"});
    let rows = json!({"payload": [
        message(12, 20, false, 1), message(10, 20, false, 0), message(13, 30, true, 1),
        message(14, 31, false, 2), message(11, 10, false, 3), message(9, 5, true, 1),
    ]});
    let server = Server::with([Reply::json(200, &rows.to_string())]).await;
    let part = server
        .client()
        .messages(conversation(), Cursor::Newest)
        .await
        .unwrap();
    let ids: Vec<u64> = part.messages.iter().map(|it| it.id.number()).collect();
    assert_eq!(ids, [11, 10, 12]);
    let edges = [part.lowest, part.highest].map(|id| id.map(MessageId::number));
    assert_eq!(edges, [Some(9), Some(14)]);
    assert!(!part.more);
}

#[tokio::test]
async fn an_address_that_only_looks_alike_is_not_a_match() {
    let rows = json!({"payload": [
        {"id": 1, "email": "\u{212A}evin@example.com"}, {"id": 2, "email": "KEVIN@example.com"},
        {"id": 3, "email": null}, {"id": 4, "email": "kevin@example.com.evil"}, {"id": 5},
    ]});
    let server = Server::with([Reply::json(200, &rows.to_string())]).await;
    let kevin = Address::new("kevin@example.com").unwrap();
    let found = server.client().contacts_by_email(&kevin).await.unwrap();
    let ids: Vec<u64> = found.iter().map(|it| it.id.number()).collect();
    assert_eq!(ids, [2]);
}

#[tokio::test]
async fn nobody_is_told_from_a_missing_inbox() {
    let server = Server::with([Reply::Whole(404, vec![], vec![])]).await;
    let client = server.client();
    assert_eq!(client.contact_by_source(&source()).await.unwrap(), None);
    server.reply(Reply::json(
        404,
        r#"{"error":"Resource could not be found"}"#,
    ));
    let end = client.contact_by_source(&source()).await;
    assert!(matches!(end, Err(Error::NotFound)), "{end:?}");
}

#[tokio::test]
async fn calls_can_be_made_from_any_thread() {
    fn sendable<T: Send>(call: T) -> T {
        call
    }
    let server = Server::with([Reply::json(200, r#"{"id":66,"inbox_id":54}"#)]).await;
    let client = server.client();
    let read = tokio::spawn(sendable(async move {
        client.conversation(conversation()).await
    }));
    assert_eq!(read.await.unwrap().unwrap().id, conversation());
}
