//! A finger that goes sideways over a picture which fits leads to the next one or the one before. A larger picture, or a page that two fingers
//! have made larger, is moved by it instead, by the browser.

use leptos::ev::PointerEvent;
use leptos::prelude::*;

use crate::browser::{page, sight};

/// Pixels that a finger goes at least.
const FAR: i32 = 40;

/// A finger on its way.
#[derive(Clone, Copy)]
pub(super) struct Swipe {
    from: StoredValue<Option<(i32, i32)>>,
    /// The page is larger than its window.
    pub(super) zoomed: RwSignal<bool>,
}

impl Swipe {
    /// None yet.
    pub(super) fn none() -> Self {
        Self {
            from: StoredValue::new(None),
            zoomed: RwSignal::new(sight::is_zoomed()),
        }
    }

    /// A finger came down; a second one makes it another gesture.
    pub(super) fn begin(self, event: &PointerEvent, fits: bool) {
        let begins =
            event.pointer_type() == "touch" && event.is_primary() && fits && !sight::is_zoomed();
        self.from
            .set_value(begins.then(|| (event.client_x(), event.client_y())));
    }

    /// The browser makes something else of it.
    pub(super) fn forget(self) {
        self.from.set_value(None);
    }

    /// The finger was lifted: whether that leads forward, if anywhere.
    pub(super) fn end(self, event: &PointerEvent) -> Option<bool> {
        let (x, y) = self.from.try_update_value(Option::take)??;
        let (across, down) = (event.client_x() - x, event.client_y() - y);
        let is_one = across.abs() >= FAR && across.abs() > 2 * down.abs();
        is_one.then(|| (across < 0) != page::runs_right_to_left())
    }

    /// Fingers were lifted, and the page may be as large as it was, or larger.
    pub(super) fn look(self) {
        self.zoomed.set(sight::is_zoomed());
    }
}
