//! Every route of the program. The router is built from [`Route::ALL`], so that a test can try each of them; what lies around them all is
//! `entrance`.

use std::sync::Arc;

use axum::Router;
use axum::routing::{MethodRouter, get, post};

use crate::entrance::Entrance;
use crate::pages::Picture;
use crate::state::State;
use crate::{away, files, health, live, pages, uploads, webhooks};

/// A route below the base path. What has none gets a file of the bundle, or the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// A server function.
    Call,
    /// The stream that says what to fetch again.
    Live,
    /// A file of a ticket.
    File,
    /// Where a file is sent that a message will take.
    Uploads,
    /// A file that waits to be sent.
    Upload,
    /// The page at the base path itself.
    Home,
    /// The page without anybody's data, which the worker keeps for when there is no network.
    Offline,
    /// A file of the bundle, named by its content.
    Asset,
    /// The texts of a language.
    Texts,
    /// The operator's logo.
    Logo,
    /// The same, small.
    SmallLogo,
    /// Alive? For the operator; at the root too.
    Health,
    /// Where a mail's own link, and the one press of mail programs, switch mails off. The token protects it.
    MailSwitch,
    /// What Chatwoot tells. It may know this machine by a name of its own: a signature protects it, whatever host was asked.
    Webhook,
}

impl Route {
    /// All of them. One that is missing here is not served.
    pub const ALL: [Self; 14] = [
        Self::Call,
        Self::Live,
        Self::File,
        Self::Uploads,
        Self::Upload,
        Self::Home,
        Self::Offline,
        Self::Asset,
        Self::Texts,
        Self::Logo,
        Self::SmallLogo,
        Self::Health,
        Self::MailSwitch,
        Self::Webhook,
    ];

    /// Its address below the base path.
    pub fn path(self) -> &'static str {
        match self {
            Self::Call => "/api/{*function}",
            Self::Live => "/live",
            Self::File => "/files/{ticket}/{file}",
            Self::Uploads => app::paths::UPLOADS,
            Self::Upload => "/uploads/{upload}",
            Self::Home => "/",
            Self::Offline => "/offline",
            Self::Asset => "/assets/{name}",
            Self::Texts => "/locales/{file}",
            Self::Logo => Picture::Logo.path(),
            Self::SmallLogo => Picture::Small.path(),
            Self::Health => "/healthz",
            Self::MailSwitch => "/mails/{token}",
            Self::Webhook => webhooks::PATH,
        }
    }

    /// What serves it; none for a server function, of which there are so many calls that the entrance serves them itself.
    fn serves(self) -> Option<MethodRouter<Arc<State>>> {
        Some(match self {
            Self::Call => return None,
            Self::Live => get(live::live),
            Self::File => get(files::file),
            Self::Uploads => post(uploads::receive),
            Self::Upload => get(files::upload),
            Self::Home => get(pages::shell),
            Self::Offline => get(pages::offline),
            Self::Asset => get(pages::asset),
            Self::Texts => get(pages::texts),
            Self::Logo => get(pages::logo),
            Self::SmallLogo => get(pages::small_logo),
            Self::Health => get(health::healthz),
            Self::MailSwitch => get(away::switch::serve).post(away::switch::serve),
            Self::Webhook => post(webhooks::receive),
        })
    }

    /// It alone at an address.
    fn at(self, path: &str) -> Router<Arc<State>> {
        match self.serves() {
            Some(served) => Router::new().route(path, served),
            None => Router::new(),
        }
    }
}

/// The whole program as one service.
pub fn router(state: &Arc<State>) -> Router {
    let mut portal = Router::new().fallback(get(pages::file_or_shell));
    for route in Route::ALL.into_iter().filter(|it| *it != Route::Webhook) {
        portal = portal.merge(route.at(route.path()));
    }

    // Below the base path; the page itself with and without a slash at its end.
    let base = state.config.portal.base();
    let all = if base.is_empty() {
        portal
    } else {
        Router::new()
            .route("/", get(pages::to_base))
            .route(&format!("{base}/"), get(pages::shell))
            .merge(Route::Health.at(Route::Health.path()))
            .nest(base, portal)
            // Else what is outside the base would be answered by axum, without a page.
            .fallback(pages::nothing)
    };

    // Of any host, and so behind no check of it.
    let hook_path = format!("{base}{}", Route::Webhook.path());
    let hook = Route::Webhook.at(&hook_path);
    let entrance = Entrance {
        state: Arc::clone(state),
        routes: all.with_state(Arc::clone(state)),
        hook: hook.with_state(Arc::clone(state)),
        hook_path: hook_path.into(),
    };
    entrance.router()
}
