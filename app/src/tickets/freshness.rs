//! How old what is shown may be, said in one line where it is shown.

use leptos::prelude::*;

use super::model::Freshness;
use crate::browser::connection::reachable;
use crate::language::spoken::say;
use crate::language::time;
use crate::ui::icon::Icon;
use crate::ui::reactive::OrNothing;

/// The line; nothing when there is nothing to say.
#[component]
pub fn FreshnessLine(
    /// How fresh it is, once anything is known.
    #[prop(into)]
    freshness: Signal<Option<Freshness>>,
) -> impl IntoView {
    let reachable = RwSignal::from(reachable());
    let text = Signal::derive(move || match (reachable.get(), freshness.get()) {
        (false, _) => Some(say("offline-line", vec![])),
        (true, Some(Freshness::AsOf(at))) => Some(match time::is_today(at) {
            true => say("as-of-today", vec![("time", time::clock_time(at).into())]),
            false => say("as-of-line", vec![("time", time::full(at).into())]),
        }),
        (true, Some(Freshness::Live) | None) => None,
    });
    view! {
        <div role="status">
            {move || {
                text.get()
                    .map(|text| {
                        view! {
                            <p class="banner">
                                <Icon name="cloud"/>
                                <span>{text}</span>
                            </p>
                        }
                            .into_any()
                    })
                    .or_nothing()
            }}
        </div>
    }
    .into_any()
}
