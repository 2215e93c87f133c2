//! The shape of what comes. The stylesheet shows it only after 200 ms.

use leptos::prelude::*;

/// So many bars, in the shape that the stylesheet has for this place.
#[component]
pub fn Skeleton(
    /// Where: `rows` or `thread`.
    shape: &'static str,
    /// How many.
    count: usize,
) -> impl IntoView {
    let bars: Vec<AnyView> = (0..count)
        .map(|_| view! { <div class="skeleton-bar"></div> }.into_any())
        .collect();
    view! { <div class="skeleton" data-shape=shape aria-hidden="true">{bars}</div> }.into_any()
}
