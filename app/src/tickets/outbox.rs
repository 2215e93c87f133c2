//! Sends what the customer wrote, in order and each once: a message keeps its key through retries, reloads and a new sign-in until the server has it.

use leptos::prelude::*;

use super::cache::Tickets;
use super::draft::{Draft, give_back, joined};
use super::drafts::Drafts;
use super::model::{Entry, Key, TakenBack, TicketId};
use super::new::send_unseen;
use super::pending::{OLD, Pending, has};
use super::upload::Uploaded;
use crate::browser::clock;
use crate::browser::navigation::go_instead;
use crate::browser::storage::Keep;
use crate::error::AppError;
use crate::paths;
use crate::session::state::Session;

mod sending;

/// A text went back to where it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Returned {
    /// Where.
    pub ticket: TicketId,
    /// Why; nothing when the customer asked for it back himself.
    pub error: Option<AppError>,
}

/// What is on its way to the server. One per page.
#[derive(Clone, Copy)]
pub struct Outbox {
    /// In the order of writing.
    pub pending: RwSignal<Vec<Pending>>,
    /// The last text that came back.
    pub returned: RwSignal<Option<Returned>>,
    /// What is being written.
    pub drafts: Drafts,
    busy: StoredValue<Vec<TicketId>>,
}

/// What the names of a customer's texts begin with in this browser.
fn names(session: Session) -> String {
    format!("pending:{}:", session.address())
}

fn name(session: Session, one: &Pending) -> String {
    format!("{}{}", names(session), one.key)
}

impl Outbox {
    /// An empty one.
    pub fn new() -> Self {
        let pending = RwSignal::new(Vec::new());
        Self {
            pending,
            returned: RwSignal::new(None),
            drafts: Drafts::new(pending),
            busy: StoredValue::new(Vec::new()),
        }
    }

    /// Forgets everything; what is kept in the browser is wiped elsewhere.
    pub fn forget(self) {
        self.pending.set(Vec::new());
        self.returned.set(None);
        self.drafts.forget();
    }

    /// Whether there is something written that has not reached the server as sent.
    pub fn holds_something(self) -> bool {
        self.drafts.hold_something() || self.waits()
    }

    /// Whether something that the customer has sent has not left this page: a reply, a new ticket, or what waits for its files.
    pub fn waits(self) -> bool {
        self.drafts.wait()
            || self
                .pending
                .with_untracked(|pending| pending.iter().any(Pending::is_unsent))
    }

    /// Whether a text was not sent because nobody was there.
    pub fn waits_for_the_network(self) -> bool {
        self.pending
            .with_untracked(|pending| pending.iter().any(Pending::found_nobody))
    }

    /// Puts a text on its way.
    pub fn send(
        self,
        tickets: Tickets,
        session: Session,
        ticket: TicketId,
        key: Key,
        text: String,
        files: Vec<Uploaded>,
    ) {
        self.change(session, |pending| {
            // What failed before it goes first, so that the order stays.
            for earlier in pending.iter_mut().filter(|one| one.ticket == ticket) {
                earlier.failed = None;
            }
            pending.push(Pending {
                ticket: ticket.clone(),
                key,
                text,
                files,
                at: clock::now(),
                failed: None,
                stored: None,
                kept: false,
            });
        });
        self.pump(tickets, session, ticket);
    }

    /// Tries again what failed in a ticket.
    pub fn retry(self, tickets: Tickets, session: Session, ticket: &TicketId) {
        self.change(session, |pending| {
            for one in pending.iter_mut().filter(|one| one.ticket == *ticket) {
                one.failed = None;
            }
        });
        self.pump(tickets, session, ticket.clone());
    }

    /// Gives a failed text back for another try at writing it.
    pub fn take_back(self, session: Session, key: &Key) {
        let taken = self
            .pending
            .with_untracked(|pending| pending.iter().find(|one| one.key == *key).cloned());
        if let Some(taken) = taken {
            self.hand_back(session, &taken.ticket, &taken.text, taken.files, None);
            self.change(session, |pending| pending.retain(|one| one.key != *key));
        }
    }

    /// Puts it back into its draft, which is kept whether or not it is on the screen.
    fn hand_back(
        self,
        session: Session,
        ticket: &TicketId,
        text: &str,
        files: Vec<Uploaded>,
        error: Option<AppError>,
    ) {
        if !text.is_empty() || !files.is_empty() {
            let written = self.drafts.open(session, Some(ticket));
            written.write(|draft| {
                draft.text = give_back(text, &draft.text);
                draft.files = joined(files, std::mem::take(&mut draft.files));
            });
        }
        self.returned.set(Some(Returned {
            ticket: ticket.clone(),
            error,
        }));
    }

    /// Says where one writes what went wrong with something written before.
    pub fn complain(self, ticket: TicketId, error: AppError) {
        self.returned.set(Some(Returned {
            ticket,
            error: Some(error),
        }));
    }

    /// What the server had not sent yet is the customer's again: a reply in its composer, a new ticket in its form.
    pub fn taken_back(self, session: Session, ticket: TicketId, key: &Key, back: TakenBack) {
        self.change(session, |pending| pending.retain(|one| one.key != *key));
        if back.subject.is_empty() {
            return self.hand_back(session, &ticket, &back.text, back.files, None);
        }
        let mut returned = Draft {
            key: clock::new_key(),
            subject: back.subject,
            text: back.text,
            files: back.files,
            priority: back.priority,
        };
        let written = self.drafts.open(session, None);
        written.write(|typed| {
            returned.text = give_back(&returned.text, &typed.text);
            returned.files.append(&mut typed.files);
            *typed = returned;
        });
        go_instead(paths::NEW_TICKET);
    }

    /// Goes on with what waits for a connection or a session, and with what was left by a page before this one.
    pub fn resume(self, tickets: Tickets, session: Session) {
        self.drafts.resume();
        if let Some(late) = self.drafts.left_late(session) {
            send_unseen(tickets, late);
        }
        let mut old = Vec::new();
        self.change(session, |pending| {
            for name in Keep::Browser.names(&names(session)) {
                match Keep::Browser.read::<Pending>(&name) {
                    Some(kept) if pending.iter().all(|one| one.key != kept.key) => {
                        pending.push(Pending { kept: true, ..kept });
                    }
                    _ => {}
                }
            }
            pending.sort_by_key(|one| one.at);
            for one in pending.iter_mut().filter(|one| one.found_nobody()) {
                one.failed = None;
            }
            let now = clock::now();
            old = pending
                .extract_if(.., |one| one.is_unsent() && one.at + OLD < now)
                .collect();
        });
        for one in old {
            Keep::Browser.write::<Pending>(&name(session, &one), None);
            self.hand_back(session, &one.ticket, &one.text, one.files, None);
        }
        let waiting: Vec<TicketId> = self.pending.with_untracked(|pending| {
            pending
                .iter()
                .filter(|one| one.is_unsent() && one.failed.is_none())
                .map(|one| one.ticket.clone())
                .collect()
        });
        for ticket in waiting {
            self.pump(tickets, session, ticket);
        }
    }

    /// Lets go of what a fetched thread holds.
    pub fn confirm(self, session: Session, entries: &[Entry]) {
        self.drafts.confirm(entries);
        let any = self
            .pending
            .with_untracked(|pending| pending.iter().any(|one| has(entries, &one.key)));
        if any {
            self.change(session, |pending| {
                pending.retain(|one| !has(entries, &one.key));
            });
        }
    }

    /// Changes what is on its way, and has the browser keep what the server does not have yet.
    fn change(self, session: Session, how: impl FnOnce(&mut Vec<Pending>)) {
        let before = self.pending.get_untracked();
        self.pending.maybe_update(|pending| {
            // Another tab may have sent it meanwhile, or given it back.
            pending.retain(|one| {
                !(one.is_unsent() && one.kept)
                    || Keep::Browser.read::<Pending>(&name(session, one)).is_some()
            });
            how(pending);
            for one in pending.iter_mut().filter(|one| one.is_unsent()) {
                if !before.contains(one) {
                    one.kept = Keep::Browser.write(&name(session, one), Some(one));
                }
            }
            *pending != before
        });
        self.pending.with_untracked(|pending| {
            let unsent = |key: &Key| pending.iter().any(|one| one.is_unsent() && one.key == *key);
            for gone in before.iter().filter(|one| !unsent(&one.key)) {
                Keep::Browser.write::<Pending>(&name(session, gone), None);
            }
        });
    }
}

impl Default for Outbox {
    fn default() -> Self {
        Self::new()
    }
}
