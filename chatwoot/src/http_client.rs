//! The one place where the HTTP client for Chatwoot is built, with its limits.

use std::time::Duration;

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(2);
/// How long an answer may be silent. Longer than any call’s own limit, so that it counts for downloads only.
const SILENT: Duration = Duration::from_secs(25);
/// Shorter than the 20 s after which Puma closes an idle connection, so that a write seldom meets a closing one.
const IDLE: Duration = Duration::from_secs(15);

/// Why no HTTP client could be built.
#[derive(Debug, thiserror::Error)]
pub enum HttpClientError {
    /// The private CA’s file is no list of PEM certificates.
    #[error("the CA file has no certificate in PEM form")]
    Ca,
    /// TLS could not be set up.
    #[error("TLS cannot be set up")]
    Tls(#[source] reqwest::Error),
}

/// An HTTP client that connects within 2 s, follows no redirect, takes no proxy from the environment and checks
/// certificates against the system’s store, and a private CA (PEM) besides. The caller has installed rustls’ ring
/// provider.
pub fn build_http(ca: Option<&[u8]>) -> Result<reqwest::Client, HttpClientError> {
    build(ca, reqwest::Client::builder())
}

/// The same for the cable: HTTP/1.1 only, since a WebSocket is not opened over HTTP/2.
pub fn build_http1(ca: Option<&[u8]>) -> Result<reqwest::Client, HttpClientError> {
    build(ca, reqwest::Client::builder().http1_only())
}

fn build(
    ca: Option<&[u8]>,
    builder: reqwest::ClientBuilder,
) -> Result<reqwest::Client, HttpClientError> {
    let mut builder = builder
        .connect_timeout(CONNECT)
        .read_timeout(SILENT)
        .pool_idle_timeout(IDLE)
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .no_proxy()
        .user_agent(concat!("chatwoot-portal/", env!("CARGO_PKG_VERSION")));
    if let Some(pem) = ca {
        let certificates =
            reqwest::Certificate::from_pem_bundle(pem).map_err(|_| HttpClientError::Ca)?;
        if certificates.is_empty() {
            return Err(HttpClientError::Ca);
        }
        builder = builder.tls_certs_merge(certificates);
    }
    builder.build().map_err(HttpClientError::Tls)
}
