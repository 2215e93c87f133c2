//! A press whose effect comes with a part that may not be there yet: it is seen to be heard, and it is said where the part cannot be had.

use std::cell::Cell;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Part;
use crate::error::{AppError, words};
use crate::language::spoken::say;
use crate::ui::announcer::Announcer;

thread_local! {
    /// Presses that had to wait, until now.
    static PRESSES: Cell<u32> = const { Cell::new(0) };
}

/// What is pressed, and whether it waits for its part.
#[derive(Clone, Copy)]
pub struct Press {
    part: Part,
    waits: RwSignal<bool>,
    announcer: Announcer,
}

impl Press {
    /// Of something that shows what this part has.
    pub fn for_part(part: Part) -> Self {
        Self {
            part,
            waits: RwSignal::new(false),
            announcer: Announcer::here(),
        }
    }

    /// It was pressed, and its part is on its way.
    pub fn waits(self) -> Signal<bool> {
        self.waits.into()
    }

    /// Acts once the part is there: at once, if it is. Of all that was pressed meanwhile the last acts, once: two dialogs would cover each other.
    pub fn act(self, act: impl FnOnce() + 'static) {
        if self.part.is_there() {
            return act();
        }
        let mine = PRESSES.get() + 1;
        PRESSES.set(mine);
        self.waits.set(true);
        self.announcer.say(say("loading", vec![]));
        spawn_local(async move {
            let is_there = self.part.load().await;
            // Whoever has gone elsewhere meanwhile wants nothing of it any more.
            if self.waits.try_set(false).is_some() || PRESSES.get() != mine {
                return;
            }
            match is_there {
                true => act(),
                false => self.announcer.notify(words::error(&AppError::Offline)),
            }
        });
    }
}
