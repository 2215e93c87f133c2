//! Keeps what is on the screen right: by the stream of events while there is one, by asking every 15 seconds while there is none,
//! and at once when the page comes back into view or the network returns.

use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{EventSource, MessageEvent, StorageEvent};

use super::{OVER_EVENT, TICKET_EVENT, VERSION_EVENT};
use crate::browser::navigation::href;
use crate::browser::{clock, connection, sight, timer};
use crate::paths;
use crate::session::state::Session;
use crate::tickets::cache::Tickets;
use crate::tickets::model::TicketId;
use crate::ui::reactive::effect;

/// How often the page asks when no event would tell it, milliseconds.
const ASK: u64 = 15_000;

/// The stream and what listens to it; closed when it is dropped.
struct Stream {
    source: EventSource,
    _listeners: Vec<Closure<dyn FnMut(MessageEvent)>>,
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.close();
    }
}

/// The live half of the page. One per page.
#[derive(Clone, Copy)]
pub struct Live {
    session: Session,
    tickets: Tickets,
    stream: StoredValue<Option<SendWrapper<Stream>>>,
    /// The server serves another version of the app than this page runs.
    pub outdated: RwSignal<bool>,
}

impl Live {
    /// Begins to listen, and goes on as long as the page.
    pub fn begin(session: Session, tickets: Tickets) -> Self {
        let live = Self {
            session,
            tickets,
            stream: StoredValue::new(None),
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
                tickets.outbox.resume(tickets, session);
            } else if !running {
                live.stream.set_value(None);
            }
            (first, ran) = (false, running);
        });
        timer::every(ASK, move || live.ask());
        timer::every(30_000, clock::tick);
        listen("online", move || live.come_back());
        listen("visibilitychange", move || {
            if sight::page_is_visible() {
                live.come_back();
                tickets.outbox.drafts.look_again();
            } else {
                tickets.outbox.drafts.resume();
            }
        });
        listen("pagehide", move || tickets.outbox.drafts.leave());
        window_event_listener(leptos::ev::storage, move |event: StorageEvent| {
            live.signed_out_elsewhere(&event);
        });
        live
    }

    /// The page's live half.
    pub fn here() -> Self {
        expect_context()
    }

    fn open(self) {
        let Ok(source) = EventSource::new(&href(paths::LIVE)) else {
            return;
        };
        let mut listeners = Vec::with_capacity(4);
        let mut on = |event: &str, call: Box<dyn Fn(MessageEvent)>| {
            let closure = Closure::<dyn FnMut(MessageEvent)>::new(call);
            _ = source.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
            listeners.push(closure);
        };
        on(
            TICKET_EVENT,
            Box::new(move |event| {
                let id = event.data().as_string();
                self.tickets
                    .invalidate(id.as_deref().and_then(TicketId::parse).as_ref());
            }),
        );
        on(
            VERSION_EVENT,
            Box::new(move |event| {
                let ours = self.session.config.with_value(|c| c.version.clone());
                self.outdated.set(
                    event
                        .data()
                        .as_string()
                        .is_some_and(|theirs| theirs != ours),
                );
            }),
        );
        // It was ended from another device: what is on the screen stays below the dialog that says so.
        on(
            OVER_EVENT,
            Box::new(move |_| leptos::task::spawn_local(self.session.look_again())),
        );
        // Before it was open, the first time and each time, events may have been missed.
        on("open", Box::new(move |_| self.tickets.invalidate(None)));
        self.stream.set_value(Some(SendWrapper::new(Stream {
            source,
            _listeners: listeners,
        })));
    }

    fn is_open(self) -> bool {
        self.state() == Some(EventSource::OPEN)
    }

    fn state(self) -> Option<u16> {
        self.stream
            .with_value(|stream| stream.as_ref().map(|stream| stream.source.ready_state()))
    }

    /// Asks where no event would tell.
    fn ask(self) {
        if !self.session.is_running_now() {
            return;
        }
        // A browser gives up on a stream that was refused; it is tried again here.
        if self
            .state()
            .is_none_or(|state| state == EventSource::CLOSED)
        {
            self.open();
        }
        self.tickets.outbox.drafts.resume();
        let broken = !connection::reachable().get_untracked()
            || self.tickets.trouble.with_untracked(Option::is_some);
        if (!self.is_open() || broken) && sight::page_is_visible() {
            self.tickets.invalidate(None);
            self.tickets.outbox.resume(self.tickets, self.session);
        }
    }

    /// The page was out of sight or off the network.
    fn come_back(self) {
        clock::tick();
        if self.session.is_running_now() {
            self.tickets.invalidate(None);
            self.tickets.outbox.resume(self.tickets, self.session);
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
