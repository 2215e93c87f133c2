//! The thread: it opens at its end, follows what arrives while one reads the end, and otherwise says that something has arrived.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::cache::{Opened, Tickets};
use super::lines::{Shows, arrived, lines};
use super::message::{ThreadLine, event_words};
use super::model::{Author, EventKind, TicketId, TicketView};
use super::pending::with_pending;
use super::row::author;
use super::scroller::Scroller;
use crate::browser::{clock, page, sight, timer};
use crate::error::{AppError, words};
use crate::language::spoken::say;
use crate::part::{Part, load};
use crate::session::state::Session;
use crate::t;
use crate::ui::announcer::Announcer;
use crate::ui::button::Button;
use crate::ui::icon::Icon;
use crate::ui::keyed::Keyed;
use crate::ui::reactive::{OrNothing, effect, when};

/// Pixels of the lowest line: so many fill the screen.
const LOWEST: usize = 50;
/// Earlier lines that are made from one frame to the next once those are there.
const MORE: usize = 6;

/// The lines of a ticket.
#[component]
pub fn Thread(
    /// Which ticket.
    id: TicketId,
    /// What is known of it.
    opened: Opened,
    /// Told whenever the thread or what is around it has scrolled.
    scrolled: RwSignal<()>,
    /// How it scrolls.
    scroller: Scroller,
) -> impl IntoView {
    let tickets = Tickets::here();
    let announcer = Announcer::here();
    let brand = Session::here()
        .config
        .with_value(|config| config.brand_name.clone());
    let view = RwSignal::from(opened.view);
    let reaching_back = RwSignal::from(opened.reaching_back);
    let shown = Keyed::<Shows>::default();
    let below = RwSignal::new(false);

    // A long thread is made from its end, and not all at once: a slow phone would show nothing meanwhile.
    let made = RwSignal::new(sight::height() / LOWEST);
    let (from_end, grows) = (StoredValue::new(None), StoredValue::new(false));

    let list = NodeRef::<html::Ol>::new();

    let this = id.clone();
    let mut known: Vec<String> = Vec::new();
    effect(move || {
        let thread = view.with(|view| {
            let entries = view.as_ref().map_or(&[][..], |view| &view.entries);
            tickets
                .outbox
                .pending
                .with(|pending| with_pending(entries, pending, &this))
        });
        let now = lines(&thread, |at| clock::local(at).day());
        let opening = known.is_empty();
        let new = if opening {
            Vec::new()
        } else {
            arrived(&known, &now)
        };
        let (mut his, mut theirs, mut news) = (false, false, Vec::new());
        for line in new.iter().filter_map(|at| now.get(*at)) {
            match &line.shows {
                Shows::Message(message, _) if message.author == Author::You => his = true,
                Shows::Message(message, _) => {
                    theirs = true;
                    let who = author(&message.author, &brand);
                    news.push(say("message-arrived", vec![("who", who.into())]));
                    tickets.typing.over(this.as_str());
                }
                Shows::Event(_, EventKind::CancelledByYou) | Shows::Day(_) => {}
                Shows::Event(_, kind) => news.push(event_words(*kind)),
            }
        }
        if !new.is_empty() {
            made.update_untracked(|made| *made = (*made).min(shown.count()) + new.len());
        }
        // What comes before the others moves none of them.
        let more = !opening && new.is_empty() && now.len() != known.len();
        from_end.set_value(more.then(|| scroller.left_below()));
        // Measured before the new lines are there, and only where it matters: it makes the browser lay out everything.
        let reads_end = !his && !new.is_empty() && scroller.reads_end();
        let first = new.first().map(|at| now.len() - at);
        known = now.iter().map(|line| line.name.clone()).collect();
        shown.set(
            now.into_iter()
                .map(|line| (line.name, line.shows))
                .collect(),
        );
        if opening || his {
            below.set(false);
            request_animation_frame(move || scroller.to_end());
        } else if reads_end {
            below.set(false);
            scroller.is_about_to_move.set_value(true);
            request_animation_frame(move || {
                scroller.is_about_to_move.try_set_value(false);
                let lines = list.try_get_untracked().flatten();
                let lines = lines.map(|list| list.children());
                let first = lines.zip(first).and_then(|(lines, from_last)| {
                    lines.item(lines.length().saturating_sub(from_last as u32))
                });
                scroller.to_new(first);
            });
        } else if theirs {
            below.set(true);
        }
        news.dedup();
        if !news.is_empty() {
            announcer.say(news.join(&say("comma", vec![])));
        }
    });

    // When the room shrinks, for a keyboard or a long answer, or a line grows, the end stays in sight.
    effect(move || {
        let stay = move || {
            if scroller.stays_at_end() {
                scroller.to_end();
            }
        };
        if let (Some(place), Some(list)) = (scroller.thread.get(), list.get()) {
            sight::when_resized(&[&place, &list], stay);
        }
    });

    effect(move || {
        scrolled.track();
        if scroller.reads_end() && below.get_untracked() {
            below.set(false);
        }
    });

    let unreached = RwSignal::new(None::<AppError>);
    let ticket = id.clone();
    let reach_back = Callback::new(move |()| {
        let ticket = ticket.clone();
        spawn_local(async move {
            let from_end = scroller.left_below();
            unreached.try_set(tickets.reach_back(ticket).await.err());
            request_animation_frame(move || scroller.keep(from_end));
        });
    });
    let trouble = RwSignal::from(opened.trouble);
    let has_earlier = Memo::new(move |_| {
        // Of the end that the page brought the rest is on its way.
        let fetched = |view: &TicketView| view.version > 0 || trouble.with(Option::is_some);
        view.with(|view| {
            view.as_ref()
                .is_some_and(|it| it.earlier.is_some() && fetched(it))
        })
    });
    let filling = Memo::new(move |_| view.with(|view| view.as_ref().is_some_and(|v| v.filling)));

    let reading = Part::Desk.view(load::Shows::Read(id.clone(), scroller, shown, made));

    let place = move || list.get().map(|list| (**list).clone());
    let part = move |count: usize| count.saturating_sub(made.get())..count;
    let each = move |_: &str, line| view! { <ThreadLine ticket=id.clone() line=line/> }.into_any();
    shown.show_part_in(place, part, each, move |_, part, _| {
        if let Some(from_end) = from_end.try_update_value(Option::take).flatten() {
            scroller.keep(from_end);
        }
        if part.start > 0 && !grows.get_value() {
            grows.set_value(true);
            spawn_local(async move {
                timer::shown().await;
                grows.set_value(false);
                from_end.set_value(Some(scroller.left_below()));
                made.update(|made| *made += MORE);
            });
        }
    });

    view! {
        <div
            class="thread"
            id="thread"
            tabindex="0"
            role="region"
            aria-label=t!("thread-label")
            node_ref=scroller.thread
            on:scroll=move |_| scrolled.set(())
        >
            {move || {
                when(
                    has_earlier.get(),
                    || {
                        page::leave_focus(".thread > .button", "thread");
                        view! {
                            {move || {
                                unreached
                                    .get()
                                    .map(|error| view! { <p class="list-note" role="alert">{words::error(&error)}</p> }.into_any())
                                    .or_nothing()
                            }}
                            <Button
                                kind="quiet"
                                label=t!("earlier-messages")
                                busy=reaching_back
                                on_press=reach_back
                            />
                            <p class="on-paper">{t!("earlier-not-printed")}</p>
                        }
                            .into_any()
                    },
                )
            }}
            {move || when(filling.get(), || view! { <Filling/> }.into_any())}
            <ol class="lines" node_ref=list></ol>
            {reading}
            {move || {
                when(
                    below.get(),
                    || {
                        page::leave_focus(".below", "thread");
                        view! {
                            <div class="below">
                                <button
                                    type="button"
                                    on:click=move |_| {
                                        below.set(false);
                                        scroller.to_end();
                                    }
                                >
                                    {t!("message-below")}
                                    <Icon name="down"/>
                                </button>
                            </div>
                        }
                            .into_any()
                    },
                )
            }}
        </div>
    }
    .into_any()
}

#[component]
fn Filling() -> impl IntoView {
    view! {
        <p class="list-note" role="status">
            <span class="spinner" aria-hidden="true"></span>
            {t!("thread-filling")}
        </p>
    }
    .into_any()
}
