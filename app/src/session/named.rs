//! What the customer is called: shown as the support team sees it, and changed.

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::{rename, show_profile};
use super::model::Profile;
use super::state::Session;
use crate::browser::page;
use crate::error::{AppError, words};
use crate::language::spoken::say;
use crate::t;
use crate::ui::announcer::Announcer;
use crate::ui::button::Button;
use crate::ui::error_line::{ErrorLine, Fault};
use crate::ui::field::{FieldBox, described_by, show_anew};

/// The field and its button.
#[component]
pub fn NameForm() -> impl IntoView {
    let session = Session::here();
    let announcer = Announcer::here();
    let name = RwSignal::new(String::new());
    // What was typed before the answer came is not written over.
    let touched = RwSignal::new(false);
    let at_field = RwSignal::new(None::<AppError>);
    let fault = RwSignal::new(None::<Fault>);
    let busy = RwSignal::new(false);
    // Before his name has come an empty field is none that he left empty.
    let known = RwSignal::new(false);
    let can_save = Signal::derive(move || {
        !busy.get() && (known.get() || name.with(|name| !name.trim().is_empty()))
    });
    let input = NodeRef::<html::Input>::new();
    let take = move |answer: Result<Profile, AppError>| {
        match answer {
            Ok(kept) => {
                if !touched.try_get_untracked().unwrap_or(true) {
                    name.try_set(kept.name);
                }
                known.try_set(true);
                return true;
            }
            Err(error @ AppError::Invalid(_)) => {
                show_anew(at_field, error);
                if let Some(input) = input.try_get_untracked().flatten() {
                    page::focus(&input);
                }
            }
            Err(AppError::SignedOut) => {}
            Err(error) => _ = fault.try_set(Some(error.into())),
        }
        false
    };
    spawn_local(async move {
        take(session.watch(show_profile()).await);
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !can_save.get_untracked() {
            return;
        }
        at_field.set(None);
        fault.set(None);
        busy.set(true);
        touched.set(false);
        let wanted = name.get_untracked();
        spawn_local(async move {
            if take(session.watch(rename(session.address(), wanted)).await) {
                announcer.notify(say("name-saved", vec![]));
            }
            busy.try_set(false);
        });
    };
    let field_fault = Signal::derive(move || at_field.get().map(|error| words::error(&error)));
    view! {
        <form class="field" novalidate=true on:submit=submit>
            <FieldBox id="name" label=t!("name-label") hint=t!("name-hint") fault=field_fault said=true>
                <input
                    class="input"
                    id="name"
                    name="name"
                    dir="auto"
                    autocomplete="name"
                    node_ref=input
                    aria-describedby=described_by("name")
                    aria-invalid=move || at_field.with(|fault| fault.is_some().to_string())
                    prop:value=name
                    on:input=move |event| {
                        touched.set(true);
                        name.set(event_target_value(&event));
                        at_field.set(None);
                    }
                />
            </FieldBox>
            <ErrorLine fault=fault/>
            <Button kind="quiet" label=t!("name-save") busy=Signal::derive(move || !can_save.get())/>
        </form>
    }
    .into_any()
}
