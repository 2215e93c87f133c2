//! One call: sent once, its answer read up to a limit, its end named.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use http::{Method, header};
use reqwest::RequestBuilder;
use reqwest::multipart::Form;
use serde::Serialize;
use serde::de::DeserializeOwned;
use url::Url;

use super::Client;
use crate::error::{Breakage, Error, Misfit, Words};
use crate::refusals;

/// What is asked: for the log and the time limit. The template has no ids in it.
#[derive(Clone, Copy)]
pub(crate) struct Route {
    method: &'static str,
    template: &'static str,
    writes: bool,
    token: bool,
}

impl Route {
    /// A GET with the token.
    pub(crate) const fn get(template: &'static str) -> Self {
        Self::new("GET", template, false)
    }

    /// A POST with the token that changes nothing.
    pub(crate) const fn look_up(template: &'static str) -> Self {
        Self::new("POST", template, false)
    }

    /// A POST with the token that changes something.
    pub(crate) const fn post(template: &'static str) -> Self {
        Self::new("POST", template, true)
    }

    /// A PATCH with the token.
    pub(crate) const fn patch(template: &'static str) -> Self {
        Self::new("PATCH", template, true)
    }

    /// A DELETE with the token.
    pub(crate) const fn delete(template: &'static str) -> Self {
        Self::new("DELETE", template, true)
    }

    /// The same without the token: the public API needs none.
    pub(crate) const fn public(self) -> Self {
        Self {
            token: false,
            ..self
        }
    }

    const fn new(method: &'static str, template: &'static str, writes: bool) -> Self {
        Self {
            method,
            template,
            writes,
            token: true,
        }
    }
}

/// No body.
pub(crate) const NOTHING: Option<&()> = None;

/// A whole answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    place: Option<String>,
    body: Bytes,
}

impl Answer {
    pub(crate) fn is_empty(&self) -> bool {
        self.body.is_empty()
    }

    /// What it refuses, if it does.
    pub(super) fn refusal(&self) -> Option<Error> {
        let refused = !(200..300).contains(&self.status);
        refused.then(|| refusals::read(self.status, self.place.as_deref(), &self.body))
    }

    /// Whether it is a page for people, which Chatwoot's API never is.
    pub(super) fn is_page(&self) -> bool {
        self.body.trim_ascii_start().starts_with(b"<")
    }

    /// The answer, if Chatwoot did as asked.
    pub(crate) fn good(self) -> Result<Self, Error> {
        match self.refusal() {
            None => Ok(self),
            Some(refusal) => Err(refusal),
        }
    }

    /// What a good answer says.
    pub(crate) fn json<T: DeserializeOwned>(self) -> Result<T, Error> {
        let answer = self.good()?;
        serde_json::from_slice(&answer.body).map_err(|error| {
            // Serde’s own text can quote a value of the answer: only where and what kind of fault.
            let what = format!(
                "{:?} at line {} column {}",
                error.classify(),
                error.line(),
                error.column()
            );
            Error::NotUnderstood(Misfit::Body(Words::new(&what)))
        })
    }
}

impl Client {
    /// Sends a call and reads its answer, whatever the status.
    pub(crate) async fn call(
        &self,
        route: Route,
        url: Url,
        body: Option<&(impl Serialize + ?Sized)>,
    ) -> Result<Answer, Error> {
        let limits = self.limits();
        let limit = if route.writes {
            limits.write
        } else {
            limits.read
        };
        let request = self.request(route, url);
        let request = match body {
            Some(body) => request.json(body),
            None => request,
        };
        self.send(route, request.timeout(limit)).await
    }

    /// The same with a form, which may take so long.
    pub(crate) async fn send_form(
        &self,
        route: Route,
        url: Url,
        form: Form,
        limit: Duration,
    ) -> Result<Answer, Error> {
        let request = self.request(route, url).multipart(form);
        self.send(route, request.timeout(limit)).await
    }

    #[tracing::instrument(
        level = "debug",
        name = "chatwoot",
        skip_all,
        fields(method = route.method, route = route.template, status)
    )]
    async fn send(&self, route: Route, request: RequestBuilder) -> Result<Answer, Error> {
        self.admitted()?;
        let result = self.exchange(request).await;
        self.tell(&result);
        match &result {
            Ok(answer) => {
                tracing::Span::current().record("status", answer.status);
                tracing::debug!("answered");
            }
            Err(error) => tracing::debug!(%error, "no answer"),
        }
        result
    }

    fn request(&self, route: Route, url: Url) -> RequestBuilder {
        let method = match route.method {
            "GET" => Method::GET,
            "PATCH" => Method::PATCH,
            "DELETE" => Method::DELETE,
            _ => Method::POST,
        };
        let mut request = self
            .http()
            .request(method, url)
            .header(header::ACCEPT, "application/json");
        if route.token {
            // With hyphens: nginx drops the spelling with underscores.
            request = request.header("api-access-token", self.inner.token.clone());
        }
        if self.forwarded_https() {
            request = request.header("x-forwarded-proto", "https");
        }
        request
    }

    async fn exchange(&self, request: RequestBuilder) -> Result<Answer, Error> {
        let response = request.send().await.map_err(send_error)?;
        let status = response.status().as_u16();
        let place = response
            .headers()
            .get(header::LOCATION)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned);
        let body = match read(response, self.limits().answer).await {
            Ok(body) => body,
            // Where words decide nothing, they may be lost.
            Err(_) if status >= 500 || status == 429 => Bytes::new(),
            Err(error) => return Err(error),
        };
        Ok(Answer {
            status,
            place,
            body,
        })
    }
}

/// Reads a body, but never more than so many bytes of it.
async fn read(response: reqwest::Response, most: usize) -> Result<Bytes, Error> {
    let too_large = || Error::Broken(Breakage::TooLarge);
    if response
        .content_length()
        .is_some_and(|length| length > most as u64)
    {
        return Err(too_large());
    }
    let mut whole = BytesMut::new();
    let mut parts = response.bytes_stream();
    while let Some(part) = parts.next().await {
        let part = part.map_err(read_error)?;
        if whole.len() + part.len() > most {
            return Err(too_large());
        }
        whole.extend_from_slice(&part);
    }
    Ok(whole.freeze())
}

/// What a failure before any answer means. The address is taken out: it holds source ids.
pub(crate) fn send_error(error: reqwest::Error) -> Error {
    if error.is_connect() || error.is_builder() {
        Error::Unreachable(error.without_url())
    } else if error.is_timeout() {
        Error::NoAnswer
    } else {
        Error::Broken(Breakage::Cut(error.without_url()))
    }
}

/// What a failure within an answer means.
pub(crate) fn read_error(error: reqwest::Error) -> Error {
    if error.is_timeout() {
        Error::NoAnswer
    } else {
        Error::Broken(Breakage::Cut(error.without_url()))
    }
}
