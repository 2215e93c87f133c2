//! What can be pressed: buttons, and links that look like them.

use leptos::prelude::*;

use super::icon::Icon;
use super::reactive::{OrNothing, when};
use crate::browser::navigation::href;

/// A button. Without `on_press` it sends the form it stands in.
#[component]
pub fn Button(
    /// `primary`, `quiet`, `plain` or `danger`.
    kind: &'static str,
    /// What it does.
    #[prop(into)]
    label: Signal<String>,
    /// Drawing before the words.
    #[prop(optional)]
    icon: Option<&'static str>,
    /// It would do nothing now; it stays where it is and can be reached all the same.
    #[prop(optional, into)]
    busy: Option<Signal<bool>>,
    /// What is shown when it is pointed at.
    #[prop(optional, into)]
    title: Option<Signal<String>>,
    /// What a press does.
    #[prop(optional)]
    on_press: Option<Callback<()>>,
) -> impl IntoView {
    let press = move |_| {
        if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    view! {
        <button
            class="button"
            data-kind=kind
            type=if on_press.is_some() { "button" } else { "submit" }
            title=move || title.map(|title| title.get())
            aria-disabled=move || busy.map(|busy| if busy.get() { "true" } else { "false" })
            on:click=press
        >
            {icon.map(|name| view! { <Icon name=name/> }.into_any()).or_nothing()}
            <span>{label}</span>
        </button>
    }
    .into_any()
}

/// A button that is a drawing; its words are read out, and shown when it is pointed at.
#[component]
pub fn IconButton(
    /// The drawing.
    icon: &'static str,
    /// What it does.
    #[prop(into)]
    label: Signal<String>,
    /// It would do nothing now.
    #[prop(optional, into)]
    off: Option<Signal<bool>>,
    /// What a press does.
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            class="icon-button"
            type="button"
            aria-label=label
            title=label
            aria-disabled=move || off.map(|off| if off.get() { "true" } else { "false" })
            on:click=move |_| on_press.run(())
        >
            <Icon name=icon/>
        </button>
    }
    .into_any()
}

/// A link to a page of ours that looks like a button.
#[component]
pub fn LinkButton(
    /// `primary` or `quiet`.
    kind: &'static str,
    /// Where it leads, below the base path.
    #[prop(into)]
    to: Signal<String>,
    /// The words.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <a class="button" data-kind=kind href=move || to.with(|to| href(to))>
            <span>{label}</span>
        </a>
    }
    .into_any()
}

/// The way back to a page of ours, where only one pane is shown.
#[component]
pub fn BackLink(
    /// Where it leads, below the base path.
    #[prop(into)]
    to: Signal<String>,
    /// The words.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <a class="back" href=move || to.with(|to| href(to))>
            <Icon name="back"/>
            <span>{label}</span>
        </a>
    }
    .into_any()
}

/// Words that only readers hear, if there is a reason for them.
pub fn for_readers(condition: bool, words: Signal<String>) -> AnyView {
    when(condition, || {
        view! { <span class="visually-hidden">{words} " "</span> }.into_any()
    })
}
