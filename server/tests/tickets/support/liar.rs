//! A proxy before the fake that passes everything on, and then says of writes that they failed: as a real Chatwoot does when
//! Redis is away (api.md §0b.17).

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use server::clock::Clock;

const WORDS: &str = r#"{"error":"Connection refused - connect(2) for 127.0.0.1:6379"}"#;

#[derive(Clone)]
pub struct Liar {
    to: String,
    http: reqwest::Client,
    lies: Arc<AtomicUsize>,
    loses: Arc<AtomicUsize>,
    repeats: Arc<AtomicUsize>,
    hides_contacts: Arc<AtomicBool>,
    asked: Arc<AtomicUsize>,
    fails_each: Arc<AtomicUsize>,
    clock: Clock,
    lists_take: Arc<AtomicU64>,
    breaks: Arc<Mutex<Vec<String>>>,
    holds: Arc<Mutex<Vec<String>>>,
    lets_go: Arc<tokio::sync::Semaphore>,
    locked: Arc<AtomicBool>,
    paths: Arc<tokio::sync::watch::Sender<Vec<String>>>,
    fails: Arc<Mutex<Failing>>,
}

/// Calls that are answered by a 500.
#[derive(Default)]
struct Failing {
    action: &'static str,
    times: usize,
    done_all_the_same: bool,
}

impl Liar {
    /// Starts one before this address; answers with its own.
    pub async fn before(to: String, clock: Clock) -> (Self, String) {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0))
            .await
            .unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let liar = Self {
            to,
            http: chatwoot::build_http(None).unwrap(),
            lies: Arc::default(),
            loses: Arc::default(),
            repeats: Arc::default(),
            hides_contacts: Arc::default(),
            asked: Arc::default(),
            fails_each: Arc::default(),
            clock,
            lists_take: Arc::default(),
            breaks: Arc::default(),
            holds: Arc::default(),
            lets_go: Arc::new(tokio::sync::Semaphore::new(0)),
            locked: Arc::default(),
            paths: Arc::default(),
            fails: Arc::default(),
        };
        let app = Router::new().fallback(pass_on).with_state(liar.clone());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        (liar, url)
    }

    /// So many of the next new tickets and replies are said to have failed though they are stored.
    pub fn lies_about(&self, writes: usize) {
        self.lies.store(writes, Ordering::SeqCst);
    }

    /// So many of the next new tickets and replies are not stored, and nobody can tell by what is said.
    pub fn loses(&self, writes: usize) {
        self.loses.store(writes, Ordering::SeqCst);
    }

    /// So many of the next new tickets and replies are stored, and stored once more when they are let go: as an earlier try of the same
    /// that came very late.
    pub fn repeats(&self, writes: usize) {
        self.repeats.store(writes, Ordering::SeqCst);
    }

    /// From now on no contact can be read by its number, or again.
    pub fn hides_contacts(&self, hides: bool) {
        self.hides_contacts.store(hides, Ordering::SeqCst);
    }

    /// From now on every nth reading is answered by a 500.
    pub fn fails_each(&self, nth: usize) {
        self.fails_each.store(nth, Ordering::SeqCst);
    }

    /// From now on each page of a list of messages or tickets takes so long by the portal's clock.
    pub fn lists_take(&self, each: Duration) {
        let millis = u64::try_from(each.as_millis()).unwrap();
        self.lists_take.store(millis, Ordering::SeqCst);
    }

    /// From now on every reading whose address has this in it is answered by a 500.
    pub fn breaks(&self, part: &str) {
        self.breaks.lock().unwrap().push(part.to_owned());
    }

    /// From now on no call whose address has this in it is answered.
    pub fn holds(&self, part: &str) {
        self.paths.send_modify(Vec::clear);
        self.holds.lock().unwrap().push(part.to_owned());
    }

    /// So many of the calls that are held, or will be, are answered all the same.
    pub fn lets_go(&self, calls: usize) {
        self.lets_go.add_permits(calls);
    }

    /// From now on the inbox is locked to a single conversation.
    pub fn locks_the_inbox(&self) {
        self.locked.store(true, Ordering::SeqCst);
    }

    /// Everything is answered again.
    pub fn mends(&self) {
        self.breaks.lock().unwrap().clear();
    }

    /// The inbox is as it was.
    pub fn unlocks_the_inbox(&self) {
        self.locked.store(false, Ordering::SeqCst);
    }

    /// How many calls came whose address has this in it.
    pub fn asked_for(&self, part: &str) -> usize {
        let paths = self.paths.borrow();
        paths.iter().filter(|path| path.contains(part)).count()
    }

    /// Waits until so many calls are held.
    pub async fn holds_back(&self, calls: usize) {
        let held = |paths: &Vec<String>| {
            let holds = self.holds.lock().unwrap();
            let is_held = |path: &&String| holds.iter().any(|part| path.contains(part));
            paths.iter().filter(is_held).count() >= calls
        };
        let mut paths = self.paths.subscribe();
        paths.wait_for(held).await.unwrap();
    }

    /// So many of the next calls whose path ends so are answered by a 500, and not done.
    pub fn fails_at(&self, action: &'static str, times: usize) {
        *self.fails.lock().unwrap() = Failing {
            action,
            times,
            done_all_the_same: false,
        };
    }

    /// So many of the next calls whose path ends so are answered by a 500, and done.
    pub fn lies_about_each(&self, action: &'static str, times: usize) {
        *self.fails.lock().unwrap() = Failing {
            action,
            times,
            done_all_the_same: true,
        };
    }

    /// How many of these calls are still to be answered so.
    pub fn left_to_fail(&self) -> usize {
        self.fails.lock().unwrap().times
    }

    /// Whether this call is to be answered by a 500, and whether it is done before.
    fn fails_here(&self, path: &str) -> Option<bool> {
        let mut fails = self.fails.lock().unwrap();
        let mine = fails.times > 0 && path.ends_with(fails.action);
        mine.then(|| {
            fails.times -= 1;
            fails.done_all_the_same
        })
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
}

/// Whether this is one of so many.
fn takes_one(of: &AtomicUsize) -> bool {
    of.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
        left.checked_sub(1)
    })
    .is_ok()
}

fn is_list(path: &str) -> bool {
    path.ends_with("/messages") || path.ends_with("/conversations")
}

async fn pass_on(State(liar): State<Liar>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path();
    let uri = parts.uri.to_string();
    liar.paths.send_modify(|paths| paths.push(uri.clone()));
    let is_contact = path
        .rsplit_once("/contacts/")
        .is_some_and(|(_, id)| id.parse::<u64>().is_ok());
    if liar.fails_now(&parts.method) {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let is_one_of = |parts: &Mutex<Vec<String>>| {
        let parts = parts.lock().unwrap();
        parts.iter().any(|part| uri.contains(part))
    };
    if parts.method == http::Method::GET && is_one_of(&liar.breaks) {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    if is_one_of(&liar.holds) {
        liar.lets_go.acquire().await.unwrap().forget();
    }
    if is_contact && liar.hides_contacts.load(Ordering::SeqCst) {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    if parts.method == http::Method::GET && is_list(path) {
        let takes = liar.lists_take.load(Ordering::SeqCst);
        liar.clock.advance(Duration::from_millis(takes));
    }
    let is_inbox = path.contains("/inboxes/");
    let fails = liar.fails_here(path);
    if fails == Some(false) {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let url = format!("{}{}", liar.to, parts.uri);
    let mut headers = parts.headers;
    headers.remove(http::header::HOST);
    let body = to_bytes(body, 1 << 24).await.unwrap();
    let writes = parts.method == http::Method::POST && is_list(parts.uri.path());
    if writes && takes_one(&liar.loses) {
        return (StatusCode::UNPROCESSABLE_ENTITY, WORDS).into_response();
    }
    let lie = writes && takes_one(&liar.lies);
    let sent = liar
        .http
        .request(parts.method, url)
        .headers(headers)
        .body(body);
    if writes && takes_one(&liar.repeats) {
        let before = sent.try_clone().unwrap().send();
        before.await.unwrap().bytes().await.unwrap();
        liar.lets_go.acquire().await.unwrap().forget();
    }
    let Ok(answer) = sent.send().await else {
        return StatusCode::BAD_GATEWAY.into_response();
    };
    if fails.is_some() {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    if lie {
        return (StatusCode::UNPROCESSABLE_ENTITY, WORDS).into_response();
    }
    let (status, headers) = (answer.status(), answer.headers().clone());
    let mut bytes = answer.bytes().await.unwrap();
    if liar.locked.load(Ordering::SeqCst) && is_inbox {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let (free, locked) = ("conversation\":false", "conversation\":true ");
        bytes = text
            .replace(
                &format!("lock_to_single_{free}"),
                &format!("lock_to_single_{locked}"),
            )
            .into();
    }
    let body = Body::from(bytes);
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}
