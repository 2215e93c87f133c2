//! Takes the code of the mail: any case, with spaces or dashes; a pasted one is sent at once.

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::{current_session, enter_code};
use super::code::is_whole;
use super::model::SignedIn;
use super::state::Session;
use crate::browser::page;
use crate::call::in_background;
use crate::error::{AppError, Field, Problem, words};
use crate::language::spoken::say;
use crate::paths;
use crate::t;
use crate::ui::button::Button;
use crate::ui::error_line::{ErrorLine, Fault};
use crate::ui::field::{FieldBox, described_by, show_anew};
use crate::ui::reactive::effect;

/// The form.
#[component]
pub fn CodeForm(
    /// Takes the focus as soon as it is there.
    #[prop(optional)]
    focused: bool,
) -> impl IntoView {
    let session = Session::here();
    let code = RwSignal::new(String::new());
    let at_field = RwSignal::new(None::<AppError>);
    let fault = RwSignal::new(None::<Fault>);
    let busy = RwSignal::new(false);
    let input = NodeRef::<html::Input>::new();

    effect(move || {
        if let Some(input) = input.get().filter(|_| focused) {
            page::focus(&input);
        }
    });

    let refuse = move |error: AppError| {
        show_anew(at_field, error);
        if let Some(input) = input.try_get_untracked().flatten() {
            page::focus(&input);
            input.select();
        }
    };
    let send = move || {
        if busy.get_untracked() {
            return;
        }
        let typed = code.get_untracked();
        if typed.trim().is_empty() {
            return refuse(AppError::field(Field::Code, Problem::Empty));
        }
        at_field.set(None);
        fault.set(None);
        busy.set(true);
        spawn_local(async move {
            match enter_code(typed).await {
                Ok(signed_in) => session.begin(signed_in),
                Err(error @ AppError::Invalid(_)) => refuse(error),
                // The link of the same mail may have been opened in another tab of this browser.
                Err(AppError::LinkExpired) => match in_background(current_session()).await {
                    Ok(Some(found)) => session.begin(SignedIn {
                        session: found,
                        return_to: paths::TICKETS.to_owned(),
                    }),
                    _ => fault.set(Some(AppError::LinkExpired.into())),
                },
                Err(error) => fault.set(Some(error.into())),
            }
            busy.set(false);
        });
    };
    let on_input = move |event: leptos::ev::Event| {
        let typed = event_target_value(&event);
        let pasted = page::came_at_once(&event);
        at_field.set(None);
        code.set(typed.clone());
        if pasted && is_whole(&typed) {
            send();
        }
    };
    let field_fault = Signal::derive(move || at_field.get().map(|error| words::error(&error)));

    let label = Signal::derive(move || match busy.get() {
        true => say("signing-in", vec![]),
        false => say("code-send", vec![]),
    });

    view! {
        <form
            novalidate=true
            on:submit=move |event: SubmitEvent| {
                event.prevent_default();
                send();
            }
        >
            <FieldBox id="code" label=t!("code-label") hint=t!("code-hint") fault=field_fault said=true>
                <input
                    class="input code-input"
                    id="code"
                    name="code"
                    type="text"
                    dir="ltr"
                    inputmode="text"
                    autocomplete="one-time-code"
                    autocapitalize="characters"
                    spellcheck="false"
                    maxlength="40"
                    node_ref=input
                    aria-describedby=described_by("code")
                    aria-invalid=move || at_field.with(|fault| fault.is_some().to_string())
                    prop:value=code
                    on:input=on_input
                />
            </FieldBox>
            <ErrorLine fault=fault/>
            <Button kind="primary" label=label busy=busy/>
        </form>
    }
    .into_any()
}
