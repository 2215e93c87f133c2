//! Icons are masks in `style/components/icon.css`, named here; the words beside them say the same, so readers pass over them.

use leptos::prelude::*;

/// A drawing in the colour of the text around it.
#[component]
pub fn Icon(
    /// Its name in the stylesheet.
    name: &'static str,
) -> impl IntoView {
    view! { <span class="icon" data-icon=name aria-hidden="true"></span> }.into_any()
}
