//! What answers the routes of pages and built files. Every address that is no file is the app's: it gets the page, with status 404 where the
//! app has no screen.

use std::collections::HashMap;
use std::sync::Arc;

use app::screen::below_base;
use axum::body::{Body, HttpBody};
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{OriginalUri, Path, Query, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue};
use http::{Method, StatusCode};
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

/// The page for when there is no network: with nobody's data, it can only say so.
pub async fn offline(State(state): Portal, headers: HeaderMap) -> Response {
    visitor::nobodys_page(&state, &headers)
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
pub async fn asset(
    State(state): Portal,
    name: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Response {
    // What is no text is no name, and the framework is not asked for its words on it.
    let name = name.ok();
    or_not_found(name.and_then(|Path(name)| state.pages.file(&format!("assets/{name}"), &headers)))
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
    file: Result<Path<String>, PathRejection>,
    query: Result<Query<HashMap<String, String>>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let (Ok(Path(file)), Ok(Query(query))) = (file, query) else {
        return or_not_found(None);
    };
    let version = query.get("v").map(String::as_str);
    or_not_found(state.languages.file(&file, version, &headers))
}

/// An address outside of the base path.
pub async fn nothing() -> StatusCode {
    StatusCode::NOT_FOUND
}

/// Whoever opens an address with nothing behind it gets a page that says so: the portal's own, or outside of its base path a few words.
/// Programs get the bare answer.
pub async fn say_what_is_missing<N>(
    state: Arc<state::State>,
    cookies: Cookies,
    request: Request,
    next: impl FnOnce(Request) -> N,
) -> Response
where
    N: Future<Output = Response>,
{
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reads || !is_navigation(request.headers()) {
        return next(request).await;
    }
    let (parts, body) = request.into_parts();
    let response = next(Request::from_parts(parts.clone(), body)).await;
    let is_page = response
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|it| it.to_str().is_ok_and(|it| it.starts_with("text/html")));
    if response.status() != StatusCode::NOT_FOUND || is_page {
        return response;
    }
    let path = parts.uri.path();
    let base = state.config.portal.base();
    if below_base(base, path).is_some() {
        // On the heap: whoever has no such wish would be moved about with room for it.
        return Box::pin(visitor::page(state, cookies, path, &parts)).await;
    }
    let words = format!("There is nothing at this address. The portal is at {base}/\n");
    (StatusCode::NOT_FOUND, words).into_response()
}

/// What is asked in a way that its address does not know is answered with words too.
pub fn say_what_is_not_done(response: &mut Response) {
    let is_bare = response.body().size_hint().exact() == Some(0);
    if response.status() == StatusCode::METHOD_NOT_ALLOWED && is_bare {
        let words = "This address cannot be asked in that way.\n";
        let headers = response.headers_mut();
        headers.remove(CONTENT_LENGTH);
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("text/plain; charset=utf-8"),
        );
        *response.body_mut() = Body::from(words);
    }
}

/// Whether a person opens it, rather than a page or a program.
fn is_navigation(headers: &HeaderMap) -> bool {
    headers.get_all(ACCEPT).iter().any(|accept| {
        accept.as_bytes().split(|byte| *byte == b',').any(|one| {
            one.trim_ascii_start()
                .to_ascii_lowercase()
                .starts_with(b"text/html")
        })
    })
}

fn or_not_found(found: Option<Response>) -> Response {
    found.unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
}
