//! The menu at the end of the top bar: who is signed in, language and look, the way out.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::preferences::Preferences;
use super::state::Session;
use crate::error::words;
use crate::t;
use crate::ui::announcer::Announcer;
use crate::ui::icon::Icon;

/// The button and what it opens.
#[component]
pub fn Account() -> impl IntoView {
    let session = Session::here();
    let announcer = Announcer::here();
    let busy = RwSignal::new(false);
    let leave = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            if let Err(error) = session.end().await {
                announcer.notify(words::error(&error));
            }
            busy.set(false);
        });
    };
    let address =
        Memo::new(move |_| session.view.with(|view| view.as_ref().map(|v| v.address.clone())));
    view! {
        <button class="account-button" type="button" popovertarget="account">
            {move || match address.get() {
                Some(address) => {
                    view! {
                        <span class="visually-hidden">{t!("account-label")}</span>
                        <bdi class="account-address">{address}</bdi>
                    }
                        .into_any()
                }
                None => {
                    view! {
                        <Icon name="globe"/>
                        <span>{t!("preferences-label")}</span>
                    }
                        .into_any()
                }
            }}
            <Icon name="down"/>
        </button>
        <div class="account" id="account" popover="auto">
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
            }}
            <Preferences/>
            {move || {
                address
                    .with(Option::is_some)
                    .then(|| {
                        view! {
                            <button
                                class="button"
                                data-kind="plain"
                                type="button"
                                aria-disabled=move || busy.get().to_string()
                                on:click=leave
                            >
                                {t!("sign-out")}
                            </button>
                        }
                            .into_any()
                    })
            }}
        </div>
    }
    .into_any()
}
