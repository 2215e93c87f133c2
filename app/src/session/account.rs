//! The menu at the end of the top bar: who is signed in, language and look, the way out.

use leptos::ev::FocusEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::preferences::Preferences;
use super::state::Session;
use crate::browser::navigation::href;
use crate::language::spoken::tag;
use crate::paths;
use crate::t;
use crate::tickets::cache::Tickets;
use crate::ui::button::{Button, for_readers};
use crate::ui::icon::Icon;
use crate::ui::reactive::{OrNothing, when};

/// The button and what it opens.
#[component]
pub fn Account() -> impl IntoView {
    let session = Session::here();
    let outbox = Tickets::here().outbox;
    let busy = RwSignal::new(false);
    let menu = NodeRef::<html::Div>::new();
    let close = move || {
        if let Some(menu) = menu.get_untracked() {
            _ = menu.hide_popover();
        }
    };
    // The keyboard goes on: the menu does not stay open behind it. Its own button closes it by itself.
    let on_focus_out = move |event: FocusEvent| {
        let next = event
            .related_target()
            .and_then(|to| to.dyn_into::<Element>().ok());
        if let (Some(menu), Some(next)) = (menu.get_untracked(), next)
            && !menu.contains(Some(&next))
            && !next.has_attribute("popovertarget")
        {
            close();
        }
    };
    let leave = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        close();
        if !session.may_end(outbox.waits()) {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            // Who walks away now must not think that he has signed out.
            if let Err(error) = session.end().await {
                session.unended.set(Some(error));
            }
            busy.set(false);
        });
    });
    let address = Signal::derive(move || {
        session
            .view
            .with(|view| view.as_ref().map(|v| v.address.clone()))
    });
    let spoken = RwSignal::from(tag());
    let language = Signal::derive(move || {
        session.config.with_value(|config| {
            let spoken = spoken.get();
            let choice = config.languages.iter().find(|choice| choice.tag == spoken);
            choice.map(|choice| choice.name.clone()).unwrap_or(spoken)
        })
    });
    view! {
        <button class="account-button" type="button" popovertarget="account">
            {move || match address.get() {
                Some(address) => {
                    view! {
                        <Icon name="person"/>
                        {for_readers(true, t!("account-label"))}
                        <bdi class="account-address">{address}</bdi>
                    }
                        .into_any()
                }
                None => {
                    view! {
                        <Icon name="globe"/>
                        {for_readers(true, t!("preferences-label"))}
                        <span class="account-language">{language}</span>
                    }
                        .into_any()
                }
            }}
            <Icon name="down"/>
        </button>
        <div class="account" id="account" popover="auto" node_ref=menu on:focusout=on_focus_out>
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
                                    on:click=move |_| close()
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
        </div>
    }
    .into_any()
}
