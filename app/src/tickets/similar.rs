//! Tickets of the customer's that are like the one he begins: perhaps the answer is there. Looked for while he types the subject, and never in his way.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::list_tickets;
use super::find::{Find, telling};
use super::model::{Refetched, TicketRow};
use super::row;
use super::status::StatusBadge;
use crate::browser::navigation::href;
use crate::browser::timer;
use crate::call::in_background;
use crate::paths;
use crate::t;
use crate::ui::reactive::{effect, when};

/// Milliseconds without a key after which one has typed.
const TYPED: i32 = 400;
/// So many are shown.
const SHOWN: usize = 3;

async fn find(subject: &str) -> Vec<TicketRow> {
    for words in telling(subject) {
        let find = Find {
            words,
            ..Find::default()
        };
        // What cannot be looked for now is not missed.
        if let Ok(Refetched::Changed(mut list)) =
            in_background(list_tickets(find, None, None, 0)).await
            && !list.rows.is_empty()
        {
            list.rows.truncate(SHOWN);
            return list.rows;
        }
    }
    Vec::new()
}

/// The tickets that are like a subject.
#[component]
pub fn Similar(
    /// As it stands in its field.
    subject: Memo<String>,
) -> impl IntoView {
    let found = RwSignal::new(Vec::<TicketRow>::new());
    effect(move || {
        let typed = subject.get();
        spawn_local(async move {
            timer::sleep(TYPED).await;
            let is_last = || subject.try_get_untracked().as_ref() == Some(&typed);
            if is_last() {
                let rows = find(&typed).await;
                if is_last() && found.try_get_untracked().is_some_and(|now| now != rows) {
                    found.set(rows);
                }
            }
        });
    });
    let links = move || {
        found.with(|rows| {
            let link = |row: &TicketRow| {
                let status = row.status;
                view! {
                    <li>
                        <a href=href(&paths::ticket(&row.id))>
                            <bdi>{row::subject(row)}</bdi>
                        </a>
                        <StatusBadge status=Signal::derive(move || status)/>
                    </li>
                }
                .into_any()
            };
            rows.iter().map(link).collect::<Vec<AnyView>>()
        })
    };
    let any = Memo::new(move |_| found.with(|rows| !rows.is_empty()));
    view! {
        <div class="similar">
            <p role="status">{move || when(any.get(), || t!("similar-title").into_any())}</p>
            <ul>{links}</ul>
        </div>
    }
    .into_any()
}
