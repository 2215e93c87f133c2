//! A row of the list: status and time, subject, last words.

use leptos::prelude::*;

use super::model::{Author, Delivery, TicketRow};
use super::status::StatusBadge;
use crate::browser::navigation::href;
use crate::language::spoken::say;
use crate::language::time;
use crate::paths;
use crate::session::state::Session;
use crate::t;
use crate::ui::button::for_readers;
use crate::ui::time::Time;

/// The words for a subject that is empty.
pub fn subject(row: &TicketRow) -> String {
    if row.subject.trim().is_empty() {
        say("no-subject", vec![])
    } else {
        row.subject.clone()
    }
}

/// The name that is shown for an author.
pub fn author(author: &Author, brand: &str) -> String {
    match author {
        Author::You => say("you", vec![]),
        Author::Agent(name) => name.clone(),
        Author::Team => brand.to_owned(),
    }
}

/// The row.
#[component]
pub fn Row(
    /// What is known of it.
    row: ArcRwSignal<TicketRow>,
    /// It is the one that is open.
    #[prop(into)]
    current: Signal<bool>,
) -> impl IntoView {
    let row = RwSignal::from(row);
    let address = href(&paths::ticket(&row.with_untracked(|row| row.id.clone())));
    let brand = Session::here()
        .config
        .with_value(|config| config.brand_name.clone());
    let status = Signal::derive(move || row.with(|row| row.status));
    let at = Signal::derive(move || row.with(|row| row.at));
    let last = move || {
        row.with(|row| match (row.delivery, &row.last) {
            (Delivery::Sending | Delivery::Waiting, _) => say("row-sending", vec![]),
            (Delivery::Failed, _) => say("row-failed", vec![]),
            (Delivery::Sent, Some((who, words))) => say(
                "row-last",
                vec![
                    ("who", author(who, &brand).into()),
                    ("words", words.clone().into()),
                ],
            ),
            (Delivery::Sent, None) => String::new(),
        })
    };
    let delivery = move || {
        row.with(|row| match row.delivery {
            Delivery::Sent => None,
            Delivery::Sending | Delivery::Waiting => Some("sending"),
            Delivery::Failed => Some("failed"),
        })
    };
    view! {
        <li>
            <a
                class="row"
                href=address
                aria-current=move || current.get().then_some("page")
                data-unread=move || row.with(|row| row.unread.then_some(""))
            >
                <span class="row-top">
                    <StatusBadge status=status/>
                    <Time at=at form=time::row/>
                </span>
                <span class="row-subject" dir="auto">
                    {move || for_readers(row.with(|row| row.unread), t!("unread"))}
                    {move || row.with(subject)}
                </span>
                <span class="row-last" dir="auto" data-state=delivery>
                    {last}
                </span>
            </a>
        </li>
    }
    .into_any()
}
