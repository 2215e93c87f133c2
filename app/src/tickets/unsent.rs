//! What can be done with what is not with the support team yet: taking it back while it waits, trying again and writing it anew where it failed.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::{retry, take_back};
use super::cache::{Tickets, Wanted};
use super::model::{Key, TicketId};
use crate::browser::page;
use crate::error::{AppError, words};
use crate::language::spoken::say;
use crate::session::state::Session;
use crate::t;
use crate::ui::button::Button;
use crate::ui::icon::Icon;
use crate::ui::reactive::when;

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
pub fn Unsent(
    /// Of which ticket.
    ticket: TicketId,
    /// The act of writing.
    key: Option<Key>,
    /// Whether it may have arrived.
    lost: bool,
) -> impl IntoView {
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
