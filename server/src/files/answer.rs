//! How a file is answered: with a type that we found ourselves, under a name that is safe, in a sandbox.

use app::tickets::model::FileKind;
use axum::body::Body;
use axum::response::Response;
use chatwoot::Download;
use http::header::HeaderName;
use http::{HeaderValue, StatusCode, header};

use super::name;
use crate::translate;

/// What a file may do that is opened by itself: nothing. Its own pictures are itself.
const SANDBOX: &str = "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// Chromium shows no PDF in a sandbox. Its viewer runs none of the file's scripts in our origin.
const PDF: &str = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// Not on a disk that others read later (promise A3). A page that shows a picture keeps it while it is open.
const KEPT: &str = "no-store";
/// The type of everything that is not shown.
const UNKNOWN: &str = "application/octet-stream";

/// The type by content, if it is one that is shown in place.
pub(super) fn shown_type(head: &[u8]) -> Option<(&'static str, FileKind)> {
    let found = infer::get(head)?.mime_type();
    match translate::file_kind(found) {
        FileKind::Other => None,
        kind => Some((found, kind)),
    }
}

/// The file, or the part of it that was asked for.
pub(super) fn with(download: Download, head: &[u8], file_name: &str, save: bool) -> Response {
    let status = StatusCode::from_u16(download.status).unwrap_or(StatusCode::OK);
    let shown = shown_type(head).filter(|_| !save);
    let mut response = Response::new(Body::from_stream(download.bytes));
    *response.status_mut() = status;
    let mut put = |name: HeaderName, value: &str| {
        // A value that is none was Chatwoot's, and is not needed.
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    };
    put(header::CONTENT_TYPE, shown.map_or(UNKNOWN, |(it, _)| it));
    put(
        header::CONTENT_DISPOSITION,
        &name::disposition(shown.is_some(), file_name),
    );
    let policy = match shown {
        Some((_, FileKind::Pdf)) => PDF,
        _ => SANDBOX,
    };
    put(header::CONTENT_SECURITY_POLICY, policy);
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::CACHE_CONTROL, KEPT);
    put(header::ACCEPT_RANGES, "bytes");
    if let Some(length) = download.length {
        put(header::CONTENT_LENGTH, &length.to_string());
    }
    if let Some(range) = &download.content_range {
        put(header::CONTENT_RANGE, range);
    }
    response
}
