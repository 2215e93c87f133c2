//! Every route and layer of the program, grouped by caller. The router is built from [`Route::ALL`], so that a test can try each of them.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::routing::{MethodRouter, any, get, post};
use tower::Layer;
use tower_cookies::CookieManagerLayer;
use tower_http::catch_panic::CatchPanicLayer;

use crate::pages::Picture;
use crate::state::State;
use crate::{
    away, cookies, files, headers, health, hosts, live, pages, server_fns, uploads, webhooks,
};

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

    fn serves(self) -> MethodRouter<Arc<State>> {
        match self {
            Self::Call => any(server_fns::call),
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
        }
    }
}

/// The whole program as one service.
pub fn router(state: &Arc<State>) -> Router {
    let mut portal = Router::new().fallback(get(pages::file_or_shell));
    for route in Route::ALL.into_iter().filter(|it| *it != Route::Webhook) {
        portal = portal.route(route.path(), route.serves());
    }

    // Below the base path; the page itself with and without a slash at its end.
    let base = state.config.portal.base();
    let all = if base.is_empty() {
        portal
    } else {
        Router::new()
            .route("/", get(pages::to_base))
            .route(&format!("{base}/"), get(pages::shell))
            .route(Route::Health.path(), Route::Health.serves())
            .nest(base, portal)
            // Else what is outside the base would be answered by axum, without a page.
            .fallback(pages::nothing)
    };

    // From the outside in: the first layer sees a request first. Around the router as a whole: around each of its routes, as
    // `Router::layer` has them, they are copied for every request, each with all that are inside of it.
    let checks = (
        from_fn_with_state(Arc::clone(state), hosts::check_host),
        DefaultBodyLimit::max(1024 * 1024),
        from_fn(cookies::without_doubles),
        CookieManagerLayer::new(),
        from_fn_with_state(Arc::clone(state), pages::say_what_is_missing),
    );

    // Of any host, and so behind no check of it.
    let hook = Route::Webhook;
    let every = Router::new()
        .route(&format!("{base}{}", hook.path()), hook.serves())
        .fallback_service(checks.layer(all.with_state(Arc::clone(state))))
        .with_state(Arc::clone(state));

    let dress = (
        from_fn_with_state(Arc::clone(state), server_fns::under_reference),
        from_fn_with_state(Arc::clone(state), headers::add_headers),
        CatchPanicLayer::custom(server_fns::caught),
        map_response(pages::say_what_is_not_done),
    );
    Router::new().fallback_service(dress.layer(every))
}
