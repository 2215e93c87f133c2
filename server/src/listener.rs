//! The accept loop (promise R9): every connection has a limit of time for each thing it can be slow in, every client one of connections,
//! and all together one that the machine can bear. A stop lets what runs finish.

mod again;
mod bodies;
mod counted;
mod dressed;
mod lasting;
mod patient;
mod taking;
mod turn;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use http::{HeaderValue, header};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use ipnet::IpNet;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::config::Config;
use crate::headers;
use again::again;
pub use bodies::Patience;
pub use counted::{Counted, Place};
use lasting::Handed;
pub use lasting::Lasting;
use patient::Patient;
use turn::Turn;

/// Most bytes of a head.
const LARGEST_HEAD: usize = 16 * 1024;
/// Connections at a time that one process serves at most.
const MOST: usize = 4096;
/// Files that are open for other things than connections: 256 of them customers' that are coming.
const OTHER_FILES: usize = 384;
/// Connections that the system keeps while they wait to be accepted; past it clients try again after a second.
const WAITING: u32 = 1024;
/// What the system is given when it can open no more files.
const PAUSE: Duration = Duration::from_millis(100);

/// How many connections there may be.
#[derive(Clone, Debug)]
pub struct Connections {
    /// Of one client. Proxies in `trusted` and this machine itself speak for many, and are counted in `in_all` only.
    pub per_client: usize,
    /// Of everybody.
    pub in_all: usize,
    /// Proxies.
    pub trusted: Vec<IpNet>,
    /// Lines of headers for what is refused before a request is understood.
    pub refusal_headers: Arc<str>,
}

impl Connections {
    /// As the operator said, and as many files as the system allows.
    pub fn of(config: &Config) -> Self {
        let files = open_files().map_or(MOST, |most| most.saturating_sub(OTHER_FILES));
        Self {
            per_client: config.connections_per_client,
            in_all: files.clamp(16, MOST),
            trusted: config.trusted_proxies.clone(),
            refusal_headers: headers::lines(config.portal.is_https()).into(),
        }
    }

    fn speaks_for_many(&self, peer: SocketAddr) -> bool {
        let ip = peer.ip().to_canonical();
        ip.is_loopback() || self.trusted.iter().any(|net| net.contains(&ip))
    }
}

/// Takes a port.
pub fn bind(at: SocketAddr) -> io::Result<TcpListener> {
    let socket = match at {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => TcpSocket::new_v6()?,
    };
    // A restart need not wait for the system to forget the connections of before.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(at)?;
    socket.listen(WAITING)
}

/// Serves until `stopping`; ends when what was under way has ended. Dropped before, it breaks that off.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    connections: Connections,
    stopping: CancellationToken,
) {
    let mut open = JoinSet::new();
    let counted = Arc::new(Counted::default());
    loop {
        let accepted = tokio::select! {
            () = stopping.cancelled() => break,
            // What has ended makes room.
            Some(_) = open.join_next() => continue,
            accepted = listener.accept(), if open.len() < connections.in_all => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                let most = if connections.speaks_for_many(peer) {
                    connections.in_all
                } else {
                    connections.per_client
                };
                // Refused by closing: the cheapest answer there is.
                let Some(place) = counted.take(peer.ip(), most) else {
                    continue;
                };
                let headers = Arc::clone(&connections.refusal_headers);
                let about = (peer, headers);
                let serving = tcp(stream, about, place, router.clone(), stopping.clone());
                open.spawn(again(serving));
            }
            Err(error) => {
                tracing::warn!(%error, "a connection cannot be accepted");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    // The port is free from here on.
    drop(listener);
    while open.join_next().await.is_some() {}
}

async fn tcp(
    stream: TcpStream,
    about: (SocketAddr, Arc<str>),
    place: Place,
    router: Router,
    stopping: CancellationToken,
) {
    // An event of a few bytes is not to wait for more.
    let _ = stream.set_nodelay(true);
    connection(stream, about, router, stopping).await;
    drop(place);
}

/// Serves one connection to its end. `about` is who it is, and the headers of a refusal.
async fn connection<S>(
    stream: S,
    about: (SocketAddr, Arc<str>),
    router: Router,
    stopping: CancellationToken,
) where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let (peer, headers) = about;
    let turn = Turn::default();
    let handed = Handed::default();
    let service = service_fn(|request: hyper::Request<hyper::body::Incoming>| {
        let ended = turn.begin();
        let handed = lasting::may_last(&request).then(|| handed.clone());
        let patience = Patience::default();
        let mut request =
            request.map(|body| Body::new(bodies::Request::new(body, patience.clone())));
        request.extensions_mut().insert(patience);
        request.extensions_mut().insert(ConnectInfo(peer));
        // Its length may have been told in two ways, of which a proxy before us believed the other: what comes after is not read.
        let last = request.headers().contains_key(header::TRANSFER_ENCODING);
        let answer = router.clone().oneshot(request);
        async move {
            let Ok(mut response) = answer.await;
            if let Some(handed) = handed
                && response.extensions().get::<Lasting>().is_some()
            {
                handed.put(response, ended).await;
            }
            if last {
                let close = HeaderValue::from_static("close");
                response.headers_mut().insert(header::CONNECTION, close);
            }
            Ok::<_, Infallible>(response.map(|body| bodies::Answer::new(body, ended)))
        }
    });
    // On the heap, since what hyper takes is given back when an answer is taken from it.
    let mut serving = Box::new(
        http1::Builder::new()
            .timer(TokioTimer::new())
            // Of at most 100 lines of headers, as it is hyper's own way. `Patient` has limits of its own: hyper's would close a connection that rests between two requests as early as a silent one.
            .header_read_timeout(None)
            .max_buf_size(LARGEST_HEAD)
            .serve_connection(
                TokioIo::new(Patient::new(stream, turn.clone(), headers)),
                service,
            ),
    );
    let ended = tokio::select! {
        ended = handed.or_over(&mut serving) => ended,
        () = stopping.cancelled() => {
            std::pin::Pin::new(serving.as_mut()).graceful_shutdown();
            handed.or_over(&mut serving).await
        }
    };
    match ended {
        Ok(None) => {}
        Ok(Some(taken)) => {
            let mut stream = serving.into_parts().io.into_inner();
            if let Err(error) = taken.write(&mut stream).await {
                tracing::debug!(%error, "a stream ended early");
            }
        }
        Err(error) => tracing::debug!(%error, "a connection ended early"),
    }
}

/// How many files this process may have open, where the system tells.
fn open_files() -> Option<usize> {
    let limits = std::fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests;
