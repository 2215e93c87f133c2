//! A place with nothing in it: says why, and what can be done.

use leptos::prelude::*;

use super::icon::Icon;
use super::reactive::OrNothing;

/// A drawing, a line, a sentence, and perhaps something to press.
#[component]
pub fn Empty(
    /// Name of the drawing.
    icon: &'static str,
    /// The line.
    #[prop(into)]
    title: Signal<String>,
    /// The sentence.
    #[prop(into)]
    text: Signal<String>,
    /// What can be done.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon name=icon/>
            <p class="empty-title">{title}</p>
            <p class="empty-text">{text}</p>
            {children.map(|children| children()).or_nothing()}
        </div>
    }
    .into_any()
}
