//! A browser: its cookies, and requests as our pages send them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use futures_util::FutureExt;
use http::{Method, Request, header};
use http_body_util::BodyExt;
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use serde_json::{Value, json};
use server::clock::Clock;
use tokio::net::TcpListener;
use tower::ServiceExt;

use super::{Answer, ORIGIN, soon};
use crate::headers::are_right;

const FIREFOX: &str =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0";

/// The way to the portal that runs now: it stays the same over a restart.
#[derive(Clone, Default)]
pub(crate) struct Door(Arc<Mutex<Option<Open>>>);

#[derive(Clone)]
struct Open {
    router: Router,
    https: bool,
}

impl Door {
    pub(crate) fn open(&self, router: Router, https: bool) {
        *self.0.lock().unwrap() = Some(Open { router, https });
    }

    pub(crate) fn close(&self) {
        *self.0.lock().unwrap() = None;
    }

    /// Asks, and looks at the headers that every answer must have.
    pub(crate) async fn ask(&self, request: Request<Body>) -> http::Response<Body> {
        let Open { router, https } = self.0.lock().unwrap().clone().expect("the portal runs");
        let asked = format!("{} {}", request.method(), request.uri());
        let response = router.oneshot(request).await.unwrap();
        are_right(response.headers(), https, &asked);
        response
    }

    /// Lets others in too, by this port.
    pub(crate) fn serve(&self, listener: TcpListener) {
        let door = self.clone();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let router = door
                    .0
                    .lock()
                    .unwrap()
                    .clone()
                    .expect("the portal runs")
                    .router;
                let service = TowerToHyperService::new(router);
                let serving = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
                tokio::spawn(serving);
            }
        });
    }
}

/// A browser.
#[derive(Clone)]
pub(crate) struct Browser {
    door: Door,
    pub(crate) cookies: BTreeMap<String, String>,
    /// The address that the proxy in front says it comes from.
    pub(crate) ip: String,
}

impl Browser {
    pub(crate) fn new(door: Door) -> Self {
        use std::sync::atomic::{AtomicU16, Ordering};
        static NEXT: AtomicU16 = AtomicU16::new(1);
        let [high, low] = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        Self {
            door,
            cookies: BTreeMap::new(),
            ip: format!("198.18.{high}.{low}"),
        }
    }

    /// A request with this browser's headers, to be changed.
    pub(crate) fn request(&self, method: Method, path: &str) -> http::request::Builder {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "support.example.com")
            .header(header::USER_AGENT, FIREFOX)
            .header("x-forwarded-for", &self.ip);
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        request
    }

    /// Sends any request and keeps the cookies of the answer.
    pub(crate) async fn send(&mut self, request: Request<Body>) -> Answer {
        let answer = Answer::read(self.door.ask(request).await).await;
        for line in answer.headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().unwrap();
            let (name, rest) = line.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }

    /// Opens the live stream.
    pub(crate) async fn live(&self) -> LiveStream {
        let request = self.request(Method::GET, "/portal/live");
        let request = request.body(Body::empty()).unwrap();
        let response = self.door.ask(request).await;
        LiveStream {
            status: response.status().as_u16(),
            body: response.into_body(),
        }
    }

    /// Opens something whose bytes are to be taken one by one.
    pub(crate) async fn open(&self, path: &str) -> http::Response<Body> {
        let request = self.request(Method::GET, path);
        let request = request.body(Body::empty()).unwrap();
        self.door.ask(request).await
    }

    /// Opens a page.
    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        let request = self.request(Method::GET, path);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Asks for the head of a page.
    pub(crate) async fn head_of(&mut self, path: &str) -> Answer {
        let request = self.request(Method::HEAD, path);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Calls a server function as our pages do.
    pub(crate) async fn call(&mut self, endpoint: &str, body: &Value) -> Answer {
        self.send(self.call_request(endpoint, body)).await
    }

    /// Such a call, to be sent or changed.
    pub(crate) fn call_request(&self, endpoint: &str, body: &Value) -> Request<Body> {
        self.request(Method::POST, &format!("/portal/api/{endpoint}"))
            .header(header::ORIGIN, ORIGIN)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()))
            .unwrap()
    }

    /// Sends a file as our pages do.
    pub(crate) async fn uploads(&mut self, id: &str, name: &str, bytes: &[u8]) -> Answer {
        self.send(self.upload_request(id, name, bytes.to_vec()))
            .await
    }

    /// Such a file, to be sent or changed.
    pub(crate) fn upload_request(
        &self,
        id: &str,
        name: &str,
        body: impl Into<Body>,
    ) -> Request<Body> {
        let name = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC);
        self.request(Method::POST, "/portal/uploads")
            .header(header::ORIGIN, ORIGIN)
            .header("sec-fetch-site", "same-origin")
            .header("x-upload", id)
            .header("x-file-name", name.to_string())
            .body(body.into())
            .unwrap()
    }

    /// Asks for a sign-in mail.
    pub(crate) async fn ask(&mut self, address: &str) -> Answer {
        self.ask_for(address, None).await
    }

    /// Asks for a sign-in mail that leads to a page.
    pub(crate) async fn ask_for(&mut self, address: &str, return_to: Option<&str>) -> Answer {
        let request = json!({ "address": address, "language": "en", "return_to": return_to });
        self.call("sign-in/request", &json!({ "request": request }))
            .await
    }

    pub(crate) async fn open_link(&mut self, token: &str) -> Answer {
        self.call("sign-in/open-link", &json!({ "token": token }))
            .await
    }

    pub(crate) async fn confirm_link(&mut self, token: &str) -> Answer {
        self.call("sign-in/confirm-link", &json!({ "token": token }))
            .await
    }

    pub(crate) async fn enter_code(&mut self, code: &str) -> Answer {
        self.call("sign-in/code", &json!({ "code": code })).await
    }

    /// The address of whoever is signed in.
    pub(crate) async fn signed_in_as(&mut self) -> Option<String> {
        let current = self.call("session/current", &json!({})).await;
        assert_eq!(current.status, 200, "{current:?}");
        current.json()["address"].as_str().map(str::to_owned)
    }

    /// Lists tickets, as somebody does who is there.
    pub(crate) async fn list(&mut self) -> Answer {
        self.call("tickets/list", &json!({ "after": null, "known": null }))
            .await
    }

    /// Lists tickets, as the page does by itself.
    pub(crate) async fn list_in_background(&mut self) -> Answer {
        let mut request =
            self.call_request("tickets/list", &json!({ "after": null, "known": null }));
        request
            .headers_mut()
            .insert("x-portal-background", http::HeaderValue::from_static("1"));
        self.send(request).await
    }
}

/// An open live stream.
pub(crate) struct LiveStream {
    pub(crate) status: u16,
    body: Body,
}

impl LiveStream {
    /// The next piece; `None` at the end.
    pub(crate) async fn next(&mut self) -> Option<String> {
        let frame = soon(self.body.frame()).await?.unwrap();
        Some(String::from_utf8(frame.into_data().unwrap().to_vec()).unwrap())
    }

    /// The next ticket that is told of, while the clock goes on by little steps.
    pub(crate) async fn ticket_while(&mut self, clock: &Clock) -> String {
        soon(async {
            loop {
                clock.advance(Duration::from_millis(100));
                tokio::task::yield_now().await;
                let Some(frame) = self.body.frame().now_or_never() else {
                    continue;
                };
                let data = frame.unwrap().unwrap().into_data().unwrap();
                let text = String::from_utf8(data.to_vec()).unwrap();
                if let Some(ticket) = text.strip_prefix("event: ticket\ndata: ") {
                    return ticket.trim_end().to_owned();
                }
            }
        })
        .await
    }

    /// What there is to read now.
    pub(crate) fn ready(&mut self) -> Option<String> {
        let frame = self.body.frame().now_or_never()??.unwrap();
        Some(String::from_utf8(frame.into_data().unwrap().to_vec()).unwrap())
    }

    /// Whether there is nothing to read now.
    pub(crate) fn is_silent(&mut self) -> bool {
        self.body.frame().now_or_never().is_none()
    }
}
