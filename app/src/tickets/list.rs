//! The list of tickets, newest activity first. It stays while a ticket is open beside it.

use leptos::html;
use leptos::prelude::*;

use super::cache::{Tickets, Wanted};
use super::freshness::FreshnessLine;
use super::model::TicketId;
use super::row::Row;
use crate::browser::navigation::href;
use crate::browser::sight;
use crate::error::words;
use crate::paths;
use crate::screen::Screen;
use crate::t;
use crate::ui::announcer::Announcer;
use crate::ui::empty::Empty;
use crate::ui::icon::Icon;
use crate::ui::skeleton::Skeleton;

/// What the list shows.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    Loading,
    Failed,
    None,
    Filling,
    Rows,
}

/// Heading, the way to a new ticket, and the rows.
#[component]
pub fn List(
    /// Where the customer is.
    screen: Memo<Screen>,
) -> impl IntoView {
    let tickets = Tickets::here();
    let heading = NodeRef::<html::H2>::new();
    Announcer::here().heading(heading, |screen| *screen == Screen::Tickets);
    let shown = Memo::new(move |_| match tickets.facts.get() {
        None if tickets.trouble.with(Option::is_some) => Shown::Failed,
        None => Shown::Loading,
        Some(facts) => match (tickets.rows.order().is_empty(), facts.filling) {
            (false, _) => Shown::Rows,
            (true, true) => Shown::Filling,
            (true, false) => Shown::None,
        },
    });
    let freshness =
        Signal::derive(move || tickets.facts.with(|facts| facts.as_ref().map(|f| f.freshness)));
    let open = Memo::new(move |_| screen.with(|screen| screen.ticket().cloned()));
    let level = move || if screen.get() == Screen::Tickets { "1" } else { "2" };

    view! {
        <section class="list" aria-labelledby="list-heading">
            <header class="list-head">
                <h2 id="list-heading" tabindex="-1" attr:aria-level=level node_ref=heading>
                    {t!("tickets-title")}
                </h2>
                <a class="button" data-kind="primary" href=href(paths::NEW_TICKET)>
                    {t!("new-ticket")}
                </a>
            </header>
            <div class="list-scroll">
                <FreshnessLine freshness=freshness/>
                {move || match shown.get() {
                    Shown::Loading => {
                        view! {
                            <p class="visually-hidden">{t!("loading")}</p>
                            <Skeleton shape="rows" count=6/>
                        }
                            .into_any()
                    }
                    Shown::Failed => view! { <Failed/> }.into_any(),
                    Shown::Filling => view! { <Filling/> }.into_any(),
                    Shown::None => {
                        view! {
                            <Empty icon="inbox" title=t!("tickets-none-title") text=t!("tickets-none")/>
                        }
                            .into_any()
                    }
                    Shown::Rows => view! { <Rows open=open/> }.into_any(),
                }}
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Rows(open: Memo<Option<TicketId>>) -> impl IntoView {
    let tickets = Tickets::here();
    view! {
        <ul class="rows">
            <For
                each=move || tickets.rows.order()
                key=|id| id.as_str().to_owned()
                children=move |id: TicketId| {
                    let row = tickets.rows.item(&id)?;
                    let this = id.clone();
                    let current = Signal::derive(move || open.with(|open| open.as_ref() == Some(&this)));
                    Some(view! { <Row id=id row=row current=current/> }.into_any())
                }
            />
        </ul>
        {move || {
            tickets
                .facts
                .with(|facts| facts.as_ref().is_some_and(|facts| facts.next.is_some()))
                .then(|| view! { <More/> }.into_any())
        }}
        {move || {
            tickets
                .facts
                .with(|facts| facts.as_ref().is_some_and(|facts| facts.filling))
                .then(|| view! { <Filling/> }.into_any())
        }}
    }
    .into_any()
}

/// Loads the next page when it comes into view, or when pressed.
#[component]
fn More() -> impl IntoView {
    let tickets = Tickets::here();
    let button = NodeRef::<html::Button>::new();
    Effect::new(move |_| {
        if let Some(button) = button.get() {
            sight::when_seen(&button, move || {
                if tickets.trouble.with_untracked(Option::is_none) {
                    tickets.load_more();
                }
            });
        }
    });
    view! {
        {move || {
            tickets
                .trouble
                .get()
                .map(|error| view! { <p class="list-note" role="alert">{words::error(&error)}</p> }.into_any())
        }}
        <button
            class="button"
            data-kind="quiet"
            type="button"
            node_ref=button
            aria-disabled=move || tickets.loading_more.get().to_string()
            on:click=move |_| tickets.load_more()
        >
            {t!("more-tickets")}
        </button>
    }
    .into_any()
}

#[component]
fn Filling() -> impl IntoView {
    view! {
        <p class="list-note" role="status">
            <span class="spinner" aria-hidden="true"></span>
            {t!("tickets-filling")}
        </p>
        <Skeleton shape="rows" count=1/>
    }
    .into_any()
}

#[component]
fn Failed() -> impl IntoView {
    let tickets = Tickets::here();
    let text = Signal::derive(move || {
        tickets
            .trouble
            .with(|trouble| trouble.as_ref().map(words::error).unwrap_or_default())
    });
    view! {
        <div role="alert">
            <Empty icon="cloud" title=t!("tickets-failed-title") text=text>
                <button
                    class="button"
                    data-kind="quiet"
                    type="button"
                    on:click=move |_| tickets.refresh_list(Wanted::ByHand)
                >
                    <Icon name="again"/>
                    {t!("try-again")}
                </button>
            </Empty>
        </div>
    }
    .into_any()
}
