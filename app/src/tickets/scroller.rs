//! Scrolling of a thread, in terms of its end: who reads it follows what arrives, and who reads further up is left there. And to a message that
//! was found.

use leptos::html;
use leptos::prelude::*;
use web_sys::Element;

use crate::browser::sight;

/// Pixels from the end within which one is taken to read the end.
const AT_END: i32 = 120;
/// This part of what is seen is left above a line that is gone to.
const ABOVE: i32 = 4;

/// Scrolling of the thread, in terms of its end.
#[derive(Clone, Copy)]
pub struct Scroller {
    pub(super) thread: NodeRef<html::Div>,
    at_end: StoredValue<bool>,
    /// Something new is about to be shown, in the next frame: what is in sight then is not known yet.
    pub(super) is_about_to_move: StoredValue<bool>,
    /// It is on its way to a message, or it is not known yet whether it will be. Nobody has seen the end that is in sight until then.
    pub(super) is_on_its_way: StoredValue<bool>,
    /// How far down it was when it was last looked at, and whether the thread is what scrolls.
    last: StoredValue<(i32, bool)>,
}

impl Scroller {
    /// Of a thread that is not in the page yet.
    pub(super) fn new() -> Self {
        Self {
            thread: NodeRef::new(),
            at_end: StoredValue::new(true),
            is_about_to_move: StoredValue::new(false),
            is_on_its_way: StoredValue::new(true),
            last: StoredValue::new((0, true)),
        }
    }

    /// What scrolls: the thread, or the whole ticket where the window is low. None when the thread was left before the next frame.
    fn pane(self) -> Option<Element> {
        sight::scrolling(&*self.thread.try_get_untracked().flatten()?)
    }

    /// Whether the end is being read. Who reads it does so until he scrolls up: a line that grows or a room that shrinks puts the
    /// end further off too, before it is brought back.
    pub(super) fn reads_end(self) -> bool {
        if let Some(pane) = self.pane() {
            let now = (pane.scroll_top(), pane.class_name() == "thread");
            let (top, own) = self.last.get_value();
            self.last.set_value(now);
            let went_up = own == now.1 && now.0 < top;
            let reads_end = self.left_below() < AT_END || (self.at_end.get_value() && !went_up);
            self.at_end.set_value(reads_end);
        }
        self.at_end.get_value()
    }

    /// Whether the end stays in sight, whatever becomes longer.
    pub(super) fn stays_at_end(self) -> bool {
        self.at_end.get_value()
    }

    /// Whether one has the end before him.
    pub(super) fn shows_end(self) -> bool {
        let moves = self.is_on_its_way.get_value() || self.is_about_to_move.get_value();
        self.at_end.get_value() && !moves
    }

    pub(super) fn left_below(self) -> i32 {
        self.pane().map_or(0, |it| {
            it.scroll_height() - it.scroll_top() - it.client_height()
        })
    }

    /// Shows what is new, from this line on, to somebody who reads the end: the end, or, where it does not fit, its beginning.
    pub(super) fn to_new(self, first: Option<Element>) {
        let (Some(pane), Some(first)) = (self.pane(), first) else {
            return self.to_end();
        };
        let top = |it: &Element| it.get_bounding_client_rect().top() as i32;
        let above = top(&first) - top(&pane);
        if above >= self.left_below() {
            self.to_end();
        } else if self.at_end.get_value() {
            // The end is out of sight until one has read down to it.
            self.at_end.set_value(false);
            pane.set_scroll_top(pane.scroll_top() + above);
        }
    }

    /// Shows a line below some of what it follows on; of a long one the words in it, whose top is so far down the page.
    pub(super) fn to_line(self, line: &Element, words: f64) {
        let Some(pane) = self.pane() else { return };
        let above = pane.client_height() / ABOVE;
        let top = |it: &Element| it.get_bounding_client_rect().top() as i32;
        let (line, words) = (top(line), words as i32);
        let to = if words > line + above { words } else { line };
        pane.set_scroll_top(pane.scroll_top() + to - top(&pane) - above);
        // Not before it, whatever was in sight until now: the thread would go back there when a line grows.
        self.at_end.set_value(self.left_below() < AT_END);
        self.last
            .set_value((pane.scroll_top(), pane.class_name() == "thread"));
    }

    pub(super) fn to_end(self) {
        self.at_end.set_value(true);
        self.keep(0);
    }

    /// Puts the end so far below, whatever was added above.
    pub(super) fn keep(self, from_end: i32) {
        if let Some(it) = self.pane() {
            it.set_scroll_top(it.scroll_height() - it.client_height() - from_end);
        }
    }
}
