//! The page for one visitor: in his language and look, with what its first view needs, so that no round trip waits for the WASM.

use std::sync::Arc;

use app::contract::Customer;
use app::error::AppError;
use app::first_view::{FirstView, THEME_COOKIE};
use app::part::Part;
use app::screen::{Area, Screen, below_base};
use app::session::model::PortalConfig;
use app::tickets::find::{Find, MESSAGE};
use app::tickets::model::{Entry, Refetched, TicketView};
use axum::response::Response;
use http::request::Parts;
use http::{HeaderMap, StatusCode, header};
use tower_cookies::Cookies;

use super::{Pages, Shell};
use crate::cookies::Jar;
use crate::failure::Failure;
use crate::languages::Language;
use crate::session::Use;
use crate::state::State;
use crate::tickets::{MESSAGE_LIMIT, SUBJECT_LIMIT};
use crate::visit::Visit;

/// Entries of a ticket that come with the page, more than a screen is high. What is first seen waits for all of them.
const NEWEST: usize = 25;

/// The page at a path, base path included.
pub(super) async fn page(
    state: Arc<State>,
    cookies: Cookies,
    path: &str,
    parts: &Parts,
) -> Response {
    let screen = below_base(state.config.portal.base(), path).map_or(Screen::NotFound, Screen::at);
    let visit = Visit::new(Arc::clone(&state), cookies.clone(), parts);
    let theme = cookies
        .get(THEME_COOKIE)
        .map(|cookie| cookie.value().to_owned());
    let found = visit.find_session(Use::Active).await;
    let customers = match &found {
        Ok(Some(session)) => session.language.clone(),
        _ => None,
    };
    let jar = Jar::new(&cookies, state.config.cookies);
    let accept = parts.headers.get(header::ACCEPT_LANGUAGE);
    let language = state.languages.negotiate(
        jar.language().as_deref(),
        customers.as_deref(),
        accept.and_then(|it| it.to_str().ok()),
    );
    let look = Look {
        pages: &state.pages,
        language: &language,
        theme: theme.as_deref(),
        parts: Part::needed(&screen, matches!(found, Ok(Some(_)))),
        screen: &screen,
        find: asked(parts),
        opens_at_its_end: value(parts, MESSAGE).is_none(),
    };
    let session = match found {
        Ok(session) => session,
        Err(failure) => return look.unavailable(failure),
    };
    let mut view = FirstView {
        config: config(&state, &language),
        session: session.as_ref().map(|session| visit.view(session)),
        tickets: None,
    };
    let mut ticket = None;
    let mut status = match screen.area() {
        Area::NotFound => StatusCode::NOT_FOUND,
        Area::Workspace | Area::Account | Area::SignIn | Area::Link | Area::Home => StatusCode::OK,
    };
    if let Some(session) = &session
        && let Err(error) = fill(
            &mut view,
            &mut ticket,
            &visit.customer_of(session),
            &screen,
            look.find.clone(),
        )
        .await
    {
        match error {
            AppError::NotFound => status = StatusCode::NOT_FOUND,
            // The cause is logged. The app asks again and says what it learns.
            _ => (view.tickets, ticket) = (None, None),
        }
    }
    look.show(status, Some(&view), ticket.as_ref())
}

/// The page without any data, in the language that the browser asks for.
pub(super) fn nobodys_page(state: &State, headers: &HeaderMap) -> Response {
    let accept = headers.get(header::ACCEPT_LANGUAGE);
    let language = state
        .languages
        .negotiate(None, None, accept.and_then(|it| it.to_str().ok()));
    let look = Look {
        pages: &state.pages,
        language: &language,
        theme: None,
        parts: &[],
        screen: &Screen::NotFound,
        find: Find::default(),
        opens_at_its_end: false,
    };
    look.show(StatusCode::OK, None, None)
}

/// Puts what the screen needs of the customer's tickets into the page.
async fn fill(
    view: &mut FirstView,
    ticket: &mut Option<TicketView>,
    customer: &Arc<dyn Customer>,
    screen: &Screen,
    find: Find,
) -> Result<(), AppError> {
    if screen.area() != Area::Workspace {
        return Ok(());
    }
    view.tickets = new(customer.list_tickets(find, None, None, 0).await?);
    if let Some(id) = screen.ticket() {
        *ticket = new(customer.show_ticket(id.clone(), None, None).await?).map(newest);
    }
    Ok(())
}

/// The newest of it. That is no version of the ticket: the app asks for the ticket as a whole behind it.
fn newest(mut view: TicketView) -> TicketView {
    let number = |entry: &Entry| match entry {
        Entry::Message(message) => message.id.strip_prefix('m')?.parse().ok(),
        Entry::Event(_) => None,
    };
    let older = view.entries.len().saturating_sub(NEWEST);
    if older > 0
        && let Some(first) = view.entries[older..].iter().find_map(number)
    {
        view.entries.drain(..older);
        view.earlier = Some(first);
        view.version = 0;
    }
    view
}

/// What the address asks of the list.
fn asked(parts: &Parts) -> Find {
    Find::read(|name| value(parts, name))
}

/// A value of the address's query.
fn value(parts: &Parts, name: &str) -> Option<String> {
    let query = parts.uri.query().unwrap_or_default();
    let mut values = url::form_urlencoded::parse(query.as_bytes());
    let (_, value) = values.find(|(own, _)| own == name)?;
    Some(value.into_owned())
}

fn new<T>(refetched: Refetched<T>) -> Option<T> {
    match refetched {
        Refetched::Changed(it) => Some(it),
        Refetched::Unchanged => None,
    }
}

/// What every visitor's browser may know of the configuration.
fn config(state: &State, language: &Language) -> PortalConfig {
    PortalConfig {
        brand_name: state.config.brand.name.clone(),
        logo: state.pages.logo(),
        languages: state.languages.choices(),
        language: language.tag.clone(),
        subject_limit: SUBJECT_LIMIT,
        message_limit: MESSAGE_LIMIT,
        files: state.config.files.limits,
        asks_priority: state.config.priority.asks(),
        link_minutes: state.config.link_minutes,
        version: state.pages.version().to_owned(),
    }
}

/// How the page looks to this visitor.
struct Look<'a> {
    pages: &'a Pages,
    language: &'a Language,
    theme: Option<&'a str>,
    parts: &'a [Part],
    screen: &'a Screen,
    find: Find,
    opens_at_its_end: bool,
}

impl Look<'_> {
    fn show(
        &self,
        status: StatusCode,
        first_view: Option<&FirstView>,
        ticket: Option<&TicketView>,
    ) -> Response {
        self.pages.shell(&Shell {
            status,
            language: self.language,
            theme: self.theme,
            parts: self.parts,
            first_view,
            screen: self.screen,
            find: &self.find,
            opens_at_its_end: self.opens_at_its_end,
            ticket,
        })
    }

    /// Nobody can tell who this is: the page comes without data, and says that it cannot start.
    fn unavailable(&self, failure: Failure) -> Response {
        // Logs the cause.
        _ = AppError::from(failure);
        self.show(StatusCode::SERVICE_UNAVAILABLE, None, None)
    }
}
