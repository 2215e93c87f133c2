//! How urgent a ticket is, in words: in the list, above its thread, and in the form where the operator has customers asked.

use leptos::prelude::*;

use super::drafts::Written;
use super::priority::Priority;
use crate::language::spoken::say;
use crate::session::state::Session;
use crate::t;
use crate::ui::reactive::OrNothing;

/// The words.
fn words(priority: Priority) -> String {
    match priority {
        Priority::Low => say("priority-low", vec![]),
        Priority::Medium => say("priority-medium", vec![]),
        Priority::High => say("priority-high", vec![]),
        Priority::Urgent => say("priority-urgent", vec![]),
    }
}

/// The words behind a small drawing that says the same; nothing for a ticket that has none.
pub fn mark(priority: Option<Priority>) -> AnyView {
    priority
        .map(|it| {
            view! { <span class="priority" data-priority=it.name()>{move || words(it)}</span> }
                .into_any()
        })
        .or_nothing()
}

/// Where one says it, if one is asked. At first nothing is chosen.
pub fn choice(written: Written) -> AnyView {
    if !Session::here().config.with_value(|it| it.asks_priority) {
        return ().into_any();
    }
    let draft = RwSignal::from(written.draft.clone());
    let option = move |priority: Option<Priority>| {
        view! {
            <option
                value=priority.map_or("", Priority::name)
                prop:selected=move || draft.with(|draft| draft.priority == priority)
            >
                {move || match priority {
                    Some(it) => words(it),
                    None => say("priority-none", vec![]),
                }}
            </option>
        }
        .into_any()
    };
    let options: Vec<AnyView> = Priority::ALL
        .into_iter()
        .map(|it| option(Some(it)))
        .collect();
    view! {
        <div class="field">
            <label for="priority">{t!("priority-label")}</label>
            <select
                class="input"
                id="priority"
                on:change=move |event| {
                    let chosen = Priority::named(&event_target_value(&event));
                    written.write(|draft| draft.priority = chosen);
                }
            >
                {option(None)}
                {options}
            </select>
        </div>
    }
    .into_any()
}
