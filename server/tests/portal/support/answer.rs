//! An answer, read whole.

use axum::body::{Body, to_bytes};
use http::{HeaderMap, Response};
use serde_json::Value;

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) async fn read(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 64 << 20).await.unwrap();
        Self {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// Whether the answer gives the browser a session.
    pub(crate) fn begins_a_session(&self) -> bool {
        let cookies = self.headers.get_all(http::header::SET_COOKIE).iter();
        cookies.map(|it| it.to_str().unwrap()).any(|it| {
            it.starts_with("__Host-portal-session=") && !it.starts_with("__Host-portal-session=;")
        })
    }
}
