//! Where a ticket stands: a dot and a word, never colour alone.

use leptos::prelude::*;

use super::model::Status;
use crate::language::spoken::say;

/// The word.
pub fn word(status: Status) -> String {
    match status {
        Status::Received => say("status-received", vec![]),
        Status::InProgress => say("status-in-progress", vec![]),
        Status::WaitingForYou => say("status-waiting-for-you", vec![]),
        Status::Solved => say("status-solved", vec![]),
        Status::Cancelled => say("status-cancelled", vec![]),
    }
}

/// The badge.
#[component]
pub fn StatusBadge(
    /// Where it stands.
    #[prop(into)]
    status: Signal<Status>,
) -> impl IntoView {
    view! {
        <span class="badge" data-status=move || status.get().name()>
            {move || word(status.get())}
        </span>
    }
    .into_any()
}
