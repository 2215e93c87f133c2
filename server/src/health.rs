//! `/healthz`: whether the portal serves, and what it knows of Chatwoot and the mail server. Either of them being away does not make it ill:
//! it serves what it has. Its own store does.

use std::sync::Arc;

use app::tickets::model::Freshness;
use axum::Json;
use axum::extract;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::json;

use crate::state::State;
use crate::store::ability::Inability;
use crate::store::alarms;

/// 200 with `ok`, or with `degraded` while Chatwoot or mail is away or the store cannot be written (webhooks are no such matter: all works
/// without); 503 if the store cannot be read.
pub async fn healthz(extract::State(state): extract::State<Arc<State>>) -> Response {
    let contacts_at_risk = match state.store.read(alarms::count).await {
        Ok(count) => count,
        Err(error) => {
            tracing::error!(%error, "the store cannot be read");
            let body = Json(json!({ "status": "down", "store": "failing" }));
            return (StatusCode::SERVICE_UNAVAILABLE, body).into_response();
        }
    };
    let (chatwoot, since) = match state.tickets.freshness() {
        Freshness::Live => (Known::Well, None),
        Freshness::AsOf(then) => (Known::Away, Some(then)),
    };
    let mail = match state.post.is_well() {
        Some(true) => Known::Well,
        Some(false) => Known::Away,
        None => Known::NotTried,
    };
    let (hook, hook_at) = state.tickets.signals().hook();
    let cable = if state.tickets.signals().has_cable() {
        "ok"
    } else {
        "off"
    };
    let unable = state.store.inability();
    let status = if chatwoot == Known::Away || mail == Known::Away || unable.is_some() {
        "degraded"
    } else {
        "ok"
    };
    let body = json!({
        "status": status,
        "store": unable.map_or("ok", Inability::word),
        "store_cure": unable.map(Inability::cure),
        "chatwoot": chatwoot.word(),
        "chatwoot_last_heard": since,
        "chatwoot_cure": state.tickets.cure(),
        "faults": state.set_up.faults(),
        "mail": mail.word(),
        "contacts_at_risk": contacts_at_risk,
        "tickets_refused": state.tickets.refused(),
        "webhooks": hook.word(),
        "webhook_last_came": hook_at,
        "cable": cable,
    });
    Json(body).into_response()
}

/// What is known of a neighbour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    Well,
    Away,
    NotTried,
}

impl Known {
    fn word(self) -> &'static str {
        match self {
            Self::Well => "ok",
            Self::Away => "away",
            Self::NotTried => "not tried",
        }
    }
}

/// Tries the mail server once, at the start, so that the log says early that nobody will get in. Nothing is sent.
pub async fn try_mail(state: Arc<State>) {
    let problem = match state.post.try_connection().await {
        Ok(true) => return,
        Ok(false) => "it is not well".to_owned(),
        Err(error) => error.to_string(),
    };
    tracing::error!(
        problem,
        "no mail can be sent, so that nobody can sign in anew; `chatwoot-portal check` tells what to do"
    );
}
