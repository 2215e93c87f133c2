//! A moment, shown in words that follow the language and the clock.

use leptos::prelude::*;

use crate::language::time;

/// A `<time>`: shown in the given form, in full when pointed at.
#[component]
pub fn Time(
    /// Unix milliseconds.
    #[prop(into)]
    at: Signal<u64>,
    /// One of the forms of [`crate::language::time`].
    form: fn(u64) -> String,
) -> impl IntoView {
    view! {
        <time datetime=move || time::machine(at.get()) title=move || time::full(at.get())>
            {move || form(at.get())}
        </time>
    }
    .into_any()
}
