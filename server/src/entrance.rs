//! What lies around every route: what a request must be before one is looked for, and what every answer has.
//!
//! Written as one function after the other and not as axum's layers, which pack each request and each answer anew at every step: together
//! they took more than the rest of a small answer. What is on its way through here is moved several times, and so is small: a test holds it
//! to that.

use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use tower::{Layer, ServiceExt, service_fn};
use tower_cookies::{CookieManager, Cookies};

use crate::failure::{self, Reference};
use crate::state::State;
use crate::{cookies, headers, hosts, pages, server_fns};

/// Most bytes that an extractor of a route takes in.
const LARGEST_BODY: usize = 1024 * 1024;

/// What is behind the entrance.
#[derive(Clone)]
pub struct Entrance {
    /// What all parts share.
    pub state: Arc<State>,
    /// All routes but the server functions and the hook.
    pub routes: Router,
    /// Where Chatwoot tells something, whatever it calls this host.
    pub hook: Router,
    /// The hook's address.
    pub hook_path: Arc<str>,
}

impl Entrance {
    /// The whole as one service.
    pub fn router(self) -> Router {
        Router::new().fallback_service(service_fn(move |request| {
            let answer = self.clone().answer(request);
            async move { Ok::<_, Infallible>(answer.await) }
        }))
    }

    /// Every answer: one under a reference, with our headers, also where the handler panics.
    async fn answer(self, request: Request) -> Response {
        let state = Arc::clone(&self.state);
        let reference = Reference::drawn_from(&state.chance);
        failure::under_reference(reference, async move {
            let answering = AssertUnwindSafe(self.find(request)).catch_unwind();
            let mut response = match answering.await {
                Ok(response) => response,
                Err(panic) => server_fns::panicked(panic.as_ref()),
            };
            pages::say_what_is_not_done(&mut response);
            headers::add(&mut response, &state);
            response
        })
        .await
    }

    async fn find(self, mut request: Request) -> Response {
        if request.uri().path() == &*self.hook_path {
            return routed(self.hook, request).await;
        }
        if let Err(refusal) = hosts::check(&request, &self.state) {
            return refusal.into_response();
        }
        cookies::take_doubles(request.headers_mut());
        let visited = CookieManager::new(service_fn(move |request| {
            let answer = Box::pin(self.clone().visited(request));
            async move { Ok::<_, Infallible>(answer.await) }
        }));
        let Ok(response) = visited.oneshot(request).await;
        response
    }

    /// The answer to somebody who asks our host; what it changes of his cookies goes along.
    async fn visited(self, request: Request) -> Response {
        let cookies = request.extensions().get::<Cookies>().cloned();
        let cookies = cookies.unwrap_or_default();
        let Self { state, routes, .. } = self;
        let (asked, his) = (Arc::clone(&state), cookies.clone());
        pages::say_what_is_missing(state, cookies, request, move |request| async move {
            if server_fns::is_call(request.uri().path(), &asked) {
                Box::pin(server_fns::call(asked, his, request)).await
            } else {
                let limited = DefaultBodyLimit::max(LARGEST_BODY).layer(routes);
                let Ok(response) = limited.oneshot(request).await;
                response
            }
        })
        .await
    }
}

async fn routed(router: Router, request: Request) -> Response {
    let Ok(response) = router.oneshot(request).await;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_moved_about_for_an_answer_is_small() {
        fn size<F>(_: impl Fn(Entrance, Request) -> F) -> usize {
            size_of::<F>()
        }
        let (answer, visited) = (size(Entrance::answer), size(Entrance::visited));
        assert!(answer < 4096 && visited < 4096, "{answer} {visited} bytes");
    }
}
