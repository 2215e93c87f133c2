//! `/api/*`: the server functions. From our own pages? JSON, and not too much of it? Then it runs with its visitor in context, and its
//! error gets its HTTP status, here and nowhere else.

mod body;
mod origin;

use std::any::Any;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;

use app::contract::Portal;
use app::error::AppError;
use app::tickets::upload::FileProblem;
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode, Uri, header};
use leptos::prelude::provide_context;
use tower_cookies::Cookies;

use crate::client::Client;
use crate::failure::{self, Failure, Reference};
use crate::state::State;
use crate::visit::Visit;

pub use body::Reading;
pub use origin::is_from_our_pages;

/// Most bytes of an answer of the framework's own.
const LARGEST: usize = 1024 * 1024;

/// Where the server functions are, below the base path.
const PREFIX: &str = "/api/";

/// Whether an address is a server function's.
pub fn is_call(path: &str, state: &State) -> bool {
    let below = path.strip_prefix(state.config.portal.base());
    let name = below.and_then(|below| below.strip_prefix(PREFIX));
    name.is_some_and(|name| !name.is_empty())
}

/// Runs a server function. The address is one, as [`is_call`] says.
pub async fn call(state: Arc<State>, cookies: Cookies, request: Request) -> Response {
    let path = request.uri().path();
    let path = path.get(state.config.portal.base().len()..).unwrap_or("");
    let Some(function) = function(path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let (parts, arguments) = match checked(&state, request).await {
        Ok(checked) => checked,
        Err(refusal) => return refusal,
    };
    // Taken only now: whoever sends slowly takes nobody's place.
    let Ok(place) = Arc::clone(&state.calls).try_acquire_owned() else {
        return too_many();
    };
    let visit: Arc<dyn Portal> = Arc::new(Visit::new(Arc::clone(&state), cookies, &parts));
    drop(parts);
    let running = run(function, visit, arguments);
    let mut running = Box::pin(failure::under_reference(Reference::current(), running));
    // What waits for nothing, as a list that is the same as before, costs less than a task of its own would.
    if let Poll::Ready(answer) = poll_fn(|it| Poll::Ready(running.as_mut().poll(it))).await {
        return answer;
    }
    // Whoever hangs up breaks nothing off: what is stored by then would never be sent, and nobody told of it.
    let call = state.tasks.spawn(async move {
        let answer = running.await;
        drop(place);
        answer
    });
    call.await
        .unwrap_or_else(|error| error_response(&Failure::unavailable(error).into()))
}

/// Refuses what our pages would not send. The framework itself takes any origin, any content type and two megabytes.
async fn checked(state: &State, request: Request) -> Result<(Parts, Bytes), Response> {
    let (parts, body) = request.into_parts();
    if parts.method != Method::POST {
        let allow = [(header::ALLOW, HeaderValue::from_static("POST"))];
        return Err((StatusCode::METHOD_NOT_ALLOWED, allow).into_response());
    }
    if !is_from_our_pages(&parts, state.config.portal.origin()) {
        return Err(error_response(&AppError::ForeignOrigin));
    }
    if !is_json(&parts.headers) {
        return Err(with_status(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            &AppError::BadRequest,
        ));
    }
    let client = Client::of(&parts, &state.config.trusted_proxies);
    let bytes = state.reading.read(body, &parts.headers, client.ip).await;
    let bytes = bytes.map_err(|refusal| match refusal.status() {
        StatusCode::TOO_MANY_REQUESTS => too_many(),
        status => with_status(status, &AppError::BadRequest),
    })?;
    Ok((parts, bytes))
}

/// The server function of this address.
fn function(path: &str) -> Option<&'static str> {
    let mut all = leptos::server_fn::axum::server_fn_paths();
    all.find_map(|(known, _)| (known == path).then_some(known))
}

fn too_many() -> Response {
    error_response(&AppError::TooMany { wait_seconds: 1 })
}

fn is_json(headers: &http::HeaderMap) -> bool {
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(one), None) = (types.next(), types.next()) else {
        return false;
    };
    let essence = one.to_str().unwrap_or("").split(';').next().unwrap_or("");
    essence.trim().eq_ignore_ascii_case("application/json")
}

/// The framework gets the arguments and nothing else of the request: by its headers it would answer a form's way, with a redirect.
async fn run(function: &'static str, visit: Arc<dyn Portal>, arguments: Bytes) -> Response {
    let mut request = Request::new(Body::from(arguments));
    *request.method_mut() = Method::POST;
    *request.uri_mut() = Uri::from_static(function);
    let context = move || provide_context(Arc::clone(&visit));
    let running = leptos_axum::handle_server_fns_with_context(context, request);
    let response = match std::panic::AssertUnwindSafe(running).catch_unwind().await {
        Ok(response) => response.into_response(),
        Err(panic) => return panicked(panic.as_ref()),
    };
    match response.status() {
        StatusCode::OK if function == "/api/sign-in/request" => {
            (StatusCode::ACCEPTED, response).into_response()
        }
        StatusCode::OK => response,
        _ => translated(response).await,
    }
}

/// What a panic of a handler becomes: the same as any other failure.
pub fn panicked(panic: &(dyn Any + Send)) -> Response {
    let words = panic
        .downcast_ref::<&str>()
        .map(|it| (*it).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    let failure = Failure::unavailable(format!("a handler panicked: {words}"));
    error_response(&AppError::from(failure))
}

/// The framework answers every error with 500: the body tells which it is.
async fn translated(response: Response) -> Response {
    let bytes = axum::body::to_bytes(response.into_body(), LARGEST).await;
    match bytes
        .ok()
        .and_then(|bytes| serde_json::from_slice::<AppError>(&bytes).ok())
    {
        // Errors of the framework itself have no reference yet.
        Some(AppError::Unavailable { reference }) if reference.is_empty() => {
            error_response(&Failure::unavailable("the framework could not run a call").into())
        }
        Some(error) => error_response(&error),
        None => error_response(
            &Failure::unavailable("the framework answered in words of its own").into(),
        ),
    }
}

/// An error with its status.
pub fn error_response(error: &AppError) -> Response {
    with_status(status(error), error)
}

fn with_status(status: StatusCode, error: &AppError) -> Response {
    let mut response = (status, Json(error)).into_response();
    if let AppError::TooMany { wait_seconds } = error {
        let headers = response.headers_mut();
        headers.insert(header::RETRY_AFTER, HeaderValue::from(*wait_seconds));
    }
    response
}

fn status(error: &AppError) -> StatusCode {
    match error {
        AppError::SignedOut => StatusCode::UNAUTHORIZED,
        AppError::NotFound => StatusCode::NOT_FOUND,
        AppError::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        AppError::KeyReused | AppError::StillSending => StatusCode::CONFLICT,
        AppError::NotAllowed | AppError::ForeignOrigin => StatusCode::FORBIDDEN,
        AppError::File(problem) => of_file(problem),
        AppError::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        AppError::LinkExpired => StatusCode::GONE,
        // Offline is made in the browser only.
        AppError::BadRequest | AppError::Offline => StatusCode::BAD_REQUEST,
        AppError::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
    }
}

fn of_file(problem: &FileProblem) -> StatusCode {
    match problem {
        FileProblem::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        FileProblem::Program => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        FileProblem::TooMuchWaiting { .. } => StatusCode::CONFLICT,
        FileProblem::NoRoom => StatusCode::INSUFFICIENT_STORAGE,
        FileProblem::Empty
        | FileProblem::Gone { .. }
        | FileProblem::TooMany { .. }
        | FileProblem::TooLargeInAll { .. } => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Chance;

    #[tokio::test]
    async fn a_panic_is_answered_with_a_reference_and_without_its_words() {
        let panic: Box<dyn Any + Send> = Box::new("the password is hunter2");
        let reference = Reference::drawn_from(&Chance::seeded(1));
        let answering = async { panicked(panic.as_ref()) };
        let response = failure::under_reference(reference.clone(), answering).await;
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        let bytes = axum::body::to_bytes(response.into_body(), LARGEST)
            .await
            .unwrap();
        let words = format!(
            r#"{{"unavailable":{{"reference":"{}"}}}}"#,
            reference.words()
        );
        assert_eq!(bytes, words);
    }
}
