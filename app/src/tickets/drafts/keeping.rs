//! One draft and the server: it is kept there a moment after it is written, and what another device has kept comes from there.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{MUCH, Place, Written};
use crate::browser::{clock, connection};
use crate::call::{in_background, marked};
use crate::error::AppError;
use crate::tickets::api::{KeepDraft, draft, keep_draft};
use crate::tickets::draft::{Draft, Keeping, Keepsake, Kept};

impl Written {
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
    pub(super) fn save(&self, by_hand: bool) {
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
    pub(super) fn look(&self) {
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

    pub(super) fn send_last(&self) {
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
