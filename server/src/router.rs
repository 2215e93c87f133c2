//! Every route and layer of the program, grouped by caller.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get};
use tower_cookies::CookieManagerLayer;
use tower_http::catch_panic::CatchPanicLayer;

use crate::state::State;
use crate::{files, headers, health, hosts, live, pages, server_fns};

/// The whole program as one service.
pub fn router(state: &Arc<State>) -> Router {
    // The browser's: pages, files, calls, live updates.
    let portal = Router::new()
        .route("/api/{*function}", any(server_fns::call))
        .route("/live", get(live::live))
        .route("/files/{ticket}/{file}", get(files::file))
        .route("/healthz", get(health::healthz))
        .merge(pages::routes());

    // Below the base path; the page itself with and without a slash at its end.
    let base = state.config.portal.base();
    let all = if base.is_empty() {
        portal
    } else {
        Router::new()
            .route("/", get(pages::to_base))
            .route(&format!("{base}/"), get(pages::shell))
            // The operator's: alive?
            .route("/healthz", get(health::healthz))
            .nest(base, portal)
    };

    // From the inside out: the last layer sees a request first.
    all.layer(CookieManagerLayer::new())
        .layer(DefaultBodyLimit::max(1024 * 1024))
        .layer(CatchPanicLayer::custom(server_fns::caught))
        .layer(from_fn_with_state(Arc::clone(state), hosts::check_host))
        .layer(from_fn_with_state(Arc::clone(state), headers::add_headers))
        .layer(from_fn_with_state(
            Arc::clone(state),
            server_fns::under_reference,
        ))
        .with_state(Arc::clone(state))
}
