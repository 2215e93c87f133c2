//! The customer's tickets as this page knows them: what was fetched stays on screen while it is fetched again, and a ticket that was open once opens at once.

mod desk;
mod list;
mod opened;
mod turn;

use leptos::prelude::*;

use super::find::Find;
use super::model::{TicketId, TicketList, TicketRow};
use super::outbox::Outbox;
use super::typing::Typing;
use crate::error::AppError;
use crate::session::state::Session;
use crate::ui::announcer::Announcer;
use crate::ui::keyed::Keyed;
pub use desk::Ask;
pub use list::ListFacts;
use list::Shelved;
pub use opened::Opened;
use turn::Turn;
pub use turn::Wanted;

/// All tickets of the customer. One per page.
#[derive(Clone, Copy)]
pub struct Tickets {
    session: Session,
    /// Where it is told what came of what waited.
    pub announcer: Announcer,
    /// The rows that are loaded.
    pub rows: Keyed<TicketRow>,
    /// What is known of the list; `None` before it was ever fetched.
    pub facts: RwSignal<Option<ListFacts>>,
    /// What the customer asks of the list; the facts say what is shown.
    pub find: RwSignal<Find>,
    /// How far down the list is.
    pub scrolled: StoredValue<i32>,
    shelf: StoredValue<Vec<Shelved>>,
    /// Why the last attempt to fetch the list failed.
    pub trouble: RwSignal<Option<AppError>>,
    /// The next page is on its way.
    pub loading_more: RwSignal<bool>,
    /// What was written and is not with the server yet.
    pub outbox: Outbox,
    /// The agent who types.
    pub typing: Typing,
    /// The ticket that the address names.
    pub current: RwSignal<Option<TicketId>>,
    opened: StoredValue<Vec<(TicketId, Opened)>>,
    list_turn: StoredValue<Turn>,
}

impl Tickets {
    /// Begins with what the page brought: the list that its address asks for, and the ticket.
    pub fn new(session: Session, find: Find, list: Option<TicketList>) -> Self {
        let tickets = Self {
            session,
            announcer: Announcer::here(),
            rows: Keyed::default(),
            facts: RwSignal::new(None),
            find: RwSignal::new(find.clone()),
            scrolled: StoredValue::new(0),
            shelf: StoredValue::new(Vec::new()),
            trouble: RwSignal::new(None),
            loading_more: RwSignal::new(false),
            outbox: Outbox::new(),
            typing: Typing::new(),
            current: RwSignal::new(None),
            opened: StoredValue::new(Vec::new()),
            list_turn: StoredValue::new(Turn::default()),
        };
        if let Some(list) = list {
            tickets.take_list(find, list);
        }
        tickets.ask(Ask::Begin);
        tickets
    }

    /// The page's tickets.
    pub fn here() -> Self {
        expect_context()
    }

    /// Forgets everything: another customer may come.
    pub fn forget(self) {
        self.rows.set(Vec::new());
        self.facts.set(None);
        self.shelf.update_value(Vec::clear);
        self.trouble.set(None);
        self.opened.update_value(Vec::clear);
        self.ask(Ask::Forget);
    }

    /// Whether something on the screen may be old, since it could not be fetched again. What is gone stays gone.
    pub fn are_in_trouble(self) -> bool {
        let ticket = self.current.get_untracked();
        let ticket = ticket.and_then(|id| self.opened(&id).trouble.get_untracked());
        self.trouble.with_untracked(Option::is_some)
            || ticket.is_some_and(|trouble| trouble != AppError::NotFound)
    }

    /// Fetches again what is on the screen, if it is what changed or anything may have. The rest is fetched again when it is opened.
    pub fn invalidate(self, changed: Option<&TicketId>) {
        self.refresh_list(Wanted::InBackground);
        if let Some(current) = self.current.get_untracked()
            && changed.is_none_or(|changed| *changed == current)
        {
            self.ask(Ask::Refresh(current));
        }
    }
}
