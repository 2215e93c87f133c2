//! The way to the menu at the end of the top bar.

use leptos::ev::FocusEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::state::Session;
use crate::language::spoken::tag;
use crate::part::Part;
use crate::part::load::Shows;
use crate::t;
use crate::ui::button::for_readers;
use crate::ui::icon::Icon;
use crate::ui::reactive::when;

/// The button and what it opens.
#[component]
pub fn Account() -> impl IntoView {
    let session = Session::here();
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
    // What is in it comes when it is first opened, with the part that the page has next.
    let opened = RwSignal::new(false);
    let address = session.address_shown();
    let signed_in = Memo::new(move |_| address.with(Option::is_some));
    let inside = move || {
        let part = if signed_in.get() {
            Part::Desk
        } else {
            Part::Door
        };
        when(opened.get(), || {
            part.view(Shows::Menu(Callback::new(move |()| close())))
        })
    };
    let spoken = RwSignal::from(tag());
    let language = Signal::derive(move || {
        session.config.with_value(|config| {
            let spoken = spoken.get();
            let choice = config.languages.iter().find(|choice| choice.tag == spoken);
            choice.map(|choice| choice.name.clone()).unwrap_or(spoken)
        })
    });
    view! {
        <button class="account-button" type="button" popovertarget="account" on:click=move |_| opened.set(true)>
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
            {inside}
        </div>
    }
    .into_any()
}
