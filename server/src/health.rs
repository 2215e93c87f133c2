//! `/healthz`: whether the portal serves. Chatwoot or mail being away does not make it ill; its own store does.

use std::sync::Arc;

use axum::Json;
use axum::extract;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::json;

use crate::state::State;

/// 200 with `ok`, or 503 if the store cannot be read.
pub async fn healthz(extract::State(state): extract::State<Arc<State>>) -> Response {
    let read = state
        .store
        .read(|tx| Ok(tx.query_row("SELECT 1", [], |row| row.get::<_, i64>(0))?));
    match read.await {
        Ok(_) => Json(json!({ "status": "ok" })).into_response(),
        Err(error) => {
            tracing::error!(%error, "the store cannot be read");
            let body = Json(json!({ "status": "store" }));
            (StatusCode::SERVICE_UNAVAILABLE, body).into_response()
        }
    }
}
