//! One stream for all tabs of a browser: the tab that holds the lock has it, and passes on what it says; the others listen. A browser
//! has six connections to a server, which so many tabs with a stream each would use up.
//!
//! Where there are no locks (plain http), each tab has its own.

use std::cell::{Cell, RefCell};

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{BroadcastChannel, EventSource, MessageEvent};

use super::{BEAT_EVENT, OVER_EVENT, TICKET_EVENT, TYPING_EVENT, VERSION_EVENT};
use crate::browser::navigation::href;
use crate::browser::{clock, timer};
use crate::paths;

/// The server says something every 20 seconds. Who heard nothing for so long hears nothing: the connection is dead, a proxy holds
/// everything back, or the tab that has the stream sleeps. Milliseconds.
const SILENT: u64 = 45_000;
/// What a tab says that begins to listen.
const HELLO: &str = "hello";

type Hear = fn(&str, &str);
type Listener = Closure<dyn FnMut(MessageEvent)>;
type OnFault = Closure<dyn FnMut()>;

#[derive(Default)]
struct Line {
    /// Counts how often it was opened and closed: what was begun before ends.
    turn: Cell<u32>,
    name: RefCell<String>,
    hear: Cell<Option<Hear>>,
    channel: RefCell<Option<(BroadcastChannel, Listener)>>,
    source: RefCell<Option<(EventSource, Listener, OnFault)>>,
    /// The session is being ended by this tab.
    leaving: Cell<bool>,
    /// Gives the lock back.
    release: RefCell<Option<Function>>,
    /// The version that the stream began with.
    version: RefCell<String>,
    heard_at: Cell<u64>,
    tried_at: Cell<u64>,
    /// How often it was refused since something was heard.
    refusals: Cell<u32>,
}

thread_local! {
    static LINE: Line = Line::default();
}

/// Begins to hear what the server tells the customer of this name, as long as it is not closed.
pub(super) fn open(name: String, hear: Hear) {
    LINE.with(|line| {
        line.turn.set(line.turn.get() + 1);
        line.hear.set(Some(hear));
        line.leaving.set(false);
        if let Ok(channel) = BroadcastChannel::new(&name) {
            let listener = Listener::new(|event: MessageEvent| {
                let text = event.data().as_string().unwrap_or_default();
                passed_on(&text);
            });
            channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
            _ = channel.post_message(&HELLO.into());
            *line.channel.borrow_mut() = Some((channel, listener));
        }
        *line.name.borrow_mut() = name;
    });
    claim(false);
}

/// Hears nothing more, and lets another tab have the stream.
pub(super) fn close() {
    LINE.with(|line| {
        line.turn.set(line.turn.get() + 1);
        hang_up(line);
        if let Some((channel, _listener)) = line.channel.take() {
            channel.close();
        }
        if let Some(release) = line.release.take() {
            _ = release.call0(&JsValue::NULL);
        }
    });
}

/// This tab ends the session: a lock that another tab gives back for that leads to no stream. Until [`stay`], or until it is opened anew.
pub fn leave() {
    LINE.with(|line| line.leaving.set(true));
}

/// The session goes on after all.
pub fn stay() {
    let waits = LINE.with(|line| {
        line.leaving.set(false);
        line.release.borrow().is_some() && line.source.borrow().is_none()
    });
    if waits {
        connect();
    }
}

/// Whether something was heard lately, so that nobody need ask.
pub(super) fn is_live() -> bool {
    LINE.with(|line| clock::now() < line.heard_at.get() + SILENT)
}

/// Nothing is heard: connects anew, or, in a tab that is looked at, takes the stream from one that sleeps.
pub(super) fn mend(visible: bool) {
    let (has_it, late) = LINE.with(|line| {
        let late = clock::now() >= line.tried_at.get() + SILENT;
        (line.source.borrow().is_some(), late)
    });
    match (late, has_it) {
        (true, true) => connect(),
        (true, false) if visible => claim(true),
        _ => {}
    }
}

/// The network is back: a stream that was cut is not left to rest until its time to connect again.
pub(super) fn wake() {
    let rests = LINE.with(|line| {
        let source = line.source.borrow();
        source
            .as_ref()
            .is_some_and(|(source, ..)| source.ready_state() != EventSource::OPEN)
    });
    if rests {
        connect();
    }
}

/// Connects as soon as no other tab is.
fn claim(steal: bool) {
    let (turn, name) = LINE.with(|line| {
        line.tried_at.set(clock::now());
        (line.turn.get(), line.name.borrow().clone())
    });
    let is_now = move || LINE.with(|line| line.turn.get() == turn);
    let held = Closure::once_into_js(move || {
        if !is_now() {
            return JsValue::UNDEFINED;
        }
        if !LINE.with(|line| line.leaving.get()) {
            connect();
        }
        let until = |resolve, _| LINE.with(|line| *line.release.borrow_mut() = Some(resolve));
        Promise::new(&mut { until }).into()
    });
    let Some(promise) = lock(&name, steal, &held) else {
        return connect();
    };
    spawn_local(async move {
        // Another tab took it while this one slept.
        if JsFuture::from(promise).await.is_err() && is_now() {
            let had_it = LINE.with(|line| {
                line.release.take();
                hang_up(line)
            });
            if had_it {
                claim(false);
            } else {
                connect();
            }
        }
    });
}

/// Asks the browser for the lock; none where it has none.
fn lock(name: &str, steal: bool, held: &JsValue) -> Option<Promise> {
    let locks = Reflect::get(&window().navigator(), &"locks".into()).ok()?;
    let request: Function = Reflect::get(&locks, &"request".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let options = Object::new();
    _ = Reflect::set(&options, &"steal".into(), &steal.into());
    let asked = request.call3(&locks, &name.into(), &options, held).ok()?;
    asked.dyn_into().ok()
}

fn connect() {
    LINE.with(|line| {
        hang_up(line);
        line.tried_at.set(clock::now());
        let Ok(source) = EventSource::new(&href(paths::LIVE)) else {
            return;
        };
        let listener = Listener::new(|event: MessageEvent| {
            let data = event.data().as_string().unwrap_or_default();
            told(&event.type_(), &data);
        });
        for event in [
            TICKET_EVENT,
            TYPING_EVENT,
            VERSION_EVENT,
            BEAT_EVENT,
            OVER_EVENT,
        ] {
            let listener = listener.as_ref().unchecked_ref();
            _ = source.add_event_listener_with_callback(event, listener);
        }
        let fault = OnFault::new(refused);
        source.set_onerror(Some(fault.as_ref().unchecked_ref()));
        *line.source.borrow_mut() = Some((source, listener, fault));
    });
}

/// A stream that was not given, and the browser asks for no more: the session may be over, which closes the line. Else a proxy has
/// answered in place of a server that starts anew, and the stream is asked for again: later each time, and not by all at once.
fn refused() {
    let Some(hear) = LINE.with(|line| is_refused(line).then(|| line.hear.get())?) else {
        return;
    };
    hear(OVER_EVENT, "");
    let nth = LINE.with(|line| line.refusals.replace(line.refusals.get() + 1));
    let least = f64::from(1000 << nth.min(3));
    let wait = (least + least * js_sys::Math::random()) as i32;
    spawn_local(async move {
        timer::sleep(wait).await;
        if LINE.with(is_refused) {
            connect();
        }
    });
}

fn is_refused(line: &Line) -> bool {
    let source = line.source.borrow();
    source
        .as_ref()
        .is_some_and(|(source, ..)| source.ready_state() == EventSource::CLOSED)
}

/// Ends the stream, if this tab has it.
fn hang_up(line: &Line) -> bool {
    let source = line.source.take();
    if let Some((source, ..)) = &source {
        source.set_onerror(None);
        source.close();
    }
    source.is_some()
}

/// The server said something.
fn told(event: &str, data: &str) {
    LINE.with(|line| {
        line.refusals.set(0);
        if event == VERSION_EVENT {
            data.clone_into(&mut line.version.borrow_mut());
        }
        pass_on(line, event, data);
    });
    hear(event, data);
}

/// Another tab said something.
fn passed_on(text: &str) {
    if text == HELLO {
        return LINE.with(|line| {
            if line.source.borrow().is_some() && is_live() {
                pass_on(line, VERSION_EVENT, &line.version.borrow());
            }
        });
    }
    let (event, data) = text.split_once(' ').unwrap_or((text, ""));
    hear(event, data);
}

fn pass_on(line: &Line, event: &str, data: &str) {
    if let Some((channel, _)) = &*line.channel.borrow() {
        _ = channel.post_message(&format!("{event} {data}").into());
    }
}

fn hear(event: &str, data: &str) {
    let hear = LINE.with(|line| {
        line.heard_at.set(clock::now());
        line.hear.get()
    });
    if let Some(hear) = hear {
        hear(event, data);
    }
}
