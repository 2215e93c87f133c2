//! One line of a thread: a message in its kind and state, something that happened, or a day.

use leptos::prelude::*;

use super::files::Files;
use super::lines::Shows;
use super::model::{Author, Delivery, EventKind, Message, MessageKind, TicketId};
use super::nodes::nodes;
use super::row::author;
use crate::browser::clock;
use crate::language::spoken::say;
use crate::language::time;
use crate::part::Part;
use crate::part::load;
use crate::session::state::Session;
use crate::t;
use crate::ui::reactive::{OrNothing, when};
use crate::ui::time::Time;

/// Milliseconds after which sending takes long.
const LONG: u64 = 10_000;

/// The line.
#[component]
pub fn ThreadLine(
    /// Of which ticket.
    ticket: TicketId,
    /// What it shows.
    line: ArcRwSignal<Shows>,
) -> impl IntoView {
    move || match line.get() {
        Shows::Day(at) => view! {
            <li class="day">
                <Time at=at form=time::day/>
            </li>
        }
        .into_any(),
        Shows::Event(at, kind) => view! {
            <li class="event">
                {move || event_words(kind)} {t!("comma")} <Time at=at form=time::clock_time/>
            </li>
        }
        .into_any(),
        Shows::Message(message, named) => bubble(&ticket, message, named),
    }
}

/// What is said of something that happened.
pub fn event_words(kind: EventKind) -> String {
    match kind {
        EventKind::CancelledByYou => say("event-cancelled", vec![]),
        EventKind::SolvedByTeam => say("event-solved", vec![]),
        EventKind::Reopened => say("event-reopened", vec![]),
    }
}

fn bubble(ticket: &TicketId, message: Message, named: bool) -> AnyView {
    let brand = Session::here()
        .config
        .with_value(|config| config.brand_name.clone());
    let by = match message.author {
        Author::You => "you",
        Author::Agent(_) | Author::Team => "them",
    };
    let state = match message.delivery {
        Delivery::Sent => None,
        Delivery::Sending | Delivery::Waiting | Delivery::Mailed => Some("sending"),
        Delivery::Failed | Delivery::Lost => Some("failed"),
    };
    let at = message.at;
    let who = message.author.clone();
    let waits = message.delivery == Delivery::Waiting;
    let mailed = message.delivery == Delivery::Mailed;
    let head = match message.delivery {
        Delivery::Sending | Delivery::Waiting | Delivery::Mailed => view! {
            <p class="message-head" role="status">
                {move || {
                    let who = vec![("who", author(&who, &brand).into())];
                    // What takes longer than a breath is said to be well kept.
                    match clock::ticking() {
                        _ if waits => say("message-waiting", who),
                        _ if mailed => say("message-mailed", who),
                        now if now > at + LONG => say("message-sending-long", who),
                        _ => say("message-sending", who),
                    }
                }}
            </p>
        }
        .into_any(),
        Delivery::Sent | Delivery::Failed | Delivery::Lost => view! {
            <p class="message-head" data-named=named.then_some("")>
                <bdi class="message-who">{move || author(&who, &brand)}</bdi>
                {t!("comma")}
                <Time at=at form=time::clock_time/>
            </p>
        }
        .into_any(),
    };
    let body = match message.kind {
        MessageKind::Text => nodes(&message.body).into_any(),
        MessageKind::Deleted => special(t!("message-deleted")),
        MessageKind::SomebodyByEmail => special(t!("message-by-email")),
        MessageKind::GoesOnByEmail => special(t!("message-goes-on")),
        MessageKind::Unsupported => special(t!("message-unsupported")),
    };
    let has_body = message.kind != MessageKind::Text || !message.body.is_empty();
    let files = (!message.files.is_empty()).then(|| {
        let (ticket, files) = (ticket.clone(), message.files.clone());
        view! { <Files ticket=ticket files=files/> }.into_any()
    });
    let lost = message.delivery == Delivery::Lost;
    let failed = (lost || message.delivery == Delivery::Failed).then(|| {
        let (ticket, key) = (ticket.clone(), message.key.clone());
        Part::Desk.view(load::Shows::Unsent(ticket, key, lost))
    });
    let back = message.key.clone().filter(|_| waits).map(|key| {
        let ticket = ticket.clone();
        Part::Desk.view(load::Shows::Waits(ticket, key))
    });
    view! {
        <li class="message" data-by=by data-state=state data-first=named.then_some("")>
            {head}
            {when(has_body, || view! { <div class="bubble prose">{body}</div> }.into_any())}
            {files.or_nothing()}
            {failed.or_nothing()}
            {back.or_nothing()}
        </li>
    }
    .into_any()
}

fn special(words: Signal<String>) -> AnyView {
    view! { <p class="message-special">{words}</p> }.into_any()
}
