//! Drafts as this page knows them: in this browser at each key, on the server soon after, one write of each at a time.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::{KeepDraft, draft, keep_draft};
use super::attach::Attaching;
use super::draft::{Copy as Here, Draft, Keeping, Keepsake, Kept, is_fresh, name};
use super::model::{Entry, Key, TicketId};
use super::pending::{Pending, has};
use crate::browser::storage::Keep;
use crate::browser::{clock, connection};
use crate::call::{in_background, marked};
use crate::error::{AppError, words};
use crate::language::spoken::say;
use crate::session::state::Session;

/// The server gets it after so many characters …
const MUCH: usize = 40;
/// … or so long a rest, whichever comes first.
const REST: Duration = Duration::from_secs(1);

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
        let address = session.address();
        let is_it = |it: &&Written| it.ticket.as_ref() == ticket && it.address == address;
        let known = self.all.with_value(|all| all.iter().find(is_it).cloned());
        let written = known.unwrap_or_else(|| {
            let written = Written::begin(self, session, ticket.cloned());
            self.all.update_value(|all| all.push(written.clone()));
            written
        });
        self.shown.set_value(Some(written.clone()));
        written.look();
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

impl Written {
    fn begin(drafts: Drafts, session: Session, ticket: Option<TicketId>) -> Self {
        let address = session.address();
        let here: Option<Here> = Keep::Browser.read(&name(&address, ticket.as_ref()));
        let here = here.filter(|here| is_fresh(here.at, clock::now()));
        let progress = Progress {
            version: here.as_ref().map_or(0, |here| here.version),
            dirty: here.as_ref().is_some_and(|here| !here.saved),
            ..Progress::default()
        };
        let draft = here.map_or_else(|| Draft::empty(clock::new_key()), |here| here.draft);
        Self {
            session,
            address,
            ticket,
            draft: ArcRwSignal::new(draft),
            attaching: Attaching::default(),
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

    fn change(&self, how: impl FnOnce(&mut Progress)) -> Progress {
        self.progress.update_value(how);
        self.progress.get_value()
    }

    /// Whose session runs is who wrote this: what one customer typed is never kept for the next one.
    fn is_ours(&self) -> bool {
        self.session.is_running_now() && self.session.address() == self.address
    }

    /// This browser's copy. Whoever has signed out left none.
    fn keep_here(&self) {
        if self.session.address() != self.address {
            return;
        }
        let draft = self.draft.get_untracked();
        let progress = self.progress.get_value();
        let here = (!draft.is_blank()).then(|| Here {
            draft,
            version: progress.version,
            saved: !progress.dirty,
            at: clock::now(),
        });
        Keep::Browser.write(&name(&self.address, self.ticket.as_ref()), here.as_ref());
    }

    /// What the next write of this page is.
    fn next(&self) -> Keeping {
        let progress = self.change(|progress| {
            progress.number += 1;
            progress.changed = false;
            progress.again = false;
            progress.typed = 0;
        });
        Keeping {
            draft: self.draft.get_untracked(),
            page: self.drafts.page.get_value(),
            number: progress.number,
            base: progress.version,
        }
    }

    /// Has the server keep it, if it does not have it. One write is on its way at a time.
    fn save(&self, by_hand: bool) {
        let before = self.progress.get_value();
        self.change(|progress| progress.again = progress.running);
        if before.running || !before.dirty || !self.is_ours() {
            return;
        }
        // What was refused is not asked again until it is another.
        let refused = |place: &Place| matches!(place, Place::HereOnly(AppError::Invalid(_)));
        if !before.changed && self.place.with_untracked(refused) {
            return;
        }
        self.change(|progress| progress.running = true);
        let this = self.clone();
        spawn_local(async move {
            while this.save_once(by_hand).await {}
            this.change(|progress| progress.running = false);
        });
    }

    /// Whether to go on at once.
    async fn save_once(&self, by_hand: bool) -> bool {
        let keeping = self.next();
        let (base, key) = (keeping.base, keeping.draft.key.clone());
        let call = marked(!by_hand, keep_draft(self.ticket.clone(), keeping));
        let answer = self.session.watch(call).await;
        match answer {
            Ok(Keepsake::Kept(version)) => {
                let progress = self.change(|progress| {
                    progress.version = version;
                    progress.dirty = progress.changed;
                });
                if !progress.dirty {
                    self.place.set(Place::Saved);
                }
                self.keep_here();
                progress.changed && (progress.again || progress.typed >= MUCH)
            }
            Ok(Keepsake::Newer(kept)) => {
                // What it was written on top of was the newest: it has been sent under this key, and is another one now.
                let was_sent = kept.version == base;
                self.meet(kept);
                self.draft.update(|draft| {
                    if was_sent && draft.key == key {
                        draft.key = clock::new_key();
                    }
                });
                self.progress.get_value().dirty
            }
            Err(error) => {
                self.place.set(Place::HereOnly(error));
                false
            }
        }
    }

    /// Asks what the server has.
    fn look(&self) {
        let before = self.progress.get_value();
        if before.running || !self.is_ours() {
            return;
        }
        let this = self.clone();
        spawn_local(async move {
            let call = in_background(draft(this.ticket.clone()));
            let Ok(kept) = this.session.watch(call).await else {
                return;
            };
            let now = this.progress.get_value();
            // Else this page has written since, and hears more of it than this.
            if !now.running && now.number == before.number {
                this.meet(kept);
                this.save(false);
            }
        });
    }

    /// The server's may be newer. It is taken in place of what was not changed here, and together with what was.
    fn meet(&self, kept: Kept) {
        let before = self.progress.get_value();
        self.change(|progress| progress.version = kept.version);
        if kept.version < before.version {
            // The server has lost some.
            self.change(|progress| progress.dirty = true);
            return;
        }
        if kept.version == before.version {
            return;
        }
        let on_its_way = |draft: &Draft| {
            let pending = self.drafts.pending;
            pending.with_untracked(|pending| pending.iter().any(|one| one.key == draft.key))
        };
        match kept.draft.filter(|draft| !on_its_way(draft)) {
            Some(theirs) if before.dirty => {
                self.draft
                    .update(|mine| *mine = mine.clone().joined_with(theirs));
            }
            Some(theirs) => {
                self.draft.set(theirs);
                self.place.set(Place::Saved);
            }
            None if before.dirty => self.draft.update(|mine| mine.key = clock::new_key()),
            None if before.version > 0 => self.draft.set(Draft::empty(clock::new_key())),
            None => {}
        }
        self.keep_here();
    }

    fn send_last(&self) {
        let progress = self.progress.get_value();
        if !progress.dirty || !self.is_ours() {
            return;
        }
        let call = KeepDraft {
            ticket: self.ticket.clone(),
            keeping: self.next(),
        };
        if let Ok(body) = serde_json::to_string(&call) {
            connection::send_last("/api/tickets/keep-draft", &body);
        }
    }
}
