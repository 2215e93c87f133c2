//! `POST /webhooks/chatwoot` (promise A10): verified over the raw bytes, once, within five minutes; then only noted down. Chatwoot's
//! background work stands still while an answer is awaited, so nothing is asked of anybody before it is given.

use std::sync::Arc;
use std::time::Duration;

use axum::body;
use axum::extract::{self, Request};
use axum::response::{IntoResponse, Response};
use chatwoot::{About, Event, Signature};
use http::{HeaderMap, StatusCode, header};
use http_body_util::BodyExt;
use hyper::body::Body as _;
use std::sync::PoisonError;

use super::apart::{self, Apart};
use super::{SMALL, WINDOW};
use crate::clock::Millis;
use crate::state::State;

/// Most bytes of a delivery. The longest message of a customer's is carried four times and stays below 3 MiB.
const LARGEST: usize = 4 * 1024 * 1024;
/// That an agent types is no news any more after this.
const TYPED: Duration = Duration::from_secs(10);
/// Chatwoot gives up after five seconds.
const PATIENCE: Duration = Duration::from_secs(4);
/// Of what comes at a wrong time one is looked at each so often: whether it is Chatwoot's.
const LOOK: Duration = Duration::from_secs(10);
/// And the log is told each so often.
const TELL: Duration = Duration::from_mins(10);

/// When a delivery that came at a wrong time was last looked at, and told of.
#[derive(Default)]
pub(super) struct Untimely {
    looked_at: Option<Millis>,
    told_at: Option<Millis>,
}

/// Whether this much time has passed; if so, it begins anew.
fn is_due(at: &mut Option<Millis>, each: Duration, now: Millis) -> bool {
    let due = at.is_none_or(|at| now >= at + millis(each));
    if due {
        *at = Some(now);
    }
    due
}

/// Takes a delivery.
pub async fn receive(
    extract::State(state): extract::State<Arc<State>>,
    request: Request,
) -> Response {
    match take(&state, request).await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(status) => status.into_response(),
    }
}

async fn take(state: &State, request: Request) -> Result<(), StatusCode> {
    let hooks = &state.webhooks;
    let (parts, body) = request.into_parts();
    // Without a secret there is nothing that could be believed.
    let secret = hooks.secret().ok_or(StatusCode::NOT_FOUND)?;
    if !is_json(&parts.headers) {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let (signature, delivery) = signed(&parts.headers).ok_or(StatusCode::UNAUTHORIZED)?;
    let now = state.clock.others_now();
    let untimely = now.abs_diff(signature.seconds().saturating_mul(1000)) > millis(WINDOW);
    if untimely && !is_due(&mut hooks.untimely().looked_at, LOOK, state.clock.now()) {
        return Err(StatusCode::UNAUTHORIZED);
    }
    let length = body.size_hint().exact();
    let length = length.ok_or(StatusCode::LENGTH_REQUIRED)?;
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    if length > if untimely { SMALL } else { LARGEST } {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let room = if length <= SMALL {
        hooks.small.take()
    } else {
        hooks.large.take()
    };
    let whole = tokio::select! {
        whole = body::Body::new(body).collect() => whole.map_err(|_| StatusCode::BAD_REQUEST)?,
        () = state.clock.sleep(PATIENCE) => return Err(StatusCode::REQUEST_TIMEOUT),
        () = room.lost() => return Err(StatusCode::SERVICE_UNAVAILABLE),
    };
    let bytes = whole.to_bytes();
    if untimely {
        if signature.is_of(&bytes, &secret) {
            tell(state, Apart::between(signature.seconds(), now));
        }
        return Err(StatusCode::UNAUTHORIZED);
    }
    if !signature.is_of(&bytes, &secret) {
        hooks.doubted.notify_one();
        return Err(StatusCode::UNAUTHORIZED);
    }
    {
        let mut doubles = hooks.doubles.lock().unwrap_or_else(PoisonError::into_inner);
        let forget_before = now.saturating_sub(2 * millis(WINDOW));
        if !doubles.are_new([signature.name(), delivery], now, forget_before) {
            return Ok(());
        }
    }
    let event = Event::of_delivery(&bytes).ok_or(StatusCode::UNPROCESSABLE_ENTITY)?;
    let sent_at = signature.seconds().saturating_mul(1000);
    let is_late = now.saturating_sub(sent_at) > millis(TYPED);
    if !(is_late && matches!(event.about, About::Typing(_))) {
        state.tickets.delivered(&event);
    }
    Ok(())
}

/// A delivery bears Chatwoot's signature and another time.
fn tell(state: &State, apart: Apart) {
    if is_due(
        &mut state.webhooks.untimely().told_at,
        TELL,
        state.clock.now(),
    ) {
        tracing::warn!(
            cure = apart::CURE,
            "Chatwoot's webhooks are refused for their time: by a delivery's, {apart} (unless somebody sends an old one again)"
        );
    }
}

/// The signature, and the delivery's id as a number.
fn signed(headers: &HeaderMap) -> Option<(Signature, u128)> {
    let timestamp = only(headers, "x-chatwoot-timestamp")?;
    let signature = Signature::read(timestamp, only(headers, "x-chatwoot-signature")?)?;
    let delivery = uuid::Uuid::parse_str(only(headers, "x-chatwoot-delivery")?).ok()?;
    Some((signature, delivery.as_u128()))
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = only(headers, header::CONTENT_TYPE.as_str()).unwrap_or("");
    let essence = kind.split(';').next().unwrap_or("");
    essence.trim().eq_ignore_ascii_case("application/json")
}

/// A header that is there once.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut all = headers.get_all(name).iter();
    match (all.next(), all.next()) {
        (Some(one), None) => one.to_str().ok(),
        _ => None,
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
