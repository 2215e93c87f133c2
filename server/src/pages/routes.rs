//! What answers the routes of pages and built files. Every address that is no file is the app's: it gets the page, with status 404 where the
//! app has no screen.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{OriginalUri, Path, Query, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use http::header::HeaderMap;
use tower_cookies::Cookies;

use super::{Picture, visitor};
use crate::state;

type Portal = State<Arc<state::State>>;

/// Leads from the root to the portal.
pub async fn to_base(State(state): Portal) -> Redirect {
    Redirect::temporary(&format!("{}/", state.config.portal.base()))
}

/// The page that starts the app.
pub async fn shell(
    State(state): Portal,
    cookies: Cookies,
    OriginalUri(uri): OriginalUri,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    visitor::page(state, cookies, uri.path(), &parts).await
}

/// A file with a name of its own, such as `/favicon.svg`; else the page.
pub async fn file_or_shell(
    State(state): Portal,
    cookies: Cookies,
    OriginalUri(uri): OriginalUri,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let below = uri.path().strip_prefix(state.config.portal.base());
    let file = below.and_then(|path| state.pages.file(&format!("public{path}"), &parts.headers));
    match file {
        Some(file) => file,
        None => visitor::page(state, cookies, uri.path(), &parts).await,
    }
}

/// A file of the bundle that is named by its content.
pub async fn asset(State(state): Portal, Path(name): Path<String>, headers: HeaderMap) -> Response {
    or_not_found(state.pages.file(&format!("assets/{name}"), &headers))
}

/// The operator's logo.
pub async fn logo(State(state): Portal, headers: HeaderMap) -> Response {
    or_not_found(state.pages.picture(Picture::Logo, &headers))
}

/// The operator's logo, small.
pub async fn small_logo(State(state): Portal, headers: HeaderMap) -> Response {
    or_not_found(state.pages.picture(Picture::Small, &headers))
}

/// The texts of a language (`app::paths::texts`).
pub async fn texts(
    State(state): Portal,
    Path(file): Path<String>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    let version = query.get("v").map(String::as_str);
    or_not_found(state.languages.file(&file, version, &headers))
}

fn or_not_found(found: Option<Response>) -> Response {
    found.unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
}
