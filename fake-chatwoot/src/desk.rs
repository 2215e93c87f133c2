//! The page on which one plays the agent: reads every thread, answers, resolves, and makes the weather.

mod acts;
mod shown;

use axum::Router;
use axum::http::header;
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};

use crate::inside::Shared;

/// The desk's routes. They do not feel the weather.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/desk", get(page))
        .route("/desk.js", get(script))
        .route("/desk.css", get(style))
        .route("/desk/state.json", get(shown::state))
        .route("/desk/conversations/{id}", get(shown::thread))
        .route("/desk/conversations/{id}/messages", post(acts::write))
        .route("/desk/conversations/{id}/status", post(acts::set_status))
        .route("/desk/conversations/{id}/delete", post(acts::delete))
        .route("/desk/conversations/{id}/typing", post(acts::typing))
        .route("/desk/weather", post(acts::set_weather))
        .route("/desk/carriage", post(acts::set_carriage))
        .route("/desk/clock", post(acts::move_clock))
}

async fn page() -> Html<&'static str> {
    Html(include_str!("desk/desk.html"))
}

async fn script() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")],
        include_str!("desk/desk.js"),
    )
}

async fn style() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/css; charset=utf-8")],
        include_str!("desk/desk.css"),
    )
}
