//! What a client asks first: version, health, whose token this is, the account.

use axum::extract::{Path, State};
use serde_json::json;

use super::admit::user;
use crate::answer::{Answer, Reply};
use crate::inside::Shared;
use crate::request::{Call, lenient};

/// `GET /api`.
pub(super) async fn version(State(fake): State<Shared>) -> Answer {
    let timestamp = fake.data().time().plain();
    Answer::json(
        json!({ "version": "4.14.2", "timestamp": timestamp, "queue_services": "ok", "data_services": "ok" }),
    )
}

/// `GET /health`.
pub(super) async fn health() -> Answer {
    Answer::json(json!({ "status": "woot" }))
}

/// `GET /api/v1/profile`.
pub(super) async fn profile(State(fake): State<Shared>, call: Call) -> Reply {
    let data = fake.data();
    let user = user(&data, &call)?;
    Ok(Answer::json(data.profile_json(&user)))
}

/// `GET /api/v1/accounts/:id`; an account that is not the caller's is not there.
pub(super) async fn account(
    State(fake): State<Shared>,
    Path(account): Path<String>,
    call: Call,
) -> Reply {
    let data = fake.data();
    user(&data, &call)?;
    if lenient(&account) != data.account.id.0 {
        return Err(Answer::not_found());
    }
    Ok(Answer::json(data.account.json()))
}
