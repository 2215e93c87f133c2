//! What happens to every call on its way in and out: counted, made to feel the weather, delayed, given an ETag.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use sha2::{Digest, Sha256};

use crate::answer::{CutConnection, Rows};
use crate::inside::Shared;
use crate::options::Latency;
use crate::weather::{Weather, pause};

/// The number of a call, for its entry in the ledger.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallNumber(pub(crate) u64);

/// The layer around the API's routes.
pub(crate) async fn watch(
    State(fake): State<Shared>,
    mut request: Request,
    next: Next,
) -> Response {
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("(no route)", MatchedPath::as_str)
        .to_owned();
    let method = request.method().clone();
    let number = {
        let mut ledger = fake.ledger();
        ledger.last_number += 1;
        *ledger.calls.entry(format!("{method} {route}")).or_default() += 1;
        ledger.last_number
    };
    request.extensions_mut().insert(CallNumber(number));
    match fake.weather() {
        Weather::Hanging => std::future::pending::<()>().await,
        Weather::Cutting => return cut(),
        weather => {
            if let Some(answer) = weather.answer() {
                return answer.into_response();
            }
        }
    }
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    if let Some(entry) = fake
        .ledger()
        .entries
        .iter_mut()
        .rev()
        .find(|entry| entry.number == number)
    {
        let lost = response.extensions().get::<CutConnection>().is_some();
        entry.status = (!lost).then(|| response.status().as_u16());
    }
    if fake.options.latency == Latency::AsReal {
        let rows = response.extensions().get::<Rows>().map_or(0, |rows| rows.0);
        pause(cost(&method, &route, rows)).await;
    }
    if method == Method::GET && response.status() == StatusCode::OK {
        tagged(response, known).await
    } else {
        response
    }
}

/// A response that never leaves.
pub(crate) fn cut() -> Response {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(CutConnection);
    response
}

async fn tagged(response: Response, known: Option<HeaderValue>) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(collected) = body.collect().await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let bytes = collected.to_bytes();
    let digest: String = Sha256::digest(&bytes)
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let Ok(tag) = HeaderValue::from_str(&format!("W/\"{digest}\"")) else {
        return Response::from_parts(parts, Body::from(bytes));
    };
    if known.as_ref() == Some(&tag) {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.insert(header::ETAG, tag);
        return Response::from_parts(parts, Body::empty());
    }
    parts.headers.insert(header::ETAG, tag);
    Response::from_parts(parts, Body::from(bytes))
}

/// How long the real one took: p50 of twenty calls, by the rows that were listed.
fn cost(method: &Method, route: &str, rows: usize) -> Duration {
    let rows = u64::try_from(rows).unwrap_or(u64::MAX);
    let call = route.trim_start_matches("/api/v1/accounts/{account}");
    let tenths = match (method.as_str(), call) {
        ("GET", "/conversations") => 150 + 98 * rows,
        ("POST", "/conversations/filter") => 200 + 115 * rows,
        ("POST", "/conversations") => 760,
        ("GET", "/contacts/{id}/conversations") => 100 + 90 * rows,
        ("GET", "/conversations/{id}/messages") => 170 + 6 * rows,
        ("POST", "/conversations/{id}/messages") => 370,
        ("GET", "/conversations/{id}") => 280,
        ("POST", "/contact_inboxes/filter") => 240,
        ("GET", "/inboxes/{id}") => 150,
        ("GET", "/api/v1/profile") => 230,
        ("GET", route) if route.ends_with("/contacts/{source}/conversations") => 150 + 180 * rows,
        ("GET", route) if route.starts_with("/rails/") => 50,
        _ => 200,
    };
    Duration::from_micros(tenths * 100)
}
