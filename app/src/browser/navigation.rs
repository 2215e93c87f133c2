//! Moving between screens. Every link and every move goes through [`href`] or [`go`], which know the base path.

use std::cell::RefCell;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use server_fn::client::get_server_url;
use web_sys::UrlSearchParams;

use crate::screen::{Screen, below_base};
use crate::tickets::find::Find;

type Navigate = Box<dyn Fn(&str, NavigateOptions)>;

thread_local! {
    static NAVIGATE: RefCell<Option<Navigate>> = const { RefCell::new(None) };
}

/// The base path with no slash at its end; empty at the root.
pub fn base() -> &'static str {
    get_server_url()
}

/// The address of a path of ours.
pub fn href(path: &str) -> String {
    let base = base();
    format!("{base}{path}")
}

/// Learns the router's way to move; called once, below the router.
pub fn learn() {
    let navigate = use_navigate();
    NAVIGATE.set(Some(Box::new(move |path, options| navigate(path, options))));
}

/// Moves to a path of ours.
pub fn go(path: &str) {
    navigate(path, false);
}

/// Moves to a path of ours and leaves no way back to where one was.
pub fn go_instead(path: &str) {
    navigate(path, true);
}

fn navigate(path: &str, replace: bool) {
    NAVIGATE.with_borrow(|navigate| {
        if let Some(navigate) = navigate {
            let options = NavigateOptions {
                replace,
                resolve: false,
                ..NavigateOptions::default()
            };
            navigate(&href(path), options);
        }
    });
}

/// The screen that an address's path names.
pub fn screen_at(path: &str) -> Screen {
    below_base(base(), path).map_or(Screen::NotFound, Screen::at)
}

/// The screen that the page was opened at.
pub fn screen_asked() -> Screen {
    screen_at(&window().location().pathname().unwrap_or_default())
}

/// What the query of the address asks of the list.
pub fn asked() -> Find {
    let query = window().location().search().unwrap_or_default();
    let values = UrlSearchParams::new_with_str(&query).ok();
    Find::read(|name| values.as_ref()?.get(name))
}

/// Takes the fragment off the address bar and out of the history.
pub fn forget_fragment() {
    let location = window().location();
    let path = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    if let Ok(history) = window().history() {
        _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&path));
    }
}
