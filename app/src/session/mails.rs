//! The switch of mails about answers: all of them, or those about one ticket.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::Session;
use crate::error::words;
use crate::t;
use crate::tickets::api::set_mails;
use crate::tickets::model::TicketId;
use crate::ui::announcer::Announcer;
use crate::ui::reactive::effect;

/// A box to tick. It shows what was wanted at once, and goes back if that cannot be stored.
pub fn mail_switch(ticket: Option<TicketId>, on: Signal<bool>) -> AnyView {
    let (session, announcer) = (Session::here(), Announcer::here());
    let shown = RwSignal::new(on.get_untracked());
    effect(move || shown.set(on.get()));
    let label = match ticket {
        Some(_) => t!("mails-ticket"),
        None => t!("mails-all"),
    };
    let change = move |_| {
        let wanted = !shown.get_untracked();
        shown.set(wanted);
        let ticket = ticket.clone();
        spawn_local(async move {
            let all = ticket.is_none();
            match session.watch(set_mails(ticket, wanted)).await {
                Ok(()) if all => session.view.update(|view| {
                    if let Some(view) = view {
                        view.mails = Some(wanted);
                    }
                }),
                Ok(()) => {}
                Err(error) => {
                    _ = shown.try_set(!wanted);
                    announcer.notify(words::error(&error));
                }
            }
        });
    };
    view! {
        <label class="switch">
            <input type="checkbox" prop:checked=shown on:change=change/>
            <span>{label}</span>
        </label>
    }
    .into_any()
}
