//! Keeps what is on the screen right: by the stream of events while there is one, by asking every 15 seconds while there is none,
//! and at once when the page comes back into view or the network returns.

use std::cell::Cell;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::StorageEvent;

use super::{OVER_EVENT, TICKET_EVENT, TYPING_EVENT, VERSION_EVENT, line};
use crate::browser::{clock, connection, navigation, sight, timer};
use crate::session::state::Session;
use crate::tickets::cache::{Ask, Tickets};
use crate::tickets::model::TicketId;
use crate::ui::reactive::effect;

/// How often the page asks when no event would tell it, milliseconds.
const ASK: u64 = 15_000;

thread_local! {
    static HERE: Cell<Option<Live>> = const { Cell::new(None) };
}

/// The live half of the page. One per page.
#[derive(Clone, Copy)]
pub struct Live {
    session: Session,
    tickets: Tickets,
    /// The server serves another version of the app than this page runs.
    pub outdated: RwSignal<bool>,
}

impl Live {
    /// Begins to listen, and goes on as long as the page.
    pub fn begin(session: Session, tickets: Tickets) -> Self {
        let live = Self {
            session,
            tickets,
            outdated: RwSignal::new(false),
        };
        let (mut first, mut ran) = (true, false);
        effect(move || {
            let running = session.is_running();
            if running && !ran {
                live.open();
                // After a pause anything may have happened; what was waiting for the session goes on.
                if !first {
                    tickets.invalidate(None);
                }
                tickets.ask(Ask::GoOn);
            } else if !running {
                line::close();
            }
            (first, ran) = (false, running);
        });
        timer::every(ASK, move || live.ask());
        timer::every(30_000, clock::tick);
        listen("online", move || live.come_back());
        listen("visibilitychange", move || {
            if sight::page_is_visible() {
                live.come_back();
                tickets.ask(Ask::LookAgain);
            } else {
                tickets.ask(Ask::Rest);
            }
        });
        listen("pagehide", move || tickets.ask(Ask::Leave));
        window_event_listener(leptos::ev::storage, move |event: StorageEvent| {
            live.signed_out_elsewhere(&event);
        });
        live
    }

    /// The page's live half.
    pub fn here() -> Self {
        expect_context()
    }

    /// The desk has come, perhaps after the page had begun to listen: what was waiting goes on.
    pub fn desk_came() {
        if let Some(live) = HERE.get()
            && live.session.is_running_now()
        {
            live.tickets.ask(Ask::GoOn);
        }
    }

    fn open(self) {
        HERE.set(Some(self));
        // Another customer's tabs, and another portal's on this server, hear nothing of it.
        let name = format!("live {} {}", navigation::base(), self.session.address());
        line::open(name, |event, data| {
            if let Some(live) = HERE.get() {
                live.hear(event, data);
            }
        });
    }

    fn hear(self, event: &str, data: &str) {
        match event {
            TICKET_EVENT => self.tickets.invalidate(TicketId::parse(data).as_ref()),
            TYPING_EVENT => self.tickets.typing.told(data),
            VERSION_EVENT => {
                let ours = self.session.config.with_value(|c| c.version == data);
                self.outdated.set(!ours);
                // Before the stream began, the first time and each time, events may have been missed.
                self.tickets.invalidate(None);
                self.resume_outbox();
            }
            // It was ended from another device: what is on the screen stays below the dialog that says so.
            OVER_EVENT => leptos::task::spawn_local(self.session.look_again()),
            _ => {}
        }
    }

    /// Asks where no event would tell.
    fn ask(self) {
        if !self.session.is_running_now() {
            return;
        }
        self.tickets.ask(Ask::Keep);
        let visible = sight::page_is_visible();
        let silent = !line::is_live();
        if silent {
            line::mend(visible);
        }
        let broken = !connection::reachable().get_untracked() || self.tickets.are_in_trouble();
        if (silent || broken) && visible {
            self.tickets.invalidate(None);
        }
        // Also a call that failed alone, while all others went well.
        self.resume_outbox();
    }

    /// What found nobody goes now: the stream may be back before a call that was under way is given up.
    fn resume_outbox(self) {
        if self.tickets.outbox.waits_for_the_network() {
            self.tickets.ask(Ask::GoOn);
        }
    }

    /// The page was out of sight or off the network.
    fn come_back(self) {
        clock::tick();
        if self.session.is_running_now() {
            line::wake();
            self.tickets.invalidate(None);
            self.tickets.ask(Ask::GoOn);
        } else if self.session.over.get_untracked() {
            leptos::task::spawn_local(self.session.look_again());
        }
    }

    /// Another tab of this browser signed out: nothing stays on the screen here either.
    fn signed_out_elsewhere(self, event: &StorageEvent) {
        let left = event.key().is_some_and(|key| key == "portal:left");
        if left && event.new_value().is_some() {
            self.session.over.set(false);
            self.session.view.set(None);
        }
    }
}

fn listen(event: &'static str, call: impl Fn() + 'static) {
    let closure = Closure::<dyn FnMut()>::new(call);
    let target: &web_sys::EventTarget = if event == "visibilitychange" {
        &document()
    } else {
        &window()
    };
    _ = target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    // As long as the page.
    closure.forget();
}
