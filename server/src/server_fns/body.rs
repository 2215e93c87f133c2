//! Reads the body of a call. It is bounded in itself, by client and in all: whoever sends slowly holds up nobody else, and all bodies
//! together fit into memory.

use std::error::Error as _;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use futures_util::StreamExt;
use http::{HeaderMap, StatusCode, header};
use tokio::sync::Semaphore;

use crate::listener::Counted;

/// Most bytes of a call.
const LARGEST: usize = 1024 * 1024;
/// A body up to here only needs a connection: as many of them as there are connections fit into memory.
const SMALL: usize = 64 * 1024;
/// Larger bodies that are read at once.
const LARGE_AT_ONCE: usize = 64;
/// Bodies of one client that are read at once. A body is there within moments: it takes a slow network to have several.
const OF_ONE_CLIENT: usize = 32;

/// The bodies that are being read.
pub struct Reading {
    clients: Arc<Counted>,
    large: Semaphore,
}

/// Why a body was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    TooLarge,
    /// It broke off, or was no HTTP.
    Broken,
    /// It did not come in time.
    Late,
    /// Too many others are being read.
    TooMany,
}

impl Refusal {
    pub(super) fn status(self) -> StatusCode {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Broken => StatusCode::BAD_REQUEST,
            Self::Late => StatusCode::REQUEST_TIMEOUT,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
        }
    }
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            clients: Arc::default(),
            large: Semaphore::new(LARGE_AT_ONCE),
        }
    }
}

impl Reading {
    /// A whole body; refused by its header already if that says too much.
    pub(super) async fn read(
        &self,
        body: Body,
        headers: &HeaderMap,
        client: IpAddr,
    ) -> Result<Bytes, Refusal> {
        let told = headers.get(header::CONTENT_LENGTH);
        let told = told.and_then(|it| it.to_str().ok()?.parse::<usize>().ok());
        if told.is_some_and(|length| length > LARGEST) {
            return Err(Refusal::TooLarge);
        }
        // As with connections, this machine itself speaks for many.
        let most = if client.is_loopback() {
            usize::MAX
        } else {
            OF_ONE_CLIENT
        };
        let _place = self.clients.take(client, most).ok_or(Refusal::TooMany)?;
        let mut large = None;
        let mut read = Vec::new();
        let mut parts = body.into_data_stream();
        while let Some(part) = parts.next().await {
            let part = part.map_err(|error| why(&error))?;
            let length = read.len() + part.len();
            if length > LARGEST {
                return Err(Refusal::TooLarge);
            }
            if length > SMALL && large.is_none() {
                large = Some(self.large.try_acquire().map_err(|_| Refusal::TooMany)?);
            }
            read.extend_from_slice(&part);
        }
        Ok(read.into())
    }
}

fn why(error: &axum::Error) -> Refusal {
    let mut cause = error.source();
    while let Some(it) = cause {
        if it
            .downcast_ref::<io::Error>()
            .is_some_and(|it| it.kind() == io::ErrorKind::TimedOut)
        {
            return Refusal::Late;
        }
        cause = it.source();
    }
    Refusal::Broken
}

#[cfg(test)]
mod tests {
    use futures_util::{FutureExt, stream};

    use super::*;

    fn ip(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    /// So much of a body, and then nothing.
    fn slow(bytes: usize) -> Body {
        let first = stream::iter([Ok::<_, io::Error>(Bytes::from(vec![b' '; bytes]))]);
        Body::from_stream(first.chain(stream::pending()))
    }

    #[tokio::test]
    async fn r9_too_long_a_body_is_refused_by_its_header_before_any_of_it_came() {
        let reading = Reading::default();
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_LENGTH, (LARGEST + 1).into());
        let read = reading.read(slow(0), &headers, ip(1)).now_or_never();
        assert_eq!(read, Some(Err(Refusal::TooLarge)));
    }

    #[tokio::test]
    async fn r9_slow_bodies_take_the_places_of_their_own_client_only() {
        let reading = Reading::default();
        let none = HeaderMap::new();
        let mut held = Vec::new();
        for _ in 0..OF_ONE_CLIENT {
            let mut read = Box::pin(reading.read(slow(1), &none, ip(1)));
            assert_eq!((&mut read).now_or_never(), None);
            held.push(read);
        }
        let more = reading.read(Body::from("{}"), &none, ip(1)).now_or_never();
        assert_eq!(more, Some(Err(Refusal::TooMany)));
        let other = reading.read(Body::from("{}"), &none, ip(2)).now_or_never();
        assert_eq!(other, Some(Ok(Bytes::from("{}"))));
        held.pop();
        let again = reading.read(Body::from("{}"), &none, ip(1)).now_or_never();
        assert_eq!(again, Some(Ok(Bytes::from("{}"))));
    }

    #[tokio::test]
    async fn r9_many_large_bodies_at_once_are_refused_and_small_ones_go_on() {
        let reading = Reading::default();
        let none = HeaderMap::new();
        let mut held = Vec::new();
        for n in 0..LARGE_AT_ONCE {
            let client = ip(u8::try_from(n).unwrap());
            let mut read = Box::pin(reading.read(slow(SMALL + 1), &none, client));
            assert_eq!((&mut read).now_or_never(), None);
            held.push(read);
        }
        let more = reading.read(slow(SMALL + 1), &none, ip(200)).now_or_never();
        assert_eq!(more, Some(Err(Refusal::TooMany)));
        let small = Body::from(vec![b' '; SMALL]);
        let small = reading.read(small, &none, ip(200)).now_or_never();
        assert_eq!(small.unwrap().unwrap().len(), SMALL);
    }

    #[tokio::test]
    async fn a_body_that_breaks_off_and_one_that_is_late_are_told_apart() {
        let reading = Reading::default();
        for (kind, refusal) in [
            (io::ErrorKind::UnexpectedEof, Refusal::Broken),
            (io::ErrorKind::InvalidInput, Refusal::Broken),
            (io::ErrorKind::TimedOut, Refusal::Late),
        ] {
            let parts = [Ok(Bytes::from("{")), Err(io::Error::from(kind))];
            let body = Body::from_stream(stream::iter(parts));
            let read = reading.read(body, &HeaderMap::new(), ip(1)).await;
            assert_eq!(read, Err(refusal), "{kind:?}");
        }
    }
}
