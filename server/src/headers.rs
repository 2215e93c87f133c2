//! Headers of every answer (promise A7): the strict content security policy and its company.

use axum::response::Response;
use http::header::{self, HeaderMap, HeaderName};
use http::{HeaderValue, StatusCode};

use crate::state::State;

type Header = (HeaderName, HeaderValue);

static ALWAYS: [Header; 7] = [
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    ),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static(
            "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(self), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=()",
        ),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex, nofollow"),
    ),
];
static NOT_KEPT: Header = (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
static HTTPS_ONLY: Header = (
    header::STRICT_TRANSPORT_SECURITY,
    HeaderValue::from_static("max-age=31536000"),
);

/// Puts them on an answer, errors included. What a handler has set itself stays.
pub fn add(response: &mut Response, state: &State) {
    let https = state.config.portal.is_https();
    let bare = response.status() == StatusCode::NOT_MODIFIED;
    put(response.headers_mut(), state.pages.policy(), https, bare);
}

/// The same as lines, for what is refused before there is a request. Nothing may be done by an answer without a body.
pub fn lines(https: bool) -> String {
    let mut headers = HeaderMap::new();
    let policy = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";
    put(
        &mut headers,
        &HeaderValue::from_static(policy),
        https,
        false,
    );
    let line = |(name, value): (&HeaderName, &HeaderValue)| {
        format!("{name}: {}\r\n", value.to_str().unwrap_or_default())
    };
    headers.iter().map(line).collect()
}

fn put(headers: &mut HeaderMap, policy: &HeaderValue, https: bool, bare: bool) {
    headers.reserve(ALWAYS.len() + 3);
    // What says nothing else about being kept is not kept.
    let kept = (!bare).then_some(&NOT_KEPT);
    let strict = https.then_some(&HTTPS_ONLY);
    for (name, value) in ALWAYS.iter().chain(kept).chain(strict) {
        headers.entry(name).or_insert_with(|| value.clone());
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert_with(|| policy.clone());
}
