//! The bodies that pass through a connection: a request's, which must keep coming, and an answer's, whose end gives the turn away.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, HttpBody};
use bytes::Bytes;
use hyper::body::{Frame, Incoming, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until};

use super::patient::{BODY, FILE, FLOOR};
use super::turn::Ended;

/// How long the body of a request may be silent. Whoever knows that it is a customer's file asks for more.
#[derive(Clone, Debug, Default)]
pub struct Patience(Arc<AtomicBool>);

impl Patience {
    /// It is a customer's file.
    pub fn is_for_a_file(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn limit(&self) -> Duration {
        if self.0.load(Ordering::Relaxed) {
            FILE
        } else {
            BODY
        }
    }
}

/// A request's body that must keep coming.
pub(super) struct Request {
    body: Incoming,
    patience: Patience,
    until: Option<Pin<Box<Sleep>>>,
    /// When it was first waited for, and how much of it came.
    began: Option<Instant>,
    received: u64,
}

impl Request {
    pub(super) fn new(body: Incoming, patience: Patience) -> Self {
        Self {
            body,
            patience,
            until: None,
            began: None,
            received: 0,
        }
    }
}

impl HttpBody for Request {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let this = &mut *self;
        if let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(context) {
            this.until = None;
            if let Some(Ok(bytes)) = frame.as_ref().map(|it| it.as_ref().map(Frame::data_ref)) {
                this.received += bytes.map_or(0, |bytes| bytes.len() as u64);
            }
            return Poll::Ready(frame.map(|frame| frame.map_err(axum::Error::new)));
        }
        let now = Instant::now();
        let began = *this.began.get_or_insert(now);
        let limit = this.patience.limit();
        let earned = began + limit + Duration::from_secs(this.received / FLOOR);
        let until = this
            .until
            .get_or_insert_with(|| Box::pin(sleep_until(earned.min(now + limit))));
        ready!(until.as_mut().poll(context));
        let late = io::Error::new(io::ErrorKind::TimedOut, "the body did not come in time");
        Poll::Ready(Some(Err(axum::Error::new(late))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// An answer's body; with its last part the turn is the client's. Its being dropped would tell too late: hyper looks for the next head before.
pub(super) struct Answer {
    body: Body,
    ended: Option<Ended>,
}

impl Answer {
    pub(super) fn new(body: Body, ended: Ended) -> Self {
        Self {
            body,
            ended: Some(ended),
        }
    }
}

impl HttpBody for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        if frame.is_none() || self.body.is_end_stream() {
            self.ended = None;
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
