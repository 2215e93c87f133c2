//! The installation's logos, where a real one has them. As on a stock Chatwoot there are no PNG.

use axum::extract::Path;
use axum::http::StatusCode;

use crate::answer::{Answer, Reply};

/// `GET /brand-assets/:name`.
pub(super) async fn asset(Path(name): Path<String>) -> Reply {
    let svg = match name.as_str() {
        "logo.svg" => include_str!("brand/logo.svg"),
        "logo_dark.svg" => include_str!("brand/logo_dark.svg"),
        "logo_thumbnail.svg" => include_str!("brand/logo_thumbnail.svg"),
        _ => return Err(Answer::rails(StatusCode::NOT_FOUND)),
    };
    Ok(Answer::new(StatusCode::OK, "image/svg+xml", svg))
}
