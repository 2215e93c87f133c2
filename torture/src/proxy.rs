//! Stands between the portal and Chatwoot, and does to the calls what networks, proxies and a struggling Chatwoot do.

mod faults;

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use http::{Method, StatusCode};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use server::clock::Clock;
use tokio::net::TcpListener;

use crate::Outcome;
use crate::dice::Dice;
pub(crate) use faults::{Fault, Sky};

/// A running proxy. Clones are the same one.
#[derive(Clone)]
pub(crate) struct Proxy(Arc<Inside>);

struct Inside {
    port: u16,
    to: String,
    http: reqwest::Client,
    clock: Clock,
    dice: Dice,
    sky: Mutex<Sky>,
    seen: Mutex<Seen>,
}

/// What went through it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    /// How many calls came.
    pub(crate) calls: u64,
    /// How often each fault was made.
    pub(crate) faults: BTreeMap<String, u64>,
    /// How often each act of writing was sent by the portal, by its mark.
    pub(crate) sent: HashMap<String, u64>,
    /// How often it was passed on once more than it was sent.
    pub(crate) twice: HashMap<String, usize>,
    /// Calls that are held back, and will be passed on later.
    pub(crate) held: u64,
}

impl Seen {
    /// How many faults were made.
    pub(crate) fn met(&self) -> u64 {
        self.faults.values().sum()
    }
}

/// A call, whole.
#[derive(Clone)]
struct Call {
    method: Method,
    path: String,
    headers: http::HeaderMap,
    body: Bytes,
}

/// An answer, whole; none if there was none.
type Answer = Option<(StatusCode, http::HeaderMap, Bytes)>;

impl Proxy {
    /// Starts one before this address.
    pub(crate) async fn before(to: String, clock: Clock, dice: Dice) -> Outcome<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let proxy = Self(Arc::new(Inside {
            port: listener.local_addr()?.port(),
            to,
            http: chatwoot::build_http(None)?,
            clock,
            dice,
            sky: Mutex::new(Sky::Clear),
            seen: Mutex::default(),
        }));
        let this = proxy.clone();
        tokio::spawn(async move { this.accept(listener).await });
        Ok(proxy)
    }

    /// Where it listens.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.0.port)
    }

    /// From now on it is so.
    pub(crate) fn set(&self, sky: Sky) {
        *self.0.sky.lock().unwrap_or_else(PoisonError::into_inner) = sky;
    }

    /// What went through so far.
    pub(crate) fn seen(&self) -> Seen {
        self.note().clone()
    }

    fn note(&self) -> MutexGuard<'_, Seen> {
        self.0.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn accept(self, listener: TcpListener) {
        loop {
            let Ok((stream, _)) = listener.accept().await else {
                continue;
            };
            let _ = stream.set_nodelay(true);
            let this = self.clone();
            tokio::spawn(async move {
                let service = service_fn(|request| this.clone().meet(request));
                // A connection that breaks is what this is for.
                let _ = http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), service)
                    .await;
            });
        }
    }

    /// An error cuts the connection.
    async fn meet(self, request: http::Request<Incoming>) -> io::Result<http::Response<Body>> {
        let (parts, body) = request.into_parts();
        let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
        let call = Call {
            method: parts.method,
            path: parts
                .uri
                .path_and_query()
                .map_or("/", |it| it.as_str())
                .to_owned(),
            headers: parts.headers,
            body,
        };
        let mark = call.mark();
        let fault = {
            let sky = *self.0.sky.lock().unwrap_or_else(PoisonError::into_inner);
            sky.fault(&self.0.dice, call.kind())
        };
        {
            let mut seen = self.note();
            seen.calls += 1;
            if let Some(mark) = &mark {
                *seen.sent.entry(mark.clone()).or_default() += 1;
            }
            if let Some(name) = fault.name() {
                *seen.faults.entry(name.to_owned()).or_default() += 1;
            }
        }
        self.suffer(call, mark, fault).await
    }

    async fn suffer(
        self,
        call: Call,
        mark: Option<String>,
        fault: Fault,
    ) -> io::Result<http::Response<Body>> {
        match fault {
            Fault::None => whole(self.pass(call).await),
            Fault::Delay(by) => {
                self.0.clock.sleep(by).await;
                whole(self.pass(call).await)
            }
            Fault::Unsent => Err(cut()),
            Fault::LostAnswer => {
                self.detached(call, Duration::ZERO).await;
                Err(cut())
            }
            Fault::CutAnswer(after) => {
                Ok(cut_after(self.detached(call, Duration::ZERO).await, after))
            }
            Fault::Lie(status, words) => {
                self.detached(call, Duration::ZERO).await;
                Ok(said(status, "application/json", words))
            }
            Fault::Said(status, kind, words) => Ok(said(status, kind, words)),
            Fault::Twice => {
                let first = self.detached(call.clone(), Duration::ZERO).await;
                let second = self.detached(call, Duration::ZERO).await;
                if let (Some(mark), true) =
                    (mark, second.as_ref().is_some_and(|it| it.0.is_success()))
                {
                    *self.note().twice.entry(mark).or_default() += 1;
                }
                whole(first)
            }
            Fault::BlackHole => std::future::pending().await,
            Fault::LateAfterCut(by) => {
                self.later(call, by);
                Err(cut())
            }
            Fault::LateInSilence(by) => {
                self.later(call, by);
                std::future::pending().await
            }
        }
    }

    /// Passes it on even if whoever asked goes away.
    async fn detached(&self, call: Call, by: Duration) -> Answer {
        let this = self.clone();
        let passing = tokio::spawn(async move {
            this.0.clock.sleep(by).await;
            this.pass(call).await
        });
        passing.await.ok().flatten()
    }

    fn later(&self, call: Call, by: Duration) {
        self.note().held += 1;
        let this = self.clone();
        tokio::spawn(async move {
            this.0.clock.sleep(by).await;
            this.pass(call).await;
            this.note().held -= 1;
        });
    }

    async fn pass(&self, call: Call) -> Answer {
        let mut headers = call.headers;
        headers.remove(http::header::HOST);
        let sent = self
            .0
            .http
            .request(call.method, format!("{}{}", self.0.to, call.path))
            .headers(headers)
            .body(call.body);
        let answer = sent.send().await.ok()?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        Some((status, headers, answer.bytes().await.ok()?))
    }
}

impl Call {
    /// What marks an act of writing, wherever its body has it.
    fn mark(&self) -> Option<String> {
        if self.method != Method::POST {
            return None;
        }
        let Ok(body) = serde_json::from_slice::<serde_json::Value>(&self.body) else {
            return self.mark_in_form();
        };
        let mark = [&body["source_id"], &body["message"]["source_id"]];
        let texts = mark.into_iter().filter_map(|it| it.as_str());
        texts
            .filter(|it| it.starts_with("portal:"))
            .map(str::to_owned)
            .next()
    }

    /// The same of a form: each mark is 43 characters long.
    fn mark_in_form(&self) -> Option<String> {
        let begin = b"\r\n\r\nportal:";
        let at = self.body.windows(begin.len()).position(|it| it == begin)? + 4;
        let mark = self.body.get(at..at + 43)?;
        String::from_utf8(mark.to_vec()).ok()
    }

    fn kind(&self) -> faults::Kind {
        let path = self.path.split('?').next().unwrap_or_default();
        match (&self.method, path) {
            (&Method::POST, path) if path.ends_with("/messages") => faults::Kind::Reply,
            (&Method::POST, path) if path.ends_with("/conversations") => faults::Kind::Open,
            (&Method::POST, path) if !path.ends_with("/filter") => faults::Kind::OtherWrite,
            _ => faults::Kind::Read,
        }
    }
}

fn cut() -> io::Error {
    io::Error::new(io::ErrorKind::ConnectionAborted, "cut on purpose")
}

fn whole(answer: Answer) -> io::Result<http::Response<Body>> {
    let (status, headers, body) = answer.ok_or_else(cut)?;
    let mut response = http::Response::new(Body::from(body));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}

/// An answer whose connection breaks after so many bytes of its body.
fn cut_after(answer: Answer, after: usize) -> http::Response<Body> {
    let (status, headers, body) = answer.unwrap_or_default();
    let part = body.slice(..after.min(body.len().saturating_sub(1)));
    let broken = futures_util::stream::iter([Ok::<_, io::Error>(part), Err(cut())]);
    let mut response = http::Response::new(Body::from_stream(broken));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

fn said(status: u16, kind: &'static str, words: &'static str) -> http::Response<Body> {
    let mut response = http::Response::new(Body::from(words));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    response
        .headers_mut()
        .insert("content-type", http::HeaderValue::from_static(kind));
    response
}
