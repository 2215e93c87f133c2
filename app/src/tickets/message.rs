//! One line of a thread: a message in its kind and state, something that happened, or a day.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::{retry, take_back};
use super::cache::{Tickets, Wanted};
use super::files::Files;
use super::lines::Shows;
use super::model::{Author, Delivery, EventKind, Key, Message, MessageKind, TicketId};
use super::nodes::nodes;
use super::row::author;
use crate::browser::{clock, page};
use crate::error::{AppError, words};
use crate::language::spoken::say;
use crate::language::time;
use crate::session::state::Session;
use crate::t;
use crate::ui::button::Button;
use crate::ui::icon::Icon;
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

fn event_words(kind: EventKind) -> String {
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
        view! { <FailedNote ticket=ticket key=key lost=lost/> }.into_any()
    });
    let back = message.key.clone().filter(|_| waits).map(|key| {
        let ticket = ticket.clone();
        view! { <TakeBack ticket=ticket key=key/> }.into_any()
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

/// For as long as it waits: the text goes back to where it was written, or the ticket stays open after all.
#[component]
pub fn TakeBack(
    /// Of which ticket.
    ticket: TicketId,
    /// The act of writing, or of cancelling.
    key: Key,
) -> impl IntoView {
    let session = Session::here();
    let tickets = Tickets::here();
    let press = Callback::new(move |()| {
        // It was sent just now, and the thread says so.
        take_it_back(session, tickets, ticket.clone(), key.clone(), || {});
    });
    view! {
        <div class="message-actions">
            <Button kind="plain" label=t!("take-back") on_press=press/>
        </div>
    }
    .into_any()
}

/// Asks the server for it. `too_late` is told when it may have arrived.
fn take_it_back(
    session: Session,
    tickets: Tickets,
    ticket: TicketId,
    key: Key,
    too_late: impl FnOnce() + 'static,
) {
    page::focus_on("reply");
    spawn_local(async move {
        match session.watch(take_back(ticket.clone(), key.clone())).await {
            Ok(back) => tickets
                .outbox
                .taken_back(session, ticket.clone(), &key, back),
            Err(AppError::NotAllowed) => too_late(),
            Err(error) => tickets.outbox.complain(ticket.clone(), error),
        }
        tickets.refresh(ticket, Wanted::InBackground);
        tickets.refresh_list(Wanted::InBackground);
    });
}

fn not_sent(why: String) -> String {
    let failed = say("message-failed", vec![]);
    failed + " " + &why
}

/// Says that a message is not with the support team, and what can be done.
#[component]
fn FailedNote(ticket: TicketId, key: Option<Key>, lost: bool) -> impl IntoView {
    let session = Session::here();
    let tickets = Tickets::here();
    // It failed on its way to us, or on our way to the help desk.
    let ours = {
        let key = key.clone();
        Signal::derive(move || {
            tickets.outbox.pending.with(|pending| {
                pending
                    .iter()
                    .find(|one| Some(&one.key) == key.as_ref())
                    .and_then(|one| one.failed.clone())
            })
        })
    };
    let late = RwSignal::new(false);
    let again = {
        let (ticket, key) = (ticket.clone(), key.clone());
        Callback::new(move |()| {
            // The button goes, and the focus must not go with it.
            page::focus_on("reply");
            if ours.with_untracked(Option::is_some) {
                tickets.outbox.retry(tickets, session, &ticket);
            } else if let Some(key) = key.clone() {
                let ticket = ticket.clone();
                spawn_local(async move {
                    if let Err(error) = session.watch(retry(ticket.clone(), key)).await {
                        tickets.outbox.complain(ticket.clone(), error);
                    }
                    tickets.refresh(ticket, Wanted::InBackground);
                });
            }
        })
    };
    let text = move || match ours.get() {
        Some(AppError::Offline) => say("message-offline", vec![]),
        Some(error) => not_sent(words::error(&error)),
        None if lost => say("message-lost", vec![]),
        None if late.get() => not_sent(say("message-too-late", vec![])),
        None => not_sent(say("message-refused", vec![])),
    };
    let waits = Memo::new(move |_| ours.get() == Some(AppError::Offline));
    // A message that may have arrived all the same is only ever sent again under its own key.
    let can_edit = move || !lost && !waits.get() && !late.get();
    let edit = Callback::new(move |()| match &key {
        Some(key) if ours.with_untracked(Option::is_some) => {
            tickets.outbox.take_back(session, key);
        }
        Some(key) => take_it_back(session, tickets, ticket.clone(), key.clone(), move || {
            _ = late.try_set(true);
        }),
        None => {}
    });
    view! {
        <div class="message-failed" role="alert" data-state=move || waits.get().then_some("waiting")>
            <p>
                <Icon name="alert"/>
                <span>{text}</span>
            </p>
            <div class="message-actions">
                <Button kind="plain" icon="again" label=t!("try-again") on_press=again/>
                {move || {
                    when(
                        can_edit(),
                        || view! { <Button kind="plain" label=t!("message-edit") on_press=edit/> }.into_any(),
                    )
                }}
            </div>
        </div>
    }
    .into_any()
}
