//! Answers that last as long as a page is open. hyper keeps two buffers of 8 KiB for a connection, which a stream of ids has no use for:
//! such an answer is taken from it and written here, in chunks, and the connection ends with it.

use std::future::{pending, poll_fn};
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use axum::body::{Body, HttpBody};
use axum::response::Response;
use bytes::Bytes;
use http::{Method, Version, response};
use hyper::Request;
use hyper::body::Incoming;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf};

use super::turn::Ended;

/// Marks an answer that lasts, among its extensions. Whoever serves it otherwise reads its body as any other.
#[derive(Clone, Copy, Debug)]
pub struct Lasting;

/// Where an answer that lasts is laid for whoever serves the connection.
#[derive(Clone, Default)]
pub(super) struct Handed(Arc<Mutex<Option<Taken>>>);

/// An answer that was taken from hyper. It is our turn until it is over.
pub(super) struct Taken {
    answer: Response,
    _ended: Ended,
}

/// Whether an answer to this request could be taken: older clients know no chunks, and an answer to HEAD has no body.
pub(super) fn may_last(request: &Request<Incoming>) -> bool {
    request.method() == Method::GET
        && request.version() == Version::HTTP_11
        && request.body().is_end_stream()
}

impl Handed {
    /// Lays the answer there. hyper waits for it and is dropped.
    pub(super) async fn put(&self, answer: Response, ended: Ended) -> ! {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Taken {
            answer,
            _ended: ended,
        });
        pending().await
    }

    /// Serves a connection until it ends or an answer is to be taken from it.
    pub(super) async fn or_over<F>(&self, serving: &mut F) -> hyper::Result<Option<Taken>>
    where
        F: Future<Output = hyper::Result<()>> + Unpin,
    {
        let serving = poll_fn(|context| {
            let ended = Pin::new(&mut *serving).poll(context);
            // It was laid there while hyper was polled, if at all: nobody need be woken for it.
            match self.0.lock().unwrap_or_else(PoisonError::into_inner).take() {
                Some(taken) if ended.is_pending() => Poll::Ready(Ok(Some(taken))),
                _ => ended.map(|ended| ended.map(|()| None)),
            }
        });
        serving.await
    }
}

impl Taken {
    /// Writes the answer to its end, or until the client is gone.
    pub(super) async fn write<S>(self, stream: &mut S) -> io::Result<()>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let (parts, mut body) = self.answer.into_parts();
        stream.write_all(&head(parts)).await?;
        let mut is_deaf = false;
        while let Some(bytes) = poll_fn(|it| next(it, stream, &mut body, &mut is_deaf)).await? {
            stream.write_all(&chunk(&bytes)).await?;
        }
        stream.write_all(b"0\r\n\r\n").await?;
        stream.shutdown().await
    }
}

/// The next bytes of the body, `None` at its end; an error once the client has gone.
fn next<S: AsyncRead + Unpin>(
    context: &mut Context<'_>,
    stream: &mut S,
    body: &mut Body,
    is_deaf: &mut bool,
) -> Poll<io::Result<Option<Bytes>>> {
    if !*is_deaf {
        let mut space = [0; 16];
        let mut read = ReadBuf::new(&mut space);
        if let Poll::Ready(said) = Pin::new(stream).poll_read(context, &mut read) {
            said?;
            if read.filled().is_empty() {
                return Poll::Ready(Err(io::ErrorKind::UnexpectedEof.into()));
            }
            // There is nothing for it to say any more. What it says all the same is not read: it costs nothing.
            *is_deaf = true;
        }
    }
    loop {
        let Some(frame) = ready!(Pin::new(&mut *body).poll_frame(context)) else {
            return Poll::Ready(Ok(None));
        };
        let frame = frame.map_err(io::Error::other)?;
        // A chunk without bytes would be the end.
        if let Ok(bytes) = frame.into_data()
            && !bytes.is_empty()
        {
            return Poll::Ready(Ok(Some(bytes)));
        }
    }
}

fn head(parts: response::Parts) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {}\r\n", parts.status).into_bytes();
    for (name, value) in &parts.headers {
        head.extend_from_slice(name.as_str().as_bytes());
        head.extend_from_slice(b": ");
        head.extend_from_slice(value.as_bytes());
        head.extend_from_slice(b"\r\n");
    }
    head.extend_from_slice(b"connection: close\r\ntransfer-encoding: chunked\r\n\r\n");
    head
}

fn chunk(bytes: &[u8]) -> Vec<u8> {
    let length = format!("{:x}\r\n", bytes.len());
    [length.as_bytes(), bytes, b"\r\n"].concat()
}
