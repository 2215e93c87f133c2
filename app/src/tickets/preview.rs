//! What is being written as the support team will see it: read by the server, as it reads what has been sent.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::preview;
use super::markup::Node;
use super::nodes::nodes;
use crate::session::state::Session;
use crate::t;
use crate::ui::announcer::Announcer;
use crate::ui::error_line::Fault;
use crate::ui::reactive::{OrNothing, effect, when};

/// What is shown in place of the field; none while one writes.
pub type Previewed = RwSignal<Option<Vec<Node>>>;

/// The button that shows it, and brings the field back.
#[component]
pub fn PreviewButton(
    /// As typed.
    text: Signal<String>,
    /// What is shown.
    shown: Previewed,
    /// Why it cannot be.
    fault: RwSignal<Option<Fault>>,
) -> impl IntoView {
    let session = Session::here();
    let announcer = Announcer::here();
    let press = move |_| {
        if shown.with_untracked(Option::is_some) {
            return shown.set(None);
        }
        spawn_local(async move {
            let asked = text.get_untracked();
            match session.watch(preview(asked.clone())).await {
                // It was sent meanwhile, or is another by now.
                Ok(_) if text.try_get_untracked() != Some(asked) => {}
                Ok(nodes) => {
                    announcer.say(super::markup::plain_text(&nodes));
                    shown.set(Some(nodes));
                }
                Err(error) => fault.set(Some(error.into())),
            }
        });
    };
    let any = Memo::new(move |_| text.with(|text| !text.trim().is_empty()));
    // Sent from elsewhere, it leaves the field to what comes next.
    effect(move || {
        if !any.get() && shown.with_untracked(Option::is_some) {
            shown.set(None);
        }
    });
    view! {
        {move || when(any.get(), || view! {
            <button
                class="preview-button"
                type="button"
                title=t!("preview-hint")
                aria-pressed=move || shown.with(Option::is_some).to_string()
                on:click=press
            >
                {t!("preview")}
            </button>
        }.into_any())}
    }
    .into_any()
}

/// What is shown, if it is.
pub fn previewed(shown: Previewed) -> impl Fn() -> AnyView + Copy {
    move || {
        shown
            .with(|shown| {
                let body = nodes(shown.as_ref()?);
                Some(view! { <div class="preview prose" tabindex="0" role="group" aria-label=t!("preview")>{body}</div> }.into_any())
            })
            .or_nothing()
    }
}
