//! A labelled field with its hint and its fault. The input itself is the child, named by the same id.

use leptos::prelude::*;

use super::icon::Icon;
use super::reactive::OrNothing;
use crate::error::AppError;

/// Label, input, hint and fault. The input takes `aria-describedby=described_by(id)`.
#[component]
pub fn FieldBox(
    /// Id of the input.
    id: &'static str,
    /// What it is for.
    #[prop(into)]
    label: Signal<String>,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// What is wrong with it.
    #[prop(into)]
    fault: Signal<Option<String>>,
    /// The fault is read out by itself: no summary says it.
    #[prop(optional)]
    said: bool,
    /// The input.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field" data-state=move || fault.with(|fault| fault.as_ref().map(|_| "invalid"))>
            <label for=id>{label}</label>
            {children()}
            <div class="field-notes" id=described_by(id)>
                {move || {
                    fault
                        .get()
                        .map(|fault| {
                            view! {
                                <p class="field-fault" role=said.then_some("alert")>
                                    <Icon name="alert"/>
                                    <span>{fault}</span>
                                </p>
                            }
                                .into_any()
                        })
                        .or_nothing()
                }}
                {hint.map(|hint| view! { <p class="field-hint">{hint}</p> }.into_any()).or_nothing()}
            </div>
        </div>
    }
    .into_any()
}

/// Shows a fault as a new one, so that it is read out again when it is the same as before.
pub fn show_anew(shown: RwSignal<Option<AppError>>, fault: AppError) {
    shown.set(None);
    request_animation_frame(move || _ = shown.try_set(Some(fault)));
}

/// The id of a field's hint and fault.
pub fn described_by(id: &str) -> String {
    format!("{id}-notes")
}
