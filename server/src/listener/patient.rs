//! How long a connection may be slow: in its head, in the body it sends, in taking what it is sent, and at rest between two requests.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

use super::dressed::Dressed;
use super::taking::Taking;
use super::turn::Turn;

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
