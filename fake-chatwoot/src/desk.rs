//! The page on which one plays the agent.

use axum::Router;

use crate::inside::Shared;

/// The desk's routes.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
}
