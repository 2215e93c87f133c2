//! The demo's second port: the mailbox, the way to the desk, and for tests the clock and the help desk's tokens. Not the portal's port,
//! so that nothing of it can be mistaken for the portal's.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use fake_chatwoot::{FakeChatwoot, Mailbox, Weather};
use http::{StatusCode, Uri, header};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::clock::Clock;
use crate::tickets::Tickets;

/// The most that the clock is moved at once.
const YEAR: u64 = 366 * 24 * 3600;
/// Before the clock is moved, what is under way is let finish, since a call must not seem to have taken the time that is skipped;
/// and after it what has become due, so that whoever moved the clock finds it done. For each so long at the most, which only a
/// machine that is very busy needs.
const FINISHING: Duration = Duration::from_secs(10);
/// While the help desk hangs, what is under way does not end for long.
const HANGING: Duration = Duration::from_millis(500);

#[derive(Clone)]
struct Backstage {
    clock: Clock,
    tickets: Tickets,
    fake: Arc<FakeChatwoot>,
    given: Arc<Value>,
}

/// Serves until the process ends.
pub(super) async fn serve(
    listener: &TcpListener,
    fake: &Arc<FakeChatwoot>,
    mailbox: &Mailbox,
    clock: &Clock,
    tickets: &Tickets,
) {
    let mut given = serde_json::to_value(fake.given()).unwrap_or_default();
    if let Value::Object(fields) = &mut given {
        fields.insert("url".to_owned(), fake.url().into());
        fields.insert("smtp_port".to_owned(), mailbox.port().into());
    }
    let backstage = Backstage {
        clock: clock.clone(),
        tickets: tickets.clone(),
        fake: Arc::clone(fake),
        given: Arc::new(given),
    };
    let router = Router::new()
        .route("/", get(|| async { Redirect::temporary("/mailbox") }))
        .route("/demo/clock", post(advance))
        .route("/demo/given.json", get(given_json))
        .merge(mailbox.routes())
        .fallback(to_chatwoot)
        .with_state(backstage);
    accept(listener, router).await;
}

/// The desk is a page of the fake's own server.
async fn to_chatwoot(State(backstage): State<Backstage>, uri: Uri) -> Response {
    let path = uri.path_and_query().map_or("/", |it| it.as_str());
    if !path.starts_with("/desk") {
        return StatusCode::NOT_FOUND.into_response();
    }
    let place = format!("{}{path}", backstage.fake.url());
    (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, place)]).into_response()
}

async fn given_json(State(backstage): State<Backstage>) -> Json<Value> {
    Json(Value::clone(&backstage.given))
}

#[derive(Deserialize)]
struct Advance {
    advance_seconds: u64,
}

async fn advance(State(backstage): State<Backstage>, Json(by): Json<Advance>) -> Response {
    if by.advance_seconds > YEAR {
        return (StatusCode::UNPROCESSABLE_ENTITY, "more than a year").into_response();
    }
    backstage.settle().await;
    backstage
        .clock
        .advance(Duration::from_secs(by.advance_seconds));
    backstage.settle().await;
    Json(json!({ "now": backstage.clock.now() })).into_response()
}

impl Backstage {
    /// Lets finish what is under way.
    async fn settle(&self) {
        let most = match self.fake.weather() {
            Weather::Hanging => HANGING,
            Weather::Well
            | Weather::Throttling
            | Weather::Down503
            | Weather::Html
            | Weather::Unauthorized
            | Weather::Cutting => FINISHING,
        };
        let all = async {
            // What Chatwoot tells of was not sent hours ago, and what it makes the portal do may make it tell of more.
            self.fake.all_told().await;
            self.tickets.idle().await;
            self.fake.all_told().await;
            self.tickets.idle().await;
        };
        let _ = tokio::time::timeout(most, all).await;
    }
}

async fn accept(listener: &TcpListener, router: Router) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        let service = hyper_util::service::TowerToHyperService::new(router.clone());
        tokio::spawn(async move {
            let io = hyper_util::rt::TokioIo::new(stream);
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(io, service)
                .await;
        });
    }
}
