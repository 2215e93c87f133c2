//! What is answered, in the shapes and with the headers of the real one.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::refusal::Refusal;

/// A response in the making.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    content_type: &'static str,
    body: bytes::Bytes,
    headers: Vec<(HeaderName, HeaderValue)>,
    rows: usize,
    cut: bool,
}

/// Put into a response's extensions: the connection is to be cut without a byte.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CutConnection;

/// Put into a response's extensions: how many rows were listed, which is what a call costs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rows(pub(crate) usize);

/// What a route answers with.
pub(crate) type Reply = Result<Answer, Answer>;

impl Answer {
    /// JSON, with 200.
    pub(crate) fn json(body: Value) -> Self {
        Self::json_with(StatusCode::OK, body)
    }

    /// JSON of the application's own, with this status.
    pub(crate) fn json_with(status: StatusCode, body: Value) -> Self {
        Self::new(status, "application/json; charset=utf-8", body.to_string())
    }

    /// A list, and how long it is.
    pub(crate) fn listed(body: Value, rows: usize) -> Self {
        Self {
            rows,
            ..Self::json(body)
        }
    }

    /// `head :ok` and its like: no body.
    pub(crate) fn empty(status: StatusCode) -> Self {
        Self::new(status, "application/json", String::new())
    }

    /// Any other body.
    pub(crate) fn new(
        status: StatusCode,
        content_type: &'static str,
        body: impl Into<bytes::Bytes>,
    ) -> Self {
        Self {
            status,
            content_type,
            body: body.into(),
            headers: Vec::new(),
            rows: 0,
            cut: false,
        }
    }

    /// The same, lost on the way: the connection is closed without a byte.
    pub(crate) fn cut(mut self) -> Self {
        self.cut = true;
        self
    }

    /// 302 to an address.
    pub(crate) fn redirect(location: &str) -> Self {
        let answer = Self::new(StatusCode::FOUND, "text/html; charset=utf-8", String::new());
        answer.with(header::LOCATION, location)
    }

    /// One header more. A value that no header can have is left out.
    pub(crate) fn with(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((name, value));
        }
        self
    }

    /// What Rails answers where nothing in the application did: `{"status":404,"error":"Not Found"}`.
    pub(crate) fn rails(status: StatusCode) -> Self {
        let body = json!({ "status": status.as_u16(), "error": status.canonical_reason().unwrap_or_default() });
        Self::new(status, "application/json; charset=UTF-8", body.to_string())
    }

    /// 500 from Rails.
    pub(crate) fn broken() -> Self {
        Self::rails(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// 404 of the Application API.
    pub(crate) fn not_found() -> Self {
        Self::error(StatusCode::NOT_FOUND, "Resource could not be found")
    }

    /// `{"error":"…"}`.
    pub(crate) fn error(status: StatusCode, words: &str) -> Self {
        Self::json_with(status, json!({ "error": words }))
    }

    /// 422 `{"error":"…"}`.
    pub(crate) fn unprocessable(words: &str) -> Self {
        Self::error(StatusCode::UNPROCESSABLE_ENTITY, words)
    }

    /// A refusal in the words of the public API, which has its own 404.
    pub(crate) fn public(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound => Self::rails(StatusCode::NOT_FOUND),
            other => other.into(),
        }
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound => Self::not_found(),
            Refusal::Invalid(message, attribute) => Self::json_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                json!({ "message": message, "attributes": [attribute] }),
            ),
            Refusal::Unprocessable(words) => Self::unprocessable(&words),
            Refusal::NotPermitted => Self::error(
                StatusCode::UNAUTHORIZED,
                "You are not authorized to do this action",
            ),
            Refusal::Broken => Self::broken(),
        }
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let from_rails = self.content_type.ends_with("UTF-8");
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        response.extensions_mut().insert(Rows(self.rows));
        if self.cut {
            response.extensions_mut().insert(CutConnection);
        }
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(self.content_type),
        );
        if !from_rails {
            let cached = if self.status == StatusCode::OK {
                "max-age=0, private, must-revalidate"
            } else {
                "no-cache"
            };
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cached));
            headers.insert(
                header::X_CONTENT_TYPE_OPTIONS,
                HeaderValue::from_static("nosniff"),
            );
            headers.insert(
                header::X_FRAME_OPTIONS,
                HeaderValue::from_static("SAMEORIGIN"),
            );
        }
        for (name, value) in self.headers {
            headers.insert(name, value);
        }
        response
    }
}
