//! Waiting without a crate for it.

use std::time::Duration;

use js_sys::{Function, Promise};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// How long a frame is waited for where there may be none, milliseconds.
const UNSEEN: i32 = 100;

/// Comes back after so many milliseconds.
pub async fn sleep(milliseconds: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        call_after(&resolve, milliseconds);
    });
    _ = JsFuture::from(promise).await;
}

/// Comes back once the browser has shown what has changed until now; in a page that nobody sees, once it is seen.
pub async fn shown() {
    next_frame(None).await;
}

/// The same, but in a page that nobody sees after a moment: for what must go on there too.
pub async fn drawn() {
    next_frame(Some(UNSEEN)).await;
}

async fn next_frame(at_latest: Option<i32>) {
    let promise = Promise::new(&mut |resolve, _| {
        if let Some(milliseconds) = at_latest {
            call_after(&resolve, milliseconds);
        }
        request_animation_frame(move || _ = resolve.call0(&JsValue::NULL));
    });
    _ = JsFuture::from(promise).await;
    // A frame begins with what was asked for it, and is shown after that.
    sleep(0).await;
}

fn call_after(call: &Function, milliseconds: i32) {
    _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(call, milliseconds);
}

/// Calls again and again until the owner of the call is gone.
pub fn every(milliseconds: u64, call: impl Fn() + 'static) {
    if let Ok(handle) = set_interval_with_handle(call, Duration::from_millis(milliseconds)) {
        on_cleanup(move || handle.clear());
    }
}
