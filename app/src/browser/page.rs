//! The document around the app: what the server wrote into it, and what the app changes in it from outside its own views.

use js_sys::{Function, Object, Reflect, RegExp};
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlElement, MouseEvent};

use super::storage::Keep;
use crate::first_view::{ELEMENT, FirstView, THEME_COOKIE, TICKET};
use crate::tickets::model::TicketView;

/// Where the page counts how often it tried to start (app/index.html).
const STARTS: &str = "starts";

/// The base path, as the server stamped it: no slash at its end, empty at the root.
pub fn stamped_base() -> String {
    document()
        .query_selector("meta[name=app-base]")
        .ok()
        .flatten()
        .and_then(|meta| meta.get_attribute("content"))
        .unwrap_or_default()
        .trim_end_matches('/')
        .to_owned()
}

/// What the server put into the page.
pub fn first_view() -> Option<FirstView> {
    crate::wire::read(&data_of(ELEMENT)?)
}

/// The ticket that it put there.
pub fn first_ticket() -> Option<TicketView> {
    crate::wire::read(&data_of(TICKET)?)
}

fn data_of(id: &str) -> Option<String> {
    document().get_element_by_id(id)?.text_content()
}

fn shell() -> Option<Element> {
    document().query_selector(".shell").ok().flatten()
}

/// The app has started: the shell only covers it from now on, until it shows something itself.
pub fn cover_with_shell() {
    if let Some(shell) = shell() {
        _ = shell.set_attribute("inert", "");
    }
    Keep::Tab.write::<()>(STARTS, None);
}

/// Takes the shell away, once there is something to show in its place.
pub fn remove_shell() {
    if let Some(shell) = shell() {
        shell.remove();
    }
}

/// Lets the shell say that the app cannot start, and try again (app/index.html).
pub fn show_shell_failure() {
    if let Ok(failure) = Event::new("error") {
        _ = window().dispatch_event(&failure);
    }
}

/// Leptos makes static parts of views by `innerHTML`, which Trusted Types forbid without a policy. Texts of people never get there:
/// they are text nodes (`tickets/markup.rs`). What could run is refused all the same.
pub fn allow_static_views() {
    let Ok(factory) = Reflect::get(&window(), &"trustedTypes".into()) else {
        return;
    };
    let Ok(create) = Reflect::get(&factory, &"createPolicy".into()) else {
        return;
    };
    let Some(create) = create.dyn_ref::<Function>() else {
        return;
    };
    let runs = RegExp::new(
        r"<(script|iframe|object|embed|img|link|meta|base|form|style)|\son\w+\s*=|javascript:|srcdoc",
        "i",
    );
    let pass = Closure::<dyn Fn(String) -> Option<String>>::new(move |html: String| {
        (!runs.test(&html)).then_some(html)
    });
    let rules = Object::new();
    _ = Reflect::set(&rules, &"createHTML".into(), pass.as_ref());
    _ = create.call2(&factory, &"default".into(), &rules);
    pass.forget();
}

fn root() -> Option<Element> {
    document().document_element()
}

/// Tells the document its language and direction.
pub fn set_language(tag: &str, direction: &str) {
    if let Some(root) = root() {
        _ = root.set_attribute("lang", tag);
        _ = root.set_attribute("dir", direction);
    }
}

/// Whether lines begin at the right.
pub fn runs_right_to_left() -> bool {
    root().and_then(|root| root.get_attribute("dir")).as_deref() == Some("rtl")
}

/// The look that is chosen: `light`, `dark` or `system`.
pub fn theme() -> String {
    root()
        .and_then(|root| root.get_attribute("data-theme"))
        .filter(|theme| theme == "light" || theme == "dark")
        .unwrap_or_else(|| "system".to_owned())
}

/// Chooses a look, and keeps it in a cookie, so that the next page comes in it.
pub fn set_theme(theme: &str) {
    if let Some(root) = root() {
        _ = root.set_attribute("data-theme", theme);
    }
    let secure = if window().location().protocol().as_deref() == Ok("https:") {
        "; secure"
    } else {
        ""
    };
    let path = super::navigation::href("/");
    let cookie =
        format!("{THEME_COOKIE}={theme}; path={path}; max-age=31536000; samesite=lax{secure}");
    _ = Reflect::set(&document(), &"cookie".into(), &JsValue::from_str(&cookie));
}

/// Loads the page anew.
pub fn reload() {
    _ = window().location().reload();
}

/// A page that is left and come back to may be another's by then: it is blank while it is away, and loaded anew (promise S11).
pub fn show_nothing_on_the_way_back() {
    let Some(root) = root() else { return };
    let away = root.clone();
    let leave = Closure::<dyn FnMut()>::new(move || _ = away.set_attribute("hidden", ""));
    let come_back = Closure::<dyn FnMut()>::new(move || {
        if root.has_attribute("hidden") {
            reload();
        }
    });
    for (event, call) in [("pagehide", leave), ("pageshow", come_back)] {
        _ = window().add_event_listener_with_callback(event, call.as_ref().unchecked_ref());
        call.forget();
    }
}

/// Gives an element the focus, if it is there, without scrolling to it.
pub fn focus(element: &HtmlElement) {
    // The browser lays out everything first even where it has nothing to do.
    if document()
        .active_element()
        .is_some_and(|it| it == **element)
    {
        return;
    }
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    _ = element.focus_with_options(&options);
}

/// The same, by the element's id.
pub fn focus_on(id: &str) {
    focus_first(&format!("#{id}"));
}

/// The same, for the first element that fits.
pub fn focus_first(selector: &str) {
    if let Ok(Some(element)) = document().query_selector(selector)
        && let Some(element) = element.dyn_ref::<HtmlElement>()
    {
        focus(element);
    }
}

/// Whether there is such a place, and the browser gives it room.
pub fn shows(place: &str) -> bool {
    let found = document().query_selector(place).ok().flatten();
    found.is_some_and(|it| it.client_width() > 0)
}

/// Whether something in such a place has the focus.
pub fn has_focus(place: &str) -> bool {
    let active = document().active_element();
    active.is_some_and(|active| matches!(active.closest(place), Ok(Some(_))))
}

/// A button that is pressed with a pointer leaves the focus where one writes, so that a phone's keyboard stays.
pub fn keep_focus(event: MouseEvent) {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    if target.is_some_and(|it| matches!(it.closest("button"), Ok(Some(_)))) {
        event.prevent_default();
    }
}

/// What is shown here may go while something in such a place has the focus: then the element with this id gets it.
pub fn leave_focus(place: &'static str, id: &'static str) {
    on_cleanup(move || {
        if has_focus(place) {
            request_animation_frame(move || focus_on(id));
        }
    });
}

/// Whether what an input event tells of came all at once: pasted, filled in, or picked from a keyboard's suggestions.
pub fn came_at_once(event: &web_sys::Event) -> bool {
    let read = |name: &str| {
        Reflect::get(event, &name.into())
            .ok()
            .and_then(|value| value.as_string())
            .unwrap_or_default()
    };
    match read("inputType").as_str() {
        "insertText" => read("data").chars().count() > 1,
        kind => !kind.starts_with("delete") && !kind.starts_with("history"),
    }
}
