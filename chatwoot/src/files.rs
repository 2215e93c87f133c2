//! Files: fetched for the customer, from Chatwoot or its named storage and nowhere else, and passed on as they come.

use std::fmt;
use std::future::ready;

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use http::header::{self, HeaderName};
use url::Url;

use crate::client::Client;
use crate::error::{Breakage, Error, Misfit, Words};
use crate::{client, refusals};

/// How many redirects are followed: Chatwoot needs one, two with a bucket behind it.
const HOPS: usize = 4;

/// A part of a file, as a browser asked for it: one range of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ByteRange {
    from: Option<u64>,
    to: Option<u64>,
}

impl ByteRange {
    /// A `Range` header’s value, if it asks for one range of bytes; none if it asks for anything else.
    pub fn parse(value: &str) -> Option<Self> {
        let (from, to) = value.trim().strip_prefix("bytes=")?.split_once('-')?;
        let (from, to) = (number(from)?, number(to)?);
        (from.is_some() || to.is_some()).then_some(Self { from, to })
    }

    /// The first so many bytes.
    pub fn first(count: u64) -> Self {
        Self {
            from: Some(0),
            to: Some(count.saturating_sub(1)),
        }
    }

    fn is_met_by(self, part: &Part) -> bool {
        match self.from {
            Some(from) => part.first == from && self.to.is_none_or(|to| part.last <= to),
            None => part.whole.is_some_and(|whole| part.last + 1 == whole),
        }
    }
}

impl fmt::Display for ByteRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bytes=")?;
        self.from.map_or(Ok(()), |from| from.fmt(f))?;
        f.write_str("-")?;
        self.to.map_or(Ok(()), |to| to.fmt(f))
    }
}

/// No digits at all are none; anything but digits is an error.
fn number(text: &str) -> Option<Option<u64>> {
    if text.is_empty() {
        return Some(None);
    }
    let plain = text.len() <= 18 && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok())
}

/// Which part of a file came, by its `Content-Range`.
struct Part {
    first: u64,
    last: u64,
    whole: Option<u64>,
}

impl Part {
    fn read(value: &str) -> Option<Self> {
        let (range, whole) = value.trim().strip_prefix("bytes ")?.split_once('/')?;
        let (first, last) = range.split_once('-')?;
        let part = Self {
            first: number(first)??,
            last: number(last)??,
            whole: if whole == "*" { None } else { number(whole)? },
        };
        let fits = part.first <= part.last && part.whole.is_none_or(|whole| part.last < whole);
        fits.then_some(part)
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
                200 | 206 | 416 => {
                    return download(status, response, range, self.limits().file);
                }
                301 | 302 | 303 | 307 | 308 => {
                    let place = text(&response, header::LOCATION).unwrap_or_default();
                    url = self.allowed(&place, Some(&url))?;
                }
                _ => return Err(refusals::read(status, None, b"")),
            }
        }
        Err(Error::NotUnderstood(Misfit::Redirect(Words::new("itself"))))
    }

    /// Whether an address is one of Chatwoot’s own files, as they stand in texts.
    pub fn is_file(&self, address: &str) -> bool {
        // As it will be asked for, with no step upwards left in it.
        self.allowed(address, None).is_ok_and(|url| {
            let base = self.base().path().trim_end_matches('/');
            let path = url.path().strip_prefix(base).unwrap_or(url.path());
            url.host_str() == self.base().host_str() && path.starts_with("/rails/active_storage/")
        })
    }

    async fn fetch(&self, url: Url, range: Option<&ByteRange>) -> Result<reqwest::Response, Error> {
        let mut request = self.http().get(url);
        if self.forwarded_https() {
            request = request.header("x-forwarded-proto", "https");
        }
        if let Some(range) = range {
            request = request.header(header::RANGE, range.to_string());
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

/// What the storage sent, if it is what was asked for: another part, or more than a file can have, is none of it.
fn download(
    status: u16,
    response: reqwest::Response,
    asked: Option<&ByteRange>,
    most: u64,
) -> Result<Download, Error> {
    let length = response.content_length();
    if length.is_some_and(|length| length > most) {
        return Err(Error::Broken(Breakage::TooLarge));
    }
    let said = text(&response, header::CONTENT_RANGE);
    let content_type = text(&response, header::CONTENT_TYPE);
    if status == 416 {
        // Its body is the storage’s own words.
        let whole = said
            .as_deref()
            .and_then(|it| number(it.strip_prefix("bytes */")?)?);
        return Ok(Download {
            status,
            content_type: None,
            length: Some(0),
            content_range: whole.map(|whole| format!("bytes */{whole}")),
            bytes: stream::empty().boxed(),
        });
    }
    let part = said.as_deref().and_then(Part::read).filter(|part| {
        let count = part.last - part.first + 1;
        asked.is_some_and(|asked| asked.is_met_by(part))
            && length.is_none_or(|length| length == count)
    });
    let content_range = match (status, part) {
        (206, Some(Part { first, last, whole })) => {
            let whole = whole.map_or_else(|| "*".to_owned(), |whole| whole.to_string());
            Some(format!("bytes {first}-{last}/{whole}"))
        }
        (206, None) => {
            let words = Words::new("another part than was asked for");
            return Err(Error::NotUnderstood(Misfit::Body(words)));
        }
        _ => None,
    };
    let bytes = response.bytes_stream().scan(most, |left, part| {
        let part = match part {
            Ok(part) if part.len() as u64 > *left => Err(Error::Broken(Breakage::TooLarge)),
            Ok(part) => {
                *left -= part.len() as u64;
                Ok(part)
            }
            Err(error) => Err(client::read_error(error)),
        };
        ready(Some(part))
    });
    Ok(Download {
        status,
        content_type,
        length,
        content_range,
        bytes: bytes.boxed(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_read_and_written_as_it_came() {
        for good in ["bytes=0-0", "bytes=5-", "bytes=-3", "bytes=2-99"] {
            assert_eq!(ByteRange::parse(good).unwrap().to_string(), good);
        }
        for odd in [
            "bytes=-",
            "bytes=0-1,3-4",
            "bytes=a-",
            "lines=0-1",
            "bytes=0-1\r\nX: y",
            "bytes=+1-2",
            "bytes=9999999999999999999-",
        ] {
            assert_eq!(ByteRange::parse(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_part_is_what_was_asked_for_or_none() {
        for (asked, said, met) in [
            ("bytes=5-9", "bytes 5-9/100", true),
            ("bytes=5-9", "bytes 5-7/8", true),
            ("bytes=5-9", "bytes 0-4/100", false),
            ("bytes=5-9", "bytes 5-10/100", false),
            ("bytes=5-", "bytes 5-99/*", true),
            ("bytes=-5", "bytes 95-99/100", true),
            ("bytes=-5", "bytes 0-4/100", false),
            ("bytes=5-9", "bytes 9-5/100", false),
            ("bytes=5-9", "bytes 5-9/6", false),
            ("bytes=5-9", "bytes -5-9/100", false),
            ("bytes=5-9", "bytes */100", false),
            ("bytes=5-9", "5-9/100", false),
        ] {
            let asked = ByteRange::parse(asked).unwrap();
            let part = Part::read(said);
            assert_eq!(
                part.is_some_and(|it| asked.is_met_by(&it)),
                met,
                "{asked} {said}"
            );
        }
    }
}
