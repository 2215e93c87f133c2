//! Opens a ticket at the message in which words were found, as long as its address names one: it is fetched if it is further back, comes into
//! sight, and is marked. One that is not there any more, or too far back, leaves the thread at its end.

use js_sys::RegExp;
use leptos::ev::{click, keydown, pointerdown, wheel};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_location, use_query_map};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

use super::cache::Tickets;
use super::find::{MESSAGE, Piece};
use super::lines::{Shows, name};
use super::model::{Entry, MessageKind, TicketId, TicketView};
use super::scroller::Scroller;
use crate::browser::{highlight, navigation, page};
use crate::language::spoken::say;
use crate::ui::announcer::Announcer;
use crate::ui::keyed::Keyed;
use crate::ui::reactive::{OrNothing, effect};

/// Pages of earlier messages, of a hundred each, that are fetched for one that was found.
const PAGES: u32 = 20;
/// So many messages from the end of a thread are made at once where that leads to it. One that is further up is waited for.
const AT_ONCE: usize = 100;

/// Says which message it is, in the page.
const FOUND: &str = "data-found";

/// Where a message is.
enum Place {
    /// What the page has of the ticket is its end alone, and the rest is on its way.
    Awaited,
    /// In the thread: the name of its line, and how many entries come after it.
    There(String, usize),
    /// Further back.
    Earlier,
    /// Nowhere.
    Gone,
}

/// What does so, of a ticket whose thread scrolls so, has these lines, and has made so many of them.
pub fn open_at_hit(
    ticket: TicketId,
    scroller: Scroller,
    lines: Keyed<Shows>,
    made: RwSignal<usize>,
) -> AnyView {
    let tickets = Tickets::here();
    let announcer = Announcer::here();
    let opened = tickets.opened(&ticket);
    let (view, trouble) = (RwSignal::from(opened.view), RwSignal::from(opened.trouble));
    let (path, query) = (use_location().pathname, use_query_map());
    // The message that is to be gone to; empty for none.
    let goal = RwSignal::new(String::new());
    let pages = StoredValue::new(0_u32);
    let this = ticket.clone();
    let named = move || {
        // On the way to another ticket the address names one of that.
        let is_this = path.with(|path| navigation::screen_at(path).ticket() == Some(&this));
        let message = query.with(|query| query.get(MESSAGE));
        message.filter(|_| is_this).unwrap_or_default()
    };
    let set_out = move |message: String| {
        unmark();
        pages.set_value(0);
        scroller.is_on_its_way.set_value(!message.is_empty());
        goal.set(message);
    };
    let stop = move || {
        scroller.is_on_its_way.try_set_value(false);
        goal.try_set(String::new());
    };
    let again = named.clone();
    effect(move || set_out(named()));
    on_cleanup(unmark);

    let this = ticket.clone();
    let arrive = move |line: &Element| {
        let words = pattern(tickets, &this).map_or(Vec::new(), |it| {
            highlight::places(line, ".message-head", &it)
        });
        highlight::mark(&words);
        _ = line.set_attribute(FOUND, "");
        _ = line.set_attribute("tabindex", "-1");
        let first = match words.first() {
            Some(words) => words.get_bounding_client_rect(),
            None => line.get_bounding_client_rect(),
        };
        scroller.to_line(line, first.top());
        // One goes on from here; that it was gone to is said, and not only that something has the focus.
        if let Some(line) = line.dyn_ref::<HtmlElement>() {
            page::focus(line);
        }
        announcer.say(say("found-message", vec![]));
        stop();
    };
    effect(move || {
        let message = goal.get();
        let is_in_trouble = trouble.with(Option::is_some);
        if message.is_empty() {
            return;
        }
        match view.with(|view| place(view.as_ref(), &message, is_in_trouble)) {
            Place::Awaited => {}
            Place::There(name, after) => {
                if after < AT_ONCE {
                    // No more lines than entries are days.
                    made.update(|made| *made = (*made).max(2 * after + 2));
                }
                let line = move || line(lines.from(&name)?);
                once_made(goal, message, line, arrive.clone());
            }
            Place::Earlier if pages.get_value() < PAGES => {
                pages.update_value(|pages| *pages += 1);
                let ticket = ticket.clone();
                spawn_local(async move {
                    if tickets.reach_back(ticket).await.is_err() {
                        stop();
                    }
                });
            }
            Place::Earlier | Place::Gone => stop(),
        }
    });

    // Who does something in the ticket meanwhile stays where he is.
    let acts = move |event: &Event| {
        if within(event, ".ticket") {
            stop();
        }
    };
    let held = [
        window_event_listener(wheel, move |event| acts(&event)),
        window_event_listener(pointerdown, move |event| acts(&event)),
        window_event_listener(keydown, move |event| {
            // The key that pressed the row may still be down.
            if !event.repeat() {
                acts(&event);
            }
        }),
        // The row of this ticket once more, after one has read elsewhere in it: the address stays the same.
        window_event_listener(click, move |event| {
            if event.default_prevented() && within(&event, ".row[aria-current]") {
                set_out(untrack(&again));
            }
        }),
    ];
    on_cleanup(move || held.into_iter().for_each(|it| it.remove()));
    None.or_nothing()
}

fn place(view: Option<&TicketView>, message: &str, is_in_trouble: bool) -> Place {
    let Some(view) = view else {
        return Place::Awaited;
    };
    for (after, entry) in view.entries.iter().rev().enumerate() {
        if let Entry::Message(it) = entry {
            let name = name(it);
            // What waited when it was found may have been sent since.
            if it.id == message || name == message {
                return match it.kind {
                    MessageKind::Deleted => Place::Gone,
                    _ => Place::There(name, after),
                };
            }
        }
    }
    match view.earlier {
        _ if view.version == 0 && !is_in_trouble => Place::Awaited,
        Some(_) => Place::Earlier,
        None => Place::Gone,
    }
}

/// The line from which on there are so many, if it is made.
fn line(from_last: usize) -> Option<Element> {
    let list = document().query_selector(".thread > .lines").ok()??;
    let made = list.children();
    made.item(made.length().checked_sub(from_last as u32)?)
}

/// Goes to a line as soon as it is in the page, if it is still wanted: before the frame is drawn in which it is made.
fn once_made(
    goal: RwSignal<String>,
    message: String,
    line: impl Fn() -> Option<Element> + 'static,
    arrive: impl Fn(&Element) + 'static,
) {
    request_animation_frame(move || {
        if goal.try_with_untracked(|goal| *goal == message) != Some(true) {
            return;
        }
        match line() {
            Some(line) => arrive(&line),
            None => once_made(goal, message, line, arrive),
        }
    });
}

fn unmark() {
    highlight::mark(&[]);
    if let Ok(Some(line)) = document().query_selector(&format!("[{FOUND}]")) {
        _ = line.remove_attribute(FOUND);
    }
}

/// A letter or digit of a script that puts spaces between words, as those before Thai do. Between them
/// stand the sign for kelvin, whose small letter is a k, and others like it.
const SPACED: &str = r"(?![\u0e00-\u1c7f\u3005-\u{3ffff}])[\p{L}\p{N}\p{M}]";

/// The words that were looked for, each up to its end: as they were typed, and, since case and accents do not count there, as the list shows them.
fn pattern(tickets: Tickets, ticket: &TicketId) -> Option<RegExp> {
    let mut words: Vec<String> = tickets.find.with_untracked(|find| {
        let each = find.words.split_whitespace();
        each.map(escaped).collect()
    });
    if let Some(row) = tickets.rows.item_now(ticket.as_str()) {
        row.with_untracked(|row| {
            let hit = row.found.as_ref().and_then(|found| found.message.as_ref());
            for piece in hit.iter().flat_map(|(_, _, pieces)| pieces) {
                if let Piece::Found(text) = piece {
                    let parts: Vec<String> = text.split_whitespace().map(escaped).collect();
                    words.push(parts.join(r"\s+"));
                }
            }
        });
    }
    let words = words.join("|");
    let pattern = format!("(^|(?!{SPACED})[^])(?:{words})(?:{SPACED})*");
    (!words.is_empty()).then(|| RegExp::new(&pattern, "giu"))
}

fn escaped(word: &str) -> String {
    let mut out = String::new();
    for c in word.chars() {
        if r"^$\.*+?()[]{}|/".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn within(event: &Event, place: &str) -> bool {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    target.is_some_and(|it| matches!(it.closest(place), Ok(Some(_))))
}
