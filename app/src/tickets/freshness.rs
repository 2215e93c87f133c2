//! How old what is shown may be, said in one line where it is shown.

use leptos::prelude::*;

use super::model::Freshness;
use crate::browser::connection::reachable;
use crate::language::spoken::say;
use crate::language::time;
use crate::ui::icon::Icon;

/// What the line says.
#[derive(Clone, Copy, PartialEq)]
enum Age {
    Fine,
    Offline,
    AsOf(u64),
}

/// The line; nothing when there is nothing to say.
#[component]
pub fn FreshnessLine(
    /// How fresh it is, once anything is known.
    #[prop(into)]
    freshness: Signal<Option<Freshness>>,
) -> impl IntoView {
    let reachable = RwSignal::from(reachable());
    let age = Memo::new(move |_| match (reachable.get(), freshness.get()) {
        (false, _) => Age::Offline,
        (true, Some(Freshness::AsOf(at))) => Age::AsOf(at),
        (true, Some(Freshness::Live) | None) => Age::Fine,
    });
    view! {
        <div role="status">
            {move || {
                let text = match age.get() {
                    Age::Fine => return None,
                    Age::Offline => say("offline-line", vec![]),
                    Age::AsOf(at) => say("as-of-line", vec![("time", time::full(at).into())]),
                };
                Some(
                    view! {
                        <p class="banner">
                            <Icon name="cloud"/>
                            <span>{text}</span>
                        </p>
                    }
                        .into_any(),
                )
            }}
        </div>
    }
    .into_any()
}
