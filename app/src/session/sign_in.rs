//! Asks for an address, and sends a link and a code to it. The answer is the same for every address that can be one.

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;

use super::asked::Asked;
use super::state::Session;
use crate::browser::navigation::go;
use crate::browser::page;
use crate::error::{AppError, Field, Problem, words};
use crate::language::spoken::say;
use crate::paths;
use crate::screen::Screen;
use crate::t;
use crate::ui::announcer::Announcer;
use crate::ui::button::Button;
use crate::ui::error_line::{ErrorLine, Fault};
use crate::ui::field::{FieldBox, described_by, show_anew};
use crate::ui::reactive::when;

/// Name of the query value that says where to go after signing in.
pub const TO: &str = "to";

/// The form.
#[component]
pub fn SignIn() -> impl IntoView {
    let session = Session::here();
    let query = use_query_map();
    let address = RwSignal::new(
        Asked::recall()
            .map(|asked| asked.address)
            .unwrap_or_default(),
    );
    let at_field = RwSignal::new(None::<AppError>);
    let fault = RwSignal::new(None::<Fault>);
    let busy = RwSignal::new(false);
    let input = NodeRef::<html::Input>::new();
    let heading = NodeRef::<html::H1>::new();
    Announcer::here().heading(heading, |screen| *screen == Screen::SignIn);

    let refuse = move |problem| {
        show_anew(at_field, AppError::field(Field::Address, problem));
        if let Some(input) = input.try_get_untracked().flatten() {
            page::focus(&input);
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = address.get_untracked().trim().to_owned();
        if busy.get_untracked() {
            return;
        }
        if typed.is_empty() {
            return refuse(Problem::Empty);
        }
        if !may_be_an_address(&typed) {
            return refuse(Problem::NotAnAddress);
        }
        let to = query.with_untracked(|query| query.get(TO));
        at_field.set(None);
        fault.set(None);
        busy.set(true);
        spawn_local(async move {
            match Asked::ask(typed, to).await {
                Ok(_) => {
                    session.left.set(false);
                    go(paths::CHECK_EMAIL);
                }
                Err(AppError::Invalid(faults)) => {
                    refuse(faults.first().map_or(Problem::NotAnAddress, |f| f.problem));
                }
                Err(error) => fault.set(Some(error.into())),
            }
            busy.set(false);
        });
    };
    let field_fault = Signal::derive(move || at_field.get().map(|error| words::error(&error)));

    let label = Signal::derive(move || match busy.get() {
        true => say("sending", vec![]),
        false => say("sign-in-send", vec![]),
    });

    view! {
        <section class="card">
            <h1 tabindex="-1" node_ref=heading>
                {t!("sign-in-title")}
            </h1>
            {move || {
                when(
                    session.left.get(),
                    || view! { <p class="card-note">{t!("signed-out")}</p> }.into_any(),
                )
            }}
            <p>{t!("sign-in-lead")}</p>
            <form novalidate=true on:submit=submit>
                <FieldBox id="address" label=t!("address-label") fault=field_fault said=true>
                    <input
                        class="input"
                        id="address"
                        name="address"
                        type="email"
                        dir="ltr"
                        autocomplete="email"
                        autocapitalize="none"
                        spellcheck="false"
                        required=true
                        node_ref=input
                        aria-describedby=described_by("address")
                        aria-invalid=move || at_field.with(|fault| fault.is_some().to_string())
                        prop:value=address
                        on:input=move |event| {
                            address.set(event_target_value(&event));
                            at_field.set(None);
                        }
                    />
                </FieldBox>
                <ErrorLine fault=fault/>
                <Button kind="primary" label=label busy=busy/>
            </form>
        </section>
    }
    .into_any()
}

/// Spares a round trip for what is plainly none; the server judges.
fn may_be_an_address(typed: &str) -> bool {
    typed.split_once('@').is_some_and(|(name, domain)| {
        !name.is_empty() && !domain.is_empty() && !domain.contains('@')
    }) && !typed.chars().any(char::is_whitespace)
}
