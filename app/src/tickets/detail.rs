//! One ticket: what it is about, its thread, and where one answers.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::cache::{Opened, Tickets, Wanted};
use super::cancel::{CancelTicket, on_its_way};
use super::composer::Composer;
use super::freshness::FreshnessLine;
use super::model::{Cancelling, TicketId, TicketRow};
use super::row::subject;
use super::scroller::Scroller;
use super::status::StatusBadge;
use super::thread::Thread;
use super::urgency;
use super::viewer::Viewer;
use crate::browser::{page, timer};
use crate::error::{AppError, words};
use crate::language::spoken::say;
use crate::language::time;
use crate::part::Part;
use crate::part::load::Shows;
use crate::paths;
use crate::session::mails::mail_switch;
use crate::session::state::Session;
use crate::t;
use crate::ui::announcer::Announcer;
use crate::ui::button::{BackLink, Button, LinkButton};
use crate::ui::icon::Icon;
use crate::ui::reactive::OrNothing;
use crate::ui::skeleton::Skeleton;

/// What the pane shows.
#[derive(Clone, PartialEq)]
enum Shown {
    Loading,
    Missing,
    Failed(AppError),
    Ticket,
}

/// The pane of a ticket.
#[component]
pub fn Detail(
    /// Which.
    id: TicketId,
) -> impl IntoView {
    let tickets = Tickets::here();
    let opened = tickets.opened(&id);
    let view = RwSignal::from(opened.view.clone());
    let (this, is_known) = (id.clone(), view.with_untracked(Option::is_some));
    spawn_local(async move {
        // What is known of it is seen first.
        if is_known {
            timer::shown().await;
        }
        tickets.refresh(this, Wanted::ByHand);
    });
    let trouble = RwSignal::from(opened.trouble.clone());
    let shown = Memo::new(move |_| match (view.with(Option::is_some), trouble.get()) {
        // Gone is gone, even when it is still known here.
        (_, Some(AppError::NotFound)) => Shown::Missing,
        (true, _) => Shown::Ticket,
        (false, Some(error)) => Shown::Failed(error),
        (false, None) => Shown::Loading,
    });
    let scroller = Scroller::new();

    move || match shown.get() {
        Shown::Ticket => {
            let (id, opened) = (id.clone(), opened.clone());
            let scrolled = RwSignal::new(());
            let viewer = Viewer::begin();
            view! {
                <article
                    class="ticket"
                    aria-labelledby="ticket-heading"
                    on:scroll=move |_| scrolled.set(())
                >
                    <Header opened=opened.clone()/>
                    <Thread id=id.clone() opened=opened.clone() scrolled=scrolled scroller=scroller/>
                    <Composer id=id.clone() opened=opened/>
                    {Part::Desk.view(Shows::Pictures(id, viewer))}
                </article>
            }
            .into_any()
        }
        Shown::Loading => loading(tickets, &id),
        Shown::Missing => view! { <Missing/> }.into_any(),
        Shown::Failed(error) => {
            let id = id.clone();
            page::leave_focus(".detail .empty", "ticket-heading");
            view! {
                <BackLink to=Tickets::here().list_address() label=t!("tickets-title")/>
                <div role="alert">
                    <Nothing icon="cloud" title=t!("ticket-failed-title") text=Signal::derive(move || words::error(&error))>
                        <Button
                            kind="quiet"
                            icon="again"
                            label=t!("try-again")
                            on_press=Callback::new(move |()| {
                                tickets.refresh(id.clone(), Wanted::ByHand);
                            })
                        />
                    </Nothing>
                </div>
            }
            .into_any()
        }
    }
}

fn loading(tickets: Tickets, id: &TicketId) -> AnyView {
    let row = tickets.rows.item_now(id.as_str());
    view! {
        <article class="ticket" aria-busy="true">
            <header class="ticket-head">
                <BackLink to=Tickets::here().list_address() label=t!("tickets-title")/>
                {match row {
                    Some(row) => view! { <h1 dir="auto">{move || row.with(subject)}</h1> }.into_any(),
                    None => view! { <h1 class="visually-hidden">{t!("loading")}</h1> }.into_any(),
                }}
            </header>
            <div class="thread">
                <Skeleton shape="thread" count=4/>
            </div>
        </article>
    }
    .into_any()
}

#[component]
fn Missing() -> impl IntoView {
    view! {
        <Nothing icon="ticket" title=t!("ticket-missing-title") text=t!("ticket-missing")>
            <LinkButton kind="quiet" to=paths::TICKETS label=t!("to-tickets")/>
        </Nothing>
    }
    .into_any()
}

/// What stands in a ticket's place, with the heading that one arrives at.
#[component]
fn Nothing(
    icon: &'static str,
    title: Signal<String>,
    text: Signal<String>,
    children: Children,
) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    Announcer::here().heading(heading, |screen| screen.ticket().is_some());
    view! {
        <div class="empty">
            <Icon name=icon/>
            <h1 class="empty-title" tabindex="-1" node_ref=heading>
                {title}
            </h1>
            <p class="empty-text">{text}</p>
            {children()}
        </div>
    }
    .into_any()
}

/// Subject, status, number, day; and the way to cancel.
#[component]
fn Header(opened: Opened) -> impl IntoView {
    let view = RwSignal::from(opened.view);
    let heading = NodeRef::<html::H1>::new();
    Announcer::here().heading(heading, |screen| screen.ticket().is_some());
    let row = move |read: fn(&TicketRow) -> String| {
        view.with(|view| {
            view.as_ref()
                .map(|view| read(&view.row))
                .unwrap_or_default()
        })
    };
    let status = Memo::new(move |_| {
        view.with(|view| view.as_ref().map(|view| view.row.status))
            .unwrap_or(super::model::Status::Received)
    });
    let priority = Memo::new(move |_| view.with(|view| view.as_ref()?.row.priority));
    let number = Memo::new(move |_| view.with(|view| view.as_ref().and_then(|v| v.row.number)));
    let opened_at =
        Memo::new(move |_| view.with(|view| view.as_ref().map_or(0, |view| view.opened_at)));
    let can_cancel =
        Memo::new(move |_| view.with(|view| view.as_ref().is_some_and(|view| view.can_cancel)));
    let cancelling = Memo::new(move |_| {
        view.with(|view| view.as_ref().and_then(|view| view.cancelling.clone()))
    });
    let freshness =
        Signal::derive(move || view.with(|view| view.as_ref().map(|view| view.freshness)));
    let id = view.with_untracked(|view| view.as_ref().map(|view| view.row.id.clone()));
    let mailed = view.with_untracked(|view| {
        let view = view.as_ref()?;
        view.mails.map(|_| view.row.id.clone())
    });
    let all_mails = Session::here().mails();
    let mails = Memo::new(move |_| {
        view.with(|view| view.as_ref().is_some_and(|view| view.mails == Some(true)))
    });

    view! {
        <header class="ticket-head">
            <BackLink to=Tickets::here().list_address() label=t!("tickets-title")/>
            <h1 id="ticket-heading" dir="auto" tabindex="-1" node_ref=heading>
                {move || row(subject)}
            </h1>
            <div class="ticket-facts">
                <StatusBadge status=status/>
                {move || urgency::mark(priority.get())}
                {move || {
                    number
                        .get()
                        .map(|number| view! { <span>{t!("ticket-number", number = number.to_string())}</span> }.into_any())
                        .or_nothing()
                }}
                <span>{move || say("ticket-opened", vec![("date", time::date(opened_at.get()).into())])}</span>
                {move || {
                    mailed
                        .clone()
                        .filter(|_| all_mails.get())
                        .map(|id| mail_switch(Some(id), mails.into()))
                        .or_nothing()
                }}
                {move || {
                    let id = id.clone()?;
                    match cancelling.get() {
                        Some(Cancelling { key, waits }) => Some(on_its_way(id, waits.then_some(key))),
                        None => can_cancel.get().then(|| view! { <CancelTicket id=id/> }.into_any()),
                    }
                }}
            </div>
        </header>
        <FreshnessLine freshness=freshness/>
    }
    .into_any()
}
