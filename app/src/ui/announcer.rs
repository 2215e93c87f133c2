//! Tells what changed without a page load: the title, the focus on the new heading, and a line that readers read out. Short notices are shown as well.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{page, timer};
use crate::screen::Screen;
use crate::ui::reactive::effect;

/// What is to be told. One per page.
#[derive(Clone, Copy)]
pub struct Announcer {
    said: RwSignal<String>,
    notice: RwSignal<String>,
    notices: StoredValue<u32>,
    arrived: RwSignal<Option<Screen>>,
}

impl Announcer {
    /// With nothing to tell.
    pub fn new() -> Self {
        Self {
            said: RwSignal::new(String::new()),
            notice: RwSignal::new(String::new()),
            notices: StoredValue::new(0),
            arrived: RwSignal::new(None),
        }
    }

    /// The page's announcer.
    pub fn here() -> Self {
        expect_context()
    }

    /// Has it read out.
    pub fn say(self, text: String) {
        put(self.said, text);
    }

    /// Shows it for a while, and has it read out.
    pub fn notify(self, text: String) {
        put(self.notice, text);
        self.notices.update_value(|count| *count += 1);
        let mine = self.notices.get_value();
        spawn_local(async move {
            timer::sleep(6000).await;
            // Not what came meanwhile, be it the same.
            if self.notices.get_value() == mine {
                self.notice.set(String::new());
            }
        });
    }

    /// Another screen was gone to: its heading takes the focus as soon as it is there.
    pub fn arrive(self, screen: Screen) {
        self.arrived.set(Some(screen));
    }

    /// Gives the heading the focus when one arrives at its screen.
    pub fn heading(self, node: NodeRef<html::H1>, is_mine: fn(&Screen) -> bool) {
        effect(move || {
            let mine = self
                .arrived
                .with(|arrived| arrived.as_ref().is_some_and(is_mine));
            if mine && let Some(heading) = node.get() {
                page::focus(&heading);
                self.arrived.set(None);
            }
        });
    }
}

/// Readers read out what changes. The same words go before they come again.
fn put(line: RwSignal<String>, text: String) {
    if line.with_untracked(|shown| *shown != text) {
        return line.set(text);
    }
    line.set(String::new());
    request_animation_frame(move || line.set(text));
}

impl Default for Announcer {
    fn default() -> Self {
        Self::new()
    }
}

/// The lines that are read out.
#[component]
pub fn AnnouncerLines() -> impl IntoView {
    let announcer = Announcer::here();
    view! {
        <div class="visually-hidden" aria-live="polite" id="announcer">
            {announcer.said}
        </div>
        <div class="notice" role="status" data-state=move || {
            announcer.notice.with(|notice| (!notice.is_empty()).then_some("shown"))
        }>{announcer.notice}</div>
    }
    .into_any()
}
