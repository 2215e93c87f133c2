//! Whether something is in view: the page, or an element on it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Element, Event, IntersectionObserver, IntersectionObserverEntry, ResizeObserver,
    VisibilityState,
};

/// Whether the customer can see the page at all.
pub fn page_is_visible() -> bool {
    document().visibility_state() == VisibilityState::Visible
}

/// How many pixels of the page can be seen at a time.
pub fn height() -> usize {
    let root = document().document_element();
    let height = root.map_or(0, |root| root.client_height());
    usize::try_from(height).unwrap_or_default()
}

/// Whether two fingers have made the page larger than its window.
pub fn is_zoomed() -> bool {
    window()
        .visual_viewport()
        .is_some_and(|seen| seen.scale() > 1.01)
}

/// What scrolls: the element, or what is around it where the window is low.
pub fn scrolling(element: &Element) -> Option<Element> {
    match element.scroll_height() > element.client_height() {
        true => Some(element.clone()),
        false => element.parent_element(),
    }
}

/// Calls whenever the element comes into view, until the owner of the call is gone.
pub fn when_seen(element: &Element, call: impl Fn() + 'static) {
    let closure = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let seen = entries
            .iter()
            .filter_map(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok())
            .any(|entry| entry.is_intersecting());
        if seen {
            call();
        }
    });
    let Ok(observer) = IntersectionObserver::new(closure.as_ref().unchecked_ref()) else {
        return;
    };
    observer.observe(element);
    let held = send_wrapper::SendWrapper::new((observer, closure));
    on_cleanup(move || held.0.disconnect());
}

/// Calls before the page is printed, with true, and after it, until the owner of the call is gone. What it changes is on the paper.
pub fn when_printed(call: impl Fn(bool) + 'static) {
    let closure =
        Closure::<dyn Fn(Event)>::new(move |event: Event| call(event.type_() == "beforeprint"));
    let events = ["beforeprint", "afterprint"];
    for event in events {
        _ = window().add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    }
    let held = send_wrapper::SendWrapper::new(closure);
    on_cleanup(move || {
        for event in events {
            _ = window().remove_event_listener_with_callback(event, held.as_ref().unchecked_ref());
        }
    });
}

/// Calls whenever one of the elements changes its size, until the owner of the call is gone.
pub fn when_resized(elements: &[&Element], call: impl Fn() + 'static) {
    let closure = Closure::<dyn Fn()>::new(call);
    let Ok(observer) = ResizeObserver::new(closure.as_ref().unchecked_ref()) else {
        return;
    };
    for element in elements {
        observer.observe(element);
    }
    let held = send_wrapper::SendWrapper::new((observer, closure));
    on_cleanup(move || held.0.disconnect());
}
