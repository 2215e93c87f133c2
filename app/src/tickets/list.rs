//! The list of tickets, newest activity first. It stays while a ticket is open beside it.

use leptos::attr::custom::custom_attribute;
use leptos::html;
use leptos::prelude::*;
use web_sys::Element;

use super::cache::{Tickets, Wanted};
use super::find::Find;
use super::finder::Finder;
use super::freshness::FreshnessLine;
use super::rows::{Filling, Rows, Window};
use crate::browser::{page, sight};
use crate::error::words;
use crate::language::spoken::say;
use crate::paths;
use crate::screen::Screen;
use crate::t;
use crate::ui::announcer::Announcer;
use crate::ui::button::{Button, LinkButton};
use crate::ui::empty::Empty;
use crate::ui::reactive::{effect, when};
use crate::ui::skeleton::Skeleton;

/// What the list shows.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    Loading,
    Failed,
    None,
    NoneFound,
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
    let heading = NodeRef::<html::H1>::new();
    Announcer::here().heading(heading, |screen| *screen == Screen::Tickets);
    let shown = Memo::new(move |_| match tickets.facts.get() {
        None if tickets.trouble.with(Option::is_some) => Shown::Failed,
        None => Shown::Loading,
        Some(facts)
            if tickets.find.with(|find| *find != facts.find)
                && tickets.trouble.with(Option::is_some) =>
        {
            Shown::Failed
        }
        Some(facts) => match (tickets.rows.is_empty(), facts.filling) {
            (false, _) => Shown::Rows,
            _ if facts.total > 0 && !facts.find.is_everything() => Shown::NoneFound,
            (true, true) => Shown::Filling,
            (true, false) => Shown::None,
        },
    });
    let freshness = Signal::derive(move || {
        tickets
            .facts
            .with(|facts| facts.as_ref().map(|f| f.freshness))
    });
    let scroll = NodeRef::<html::Div>::new();
    let window = Window::of(tickets);
    keep_place(tickets, screen, scroll);
    effect(move || {
        if let Some(place) = scroll.get() {
            sight::when_resized(&[&place], move || {
                if let Some(pane) = pane(scroll) {
                    window.look(&pane);
                }
            });
        }
    });
    let has_some = Memo::new(move |_| {
        tickets
            .facts
            .with(|facts| facts.as_ref().is_some_and(|facts| facts.total > 0))
    });
    let is_old = move || {
        let find = tickets.find.get();
        tickets
            .facts
            .with(|facts| facts.as_ref().is_some_and(|facts| facts.find != find))
    };
    let level = move || {
        if screen.get() == Screen::Tickets {
            "1"
        } else {
            "2"
        }
    };

    view! {
        <section class="list" aria-labelledby="list-heading" on:scroll=move |_| note_place(tickets, scroll, window)>
            <header class="list-head">
                <h1 id="list-heading" tabindex="-1" {..custom_attribute("aria-level", level)} node_ref=heading>
                    {t!("tickets-title")}
                </h1>
                <LinkButton kind="primary" to=Signal::derive(move || {
                    format!("{}{}", paths::NEW_TICKET, tickets.find.with(Find::query))
                }) label=t!("new-ticket")/>
            </header>
            {move || when(has_some.get(), || view! { <Finder screen=screen/> }.into_any())}
            <div
                class="list-scroll"
                node_ref=scroll
                data-state=move || is_old().then_some("old")
                on:scroll=move |_| note_place(tickets, scroll, window)
            >
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
                    Shown::NoneFound => view! { <NoneFound/> }.into_any(),
                    Shown::Rows => view! { <Rows window=window/> }.into_any(),
                }}
            </div>
        </section>
    }
    .into_any()
}

/// The list is as far down as it was, when one comes back to it on a phone, and when another one is shown.
fn keep_place(tickets: Tickets, screen: Memo<Screen>, scroll: NodeRef<html::Div>) {
    let shown = Memo::new(move |_| {
        tickets
            .facts
            .with(|facts| facts.as_ref().map(|facts| facts.find.clone()))
    });
    let mut before = None;
    effect(move || {
        // Read, not tracked: a memo that nobody reads is never made, and wakes nobody.
        shown.with(|_| {});
        let now = screen.get();
        let left = std::mem::replace(&mut before, now.ticket().cloned());
        if now == Screen::Tickets {
            let place = tickets.scrolled.get_value();
            // The rows are there by then.
            request_animation_frame(move || {
                if let Some(pane) = pane(scroll) {
                    pane.set_scroll_top(place);
                }
                if let Some(ticket) = left {
                    // Who comes back from a ticket goes on from its row; where that is not in the page he stays at the heading.
                    page::focus_first(&format!(".row[href*='{}']", ticket.as_str()));
                }
            });
        }
    });
}

/// What scrolls: the rows, or the whole list where the window is low.
fn pane(scroll: NodeRef<html::Div>) -> Option<Element> {
    sight::scrolling(&*scroll.get_untracked()?)
}

fn note_place(tickets: Tickets, scroll: NodeRef<html::Div>, window: Window) {
    if let Some(pane) = pane(scroll) {
        tickets.scrolled.set_value(pane.scroll_top());
        window.look(&pane);
    }
}

/// No ticket is what was asked for, and the way back to all.
#[component]
fn NoneFound() -> impl IntoView {
    let tickets = Tickets::here();
    page::leave_focus(".list .empty", "list-heading");
    let has_words = move || tickets.find.with(Find::has_words);
    let title = Signal::derive(move || match has_words() {
        true => say("found-none-title", vec![]),
        false => say("show-none-title", vec![]),
    });
    let text = Signal::derive(move || match has_words() {
        true => say(
            "found-none",
            vec![(
                "words",
                tickets
                    .find
                    .with(|find| find.words.trim().to_owned())
                    .into(),
            )],
        ),
        false => say("show-none", vec![]),
    });
    view! {
        <Empty icon="search" title=title text=text>
            <LinkButton kind="quiet" to=paths::TICKETS label=t!("show-everything")/>
        </Empty>
    }
    .into_any()
}

#[component]
fn Failed() -> impl IntoView {
    let tickets = Tickets::here();
    page::leave_focus(".list .empty", "list-heading");
    let text = Signal::derive(move || {
        tickets
            .trouble
            .with(|trouble| trouble.as_ref().map(words::error).unwrap_or_default())
    });
    view! {
        <div role="alert">
            <Empty icon="cloud" title=t!("tickets-failed-title") text=text>
                <Button
                    kind="quiet"
                    icon="again"
                    label=t!("try-again")
                    on_press=Callback::new(move |()| tickets.refresh_list(Wanted::ByHand))
                />
                {move || {
                    when(!tickets.find.with(Find::is_everything), || {
                        view! { <LinkButton kind="quiet" to=paths::TICKETS label=t!("show-everything")/> }.into_any()
                    })
                }}
            </Empty>
        </div>
    }
    .into_any()
}
