//! "Forget me": says in plain words what goes and what stays, before it is done.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::forget_me;
use super::state::Session;
use crate::error::AppError;
use crate::language::spoken::say;
use crate::t;
use crate::tickets::cache::Tickets;
use crate::ui::announcer::Announcer;
use crate::ui::button::Button;
use crate::ui::dialog::Dialog;
use crate::ui::error_line::{ErrorLine, Fault};

/// The button and its dialog.
#[component]
pub fn ForgetMe() -> impl IntoView {
    let session = Session::here();
    let outbox = Tickets::here().outbox;
    let announcer = Announcer::here();
    let brand = move || {
        session
            .config
            .with_value(|config| config.brand_name.clone())
    };
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let fault = RwSignal::new(None::<Fault>);
    let close = Callback::new(move |()| {
        fault.set(None);
        open.set(false);
    });
    let act = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        if outbox.waits() {
            return fault.set(Some(AppError::StillSending.into()));
        }
        busy.set(true);
        fault.set(None);
        spawn_local(async move {
            match session
                .watch(session.ending(forget_me(session.address())))
                .await
            {
                Ok(()) => {
                    announcer.notify(say("forget-done", vec![]));
                    session.leave();
                }
                Err(AppError::SignedOut) => _ = open.try_set(false),
                Err(error) => _ = fault.try_set(Some(error.into())),
            }
            _ = busy.try_set(false);
        });
    });
    view! {
        <Button kind="quiet" label=t!("forget-open") on_press=Callback::new(move |()| open.set(true))/>
        <Dialog open=open on_dismiss=close labelled_by="forget-title">
            <h2 id="forget-title">{t!("forget-title")}</h2>
            <div class="forget">
                <p>{t!("forget-goes")}</p>
                <ul>
                    <li>{t!("forget-goes-sessions")}</li>
                    <li>{t!("forget-goes-copies")}</li>
                    <li>{t!("forget-goes-drafts")}</li>
                    <li>{t!("forget-goes-profile")}</li>
                </ul>
                <p>{t!("forget-stays")}</p>
                <ul>
                    <li>{t!("forget-stays-tickets", brand = brand())}</li>
                    <li>{t!("forget-stays-number")}</li>
                </ul>
            </div>
            <ErrorLine fault=fault/>
            <div class="dialog-actions">
                <Button kind="quiet" label=t!("forget-keep") on_press=close/>
                <Button kind="danger" label=t!("forget-act") busy=busy on_press=act/>
            </div>
        </Dialog>
    }
    .into_any()
}
