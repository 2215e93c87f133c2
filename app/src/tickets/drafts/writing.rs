//! One draft as it is written: its words, this browser's copy, and what the line below it says.

use std::time::Duration;

use leptos::prelude::*;

use super::{Drafts, MUCH, Place, Progress, Written};
use crate::browser::clock;
use crate::browser::storage::Keep;
use crate::error::{AppError, words};
use crate::language::spoken::say;
use crate::session::state::Session;
use crate::tickets::attach::{Attaching, Wish};
use crate::tickets::draft::{Copy as Here, Draft, is_fresh, name};
use crate::tickets::model::TicketId;
use crate::tickets::pending::OLD;

/// The server gets it after so long a rest, if it was not much before.
const REST: Duration = Duration::from_secs(1);

impl Written {
    pub(super) fn begin(drafts: Drafts, session: Session, ticket: Option<TicketId>) -> Self {
        let address = session.address();
        let here: Option<Here> = Keep::Browser.read(&name(&address, ticket.as_ref()));
        let here = here.filter(|here| is_fresh(here.at, clock::now()));
        let progress = Progress {
            version: here.as_ref().map_or(0, |here| here.version),
            dirty: here.as_ref().is_some_and(|here| !here.saved),
            ..Progress::default()
        };
        let late = here.as_ref().and_then(|here| {
            let key = here.late.clone()?;
            let draft = here.draft.clone();
            (here.at + OLD > clock::now()).then_some(Draft { key, ..draft })
        });
        let draft = here.map_or_else(|| Draft::empty(clock::new_key()), |here| here.draft);
        Self {
            session,
            address,
            ticket,
            draft: ArcRwSignal::new(draft),
            attaching: Attaching::default(),
            waiting: ArcRwSignal::new(false),
            late: ArcRwSignal::new(late),
            turn: ArcStoredValue::new(0),
            wish: Wish::default(),
            by_mail: ArcRwSignal::new(false),
            place: ArcRwSignal::new(Place::Unsaid),
            progress: ArcStoredValue::new(progress),
            drafts,
        }
    }

    /// The customer changes it.
    pub fn write(&self, how: impl FnOnce(&mut Draft)) {
        let before = self.size();
        self.draft.update(how);
        let typed = before.abs_diff(self.size()).max(1);
        let this = self.clone();
        let rest = set_timeout_with_handle(move || this.save(true), REST).ok();
        let progress = self.change(|progress| {
            progress.dirty = true;
            progress.changed = true;
            progress.typed += typed;
            if let Some(earlier) = std::mem::replace(&mut progress.rest, rest) {
                earlier.clear();
            }
        });
        self.keep_here();
        if self.place.with_untracked(|place| *place == Place::Saved) {
            self.place.set(Place::Unsaid);
        }
        if progress.typed >= MUCH {
            self.save(true);
        }
    }

    /// It is on its way as a message, or one by now: what is written next is another.
    pub fn sent(&self) {
        self.change(|progress| {
            progress.dirty = false;
            progress.changed = false;
        });
        self.place.set(Place::Unsaid);
        self.draft.set(Draft::empty(clock::new_key()));
        self.keep_here();
    }

    /// It goes by itself, or does so no more: the next page is told.
    pub fn wait(&self, late: Option<Draft>) {
        self.late.set(late);
        self.keep_here();
    }

    /// Counts how often it was put on its way by this page.
    pub fn next_turn(&self) -> u32 {
        self.turn.update_value(|turn| *turn += 1);
        self.turn()
    }

    /// The last time.
    pub fn turn(&self) -> u32 {
        self.turn.get_value()
    }

    /// Where it is, in words; empty while there is nothing to say.
    pub fn place_in_words(&self) -> String {
        if self.draft.with(Draft::is_blank) {
            return String::new();
        }
        self.place.with(|place| match place {
            Place::Unsaid => String::new(),
            Place::Saved => say("draft-saved", vec![]),
            Place::HereOnly(error @ AppError::Invalid(_)) => words::error(error),
            Place::HereOnly(_) => say("draft-here-only", vec![]),
        })
    }

    fn size(&self) -> usize {
        self.draft
            .with_untracked(|draft| draft.subject.len() + draft.text.len())
    }

    pub(super) fn change(&self, how: impl FnOnce(&mut Progress)) -> Progress {
        self.progress.update_value(how);
        self.progress.get_value()
    }

    /// Whose session runs is who wrote this: what one customer typed is never kept for the next one.
    pub(super) fn is_ours(&self) -> bool {
        self.session.is_running_now() && self.session.address() == self.address
    }

    /// This browser's copy. Whoever has signed out left none.
    pub(super) fn keep_here(&self) {
        if self.session.address() != self.address {
            return;
        }
        let draft = self.draft.get_untracked();
        let progress = self.progress.get_value();
        let late = self.late.get_untracked();
        let late = late.filter(|late| late.same_as(&draft));
        let here = (!draft.is_blank()).then(|| Here {
            late: late.map(|late| late.key),
            draft,
            version: progress.version,
            saved: !progress.dirty,
            at: clock::now(),
        });
        Keep::Browser.write(&name(&self.address, self.ticket.as_ref()), here.as_ref());
    }
}
