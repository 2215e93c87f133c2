//! A1: another's ticket answers byte for byte as one that does not exist, for every call that names a ticket.

use serde_json::{Value, json};

use crate::support::Stage;

const MISSING: &str = "6bdc3f4d-0bec-4515-a284-5d916fdde489";
const KEY: &str = "11111111-2222-4333-8444-555555555555";

/// Every call that names a ticket, with a good body.
fn calls(ticket: &str) -> Vec<(&'static str, Value)> {
    vec![
        (
            "tickets/show",
            json!({ "ticket": ticket, "earlier": null, "known": null }),
        ),
        (
            "tickets/reply",
            json!({ "ticket": ticket, "key": KEY, "text": "Hello" }),
        ),
        ("tickets/retry", json!({ "ticket": ticket, "key": KEY })),
        ("tickets/cancel", json!({ "ticket": ticket, "key": KEY })),
        ("tickets/seen", json!({ "ticket": ticket, "version": 1 })),
    ]
}

#[tokio::test]
async fn a1_anothers_ticket_answers_as_one_that_does_not_exist() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in("ada@example.com").await;
    let mut bob = stage.signed_in("bob@example.com").await;
    let new = json!({ "new": { "key": KEY, "subject": "Hers", "message": "Secret" } });
    let opened = ada.call("tickets/open", &new).await;
    assert_eq!(opened.status, 200, "{opened:?}");
    let hers = opened.json().as_str().unwrap().to_owned();
    stage.state().tickets.idle().await;
    for ((endpoint, body), (_, missing)) in calls(&hers).into_iter().zip(calls(MISSING)) {
        let his = bob.call(endpoint, &body).await;
        let nobodys = bob.call(endpoint, &missing).await;
        assert_eq!(his.status, 404, "{endpoint}: {his:?}");
        assert_eq!(
            (his.status, &his.body, &his.headers),
            (nobodys.status, &nobodys.body, &nobodys.headers),
            "{endpoint}"
        );
    }
    for (endpoint, body) in calls(&hers) {
        let own = ada.call(endpoint, &body).await;
        assert_ne!(own.status, 404, "{endpoint}: {own:?}");
    }
    let (his, hers_page) = (
        bob.get(&format!("/portal/tickets/{hers}")).await,
        bob.get(&format!("/portal/tickets/{MISSING}")).await,
    );
    assert_eq!((his.status, hers_page.status), (404, 404));
    assert!(!his.body.contains("Hers") && !his.body.contains("Secret"));
}

#[tokio::test]
async fn a1_every_call_that_names_a_ticket_is_in_this_test() {
    let here: Vec<_> = calls(MISSING)
        .into_iter()
        .map(|(endpoint, _)| format!("/api/{endpoint}"))
        .collect();
    for (path, _) in leptos::server_fn::axum::server_fn_paths() {
        let names_none = ["/api/tickets/list", "/api/tickets/open"].contains(&path);
        if path.starts_with("/api/tickets/") && !names_none {
            assert!(
                here.iter().any(|it| it == path),
                "{path} is not tried as another customer"
            );
        }
    }
}
