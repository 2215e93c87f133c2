//! `GET /live`: server-sent events, ids only. Needs a session and does not extend it; ends within a second of the session's end.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use app::error::AppError;
use app::live::{BEAT_EVENT, OVER_EVENT, TICKET_EVENT, TYPING_EVENT, VERSION_EVENT};
use axum::extract;
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_channel::mpsc;
use futures_util::{Stream, StreamExt};
use http::{HeaderName, HeaderValue, header};
use tower_cookies::Cookies;

use super::{Hand, Told};
use crate::clock::Millis;
use crate::cookies::Jar;
use crate::failure::Failure;
use crate::listener::Lasting;
use crate::server_fns::error_response;
use crate::session::{Session, Use};
use crate::state::State;

/// A proxy closes what is silent for long, and a browser takes it for broken.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// When a browser comes again after a break, and as long again by chance: after a restart they all do.
const RECONNECT: Duration = Duration::from_millis(1500);

/// Opens a stream.
pub async fn live(extract::State(state): extract::State<Arc<State>>, cookies: Cookies) -> Response {
    match open(&state, &cookies).await {
        Ok((session, told)) => {
            let now = UNIX_EPOCH + Duration::from_millis(state.clock.now());
            let events = Sse::new(events(state, session, told));
            let mut response = events.into_response();
            let mut put = |name, value| {
                let headers = response.headers_mut();
                headers.insert(name, HeaderValue::from_static(value));
            };
            // A proxy that buffers would hold the events back.
            put(HeaderName::from_static("x-accel-buffering"), "no");
            put(header::CACHE_CONTROL, "no-store");
            if let Ok(now) = HeaderValue::from_str(&httpdate::fmt_http_date(now)) {
                response.headers_mut().insert(header::DATE, now);
            }
            response.extensions_mut().insert(Lasting);
            response
        }
        Err(failure) => error_response(&AppError::from(failure)),
    }
}

async fn open(
    state: &State,
    cookies: &Cookies,
) -> Result<(Session, mpsc::Receiver<Told>), Failure> {
    let id = Jar::new(cookies, state.config.cookies).session();
    let session = match id {
        Some(id) => state.sessions.find(&id, Use::Background).await?,
        None => None,
    };
    let session = session.ok_or(AppError::SignedOut)?;
    let told = state
        .live
        .listen(session.customer, session.hash)
        .ok_or(AppError::TooMany { wait_seconds: 30 })?;
    // Had it ended before it was listened for, nobody would say so.
    if state.sessions.ends_at(session.hash).await?.is_none() {
        return Err(AppError::SignedOut.into());
    }
    Ok((session, told))
}

struct Open {
    state: Arc<State>,
    session: Session,
    told: mpsc::Receiver<Told>,
    greeted: bool,
    /// The session has ended, and the browser was told.
    over: bool,
    /// When something was last sent.
    spoke_at: Millis,
}

fn events(
    state: Arc<State>,
    session: Session,
    told: mpsc::Receiver<Told>,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let open = Open {
        spoke_at: state.clock.now(),
        state,
        session,
        told,
        greeted: false,
        over: false,
    };
    futures_util::stream::unfold(open, |mut open| async move {
        let event = open.next().await?;
        open.spoke_at = open.state.clock.now();
        Some((Ok(event), open))
    })
}

impl Open {
    /// The next event, or the end.
    async fn next(&mut self) -> Option<Event> {
        if !self.greeted {
            self.greeted = true;
            // The first bytes: the browser knows that it is connected, and whether its bundle is the newest.
            let part = u32::from(u16::from_le_bytes(self.state.chance.bytes()));
            let retry = RECONNECT + RECONNECT * part / u32::from(u16::MAX);
            let version = Event::default().event(VERSION_EVENT).retry(retry);
            return Some(version.data(self.state.pages.version()));
        }
        if self.over {
            return None;
        }
        let clock = self.state.clock.clone();
        let silent_for = u64::try_from(HEARTBEAT.as_millis()).unwrap_or(u64::MAX);
        let heartbeat = self.spoke_at + silent_for;
        loop {
            tokio::select! {
                biased;
                () = self.state.stopping.cancelled() => return None,
                told = self.told.next() => return match told? {
                    Told::Changed(ticket) => Some(Event::default().event(TICKET_EVENT).data(ticket.as_str())),
                    Told::Typing(ticket, hand) => {
                        let data = match hand {
                            Hand::Rests => ticket.to_string(),
                            Hand::Somebodys => format!("{ticket} -"),
                            Hand::AuthorOf(message) => format!("{ticket} m{message}"),
                        };
                        Some(Event::default().event(TYPING_EVENT).data(data))
                    }
                    Told::Ended => Some(self.say_over()),
                },
                // One wait for both: there is one for each open page.
                () = clock.sleep_until(heartbeat.min(self.session.ends_at)) => {
                    if clock.now() >= self.session.ends_at {
                        // It may have been used meanwhile; an unreadable store ends the stream, the browser comes again.
                        match self.state.sessions.ends_at(self.session.hash).await.ok()? {
                            Some(ends_at) => self.session.ends_at = ends_at,
                            None => return Some(self.say_over()),
                        }
                    } else {
                        return Some(Event::default().event(BEAT_EVENT).data("1"));
                    }
                }
            }
        }
    }

    fn say_over(&mut self) -> Event {
        self.over = true;
        // An event without data is none to a browser.
        Event::default().event(OVER_EVENT).data("1")
    }
}
