//! How the browser calls server functions: like Leptos's own client, but calls made by no hand say so, and none waits for ever.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::pin;

use server_fn::client::Client;
use server_fn::client::browser::BrowserClient;
use server_fn::error::FromServerFnError;
use server_fn::request::browser::BrowserRequest;
use server_fn::response::browser::BrowserResponse;

thread_local! {
    static BACKGROUND: Cell<bool> = const { Cell::new(false) };
}

/// Runs a call as background traffic, which does not prolong the session.
pub async fn in_background<F: Future>(call: F) -> F::Output {
    marked(true, call).await
}

/// Runs a call as background traffic, or as asked for by hand. The mark is set only while the call itself is polled,
/// so calls that run at the same time do not take it over.
pub async fn marked<F: Future>(background: bool, call: F) -> F::Output {
    let mut call = pin!(call);
    poll_fn(|context| {
        let before = BACKGROUND.replace(background);
        let answer = call.as_mut().poll(context);
        BACKGROUND.set(before);
        answer
    })
    .await
}

/// The client of all server functions.
pub struct PortalClient;

impl<Error, In, Out> Client<Error, In, Out> for PortalClient
where
    Error: FromServerFnError,
    In: FromServerFnError,
    Out: FromServerFnError,
{
    type Request = BrowserRequest;
    type Response = BrowserResponse;

    fn send(request: Self::Request) -> impl Future<Output = Result<Self::Response, Error>> + Send {
        if BACKGROUND.get() {
            request.headers().set(crate::live::BACKGROUND_HEADER, "1");
        }
        let sent = <BrowserClient as Client<Error, In, Out>>::send(request);
        #[cfg(feature = "csr")]
        let sent = crate::browser::connection::watched(sent);
        sent
    }

    fn open_websocket(
        path: &str,
    ) -> impl Future<
        Output = Result<
            (
                impl futures_util::Stream<Item = Result<bytes::Bytes, bytes::Bytes>> + Send + 'static,
                impl futures_util::Sink<bytes::Bytes> + Send + 'static,
            ),
            Error,
        >,
    > + Send {
        <BrowserClient as Client<Error, In, Out>>::open_websocket(path)
    }

    fn spawn(future: impl Future<Output = ()> + Send + 'static) {
        <BrowserClient as Client<Error, In, Out>>::spawn(future);
    }
}
