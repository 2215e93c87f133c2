//! The page behind a mail's links, and the one press of mail programs (RFC 8058): mails about a ticket, or all about answers, off and on
//! again. The address itself is the permission: it works without a session, opens nothing, and tells nobody's name.

use std::sync::Arc;

use app::tickets::model::TicketId;
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{self, Path, Request};
use axum::response::{Html, IntoResponse, Response};
use base64ct::{Base64UrlUnpadded, Encoding};
use http::header::{ACCEPT_LANGUAGE, CONTENT_SECURITY_POLICY, RETRY_AFTER};
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode};
use subtle::ConstantTimeEq;
use tower_cookies::Cookies;

use crate::client::Client;
use crate::cookies::Jar;
use crate::email::words::{escape, fill, paint};
use crate::failure::Failure;
use crate::keys::Keys;
use crate::languages::Language;
use crate::pages;
use crate::rate_limit::{LimitedAction, Wait};
use crate::state::State;
use crate::store::customers::CustomerId;
use crate::store::{StoreError, away, tickets as kept};
use crate::tickets::Tickets;

/// Most bytes of what is pressed.
const LARGEST: usize = 4_096;

/// What a press is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Mails about one ticket.
    Ticket,
    /// All mails about answers.
    All,
}

impl Scope {
    fn letter(self) -> char {
        match self {
            Self::Ticket => 't',
            Self::All => 'a',
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Ticket => "ticket",
            Self::All => "all",
        }
    }
}

/// Where mails are switched off, for a mail about this ticket.
pub(super) fn address(state: &State, scope: Scope, ticket: &TicketId) -> String {
    let token = token(state.keys.current(), scope, ticket);
    state.config.portal.page(&app::paths::mail_switch(&token))
}

/// The ticket and our mark on it: nobody else can make one.
fn token(keys: &Keys, scope: Scope, ticket: &TicketId) -> String {
    let letter = scope.letter();
    let mark = keys.token_hash("mail switch", format!("{letter}{ticket}").as_bytes());
    let mark = Base64UrlUnpadded::encode_string(&mark[..16]);
    format!("{letter}{}{mark}", ticket.as_str().replace('-', ""))
}

/// What a token is for; none if it is not ours.
fn read(state: &State, text: &str) -> Option<(Scope, TicketId)> {
    let scope = match text.chars().next()? {
        't' => Scope::Ticket,
        'a' => Scope::All,
        _ => return None,
    };
    let part = |from, to| text.get(from..to);
    let parts = [
        part(1, 9)?,
        part(9, 13)?,
        part(13, 17)?,
        part(17, 21)?,
        part(21, 33)?,
    ];
    let ticket = TicketId::parse(&parts.join("-"))?;
    let ours = |keys: &Keys| -> bool {
        let ours = token(keys, scope, &ticket);
        ours.as_bytes().ct_eq(text.as_bytes()).into()
    };
    state.keys.all().any(ours).then_some((scope, ticket))
}

/// Shows how it is, or does what was pressed.
pub(crate) async fn serve(
    extract::State(state): extract::State<Arc<State>>,
    cookies: Cookies,
    token: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let page = Page::of(&state, &cookies, &parts);
    let client = Client::of(&parts, &state.config.trusted_proxies);
    if let Err(Wait(seconds)) = state
        .limits
        .take(LimitedAction::SwitchFromClient, client.who())
    {
        let mut response = page.says(StatusCode::TOO_MANY_REQUESTS, "away-page-later");
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(seconds));
        return response;
    }
    let Some((scope, ticket)) = token.ok().and_then(|Path(text)| read(&state, &text)) else {
        return page.says(StatusCode::NOT_FOUND, "away-page-broken");
    };
    let (status, on) = match parts.method {
        Method::POST => match pressed(body).await {
            Some(on) => (StatusCode::OK, switch(&state, scope, ticket, on).await),
            None => (StatusCode::BAD_REQUEST, is_on(&state, scope, ticket).await),
        },
        _ => (StatusCode::OK, is_on(&state, scope, ticket).await),
    };
    match on {
        Ok(on) => page.shows(status, scope, on),
        Err(error) => {
            // Logs the cause.
            _ = app::error::AppError::from(Failure::from(error));
            page.says(StatusCode::SERVICE_UNAVAILABLE, "away-page-failed")
        }
    }
}

/// What was pressed: our page's button, or that of a mail program, which sends a form of either kind.
async fn pressed(body: Body) -> Option<bool> {
    let bytes = axum::body::to_bytes(body, LARGEST).await.ok()?;
    let text = String::from_utf8_lossy(&bytes);
    match text.trim() {
        "act=on" => Some(true),
        "act=off" | "List-Unsubscribe=One-Click" => Some(false),
        // Its boundary is the sender's choice.
        form => {
            let named = form.contains("name=\"List-Unsubscribe\"");
            (named && form.contains("One-Click")).then_some(false)
        }
    }
}

async fn is_on(state: &State, scope: Scope, ticket: TicketId) -> Result<bool, StoreError> {
    let read = state.store.read(move |tx| match scope {
        Scope::Ticket => away::is_on_for(tx, &ticket),
        Scope::All => match away::customer_of(tx, &ticket)? {
            Some(customer) => away::is_on_at_all(tx, customer),
            // Whoever it was is forgotten: nothing tells him from others.
            None => Ok(true),
        },
    });
    read.await
}

async fn switch(
    state: &State,
    scope: Scope,
    ticket: TicketId,
    on: bool,
) -> Result<bool, StoreError> {
    let id = ticket.clone();
    let customer = state.store.read(move |tx| away::customer_of(tx, &id));
    if let Some(customer) = customer.await? {
        let ticket = match scope {
            Scope::Ticket => Some(ticket),
            Scope::All => None,
        };
        set(&state.tickets, customer, ticket, on).await?;
    }
    Ok(on)
}

/// Switches a customer's mails on or off, about one of his tickets or all, and tells his pages.
pub(crate) async fn set(
    tickets: &Tickets,
    customer: CustomerId,
    ticket: Option<TicketId>,
    on: bool,
) -> Result<(), StoreError> {
    let (about, now) = (ticket.clone(), tickets.clock.now());
    let set = tickets.store.write(move |tx| match &about {
        None => away::switch_all(tx, customer, on),
        Some(ticket) => {
            // His other pages fetch it again.
            if away::switch_ticket(tx, customer, ticket, on)? && kept::find(tx, ticket)?.is_some() {
                kept::touch(tx, customer, ticket, now)?;
            }
            Ok(())
        }
    });
    set.await?;
    tickets.changes.changed(customer, ticket.as_ref());
    Ok(())
}

/// A page for whoever opened the address.
struct Page<'a> {
    state: &'a State,
    language: Arc<Language>,
}

impl<'a> Page<'a> {
    fn of(state: &'a State, cookies: &Cookies, parts: &Parts) -> Self {
        let jar = Jar::new(cookies, state.config.cookies);
        let accept = parts.headers.get(ACCEPT_LANGUAGE);
        let language = state.languages.negotiate(
            jar.language().as_deref(),
            None,
            accept.and_then(|it| it.to_str().ok()),
        );
        Self { state, language }
    }

    /// How it is, and the button that turns it.
    fn shows(&self, status: StatusCode, scope: Scope, on: bool) -> Response {
        let name = scope.name();
        let (state, act) = if on { ("on", "off") } else { ("off", "on") };
        let say = |id: &str| escape(&self.language.emails.text(id, None));
        let form = format!(
            "<form method=\"post\"><button name=\"act\" value=\"{act}\">{}</button></form><p>{}</p>",
            say(&format!("away-page-switch-{act}")),
            say("away-page-account")
        );
        let title = format!("away-page-title-{name}");
        self.page(status, &title, &format!("away-page-{state}-{name}"), &form)
    }

    fn says(&self, status: StatusCode, words: &str) -> Response {
        self.page(status, "away-page-broken-title", words, "")
    }

    fn page(&self, status: StatusCode, title: &str, words: &str, form: &str) -> Response {
        let Self { state, language } = self;
        let look = |text| {
            let colour = state.config.brand.colour;
            paint(text, colour, (&language.tag, &language.direction))
        };
        let style = look(include_str!("switch.css"));
        let say = |id: &str| language.emails.text(id, None);
        let tickets = format!("{}{}", state.config.portal.base(), app::paths::TICKETS);
        let html = fill(
            look(include_str!("switch.html")),
            &[
                ("{brand}", state.config.brand.name.as_str()),
                ("{title}", &say(title)),
                ("{words}", &say(words)),
                ("{tickets}", &tickets),
                ("{portal}", &say("away-page-portal")),
            ],
        );
        let html = html.replace("{form}", form).replace("{style}", &style);
        let policy = format!(
            "default-src 'none'; style-src '{}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            pages::hash(&style)
        );
        let mut response = (status, Html(html)).into_response();
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            let headers = response.headers_mut();
            headers.insert(CONTENT_SECURITY_POLICY, policy);
        }
        response
    }
}
