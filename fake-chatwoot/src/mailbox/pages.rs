//! The page on which one reads the mails, and the list of them for tests.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};

use super::{Inside, Mail};

/// `/mailbox`, `/mailbox.json` and what the page asks for.
pub(super) fn routes<S: Clone + Send + Sync + 'static>(inside: Arc<Inside>) -> Router<S> {
    Router::new()
        .route("/mailbox", get(page))
        .route("/mailbox.js", get(script))
        .route("/mailbox.json", get(list))
        .route("/mailbox/clear", post(clear))
        .route("/mailbox/{id}/html", get(html))
        .with_state(inside)
}

async fn page() -> Html<&'static str> {
    Html(include_str!("pages/mailbox.html"))
}

async fn script() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")],
        include_str!("pages/mailbox.js"),
    )
}

async fn list(State(inside): State<Arc<Inside>>) -> Json<Vec<Mail>> {
    Json(inside.kept().mails.iter().cloned().collect())
}

async fn clear(State(inside): State<Arc<Inside>>) -> StatusCode {
    inside.kept().mails.clear();
    StatusCode::NO_CONTENT
}

/// A mail's HTML part, which may do nothing: no script, nothing loaded, in a frame of its own.
async fn html(State(inside): State<Arc<Inside>>, Path(id): Path<u64>) -> Response {
    let html = inside
        .kept()
        .mails
        .iter()
        .find(|mail| mail.id == id)
        .and_then(|mail| mail.html.clone());
    let Some(html) = html else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox allow-popups allow-top-navigation-by-user-activation";
    ([(header::CONTENT_SECURITY_POLICY, policy)], Html(html)).into_response()
}
