//! Looking for tickets: words, filters with their counts, and the order. All of it is the address: typing replaces it, a filter or an order is a step of the history.

use leptos::ev::{KeyboardEvent, SubmitEvent, keydown};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::cache::Tickets;
use super::find::{Find, Show, Sort, WORDS_LIMIT};
use crate::browser::navigation::{go, go_instead, href};
use crate::browser::timer;
use crate::language::spoken::say;
use crate::paths;
use crate::screen::Screen;
use crate::t;
use crate::ui::icon::Icon;
use crate::ui::reactive::effect;

/// Milliseconds without a key after which one has typed.
const TYPED: i32 = 150;

/// The address of a list beside what is open.
fn address(screen: &Screen, find: &Find) -> String {
    let path = match screen {
        Screen::Ticket(id) => paths::ticket(id),
        Screen::NewTicket => paths::NEW_TICKET.to_owned(),
        _ => paths::TICKETS.to_owned(),
    };
    path + &find.query()
}

/// The words for a filter.
fn name(show: Show) -> String {
    match show {
        Show::All => say("show-all", vec![]),
        Show::Open => say("show-open", vec![]),
        Show::Waiting => say("show-waiting", vec![]),
        Show::Solved => say("show-solved", vec![]),
    }
}

/// The field, the filters, the order.
#[component]
pub fn Finder(
    /// Where the customer is.
    screen: Memo<Screen>,
) -> impl IntoView {
    let tickets = Tickets::here();
    let find = tickets.find;
    let filters: Vec<AnyView> = Show::EACH
        .into_iter()
        .map(|show| {
            let to = move || {
                let find = Find { show, ..find.get() };
                href(&screen.with(|screen| address(screen, &find)))
            };
            let is_current = move || find.with(|find| find.show == show);
            let count = move || {
                let facts = tickets.facts.get();
                let count = facts.map_or(0, |facts| facts.counts.of(show));
                say("show-count", vec![("n", count.into())])
            };
            view! {
                <li>
                    <a class="filter" href=to aria-current=move || is_current().then_some("true")>
                        {move || name(show)}
                        " "
                        <span class="filter-count">{count}</span>
                    </a>
                </li>
            }
            .into_any()
        })
        .collect();
    let order = move |event| {
        let sort = match event_target_value(&event).as_str() {
            "newest" => Sort::Newest,
            _ => Sort::Activity,
        };
        let find = Find {
            sort,
            ..find.get_untracked()
        };
        go(&screen.with_untracked(|screen| address(screen, &find)));
    };
    let sorted = move |sort| find.with(|find| find.sort == sort);
    // Said politely, once the list is there.
    let found = Memo::new(move |_| {
        let facts = tickets.facts.get()?;
        let count = facts.counts.of(facts.find.show);
        (!facts.find.is_everything()).then_some(count)
    });
    view! {
        <div class="finder">
            <div class="finder-top">
                <Words screen=screen/>
                <select class="input finder-order" aria-label=t!("sort-label") on:change=order>
                    <option value="activity" prop:selected=move || sorted(Sort::Activity)>
                        {t!("sort-activity")}
                    </option>
                    <option value="newest" prop:selected=move || sorted(Sort::Newest)>
                        {t!("sort-newest")}
                    </option>
                </select>
            </div>
            <nav aria-label=t!("show-label")>
                <ul class="filters">{filters}</ul>
            </nav>
            <p class="visually-hidden" role="status">
                {move || {
                    found
                        .get()
                        .map(|n| say("found-count", vec![("n", n.into())]))
                        .unwrap_or_default()
                }}
            </p>
        </div>
    }
    .into_any()
}

/// The field for words.
#[component]
fn Words(screen: Memo<Screen>) -> impl IntoView {
    let find = Tickets::here().find;
    let field = NodeRef::<html::Input>::new();
    // Counts the keys. The last one that led to a list.
    let keys = StoredValue::new(0_u32);
    let done = StoredValue::new(0_u32);
    let look = move || {
        done.set_value(keys.get_value());
        let Some(field) = field.get_untracked() else {
            return;
        };
        let find = Find {
            words: field.value(),
            ..find.get_untracked()
        };
        go_instead(&screen.with_untracked(|screen| address(screen, &find)));
    };
    let typed = move |_| {
        let key = keys.get_value() + 1;
        keys.set_value(key);
        spawn_local(async move {
            timer::sleep(TYPED).await;
            if keys.try_get_value() == Some(key) && done.get_value() != key {
                look();
            }
        });
    };
    // The way back, and links, change the words too; what is being typed stays.
    effect(move || {
        let words = find.with(|find| find.words.clone());
        if let Some(field) = field.get()
            && keys.get_value() == done.get_value()
            && field.value() != words
        {
            field.set_value(&words);
        }
    });
    let clear = move |event: KeyboardEvent| {
        if event.key() == "Escape"
            && let Some(field) = field.get_untracked()
            && !field.value().is_empty()
        {
            event.prevent_default();
            field.set_value("");
            look();
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        look();
    };
    let shortcut = window_event_listener(keydown, move |event| {
        if event.key() == "/"
            && !(event.ctrl_key() || event.meta_key() || event.alt_key())
            && takes_shortcut()
            && let Some(field) = field.get_untracked()
        {
            event.prevent_default();
            _ = field.focus();
            field.select();
        }
    });
    on_cleanup(move || shortcut.remove());
    view! {
        <form class="finder-words" role="search" on:submit=submit>
            <Icon name="search"/>
            <input
                class="input"
                type="search"
                name="q"
                dir="auto"
                autocomplete="off"
                enterkeyhint="search"
                maxlength=WORDS_LIMIT
                aria-label=t!("find-label")
                aria-keyshortcuts="/"
                placeholder=t!("find-placeholder")
                node_ref=field
                on:input=typed
                on:keydown=clear
            />
        </form>
    }
    .into_any()
}

/// Whether a single character is a shortcut: within the list, or where nothing has the focus, so that it is in nobody's way (WCAG 2.1.4).
fn takes_shortcut() -> bool {
    let Some(active) = document().active_element() else {
        return true;
    };
    let is = |selector: &str| active.closest(selector).ok().flatten().is_some();
    let is_body = document()
        .body()
        .is_some_and(|body| *body.unchecked_ref::<Element>() == active);
    is_body || is(".list") && !is("input, select")
}
