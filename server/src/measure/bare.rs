//! The least that answering takes: hyper alone, with the portal's allocator and runtime, reads a request whole and answers bytes that are
//! ready under headers that are ready. What the portal takes beyond this is its own.

use std::convert::Infallible;
use std::io;
use std::net::Ipv4Addr;
use std::path::Path;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

/// What is always answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Answer {
    headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    /// Reads lines of headers, an empty line and a body.
    fn read(text: &str) -> Option<Self> {
        let (head, body) = text.split_once("\n\n")?;
        let mut headers = HeaderMap::new();
        for line in head.lines() {
            let (name, value) = line.split_once(": ")?;
            headers.append(
                HeaderName::try_from(name).ok()?,
                HeaderValue::from_str(value).ok()?,
            );
        }
        Some(Self {
            headers,
            body: Bytes::from(body.to_owned()),
        })
    }

    fn response(&self) -> Response<Full<Bytes>> {
        let mut response = Response::new(Full::new(self.body.clone()));
        *response.headers_mut() = self.headers.clone();
        response
    }
}

/// Answers with what the file says on a port of this machine, until it is ended.
pub(super) async fn serve(file: &Path, port: u16) -> io::Result<Infallible> {
    let answer = Answer::read(&std::fs::read_to_string(file)?);
    let answer = answer.ok_or(io::ErrorKind::InvalidData)?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let answer = answer.clone();
        tokio::spawn(async move {
            let service = service_fn(move |request: Request<Incoming>| {
                let response = answer.response();
                async move {
                    request.into_body().collect().await?;
                    Ok::<_, hyper::Error>(response)
                }
            });
            let serving = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            // A client that is gone is none to tell of.
            let _ = serving.await;
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_from_lines() {
        let answer = Answer::read("a: b\nc: d: e\n\n{\n\n}").unwrap();
        assert_eq!(answer.headers["c"], "d: e");
        assert_eq!(answer.body, "{\n\n}");
        assert_eq!(Answer::read("a: b"), None);
        assert_eq!(Answer::read("a\n\n"), None);
    }
}
