//! Language and look, for everybody: each takes effect at once.

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::HtmlSelectElement;

use super::state::Session;
use crate::browser::page;
use crate::language::spoken::{choose, say, tag};
use crate::t;
use crate::ui::announcer::Announcer;

/// The two choices.
#[component]
pub fn Preferences() -> impl IntoView {
    view! {
        <Languages id="language"/>
        <Themes/>
    }
    .into_any()
}

/// The language of pages and mails.
#[component]
pub fn Languages(
    /// Id of its field.
    id: &'static str,
) -> impl IntoView {
    let session = Session::here();
    let announcer = Announcer::here();
    let config = session.config.get_value();
    let spoken = tag();
    let choices: Vec<AnyView> = config
        .languages
        .iter()
        .map(|choice| {
            let (spoken, own) = (spoken.clone(), choice.tag.clone());
            view! {
                <option
                    value=choice.tag.clone()
                    lang=choice.tag.clone()
                    dir=choice.direction.clone()
                    prop:selected=move || spoken.get() == own
                >
                    {choice.name.clone()}
                </option>
            }
            .into_any()
        })
        .collect();
    let on_change = move |event: Event| {
        let field: HtmlSelectElement = event_target(&event);
        let chosen = field.value();
        spawn_local(async move {
            let config = session.config.get_value();
            if choose(&config, &chosen).await {
                session.view.update(|view| {
                    if let Some(view) = view {
                        view.language = chosen;
                    }
                });
            } else {
                // It says what is spoken, not what was wished for.
                field.set_value(&tag().get_untracked());
                announcer.notify(say("language-failed", vec![]));
            }
        });
    };
    view! {
        <div class="field">
            <label for=id>{t!("language-label")}</label>
            <select class="input" id=id on:change=on_change>
                {choices}
            </select>
        </div>
    }
    .into_any()
}

#[component]
fn Themes() -> impl IntoView {
    let chosen = RwSignal::new(page::theme());
    let choices: Vec<AnyView> = [
        ("system", t!("theme-system")),
        ("light", t!("theme-light")),
        ("dark", t!("theme-dark")),
    ]
    .into_iter()
    .map(|(name, label)| {
        view! {
            <label class="segment">
                <input
                    type="radio"
                    name="theme"
                    value=name
                    prop:checked=move || chosen.with(|chosen| chosen == name)
                    on:change=move |_| {
                        chosen.set(name.to_owned());
                        page::set_theme(name);
                    }
                />
                <span>{label}</span>
            </label>
        }
        .into_any()
    })
    .collect();
    view! {
        <fieldset class="segments">
            <legend>{t!("theme-label")}</legend>
            {choices}
        </fieldset>
    }
    .into_any()
}
