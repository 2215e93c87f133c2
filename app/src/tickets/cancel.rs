//! Cancelling a ticket: a dialog that says what happens, with the verbs on its buttons.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::cancel;
use super::cache::{Tickets, Wanted};
use super::model::{Key, TicketId};
use crate::browser::clock;
use crate::error::AppError;
use crate::language::spoken::say;
use crate::part::Part;
use crate::part::load::Shows;
use crate::part::press::Press;
use crate::screen::Screen;
use crate::session::state::Session;
use crate::t;
use crate::ui::announcer::Announcer;
use crate::ui::button::Button;
use crate::ui::dialog::Dialog;
use crate::ui::error_line::{ErrorLine, Fault};
use crate::ui::reactive::OrNothing;

/// Says that a cancellation is on its way, and lets it be taken back while it waits.
pub fn on_its_way(ticket: TicketId, waits: Option<Key>) -> AnyView {
    let back = waits.map(|key| Part::Desk.view(Shows::Waits(ticket, key)));
    view! {
        <span>{t!("cancel-waits")}</span>
        {back.or_nothing()}
    }
    .into_any()
}

/// The button and its dialog. What is in that comes with the desk: nobody cancels what he has not read yet.
#[component]
pub fn CancelTicket(
    /// Which ticket.
    id: TicketId,
) -> impl IntoView {
    let open = RwSignal::new(false);
    // One act for as long as the button is there: pressed twice it cancels once.
    let key = clock::new_key();
    let close = Callback::new(move |()| open.set(false));
    // A dialog with nothing in it could not be left by touch.
    let press = Press::for_part(Part::Desk);
    let ask = Callback::new(move |()| press.act(move || open.set(true)));
    view! {
        <Button kind="plain" label=t!("cancel-ticket") busy=press.waits() on_press=ask/>
        <Dialog open=open on_dismiss=close labelled_by="cancel-title">
            {Part::Desk.view(Shows::Cancel(id.clone(), key.clone(), open))}
        </Dialog>
    }
    .into_any()
}

/// What is in the dialog.
pub fn question(id: TicketId, key: Key, open: RwSignal<bool>) -> AnyView {
    let session = Session::here();
    let tickets = Tickets::here();
    let announcer = Announcer::here();
    let busy = RwSignal::new(false);
    let fault = RwSignal::new(None::<Fault>);
    let act = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        fault.set(None);
        let (id, key) = (id.clone(), key.clone());
        spawn_local(async move {
            match session.watch(cancel(id.clone(), key)).await {
                Ok(done) => {
                    announcer.notify(if done {
                        say("cancel-done", vec![])
                    } else {
                        say("cancel-waits", vec![])
                    });
                    open.try_set(false);
                    // The button goes, and the focus must not go with it.
                    announcer.arrive(Screen::Ticket(id.clone()));
                    tickets.refresh(id, Wanted::InBackground);
                    tickets.refresh_list(Wanted::InBackground);
                }
                Err(AppError::SignedOut) => _ = open.try_set(false),
                Err(error) => _ = fault.try_set(Some(error.into())),
            }
            _ = busy.try_set(false);
        });
    });
    let keep = Callback::new(move |()| open.set(false));
    view! {
        <h2 id="cancel-title">{t!("cancel-title")}</h2>
        <p>{t!("cancel-text")}</p>
        <ErrorLine fault=fault/>
        <div class="dialog-actions">
            <Button kind="quiet" label=t!("cancel-keep") on_press=keep/>
            <Button kind="danger" label=t!("cancel-ticket") busy=busy on_press=act/>
        </div>
    }
    .into_any()
}
