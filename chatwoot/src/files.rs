//! Files: fetched for the customer, from Chatwoot or its named storage and nowhere else, and passed on as they come.

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use http::header::{self, HeaderName};
use url::Url;

use crate::client::Client;
use crate::error::{Error, Misfit, Words};
use crate::{client, refusals};

/// How many redirects are followed: Chatwoot needs one, two with a bucket behind it.
const HOPS: usize = 4;

/// A part of a file, as a browser asked for it: one range of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByteRange(String);

impl ByteRange {
    /// A `Range` header’s value, if it asks for one range of bytes; none if it asks for anything else.
    pub fn parse(value: &str) -> Option<Self> {
        let (from, to) = value.trim().strip_prefix("bytes=")?.split_once('-')?;
        let number = |text: &str| text.len() <= 18 && text.bytes().all(|b| b.is_ascii_digit());
        let some = !from.is_empty() || !to.is_empty();
        (some && number(from) && number(to)).then(|| Self(format!("bytes={from}-{to}")))
    }
}

/// A file that is coming.
pub struct Download {
    /// 200 for the whole, 206 for the part asked for, 416 if there is no such part.
    pub status: u16,
    /// What the storage says that it is. Not to be trusted.
    pub content_type: Option<String>,
    /// How many bytes are coming.
    pub length: Option<u64>,
    /// Which part of the whole it is, if it is one.
    pub content_range: Option<String>,
    /// The bytes. They stop with an error if the connection breaks or is silent for too long.
    pub bytes: BoxStream<'static, Result<Bytes, Error>>,
}

impl std::fmt::Debug for Download {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Download")
            .field("status", &self.status)
            .field("content_type", &self.content_type)
            .field("length", &self.length)
            .field("content_range", &self.content_range)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Fetches a file of a message by its `data_url` or `thumb_url`, the whole or a part. No token is sent.
    #[tracing::instrument(
        level = "debug",
        name = "chatwoot",
        skip_all,
        fields(route = "file", status)
    )]
    pub async fn download(
        &self,
        data_url: &str,
        range: Option<&ByteRange>,
    ) -> Result<Download, Error> {
        let mut url = self.allowed(data_url, None)?;
        for _ in 0..=HOPS {
            let response = self.fetch(url.clone(), range).await?;
            let status = response.status().as_u16();
            tracing::Span::current().record("status", status);
            match status {
                200 | 206 | 416 => return Ok(download(status, response)),
                301 | 302 | 303 | 307 | 308 => {
                    let place = text(&response, header::LOCATION).unwrap_or_default();
                    url = self.allowed(&place, Some(&url))?;
                }
                _ => return Err(refusals::read(status, None, b"")),
            }
        }
        Err(Error::NotUnderstood(Misfit::Redirect(Words::new("itself"))))
    }

    async fn fetch(&self, url: Url, range: Option<&ByteRange>) -> Result<reqwest::Response, Error> {
        let mut request = self.http().get(url);
        if self.forwarded_https() {
            request = request.header("x-forwarded-proto", "https");
        }
        if let Some(range) = range {
            request = request.header(header::RANGE, &range.0);
        }
        // Only the head has a limit of its own: the bytes go as fast as the customer takes them.
        match tokio::time::timeout(self.limits().read, request.send()).await {
            Ok(response) => response.map_err(client::send_error),
            Err(_) => Err(Error::NoAnswer),
        }
    }

    /// The address to ask for a file: one of Chatwoot’s under any of its names is put onto the one that we use, a
    /// named storage’s stays, any other is refused.
    fn allowed(&self, address: &str, from: Option<&Url>) -> Result<Url, Error> {
        let elsewhere = |what: &str| Error::NotUnderstood(Misfit::Elsewhere(Words::new(what)));
        let url = match from {
            Some(from) => from.join(address),
            None => Url::parse(address),
        }
        .map_err(|_| elsewhere("no address"))?;
        let (Some(host), true) = (url.host_str(), matches!(url.scheme(), "http" | "https")) else {
            return Err(elsewhere(url.scheme()));
        };
        let ours = self.base().host_str() == Some(host)
            || self.public_base().and_then(Url::host_str) == Some(host);
        // A bucket can be on Chatwoot’s own host, behind another port: names with a port come first.
        let with_port = url.port().map(|port| format!("{host}:{port}"));
        let named = |name: Option<&str>| {
            name.is_some_and(|name| self.storage_hosts().iter().any(|it| it == name))
        };
        if named(with_port.as_deref()) || (named(Some(host)) && !ours) {
            return Ok(url);
        }
        if !ours {
            return Err(elsewhere(host));
        }
        let mut here = self.base().clone();
        here.set_path(url.path());
        here.set_query(url.query());
        Ok(here)
    }
}

fn text(response: &reqwest::Response, name: HeaderName) -> Option<String> {
    let value = response.headers().get(name)?;
    value.to_str().ok().map(str::to_owned)
}

fn download(status: u16, response: reqwest::Response) -> Download {
    Download {
        status,
        content_type: text(&response, header::CONTENT_TYPE),
        length: response.content_length(),
        content_range: text(&response, header::CONTENT_RANGE),
        bytes: response
            .bytes_stream()
            .map(|part| part.map_err(client::read_error))
            .boxed(),
    }
}
