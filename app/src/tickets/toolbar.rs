//! Formatting at hand: buttons below the field, one stop of the Tab key for all of them, and the keys that one knows from elsewhere.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, EventInit, HtmlDocument, HtmlElement, HtmlTextAreaElement};

use super::format::{Format, format};
use crate::browser::page;
use crate::language::spoken::say;
use crate::t;

/// Each with its name, its key, and the keys as readers are told.
const ALL: [(Format, &str, &str, &str); 5] = [
    (Format::Bold, "bold", "b", "Control+B Meta+B"),
    (Format::Italic, "italic", "i", "Control+I Meta+I"),
    (Format::List, "list", "", ""),
    (Format::Link, "link", "k", "Control+K Meta+K"),
    (Format::Code, "code", "", ""),
];

/// The field that is formatted.
type Area = NodeRef<html::Textarea>;

/// Formats if this key does.
pub fn format_by_key(event: &KeyboardEvent, area: Area) {
    if !(event.ctrl_key() || event.meta_key()) || event.shift_key() || event.alt_key() {
        return;
    }
    let key = event.key().to_ascii_lowercase();
    if let Some((kind, ..)) = ALL.into_iter().find(|it| it.2 == key) {
        event.prevent_default();
        apply(kind, area);
    }
}

/// As if it were typed, so that the browser can undo it.
fn apply(kind: Format, area: Area) {
    let Some(area) = area.get_untracked().filter(|area| !area.read_only()) else {
        return;
    };
    let place = |at: Result<Option<u32>, _>| at.ok().flatten().unwrap_or_default() as usize;
    let selected = (place(area.selection_start()), place(area.selection_end()));
    let text: Vec<u16> = area.value().encode_utf16().collect();
    let edit = format(kind, &text, selected);
    page::focus(&area);
    select(&area, (edit.from, edit.to));
    let by = String::from_utf16_lossy(&edit.by);
    let typed = document()
        .unchecked_into::<HtmlDocument>()
        .exec_command_with_show_ui_and_value("insertText", false, &by);
    if typed != Ok(true) {
        // A browser that does not type for others.
        _ = area.set_range_text(&by);
        let told = EventInit::new();
        told.set_bubbles(true);
        if let Ok(told) = Event::new_with_event_init_dict("input", &told) {
            _ = area.dispatch_event(&told);
        }
    }
    select(&area, edit.selected);
}

fn select(area: &HtmlTextAreaElement, (from, to): (usize, usize)) {
    let place = |at| u32::try_from(at).unwrap_or(u32::MAX);
    _ = area.set_selection_range(place(from), place(to));
}

/// The buttons.
#[component]
pub fn Toolbar(
    /// What they format.
    area: Area,
    /// They would do nothing now, and are not seen; what stands beside them stays where it is.
    #[prop(into)]
    off: Signal<bool>,
) -> impl IntoView {
    // The one that the Tab key stops at.
    let stop = RwSignal::new(0);
    let bar = NodeRef::<html::Span>::new();
    let go = move |to: usize| {
        stop.set(to);
        let button = bar
            .get_untracked()
            .and_then(|bar| bar.children().item(to as u32));
        if let Some(button) = button.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            page::focus(&button);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let (at, last) = (stop.get_untracked(), ALL.len() - 1);
        let key = event.key();
        let forward = match page::runs_right_to_left() {
            true => "ArrowLeft",
            false => "ArrowRight",
        };
        let to = match key.as_str() {
            "Home" => 0,
            "End" => last,
            key if key == forward => (at + 1) % ALL.len(),
            "ArrowLeft" | "ArrowRight" => at.checked_sub(1).unwrap_or(last),
            _ => return,
        };
        event.prevent_default();
        go(to);
    };
    let buttons: Vec<AnyView> = ALL
        .into_iter()
        .enumerate()
        .map(|(nth, (kind, name, key, keys))| {
            let label = Signal::derive(move || say_format(kind));
            let title = move || match key {
                "" => label.get(),
                key => with_keys(label.get(), key.to_uppercase()),
            };
            view! {
                <button
                    type="button"
                    data-format=name
                    aria-label=label
                    aria-keyshortcuts=keys
                    title=title
                    tabindex=move || if stop.get() == nth { "0" } else { "-1" }
                    // The field keeps the focus, and a phone its keyboard.
                    on:mousedown=|event| event.prevent_default()
                    on:focus=move |_| stop.set(nth)
                    on:click=move |_| apply(kind, area)
                ></button>
            }
            .into_any()
        })
        .collect();
    view! {
        <span
            class="toolbar"
            role="toolbar"
            aria-label=t!("format-label")
            data-state=move || off.get().then_some("off")
            node_ref=bar
            on:keydown=on_key
        >
            {buttons}
        </span>
    }
    .into_any()
}

/// The name with the keys for it, as they are called on this keyboard.
fn with_keys(name: String, key: String) -> String {
    let is_mac = window()
        .navigator()
        .platform()
        .is_ok_and(|it| it.starts_with("Mac"));
    let values = vec![("name", name.into()), ("key", key.into())];
    match is_mac {
        true => say("format-keys-mac", values),
        false => say("format-keys", values),
    }
}

fn say_format(kind: Format) -> String {
    match kind {
        Format::Bold => say("format-bold", vec![]),
        Format::Italic => say("format-italic", vec![]),
        Format::List => say("format-list", vec![]),
        Format::Link => say("format-link", vec![]),
        Format::Code => say("format-code", vec![]),
    }
}
