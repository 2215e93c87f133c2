//! The rows of the list that are in the page, and the way to more of them.

use std::ops::Range;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::Element;

use super::cache::{ListFacts, Tickets};
use super::model::TicketId;
use super::row::Row;
use super::window::{in_sight, is_long, part, printed, room, rows};
use crate::browser::{page, sight, timer};
use crate::error::words;
use crate::t;
use crate::ui::button::Button;
use crate::ui::reactive::{OrNothing, effect, when};
use crate::ui::skeleton::Skeleton;

/// Pixels of a row, until some are there to be measured, and of what they are seen in.
const USUAL: f64 = 97.0;
const USUAL_HEIGHT: f64 = 1000.0;
/// Pixels of the lowest row: so many fill the screen.
const LOWEST: usize = 60;
/// Rows that are made from one frame to the next once those are there.
const MORE: usize = 8;

/// The part of the list that is in the page.
#[derive(Clone, Copy)]
pub struct Window {
    tickets: Tickets,
    list: NodeRef<html::Ul>,
    in_sight: RwSignal<Range<usize>>,
    /// Pixels of a row.
    row: RwSignal<f64>,
    /// How many rows there are until what is in sight has been shown. Else a slow phone would show nothing meanwhile.
    first: RwSignal<Option<usize>>,
    /// The list is being printed.
    on_paper: RwSignal<bool>,
}

impl Window {
    /// The part that is in sight as far down as the list is.
    pub fn of(tickets: Tickets) -> Self {
        let from = f64::from(tickets.scrolled.get_value());
        let mut made = rows(from, 1.0) / LOWEST + sight::height() / LOWEST + 1;
        let first = RwSignal::new(Some(made));
        spawn_local(async move {
            while made < tickets.rows.count() && !is_long(made) {
                timer::drawn().await;
                made += MORE;
                first.try_set(Some(made));
            }
            first.try_set(None);
        });
        let on_paper = RwSignal::new(false);
        // What is printed beside an open ticket is the ticket alone.
        sight::when_printed(move |now| {
            on_paper.set(now && tickets.current.with_untracked(Option::is_none));
        });
        Self {
            first,
            on_paper,
            tickets,
            list: NodeRef::new(),
            in_sight: RwSignal::new(in_sight(from, USUAL_HEIGHT, USUAL)),
            row: RwSignal::new(USUAL),
        }
    }

    fn part(self, count: usize) -> Range<usize> {
        if self.on_paper.get() {
            return printed(count);
        }
        let part = match is_long(count) {
            true => self.in_sight.with(|in_sight| part(in_sight, count)),
            false => 0..count,
        };
        let first = self.first.get().unwrap_or(part.end);
        part.start..part.end.min(first.max(part.start))
    }

    /// The room in place of the rows before those that are in the page, and behind them.
    fn room(self) -> (f64, f64) {
        let count = self.tickets.rows.len();
        let (part, row) = (self.part(count), self.row.get());
        (room(part.start, row), room(count - part.end, row))
    }

    /// Looks what is in sight, in what scrolls.
    pub fn look(self, pane: &Element) {
        let count = self.tickets.rows.count();
        // In a list that is not long yet too: with the next page it may be, and what is in sight stays.
        let list = self.list.get_untracked().filter(|_| count > 0);
        let Some(list) = list else { return };
        let list = list.get_bounding_client_rect();
        let pane = pane.get_bounding_client_rect();
        let (part, (before, behind)) = untrack(|| (self.part(count), self.room()));
        let row = (list.height() - before - behind) / room(part.len(), 1.0);
        // A longer line here and there is nothing to move all for.
        if row >= 1.0 && (row - self.row.get_untracked()).abs() > 2.0 {
            self.row.set(row);
        }
        let row = self.row.get_untracked();
        let now = in_sight(pane.top() - list.top(), pane.height(), row);
        if self.in_sight.with_untracked(|before| *before != now) {
            self.in_sight.set(now);
        }
    }
}

/// The rows, and the way to more of them.
#[component]
pub fn Rows(
    /// What of them is in the page.
    window: Window,
) -> impl IntoView {
    let tickets = Tickets::here();
    let fact = move |read: fn(&ListFacts) -> bool| {
        tickets.facts.with(|facts| facts.as_ref().is_some_and(read))
    };
    let (more, filling) = (
        Memo::new(move |_| fact(|facts| facts.next.is_some())),
        Memo::new(move |_| fact(|facts| facts.filling)),
    );
    // What is not loaded, or too much.
    let not_printed = Memo::new(move |_| {
        let count = tickets.rows.len();
        more.get() || printed(count).len() < count
    });
    let part = move |count| window.part(count);
    let place = move || window.list.get().map(|list| (**list).clone());
    let each = move |id: &str, row| {
        let id = id.to_owned();
        let current = Signal::derive(move || {
            let is_this =
                |open: &Option<TicketId>| open.as_ref().is_some_and(|it| it.as_str() == id);
            tickets.current.with(is_this)
        });
        view! { <Row row=row current=current/> }.into_any()
    };
    tickets.rows.show_part_in(place, part, each, say_places);
    let room = Memo::new(move |_| window.room());
    // Whole pixels: code that writes fractions is 5 KB.
    let before = move || format!("{}px", rows(room.get().0, 1.0));
    let behind = move || format!("{}px", rows(room.get().1, 1.0));
    view! {
        <ul
            class="rows"
            node_ref=window.list
            style:padding-block-start=before
            style:padding-block-end=behind
        ></ul>
        {move || {
            when(not_printed.get(), || view! { <p class="on-paper">{t!("more-not-printed")}</p> }.into_any())
        }}
        {move || when(more.get(), || view! { <More/> }.into_any())}
        {move || when(filling.get(), || view! { <Filling/> }.into_any())}
    }
    .into_any()
}

/// Readers count what is in the page; where that is only a part of the list, each row says which it is of how many.
fn say_places(list: &Element, part: Range<usize>, count: usize) {
    let rows = list.children();
    for (at, place) in (0..rows.length()).zip(part) {
        let Some(row) = rows.item(at) else { continue };
        for (name, number) in [("aria-posinset", place + 1), ("aria-setsize", count)] {
            _ = match is_long(count) {
                true => row.set_attribute(name, &number.to_string()),
                false => row.remove_attribute(name),
            };
        }
    }
}

/// Gives the row at this place the focus, if it is in the page; those of a long list say where they are.
fn focus_row(place: u32) {
    page::focus_first(&format!(
        ".rows > [aria-posinset='{place}'] > a, .rows > :not([aria-posinset]):nth-child({place}) > a"
    ));
}

/// Loads the next page when it comes into view, or when pressed.
#[component]
fn More() -> impl IntoView {
    let tickets = Tickets::here();
    let place = NodeRef::<html::Div>::new();
    // With the end of the list the button goes; the first of the last rows gets the focus then.
    let known = StoredValue::new(0_u32);
    effect(move || {
        if tickets.loading_more.get() {
            known.set_value(u32::try_from(tickets.rows.count()).unwrap_or_default());
        }
    });
    on_cleanup(move || {
        if page::has_focus(".more") {
            let next = known.get_value() + 1;
            request_animation_frame(move || focus_row(next));
        }
    });
    effect(move || {
        // Looked anew after each: what came may be for a list that was fetched again meanwhile, and the place still in view.
        if let Some(place) = place.get().filter(|_| !tickets.loading_more.get()) {
            sight::when_seen(&place, move || {
                if tickets.trouble.with_untracked(Option::is_none) {
                    tickets.load_more();
                }
            });
        }
    });
    view! {
        <div class="more" node_ref=place>
            {move || {
                tickets
                    .trouble
                    .get()
                    .map(|error| view! { <p class="list-note" role="alert">{words::error(&error)}</p> }.into_any())
                    .or_nothing()
            }}
            <Button
                kind="quiet"
                label=t!("more-tickets")
                busy=tickets.loading_more
                on_press=Callback::new(move |()| tickets.load_more())
            />
        </div>
    }
    .into_any()
}

/// More are being fetched from the help desk.
#[component]
pub fn Filling() -> impl IntoView {
    view! {
        <p class="list-note" role="status">
            <span class="spinner" aria-hidden="true"></span>
            {t!("tickets-filling")}
        </p>
        <Skeleton shape="rows" count=1/>
    }
    .into_any()
}
