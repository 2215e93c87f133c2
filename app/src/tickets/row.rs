//! A row of the list: status and time, subject, last words.

use leptos::prelude::*;

use super::cache::Tickets;
use super::find::Piece;
use super::model::{Author, Delivery, TicketRow};
use super::status::StatusBadge;
use super::urgency;
use crate::browser::navigation::href;
use crate::language::direction;
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

/// A text with what was found in it.
fn pieces(pieces: &[Piece]) -> AnyView {
    let each: Vec<AnyView> = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Plain(text) => text.clone().into_any(),
            Piece::Found(text) => view! { <mark>{text.clone()}</mark> }.into_any(),
        })
        .collect();
    each.into_any()
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
    let find = Tickets::here().find;
    let brand = Session::here()
        .config
        .with_value(|config| config.brand_name.clone());
    let finders_brand = brand.clone();
    let status = Signal::derive(move || row.with(|row| row.status));
    let at = Signal::derive(move || row.with(|row| row.at));
    let last_words = move || {
        row.with(|row| match (row.delivery, &row.last) {
            (Delivery::Sending, _) => say("row-sending", vec![]),
            (Delivery::Waiting, _) => say("row-waiting", vec![]),
            (Delivery::Failed | Delivery::Lost, _) => say("row-failed", vec![]),
            (Delivery::Sent | Delivery::Mailed, Some((who, words))) => say(
                "row-last",
                vec![
                    ("who", author(who, &brand).into()),
                    ("words", words.clone().into()),
                ],
            ),
            (Delivery::Sent | Delivery::Mailed, None) => String::new(),
        })
    };
    let last = move || {
        let found = row.with(|row| {
            let (_, who, words) = row.found.as_ref()?.message.as_ref()?;
            let who = author(who, &finders_brand);
            let who = say("row-last", vec![("who", who.into()), ("words", "".into())]);
            Some(view! { {who} {pieces(words)} }.into_any())
        });
        found.unwrap_or_else(|| last_words().into_any())
    };
    // Neither a name that stands before the words nor what is only read out may turn them: the line would lose its beginning.
    let words_run = move || {
        row.with(|row| match (row.delivery, &row.last) {
            (Delivery::Sent | Delivery::Mailed, Some((_, words))) => direction::of(words),
            _ => "auto",
        })
    };
    let query = move || {
        row.with(|row| {
            let hit = row.found.as_ref().and_then(|found| found.message.as_ref());
            find.with(|find| find.query_with(hit))
        })
    };
    let subject_runs = move || row.with(|row| direction::of(&subject(row)));
    let title = move || {
        row.with(|row| match &row.found {
            Some(found) if !found.subject.is_empty() => pieces(&found.subject),
            _ => subject(row).into_any(),
        })
    };
    let delivery = move || {
        row.with(|row| match row.delivery {
            Delivery::Sent | Delivery::Mailed => None,
            Delivery::Sending | Delivery::Waiting => Some("sending"),
            Delivery::Failed | Delivery::Lost => Some("failed"),
        })
    };
    view! {
        <li>
            <a
                class="row"
                href=move || format!("{address}{}", query())
                aria-current=move || current.get().then_some("page")
                data-unread=move || row.with(|row| row.unread.then_some(""))
            >
                <span class="row-top">
                    <StatusBadge status=status/>
                    {move || urgency::mark(row.with(|row| row.priority))}
                    <Time at=at form=time::row/>
                </span>
                <span class="row-subject" dir=subject_runs>
                    {move || for_readers(row.with(|row| row.unread), t!("unread"))}
                    {title}
                </span>
                <span class="row-last" dir=words_run data-state=delivery>
                    {last}
                </span>
            </a>
        </li>
    }
    .into_any()
}
