//! A7: no state is changed by GET or HEAD.

use axum::body::Body;
use http::Method;

use crate::endpoints::{CALLS, Things, addresses};
use crate::support::{Stage, same};

/// All that could change: the store, Chatwoot's rows and writes, and the mails.
async fn everything(stage: &Stage) -> Vec<String> {
    stage.rests().await;
    let mut all = stage.stored().await;
    for row in stage.fake.conversations() {
        all.push(format!("{row:?}"));
        all.extend(
            stage
                .fake
                .messages(row.id)
                .iter()
                .map(|it| format!("{it:?}")),
        );
    }
    all.push(format!("{} writes", stage.fake.ledger().len()));
    all.push(format!("{} mails", stage.mailbox.mails().len()));
    all
}

#[tokio::test]
async fn a7_nothing_changes_by_reading_everything() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in("ada@example.com").await;
    let hers = Things::of(&stage, &mut ada, "Hers").await;
    // Something unread: looking is not having seen.
    let number = stage.fake.conversations().last().unwrap().id;
    stage.fake.agent_replies(number, "Not read yet").unwrap();
    let page = format!("/portal/tickets/{}", hers.ticket);
    ada.get(&page).await;
    let before = everything(&stage).await;
    let mut paths: Vec<_> = addresses(&stage, &hers)
        .await
        .into_iter()
        .map(|it| it.path)
        .collect();
    for call in CALLS {
        let query = "?ticket=x&language=es&token=x";
        paths.push(format!("/portal/api/{}{query}", call.endpoint));
    }
    for method in [Method::GET, Method::HEAD] {
        for path in &paths {
            if method == Method::GET && path == "/portal/live" {
                assert_eq!(ada.live().await.status, 200);
                continue;
            }
            let request = ada.request(method.clone(), path);
            let request = request.header("content-type", "application/json");
            let answer = ada.send(request.body(Body::from("{}")).unwrap()).await;
            assert!(answer.status < 500, "{method} {path}: {answer:?}");
            let is_call = path.starts_with("/portal/api/");
            assert_eq!(answer.status == 405, is_call, "{method} {path}: {answer:?}");
            assert!(
                answer.headers.get("set-cookie").is_none(),
                "{method} {path}"
            );
        }
    }
    same(&before, &everything(&stage).await);
}
