//! Who types: the agent in the open ticket is shown, of the customer the agents are told. Neither hears what the other types.

use std::cell::RefCell;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::cache::{Opened, Tickets};
use super::model::{Entry, TicketId};
use super::row::author;
use crate::browser::{clock, connection, timer};
use crate::language::spoken::say;
use crate::session::state::Session;

/// An agent is told to begin once, however long he goes on; milliseconds after which he is taken to have stopped.
const SHOWN: i32 = 30_000;
/// The agents are told again after this that the customer types; they see it for 30 seconds.
const AGAIN: u64 = 20_000;
/// A hand that rests so long has stopped.
const RESTS: u64 = 4_000;

/// The agent who types: in which ticket, which message is his, and since when.
#[derive(Clone, Copy)]
pub struct Typing(RwSignal<Option<(String, String, u64)>>);

impl Typing {
    /// Nobody does.
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// What the server tells: a ticket, and behind a blank whose hand it is, if one moves.
    pub fn told(self, data: &str) {
        let Some((ticket, by)) = data.split_once(' ') else {
            return self.over(data);
        };
        let now = Some((ticket.to_owned(), by.to_owned(), clock::now()));
        self.0.set(now.clone());
        spawn_local(async move {
            timer::sleep(SHOWN).await;
            if self.0.with_untracked(|it| *it == now) {
                self.0.set(None);
            }
        });
    }

    /// Nobody types in this ticket any more.
    pub fn over(self, ticket: &str) {
        let is_here = |it: &Option<(String, String, u64)>| {
            it.as_ref().is_some_and(|(other, ..)| other == ticket)
        };
        if self.0.with_untracked(is_here) {
            self.0.set(None);
        }
    }
}

impl Default for Typing {
    fn default() -> Self {
        Self::new()
    }
}

/// Says which agent types. Not read out: it would cut into what is.
#[component]
pub fn TypingLine(id: TicketId, opened: Opened) -> impl IntoView {
    let typing = Tickets::here().typing.0;
    let brand = Session::here()
        .config
        .with_value(|config| config.brand_name.clone());
    let words = move || {
        let by = typing.with(|it| {
            let (ticket, by, _) = it.as_ref()?;
            (ticket == id.as_str()).then(|| by.clone())
        });
        let Some(by) = by else {
            return String::new();
        };
        let name = opened.view.with(|view| {
            let entries = view.iter().flat_map(|view| &view.entries);
            entries.rev().find_map(|entry| match entry {
                Entry::Message(message) if message.id == by => {
                    Some(author(&message.author, &brand))
                }
                _ => None,
            })
        });
        let name = name.unwrap_or_else(|| brand.clone());
        say("agent-types", vec![("who", name.into())])
    };
    view! { <p class="typing">{words}</p> }.into_any()
}

/// The customer's hand.
struct Hand {
    ticket: String,
    moved_at: u64,
    told_at: u64,
}

thread_local! {
    static HAND: RefCell<Option<Hand>> = const { RefCell::new(None) };
}

/// The customer typed; where nothing is left of it he has stopped.
pub fn typed(id: &TicketId, is_empty: bool) {
    let goes_on =
        HAND.with_borrow(|hand| hand.as_ref().is_some_and(|hand| hand.ticket == id.as_str()));
    if is_empty || !goes_on {
        rest();
    }
    if is_empty {
        return;
    }
    let now = clock::now();
    let tell_now = HAND.with_borrow_mut(|hand| {
        let hand = hand.get_or_insert_with(|| Hand {
            ticket: id.to_string(),
            moved_at: now,
            told_at: 0,
        });
        hand.moved_at = now;
        let due = now >= hand.told_at + AGAIN;
        if due {
            hand.told_at = now;
        }
        due
    });
    if tell_now {
        let ticket = id.to_string();
        spawn_local(async move {
            // What was typed is seen first.
            timer::drawn().await;
            let is_typing =
                HAND.with_borrow(|hand| hand.as_ref().is_some_and(|hand| hand.ticket == ticket));
            if is_typing {
                tell(&ticket, true);
            }
        });
    }
    if !goes_on {
        spawn_local(async {
            loop {
                timer::sleep(1000).await;
                let moves = |hand: &Option<Hand>| {
                    hand.as_ref()
                        .is_some_and(|hand| clock::now() < hand.moved_at + RESTS)
                };
                if !HAND.with_borrow(moves) {
                    return rest();
                }
            }
        });
    }
}

/// The customer types no more.
pub fn rest() {
    if let Some(hand) = HAND.take() {
        tell(&hand.ticket, false);
    }
}

/// He has sent it, which the server knows.
pub fn sent() {
    HAND.take();
}

fn tell(ticket: &str, on: bool) {
    let body = format!(r#"{{"ticket":"{ticket}","on":{on}}}"#);
    connection::send_last("/api/tickets/typing", &body);
}
