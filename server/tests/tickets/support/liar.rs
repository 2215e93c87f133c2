//! A proxy before the fake that passes everything on, and then says of writes that they failed: as a real Chatwoot does when
//! Redis is away (api.md §0b.17).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;

const WORDS: &str = r#"{"error":"Connection refused - connect(2) for 127.0.0.1:6379"}"#;

#[derive(Clone)]
pub struct Liar {
    to: String,
    http: reqwest::Client,
    lies: Arc<AtomicUsize>,
    hides_contacts: Arc<AtomicBool>,
    asked: Arc<AtomicUsize>,
    fails_each: Arc<AtomicUsize>,
}

impl Liar {
    /// Starts one before this address; answers with its own.
    pub async fn before(to: String) -> (Self, String) {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0))
            .await
            .unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let liar = Self {
            to,
            http: chatwoot::build_http(None).unwrap(),
            lies: Arc::default(),
            hides_contacts: Arc::default(),
            asked: Arc::default(),
            fails_each: Arc::default(),
        };
        let app = Router::new().fallback(pass_on).with_state(liar.clone());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        (liar, url)
    }

    /// So many of the next new tickets and replies are said to have failed though they are stored.
    pub fn lies_about(&self, writes: usize) {
        self.lies.store(writes, Ordering::SeqCst);
    }

    /// From now on no contact can be read by its number, or again.
    pub fn hides_contacts(&self, hides: bool) {
        self.hides_contacts.store(hides, Ordering::SeqCst);
    }

    /// From now on every nth reading is answered by a 500.
    pub fn fails_each(&self, nth: usize) {
        self.fails_each.store(nth, Ordering::SeqCst);
    }

    /// How many calls came.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    fn fails_now(&self, method: &http::Method) -> bool {
        let asked = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let nth = self.fails_each.load(Ordering::SeqCst);
        method == http::Method::GET && nth > 0 && asked.is_multiple_of(nth)
    }

    /// Whether all of them have been said.
    pub fn has_lied(&self) -> bool {
        self.lies.load(Ordering::SeqCst) == 0
    }

    fn lies_now(&self, path: &str) -> bool {
        let writes = path.ends_with("/messages") || path.ends_with("/conversations");
        let one_less = |lies: usize| lies.checked_sub(1);
        writes
            && self
                .lies
                .fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less)
                .is_ok()
    }
}

async fn pass_on(State(liar): State<Liar>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path();
    let is_contact = path
        .rsplit_once("/contacts/")
        .is_some_and(|(_, id)| id.parse::<u64>().is_ok());
    if liar.fails_now(&parts.method) {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    if is_contact && liar.hides_contacts.load(Ordering::SeqCst) {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let url = format!("{}{}", liar.to, parts.uri);
    let mut headers = parts.headers;
    headers.remove(http::header::HOST);
    let body = to_bytes(body, 1 << 24).await.unwrap();
    let lie = parts.method == http::Method::POST && liar.lies_now(parts.uri.path());
    let sent = liar
        .http
        .request(parts.method, url)
        .headers(headers)
        .body(body);
    let Ok(answer) = sent.send().await else {
        return StatusCode::BAD_GATEWAY.into_response();
    };
    if lie {
        return (StatusCode::UNPROCESSABLE_ENTITY, WORDS).into_response();
    }
    let (status, headers) = (answer.status(), answer.headers().clone());
    let body = Body::from(answer.bytes().await.unwrap());
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}
