//! The client: what it is given, and the addresses it may ask.

mod call;
mod watch;

use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::ids::{AccountId, InboxId};

pub(crate) use call::{NOTHING, Route, read_error, send_error};
pub use watch::Watch;

/// What a client is made of.
#[derive(Clone)]
pub struct Settings {
    /// Where Chatwoot is asked, for example `http://localhost:3000`.
    pub url: Url,
    /// Chatwoot’s FRONTEND_URL if it is another: the host that its files’ addresses have.
    pub public_url: Option<Url>,
    /// Hosts besides Chatwoot’s to which its files may redirect, for example a bucket’s: `host` or `host:port`.
    pub storage_hosts: Vec<String>,
    /// The service user’s access token.
    pub token: SecretString,
    /// The account that the portal serves.
    pub account: AccountId,
    /// The portal’s API inbox.
    pub inbox: InboxId,
    /// What calls may take.
    pub limits: Limits,
    /// The HTTP client, from [`crate::build_http`].
    pub http: reqwest::Client,
}

/// What a call may take before it is given up.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long a read may take, answer included.
    pub read: Duration,
    /// How long a write may take, answer included. Chatwoot gives one up at 15 s.
    pub write: Duration,
    /// How many bytes an answer may have.
    pub answer: usize,
    /// How many bytes a file may have.
    pub file: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            read: Duration::from_secs(10),
            write: Duration::from_secs(20),
            answer: 8 * 1024 * 1024,
            file: 1024 * 1024 * 1024,
        }
    }
}

/// Why no client can be made of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// The address is not one of an HTTP server, or carries a user name, a query or a fragment.
    #[error("Chatwoot’s address must be http:// or https:// and a host")]
    Url,
    /// The token has characters that cannot be in a header, or is empty.
    #[error("the token has characters that no token has, or is empty")]
    Token,
}

/// A Chatwoot, one account of it, and the portal’s inbox there. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
    watch: Option<Arc<dyn Watch>>,
}

struct Inner {
    url: Url,
    public_url: Option<Url>,
    storage_hosts: Vec<String>,
    /// Marked sensitive: its Debug is “Sensitive”.
    token: HeaderValue,
    account: AccountId,
    inbox: InboxId,
    limits: Limits,
    http: reqwest::Client,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client")
            .field("url", &self.inner.url.as_str())
            .field("account", &self.inner.account)
            .field("inbox", &self.inner.inbox)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// A client of these settings. Nothing is asked yet.
    pub fn new(settings: Settings) -> Result<Self, SettingsError> {
        check(&settings.url)?;
        settings.public_url.as_ref().map_or(Ok(()), check)?;
        let token = settings.token.expose_secret();
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(SettingsError::Token);
        }
        let mut token = HeaderValue::from_str(token).map_err(|_| SettingsError::Token)?;
        token.set_sensitive(true);
        Ok(Self {
            inner: Arc::new(Inner {
                url: settings.url,
                public_url: settings.public_url,
                storage_hosts: settings.storage_hosts,
                token,
                account: settings.account,
                inbox: settings.inbox,
                limits: settings.limits,
                http: settings.http,
            }),
            watch: None,
        })
    }

    /// The same client, with somebody who is told how its calls end, and may hold them back.
    #[must_use]
    pub fn watched_by(&self, watch: Arc<dyn Watch>) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            watch: Some(watch),
        }
    }

    /// The account that is served.
    pub fn account_id(&self) -> AccountId {
        self.inner.account
    }

    /// The portal’s inbox.
    pub fn inbox_id(&self) -> InboxId {
        self.inner.inbox
    }

    pub(crate) fn limits(&self) -> Limits {
        self.inner.limits
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.inner.http
    }

    pub(crate) fn base(&self) -> &Url {
        &self.inner.url
    }

    pub(crate) fn public_base(&self) -> Option<&Url> {
        self.inner.public_url.as_ref()
    }

    pub(crate) fn storage_hosts(&self) -> &[String] {
        &self.inner.storage_hosts
    }

    /// Whether Chatwoot believes itself behind HTTPS while it is asked over HTTP: with FORCE_SSL it would redirect
    /// every call unless told that the customer’s side is secure.
    pub(crate) fn forwarded_https(&self) -> bool {
        self.inner.url.scheme() == "http"
            && self
                .public_base()
                .is_some_and(|url| url.scheme() == "https")
    }

    /// An address below Chatwoot’s own.
    pub(crate) fn at<'a>(&self, segments: impl IntoIterator<Item = &'a str>) -> Url {
        let mut url = self.inner.url.clone();
        // `check` refused every address that cannot have a path.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url
    }

    /// An address below the account’s in the Application API.
    pub(crate) fn in_account(&self, segments: &[&str]) -> Url {
        let account = self.inner.account.to_string();
        let prefix = ["api", "v1", "accounts", account.as_str()];
        self.at(prefix.into_iter().chain(segments.iter().copied()))
    }
}

fn check(url: &Url) -> Result<(), SettingsError> {
    let http = matches!(url.scheme(), "http" | "https") && url.has_host();
    let bare = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    if http && bare {
        Ok(())
    } else {
        Err(SettingsError::Url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_shows_itself_to_no_log_of_headers() {
        // A client is built without TLS being used; the provider is still wanted.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::new(Settings {
            url: Url::parse("http://localhost:3000").unwrap(),
            public_url: None,
            storage_hosts: vec![],
            token: "t0ken".to_owned().into(),
            account: AccountId::new(1).unwrap(),
            inbox: InboxId::new(1).unwrap(),
            limits: Limits::default(),
            http: crate::build_http(None).unwrap(),
        });
        let token = client.unwrap().inner.token.clone();
        assert!(token.is_sensitive());
        assert!(!format!("{token:?}").contains("t0ken"));
    }
}
