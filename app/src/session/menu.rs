//! What the menu at the end of the top bar holds: who is signed in, language and look, the way out.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::preferences::Preferences;
use super::state::Session;
use crate::browser::navigation::href;
use crate::paths;
use crate::t;
use crate::tickets::cache::Tickets;
use crate::ui::button::Button;
use crate::ui::reactive::{OrNothing, when};

/// All of it.
#[component]
pub fn Menu(
    /// Closes it.
    close: Callback<()>,
) -> impl IntoView {
    let session = Session::here();
    let outbox = Tickets::here().outbox;
    let busy = RwSignal::new(false);
    let leave = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        close.run(());
        if !session.may_end(outbox.waits()) {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            // Who walks away now must not think that he has signed out.
            if let Err(error) = session.end().await {
                session.unended.set(Some(error));
            }
            // Of whoever has, another menu is there by now.
            _ = busy.try_set(false);
        });
    });
    let address = session.address_shown();
    view! {
        {move || {
            address
                .get()
                .map(|address| {
                    view! {
                        <p class="account-who">
                            <span>{t!("signed-in-as")}</span>
                            <bdi>{address}</bdi>
                        </p>
                    }
                        .into_any()
                })
                .or_nothing()
        }}
        <Preferences/>
        {move || {
            when(
                address.with(Option::is_some),
                || {
                    view! {
                        <div class="account-ways">
                            <a
                                class="button"
                                data-kind="plain"
                                href=href(paths::ACCOUNT)
                                on:click=move |_| close.run(())
                            >
                                {t!("account-open")}
                            </a>
                            <Button kind="plain" label=t!("sign-out") busy=busy on_press=leave/>
                        </div>
                    }
                        .into_any()
                },
            )
        }}
    }
    .into_any()
}
