//! Drafts as this page knows them: in this browser at each key, on the server soon after, one write of each at a time.

mod keeping;
mod writing;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use super::attach::{Attaching, Wish};
use super::draft::Draft;
use super::model::{Entry, Key, TicketId};
use super::pending::{Pending, has};
use crate::browser::clock;
use crate::error::AppError;
use crate::session::state::Session;

/// The server gets it after so many characters, or a rest.
const MUCH: usize = 40;

/// What is being written in this page, and what was. One per page.
#[derive(Clone, Copy)]
pub struct Drafts {
    all: StoredValue<Vec<Written>>,
    shown: StoredValue<Option<Written>>,
    page: StoredValue<Key>,
    pending: RwSignal<Vec<Pending>>,
}

/// Where a draft is, for the line below it.
#[derive(Clone, PartialEq)]
enum Place {
    /// Nothing to tell.
    Unsaid,
    /// The server has it.
    Saved,
    /// The server could not take it.
    HereOnly(AppError),
}

#[derive(Clone, Copy, Default)]
struct Progress {
    /// The server's version that it comes from.
    version: u64,
    /// Writes of this page.
    number: u64,
    /// The server has not said yet that it has these words.
    dirty: bool,
    /// Something was typed since the last write began.
    changed: bool,
    /// How much.
    typed: usize,
    /// A write is on its way.
    running: bool,
    /// Another one is due after it.
    again: bool,
    rest: Option<TimeoutHandle>,
}

/// One draft: a ticket's, or the new one's.
#[derive(Clone)]
pub struct Written {
    pub(super) session: Session,
    address: String,
    ticket: Option<TicketId>,
    /// As it stands in its fields.
    pub draft: ArcRwSignal<Draft>,
    /// Its files that the server does not have yet.
    pub attaching: Attaching,
    /// It is to be sent as soon as its files are there.
    pub waiting: ArcRwSignal<bool>,
    /// What found nobody, and goes by itself unless it is changed before.
    pub late: ArcRwSignal<Option<Draft>>,
    turn: ArcStoredValue<u32>,
    pub(super) wish: Wish,
    /// It will go by mail, which takes fewer files.
    pub by_mail: ArcRwSignal<bool>,
    place: ArcRwSignal<Place>,
    progress: ArcStoredValue<Progress>,
    drafts: Drafts,
}

impl Drafts {
    /// None yet. `pending` is what is on its way, which is no draft any more.
    pub fn new(pending: RwSignal<Vec<Pending>>) -> Self {
        Self {
            all: StoredValue::new(Vec::new()),
            shown: StoredValue::new(None),
            page: StoredValue::new(clock::new_key()),
            pending,
        }
    }

    /// The draft of a ticket, or of the new one, as this browser has it; what the server has comes to it.
    pub fn open(self, session: Session, ticket: Option<&TicketId>) -> Written {
        let known = self.known(session, ticket);
        let written = known.unwrap_or_else(|| self.begin(session, ticket));
        self.shown.set_value(Some(written.clone()));
        written.look();
        written
    }

    /// The new ticket's, once, if it was left waiting by a page before this one.
    pub fn left_late(self, session: Session) -> Option<Written> {
        let is_left = |it: &Written| it.late.with_untracked(Option::is_some) && it.turn() == 0;
        let written = match self.known(session, None) {
            Some(known) => Some(known).filter(is_left),
            None => Some(Written::begin(self, session, None))
                .filter(is_left)
                .map(|_| self.begin(session, None)),
        }?;
        written.next_turn();
        Some(written)
    }

    fn known(self, session: Session, ticket: Option<&TicketId>) -> Option<Written> {
        let address = session.address();
        let is_it = |it: &&Written| it.ticket.as_ref() == ticket && it.address == address;
        self.all.with_value(|all| all.iter().find(is_it).cloned())
    }

    fn begin(self, session: Session, ticket: Option<&TicketId>) -> Written {
        let written = Written::begin(self, session, ticket.cloned());
        self.all.update_value(|all| all.push(written.clone()));
        written
    }

    /// Looks again for what another device has kept meanwhile.
    pub fn look_again(self) {
        if let Some(shown) = self.shown.get_value() {
            shown.look();
        }
    }

    /// Goes on with what the server does not have yet.
    pub fn resume(self) {
        self.each(|written| {
            written.save(false);
            written.resume_files();
        });
    }

    /// The page is going: what the server does not have yet is sent without waiting for an answer.
    pub fn leave(self) {
        self.each(Written::send_last);
    }

    /// What a fetched thread holds was sent, perhaps from elsewhere.
    pub fn confirm(self, entries: &[Entry]) {
        self.each(|written| {
            let key = written.draft.with_untracked(|draft| draft.key.clone());
            if !written.progress.get_value().dirty && has(entries, &key) {
                written.sent();
            }
        });
    }

    /// Whether something is being written.
    pub fn hold_something(self) -> bool {
        let is_blank = |it: &Written| {
            it.draft.with_untracked(Draft::is_blank)
                && it.attaching.files.with_untracked(Vec::is_empty)
        };
        self.all.with_value(|all| !all.iter().all(is_blank))
    }

    /// Whether one of them goes by itself later.
    pub fn wait(self) -> bool {
        let waits =
            |it: &Written| it.waiting.get_untracked() || it.late.with_untracked(Option::is_some);
        self.all.with_value(|all| all.iter().any(waits))
    }

    /// Forgets everything; what is kept in the browser is wiped elsewhere.
    pub fn forget(self) {
        self.each(Written::forget_files);
        self.all.update_value(Vec::clear);
        self.shown.set_value(None);
    }

    fn each(self, call: impl Fn(&Written)) {
        for written in self.all.get_value() {
            call(&written);
        }
    }
}
