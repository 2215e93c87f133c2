//! How long a connection may be slow: in its head, in the body it sends, in taking what it is sent, and at rest between two requests.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, HttpBody};
use bytes::Bytes;
use hyper::body::{Frame, Incoming, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

use super::dressed::Dressed;

/// From the first byte of a head, or from the beginning of a connection, to the head's end.
pub(super) const HEAD: Duration = Duration::from_secs(5);
/// At rest between two requests.
pub(super) const REST: Duration = Duration::from_secs(60);
/// Between two parts of a request's body.
pub(super) const BODY: Duration = Duration::from_secs(10);
/// The same for a file, once it is known whose it is: a phone on a train is out of reach for a while.
pub(super) const FILE: Duration = Duration::from_secs(60);
/// For taking anything of what was sent.
pub(super) const TAKE: Duration = Duration::from_secs(30);
/// Whoever sends or takes ever so little each time must come to so many bytes a second, past the first [`BODY`] or [`TAKE`].
pub(super) const FLOOR: u64 = 1024;

/// Whose turn it is: the client's, to send a head, or ours, to answer. The lowest bit says that it is ours; above it requests are counted.
#[derive(Clone, Default)]
pub(super) struct Turn(Arc<AtomicU64>);

/// The answer is over when this is dropped.
pub(super) struct Ended(Turn);

impl Turn {
    /// A head is there: it is our turn.
    pub(super) fn begin(&self) -> Ended {
        let now = self.0.load(Ordering::Relaxed);
        self.0.store((now | 1) + 2, Ordering::Relaxed);
        Ended(self.clone())
    }

    fn is_ours(&self) -> bool {
        self.0.load(Ordering::Relaxed) & 1 == 1
    }

    fn requests(&self) -> u64 {
        self.0.load(Ordering::Relaxed) >> 1
    }
}

impl Drop for Ended {
    fn drop(&mut self) {
        self.0.0.fetch_and(!1, Ordering::Relaxed);
    }
}

/// What the client is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Waiting {
    /// The rest of a head, after so many requests.
    Head(u64),
    /// The first byte of a head, after so many requests.
    Begin(u64),
}

/// A connection with limits of time.
pub(super) struct Patient<S> {
    stream: S,
    turn: Turn,
    waiting: Option<Waiting>,
    read_until: Pin<Box<Sleep>>,
    write_until: Option<Pin<Box<Sleep>>>,
    taking: Taking,
    /// Headers that a refusal of hyper's own gets.
    headers: Arc<str>,
    refusal: Option<Dressed>,
}

impl<S> Patient<S> {
    pub(super) fn new(stream: S, turn: Turn, headers: Arc<str>) -> Self {
        Self {
            headers,
            refusal: None,
            stream,
            turn,
            waiting: Some(Waiting::Head(0)),
            read_until: Box::pin(sleep_until(Instant::now() + HEAD)),
            write_until: None,
            taking: Taking::default(),
        }
    }

    fn wait_for(&mut self, what: Waiting, limit: Duration) {
        self.waiting = Some(what);
        self.read_until.as_mut().reset(Instant::now() + limit);
    }

    /// Nothing came. Fails once the client had its time.
    fn nothing_read(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.turn.is_ours() {
            self.waiting = None;
            return Poll::Pending;
        }
        let requests = self.turn.requests();
        if !matches!(self.waiting, Some(Waiting::Head(n) | Waiting::Begin(n)) if n == requests) {
            self.wait_for(Waiting::Begin(requests), REST);
        }
        ready!(self.read_until.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }

    fn something_read(&mut self) {
        let requests = self.turn.requests();
        if !self.turn.is_ours() && self.waiting != Some(Waiting::Head(requests)) {
            self.wait_for(Waiting::Head(requests), HEAD);
        }
    }

    /// Something of an answer was taken. If it was the last, the connection rests from here on: hyper does not look for the next head again
    /// until something comes.
    fn rest(&mut self, context: &mut Context<'_>) {
        let requests = self.turn.requests();
        if !self.turn.is_ours() && self.waiting != Some(Waiting::Head(requests)) {
            self.wait_for(Waiting::Begin(requests), REST);
            // Only to be woken: reading tells that the time is over.
            let _ = self.read_until.as_mut().poll(context);
        }
    }

    /// Holds what the stream said about writing against the time the client had.
    fn written<T>(
        &mut self,
        context: &mut Context<'_>,
        said: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if said.is_ready() {
            if self.write_until.take().is_some() {
                self.taking.goes_on(Instant::now());
            }
            self.rest(context);
            return said;
        }
        let (taking, requests) = (&mut self.taking, self.turn.requests());
        let until = self.write_until.get_or_insert_with(|| {
            let now = Instant::now();
            Box::pin(sleep_until(now + taking.stops(now, requests)))
        });
        ready!(until.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncWrite + Unpin> Patient<S> {
    /// Writes a refusal of hyper's own with our headers; `None` for everything else.
    fn refuse(
        &mut self,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Option<Poll<io::Result<usize>>> {
        // Only while a head is being read can an answer be hyper's own.
        let in_a_head = self.waiting == Some(Waiting::Head(self.turn.requests()));
        if self.refusal.is_none() && in_a_head && !self.turn.is_ours() {
            self.refusal = Dressed::of(bytes, &self.headers);
        }
        let mut refusal = self.refusal.take()?;
        while !refusal.rest().is_empty() {
            let said = Pin::new(&mut self.stream).poll_write(context, refusal.rest());
            self.taking.count(&said);
            match self.written(context, said) {
                Poll::Ready(Ok(written)) if written > 0 => refusal.went(written),
                Poll::Ready(Ok(_)) => {
                    return Some(Poll::Ready(Err(io::ErrorKind::WriteZero.into())));
                }
                Poll::Ready(Err(error)) => return Some(Poll::Ready(Err(error))),
                Poll::Pending => {
                    self.refusal = Some(refusal);
                    return Some(Poll::Pending);
                }
            }
        }
        Some(Poll::Ready(Ok(refusal.stands_for())))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        match Pin::new(&mut self.stream).poll_read(context, buffer) {
            Poll::Pending => self.nothing_read(context),
            ready => {
                if buffer.filled().len() > before {
                    self.something_read();
                }
                ready
            }
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if let Some(said) = self.refuse(context, bytes) {
            return said;
        }
        let said = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.taking.count(&said);
        self.written(context, said)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if let [one] = parts
            && let Some(said) = self.refuse(context, one)
        {
            return said;
        }
        let said = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.taking.count(&said);
        self.written(context, said)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let said = Pin::new(&mut self.stream).poll_flush(context);
        self.written(context, said)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let said = Pin::new(&mut self.stream).poll_shutdown(context);
        self.written(context, said)
    }
}

/// How quickly an answer is taken.
#[derive(Default)]
struct Taking {
    /// Which answer it is, by the requests before it.
    request: u64,
    /// Bytes of it.
    taken: u64,
    /// How long we had to wait.
    waited: Duration,
    since: Option<Instant>,
}

impl Taking {
    fn count(&mut self, said: &Poll<io::Result<usize>>) {
        if let Poll::Ready(Ok(bytes)) = said {
            self.taken += *bytes as u64;
        }
    }

    /// Nothing more is taken for now. Answers how long that may be so.
    fn stops(&mut self, now: Instant, request: u64) -> Duration {
        if self.request != request {
            *self = Self {
                request,
                ..Self::default()
            };
        }
        self.since = Some(now);
        let earned = TAKE + Duration::from_secs(self.taken / FLOOR);
        earned.saturating_sub(self.waited).min(TAKE)
    }

    fn goes_on(&mut self, now: Instant) {
        if let Some(since) = self.since.take() {
            self.waited += now - since;
        }
    }
}

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
