//! Whether the server answers, as the last call found it. The screen says so in one place.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use server_fn::error::{FromServerFnError, IntoAppError, ServerFnErrorErr};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::navigation::href;
use super::timer::sleep;
use crate::error::AppError;
use crate::live::BACKGROUND_HEADER;

/// A call that has not been answered by then is taken for lost. The server itself gives up on Chatwoot earlier.
const PATIENCE: i32 = 25_000;

/// What takes several calls, or whose answer begins and never ends, is given up by then.
const LONGEST: i32 = 60_000;

thread_local! {
    static REACHABLE: ArcRwSignal<bool> = ArcRwSignal::new(true);
}

/// Whether the last call was answered at all.
pub fn reachable() -> ArcRwSignal<bool> {
    REACHABLE.with(ArcRwSignal::clone)
}

/// Notes whether a call is answered, and ends it when it takes too long.
pub fn watched<T, Error: FromServerFnError>(
    call: impl Future<Output = Result<T, Error>> + Send,
) -> impl Future<Output = Result<T, Error>> + Send {
    SendWrapper::new(async move {
        let mut call = pin!(call);
        let mut patience = pin!(sleep(PATIENCE));
        let answer = poll_fn(|context| {
            if let Poll::Ready(answer) = call.as_mut().poll(context) {
                return Poll::Ready(answer);
            }
            patience
                .as_mut()
                .poll(context)
                .map(|()| Err(ServerFnErrorErr::Request("no answer".to_owned()).into_app_error()))
        })
        .await;
        let signal = reachable();
        if signal.get_untracked() != answer.is_ok() {
            signal.set(answer.is_ok());
        }
        answer
    })
}

/// Gives up what takes too long in all: [`watched`] hears of the beginning of an answer only.
pub async fn in_time<T>(call: impl Future<Output = Result<T, AppError>>) -> Result<T, AppError> {
    let mut call = pin!(call);
    let mut patience = pin!(sleep(LONGEST));
    poll_fn(|context| match call.as_mut().poll(context) {
        Poll::Ready(answer) => Poll::Ready(answer),
        Poll::Pending => patience
            .as_mut()
            .poll(context)
            .map(|()| Err(AppError::Offline)),
    })
    .await
}

/// Makes a call that outlives the page, whose answer nobody waits for. The page does it by itself, so that it does not prolong the session.
pub fn send_last(path: &str, body: &str) {
    let object = |fields: &[(&str, JsValue)]| {
        let object = Object::new();
        for (name, value) in fields {
            _ = Reflect::set(&object, &(*name).into(), value);
        }
        object
    };
    let headers = object(&[
        ("content-type", "application/json".into()),
        (BACKGROUND_HEADER, "1".into()),
    ]);
    let how = object(&[
        ("method", "POST".into()),
        ("keepalive", true.into()),
        ("headers", headers.into()),
        ("body", body.into()),
    ]);
    let call = Reflect::get(&window(), &"fetch".into())
        .and_then(JsCast::dyn_into::<Function>)
        .and_then(|fetch| fetch.call2(&window(), &href(path).into(), &how));
    if let Some(answer) = call.ok().and_then(|it| it.dyn_into::<Promise>().ok()) {
        spawn_local(async { _ = JsFuture::from(answer).await });
    }
}
