//! A file kept in memory, and how a browser gets it: compressed if it can, not at all if it has it.

use std::sync::{Arc, OnceLock};

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header::{self, HeaderMap};
use http::{HeaderValue, StatusCode};
use sha2::{Digest, Sha256};

/// A file and what it is.
#[derive(Clone, Debug)]
pub struct Stored {
    content_type: &'static str,
    plain: Bytes,
    brotli: Brotli,
    tag: String,
}

/// The same compressed.
#[derive(Clone, Debug)]
enum Brotli {
    Never,
    There(Bytes),
    /// Made for the first who takes it.
    Later(fn(&[u8]) -> Bytes, Arc<OnceLock<Bytes>>),
}

/// How long a browser may keep a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Its address changes with its content.
    ForEver,
    /// An hour.
    AWhile,
    /// To be asked for again each time, which is cheap where nothing has changed.
    Check,
}

impl Keep {
    fn value(self) -> &'static str {
        match self {
            Self::ForEver => "public, max-age=31536000, immutable",
            Self::AWhile => "public, max-age=3600",
            Self::Check => "no-cache",
        }
    }
}

impl Stored {
    /// A file; `brotli` is the same compressed.
    pub fn new(content_type: &'static str, plain: Bytes, brotli: Option<Bytes>) -> Self {
        let hash = Sha256::digest(&plain);
        Self::hashed(content_type, plain, brotli, &hash)
    }

    /// A file whose SHA-256 is known: it is not read before somebody asks for it, and what nobody has read of a program takes no memory.
    pub fn hashed(
        content_type: &'static str,
        plain: Bytes,
        brotli: Option<Bytes>,
        sha256: &[u8],
    ) -> Self {
        Self {
            content_type,
            plain,
            brotli: brotli.map_or(Brotli::Never, Brotli::There),
            tag: short(sha256),
        }
    }

    /// A file that is compressed when it is first asked for.
    pub fn compressed_by(
        content_type: &'static str,
        plain: Bytes,
        compress: fn(&[u8]) -> Bytes,
    ) -> Self {
        let brotli = Brotli::Later(compress, Arc::default());
        Self {
            brotli,
            ..Self::new(content_type, plain, None)
        }
    }

    /// A short name for its content.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// Its bytes as they are.
    pub fn plain(&self) -> &[u8] {
        &self.plain
    }

    /// What it is.
    pub fn content_type(&self) -> &'static str {
        self.content_type
    }

    /// The answer to a request with these headers.
    pub fn answer(&self, keep: Keep, request: &HeaderMap) -> Response {
        let is_plain = matches!(self.brotli, Brotli::Never) || !takes_brotli(request);
        let (tag, encoding) = if is_plain {
            (format!("\"{}\"", self.tag), None)
        } else {
            (format!("\"{}-br\"", self.tag), Some("br"))
        };
        let mut response = if has_already(request, &tag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else if is_plain {
            Body::from(self.plain.clone()).into_response()
        } else {
            Body::from(self.compressed()).into_response()
        };
        let is_whole = response.status() == StatusCode::OK;
        let headers = response.headers_mut();
        if is_whole {
            headers.insert(
                header::CONTENT_TYPE,
                HeaderValue::from_static(self.content_type),
            );
            if let Some(encoding) = encoding {
                headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
            }
        }
        if !matches!(self.brotli, Brotli::Never) {
            headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        headers.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static(keep.value()),
        );
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            headers.insert(header::ETAG, tag);
        }
        response
    }

    fn compressed(&self) -> Bytes {
        match &self.brotli {
            Brotli::Never => self.plain.clone(),
            Brotli::There(bytes) => bytes.clone(),
            Brotli::Later(compress, made) => made.get_or_init(|| compress(&self.plain)).clone(),
        }
    }
}

/// What a file is, by its name.
pub fn type_by_name(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

fn short(hash: &[u8]) -> String {
    let bytes = hash.iter().take(8);
    bytes.map(|byte| format!("{byte:02x}")).collect()
}

/// Whether Accept-Encoding takes brotli, by its name or as anything.
fn takes_brotli(request: &HeaderMap) -> bool {
    let (mut named, mut any) = (None, None);
    let values = request.get_all(header::ACCEPT_ENCODING).iter();
    for entry in values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
    {
        let mut parts = entry.split(';').map(str::trim);
        let coding = parts.next().unwrap_or("");
        let weight = parts.find_map(|part| {
            let (name, weight) = part.split_once('=')?;
            name.trim().eq_ignore_ascii_case("q").then(|| weight.trim())
        });
        // What is no number is no wish; zero is a refusal.
        let wanted =
            weight.is_none_or(|weight| weight.parse().is_ok_and(|weight: f32| weight > 0.0));
        if coding.eq_ignore_ascii_case("br") {
            named = Some(wanted);
        } else if coding == "*" {
            any = Some(wanted);
        }
    }
    named.or(any).unwrap_or(false)
}

/// Whether If-None-Match names this tag.
fn has_already(request: &HeaderMap, tag: &str) -> bool {
    let values = request.get_all(header::IF_NONE_MATCH).iter();
    values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|known| known == "*" || known.trim_start_matches("W/") == tag)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use axum::body::HttpBody;

    use super::*;

    fn headers(name: header::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())])
    }

    #[test]
    fn brotli_goes_to_whoever_takes_it() {
        for (value, takes) in [
            ("br", true),
            ("gzip, deflate, br, zstd", true),
            ("gzip;q=1.0, br;q=0.5", true),
            ("BR", true),
            ("*", true),
            ("", false),
            ("gzip", false),
            ("br;q=0", false),
            ("br; Q=0.000", false),
            ("br;q=0, *", false),
            ("*;q=0", false),
            ("br;q=x", false),
            ("brotli", false),
        ] {
            let headers = headers(header::ACCEPT_ENCODING, value);
            assert_eq!(takes_brotli(&headers), takes, "{value}");
        }
        assert!(!takes_brotli(&HeaderMap::new()));
    }

    #[test]
    fn what_a_browser_has_is_not_sent_again() {
        let file = Stored::new(
            "text/css",
            Bytes::from_static(b"a{}"),
            Some(Bytes::from_static(b"br")),
        );
        let tag = format!("\"{}\"", file.tag());
        for (value, status) in [
            (tag.clone(), StatusCode::NOT_MODIFIED),
            (format!("\"x\", W/{tag}"), StatusCode::NOT_MODIFIED),
            ("*".to_owned(), StatusCode::NOT_MODIFIED),
            (format!("\"{}-br\"", file.tag()), StatusCode::OK),
            ("\"other\"".to_owned(), StatusCode::OK),
        ] {
            let request = headers(header::IF_NONE_MATCH, &value);
            let answer = file.answer(Keep::Check, &request);
            assert_eq!(answer.status(), status, "{value}");
            assert_eq!(answer.headers()[header::ETAG], *tag);
            assert_eq!(answer.headers()[header::VARY], "accept-encoding");
        }
    }

    #[test]
    fn what_is_compressed_later_is_so_for_who_takes_it_and_once() {
        static TIMES: AtomicUsize = AtomicUsize::new(0);
        let file = Stored::compressed_by("text/plain", Bytes::from_static(b"plain"), |plain| {
            TIMES.fetch_add(1, Ordering::Relaxed);
            assert_eq!(plain, b"plain");
            Bytes::from_static(b"br")
        });
        let plain = file.answer(Keep::Check, &HeaderMap::new());
        assert!(!plain.headers().contains_key(header::CONTENT_ENCODING));
        assert_eq!(plain.headers()[header::VARY], "accept-encoding");
        let same = headers(header::ACCEPT_ENCODING, "br");
        assert_eq!(TIMES.load(Ordering::Relaxed), 0);
        for file in [&file, &file.clone()] {
            let answer = file.answer(Keep::Check, &same);
            assert_eq!(answer.headers()[header::CONTENT_ENCODING], "br");
            assert_eq!(answer.body().size_hint().exact(), Some(2));
        }
        assert_eq!(TIMES.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn a_known_hash_gives_the_same_name() {
        let bytes = Bytes::from_static(b"a{}");
        let hashed = Stored::hashed("text/css", bytes.clone(), None, &Sha256::digest(&bytes));
        assert_eq!(hashed.tag(), Stored::new("text/css", bytes, None).tag());
    }

    #[test]
    fn each_encoding_says_what_it_is() {
        let file = Stored::new(
            "text/css",
            Bytes::from_static(b"a{}"),
            Some(Bytes::from_static(b"br")),
        );
        let answer = file.answer(Keep::ForEver, &headers(header::ACCEPT_ENCODING, "br"));
        assert_eq!(answer.headers()[header::CONTENT_ENCODING], "br");
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/css");
        assert_eq!(
            answer.headers()[header::CACHE_CONTROL],
            "public, max-age=31536000, immutable"
        );
        let plain = file.answer(Keep::ForEver, &HeaderMap::new());
        assert!(!plain.headers().contains_key(header::CONTENT_ENCODING));
        assert_ne!(
            plain.headers()[header::ETAG],
            answer.headers()[header::ETAG]
        );
    }
}
