//! The language that the page speaks, and the switch to another. `t!("id")` is a text that follows it; [`say`] is the text of this moment.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::reactive::graph::Observer;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::intl::{self, Browser};
use super::texts::{Texts, Values};
use crate::browser::{navigation, page};
use crate::call::in_background;
use crate::paths;
use crate::session::api::choose_language;
use crate::session::model::{LanguageChoice, PortalConfig};

/// What stands in for a message that a language does not have.
const FALLBACK: &str = "en";

thread_local! {
    static TEXTS: ArcRwSignal<Arc<Texts>> = ArcRwSignal::new(Arc::new(Texts::default()));
    static TAG: ArcRwSignal<String> = ArcRwSignal::new(String::new());
}

/// The tag of the language spoken now.
pub fn tag() -> ArcRwSignal<String> {
    TAG.with(ArcRwSignal::clone)
}

/// The text of a message as of now; what reads it in a view is shown again in another language.
pub fn say(id: &str, values: Values) -> String {
    let texts = TEXTS.with(ArcRwSignal::clone);
    // Said in answer to an event it is said once.
    if Observer::get().is_some() {
        texts.track();
    }
    texts.with_untracked(|texts| texts.say(&Browser, id, &values))
}

/// The text of a message, following the language.
pub fn text(id: &'static str) -> Signal<String> {
    Signal::derive(move || say(id, Vec::new()))
}

/// The text of a message with values, following both.
pub fn text_with(
    id: &'static str,
    values: Box<dyn Fn() -> Values + Send + Sync>,
) -> Signal<String> {
    Signal::derive(move || say(id, values()))
}

/// A text that follows the language: `t!("new-ticket")`, `t!("ticket-number", number = n)`. Values may read signals.
#[macro_export]
macro_rules! t {
    ($id:expr) => {
        $crate::language::spoken::text($id)
    };
    ($id:expr, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::language::spoken::text_with(
            $id,
            Box::new(move || vec![$((stringify!($name), $crate::language::texts::Value::from($value))),+]),
        )
    };
}

/// Learns the page's language before anything is shown. The stand-in comes later, unless it is all there is.
pub async fn learn(config: &PortalConfig) -> bool {
    let Some(choice) = find(config, &config.language).or_else(|| find(config, FALLBACK)) else {
        return false;
    };
    let Some(texts) = fetch(choice).await else {
        return false;
    };
    install(choice, &texts, None);
    if choice.tag != FALLBACK
        && let Some(fallback) = find(config, FALLBACK).cloned()
    {
        let choice = choice.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let stand_in = fetch(&fallback).await;
            if tag().get_untracked() == choice.tag {
                install(&choice, &texts, stand_in.as_deref());
            }
        });
    }
    true
}

/// Switches to another language, here at once and on the server for mails. False when its texts cannot be had.
pub async fn choose(config: &PortalConfig, chosen: &str) -> bool {
    let Some(choice) = find(config, chosen) else {
        return false;
    };
    let Some(texts) = fetch(choice).await else {
        return false;
    };
    let stand_in = match find(config, FALLBACK) {
        Some(fallback) if fallback.tag != choice.tag => fetch(fallback).await,
        _ => None,
    };
    install(choice, &texts, stand_in.as_deref());
    // Not being remembered is no reason to refuse the language.
    _ = in_background(choose_language(choice.tag.clone())).await;
    true
}

fn find<'a>(config: &'a PortalConfig, tag: &str) -> Option<&'a LanguageChoice> {
    config.languages.iter().find(|choice| choice.tag == tag)
}

fn install(choice: &LanguageChoice, texts: &str, stand_in: Option<&str>) {
    let mut catalogue = Texts::default().with(&choice.tag, texts.to_owned());
    if let Some(stand_in) = stand_in {
        catalogue = catalogue.with(FALLBACK, stand_in.to_owned());
    }
    intl::speak(&regional(&choice.tag));
    page::set_language(&choice.tag, &choice.direction);
    TAG.with(ArcRwSignal::clone).set(choice.tag.clone());
    TEXTS.with(ArcRwSignal::clone).set(Arc::new(catalogue));
}

/// The variety of a language that the browser prefers, so that dates and numbers are those of the customer's country.
fn regional(tag: &str) -> String {
    window()
        .navigator()
        .languages()
        .iter()
        .filter_map(|own| own.as_string())
        .find(|own| {
            own.strip_prefix(tag)
                .is_some_and(|rest| rest.starts_with('-'))
        })
        .unwrap_or_else(|| tag.to_owned())
}

/// Fetches a language's texts. Their address holds their version, so the browser's cache may keep them for good.
async fn fetch(choice: &LanguageChoice) -> Option<String> {
    let address = navigation::href(&paths::texts(&choice.tag, &choice.version));
    let answer = JsFuture::from(window().fetch_with_str(&address))
        .await
        .ok()?;
    let answer: Response = answer.dyn_into().ok()?;
    if !answer.ok() {
        return None;
    }
    JsFuture::from(answer.text().ok()?).await.ok()?.as_string()
}
