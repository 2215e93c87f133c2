//! The customer's tickets as this page knows them: what was fetched stays on screen while it is fetched again, and a ticket that was open once opens at once.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::{list_tickets, mark_seen, show_ticket};
use super::find::{Counts, Find};
use super::lines::join_earlier;
use super::model::{Cursor, Freshness, Refetched, TicketId, TicketList, TicketRow, TicketView};
use super::outbox::Outbox;
use super::typing::Typing;
use crate::browser::timer;
use crate::call::in_background;
use crate::error::AppError;
use crate::paths::TICKETS;
use crate::session::state::Session;
use crate::ui::keyed::Keyed;

/// What is known of the list besides its rows.
#[derive(Clone, Debug, PartialEq)]
pub struct ListFacts {
    /// What was asked for.
    pub find: Find,
    /// Where its loaded part ends.
    pub next: Option<Cursor>,
    /// How many tickets there are.
    pub total: u32,
    /// How many each filter has.
    pub counts: Counts,
    /// How many of the customer's tickets have something that he has not seen.
    pub unread: u32,
    /// More are being fetched from the help desk.
    pub filling: bool,
    /// How fresh it is.
    pub freshness: Freshness,
    version: u64,
}

/// After so many milliseconds the server is told again what it did not hear was seen.
const UNTOLD: i32 = 10_000;

/// A list that was on the screen before another one.
struct Shelved {
    facts: ListFacts,
    rows: Vec<(String, TicketRow)>,
    scrolled: i32,
}

/// Who wants something fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The customer: it prolongs his session.
    ByHand,
    /// The page itself.
    InBackground,
}

impl Wanted {
    async fn call<T>(
        self,
        session: Session,
        call: impl Future<Output = Result<T, AppError>>,
    ) -> Result<T, AppError> {
        match self {
            Self::ByHand => session.watch(call).await,
            Self::InBackground => session.watch(in_background(call)).await,
        }
    }
}

/// A ticket that was opened in this page.
#[derive(Clone)]
pub struct Opened {
    /// What is known of it.
    pub view: ArcRwSignal<Option<TicketView>>,
    /// Why the last attempt to fetch it failed.
    pub trouble: ArcRwSignal<Option<AppError>>,
    /// Earlier entries are on their way.
    pub reaching_back: ArcRwSignal<bool>,
    turn: ArcStoredValue<Turn>,
}

/// At most one fetch of a thing runs at a time; a wish that comes meanwhile is fulfilled after it.
#[derive(Clone, Copy, Default)]
struct Turn {
    running: bool,
    again: bool,
}

impl Turn {
    /// Whether to begin now.
    fn take(&mut self) -> bool {
        self.again = self.running;
        !std::mem::replace(&mut self.running, true)
    }

    /// Whether to begin anew.
    fn end(&mut self) -> bool {
        self.running = std::mem::take(&mut self.again);
        self.running
    }
}

/// All tickets of the customer. One per page.
#[derive(Clone, Copy)]
pub struct Tickets {
    session: Session,
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
    /// The ticket that is on the screen.
    pub current: RwSignal<Option<TicketId>>,
    opened: StoredValue<Vec<(TicketId, Opened)>>,
    list_turn: StoredValue<Turn>,
}

impl Tickets {
    /// Begins with what the page brought: the list that its address asks for.
    pub fn new(
        session: Session,
        find: Find,
        list: Option<TicketList>,
        ticket: Option<TicketView>,
    ) -> Self {
        let tickets = Self {
            session,
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
        if let Some(ticket) = ticket {
            tickets.opened(&ticket.row.id).view.set(Some(ticket));
        }
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
        self.outbox.forget();
    }

    /// A ticket's place in the cache, made if there is none.
    pub fn opened(self, id: &TicketId) -> Opened {
        let known = self.opened.with_value(|all| {
            all.iter()
                .find(|(other, _)| other == id)
                .map(|(_, opened)| opened.clone())
        });
        if let Some(opened) = known {
            return opened;
        }
        let opened = Opened {
            view: ArcRwSignal::new(None),
            trouble: ArcRwSignal::new(None),
            reaching_back: ArcRwSignal::new(false),
            turn: ArcStoredValue::new(Turn::default()),
        };
        self.opened
            .update_value(|all| all.push((id.clone(), opened.clone())));
        opened
    }

    /// The address of the list as it is asked for.
    pub fn list_address(self) -> Signal<String> {
        Signal::derive(move || format!("{TICKETS}{}", self.find.with(Find::query)))
    }

    /// Shows another list. One that was on the screen before is there at once, as far down as it was.
    pub fn look_for(self, find: Find) {
        if self.find.with_untracked(|now| *now == find) {
            return;
        }
        let mut back = None;
        self.shelf.update_value(|shelf| {
            if let Some(facts) = self.facts.get_untracked() {
                // While one types there is a list for each letter: the last one is kept.
                shelf.retain(|it| {
                    it.facts.find != facts.find
                        && !(it.facts.find.has_words() && facts.find.has_words())
                });
                shelf.push(Shelved {
                    facts,
                    rows: self.rows.now(),
                    scrolled: self.scrolled.get_value(),
                });
            }
            if let Some(place) = shelf.iter().position(|it| it.facts.find == find) {
                back = Some(shelf.remove(place));
            }
        });
        self.trouble.set(None);
        self.find.set(find);
        self.scrolled
            .set_value(back.as_ref().map_or(0, |back| back.scrolled));
        if let Some(back) = back {
            self.rows.set(back.rows);
            self.facts.set(Some(back.facts));
        }
        self.refresh_list(Wanted::ByHand);
    }

    /// Fetches the list again.
    pub fn refresh_list(self, wanted: Wanted) {
        if !self.list_turn.try_update_value(Turn::take).unwrap_or(false) {
            return;
        }
        spawn_local(async move {
            loop {
                let find = self.find.get_untracked();
                let answer = wanted.call(self.session, self.fetch_list(&find)).await;
                // Else it is the answer to another question, and the next one is on its way.
                if self.find.with_untracked(|now| *now == find) {
                    match answer {
                        Ok(Some(list)) => {
                            self.trouble.set(None);
                            self.take_list(find, list);
                        }
                        Ok(None) => self.trouble.set(None),
                        Err(error) => self.trouble.set(Some(error)),
                    }
                }
                if !self.list_turn.try_update_value(Turn::end).unwrap_or(false) {
                    break;
                }
            }
        });
    }

    /// As many rows as are on the screen, or nothing where nothing changed.
    async fn fetch_list(self, find: &Find) -> Result<Option<TicketList>, AppError> {
        let known = self.facts.with_untracked(|facts| {
            let same = facts.as_ref().filter(|facts| facts.find == *find);
            same.map(|facts| facts.version)
        });
        let Refetched::Changed(mut list) = list_tickets(find.clone(), None, known).await? else {
            return Ok(None);
        };
        let shown = known.map_or(0, |_| self.rows.count());
        while list.rows.len() < shown
            && let Some(after) = list.next.take()
        {
            if let Refetched::Changed(page) = list_tickets(find.clone(), Some(after), None).await? {
                list.rows.extend(page.rows);
                list.next = page.next;
            }
        }
        Ok(Some(list))
    }

    /// Fetches the next page.
    pub fn load_more(self) {
        let next = self.facts.with_untracked(|facts| {
            let facts = facts.as_ref()?;
            Some((facts.find.clone(), facts.next.clone()?))
        });
        let Some((find, after)) = next else { return };
        if self.loading_more.get_untracked() {
            return;
        }
        self.loading_more.set(true);
        spawn_local(async move {
            let call = list_tickets(find.clone(), Some(after.clone()), None);
            let answer = self.session.watch(call).await;
            // Else another list is shown by now, or it was fetched again.
            let goes_on = self.facts.with_untracked(|facts| {
                facts
                    .as_ref()
                    .is_some_and(|facts| facts.find == find && facts.next == Some(after))
            });
            match answer {
                _ if !goes_on => {}
                Ok(Refetched::Changed(page)) => {
                    self.rows.extend(page.rows.into_iter().map(named).collect());
                    self.facts.update(|facts| {
                        if let Some(facts) = facts {
                            facts.next = page.next;
                        }
                    });
                    self.trouble.set(None);
                }
                Ok(Refetched::Unchanged) => {}
                Err(error) => self.trouble.set(Some(error)),
            }
            self.loading_more.set(false);
        });
    }

    fn take_list(self, find: Find, list: TicketList) {
        self.rows.set(list.rows.into_iter().map(named).collect());
        self.facts.set(Some(ListFacts {
            find,
            next: list.next,
            total: list.total,
            counts: list.counts,
            unread: list.unread,
            filling: list.filling,
            freshness: list.freshness,
            version: list.version,
        }));
    }

    /// Fetches a ticket again.
    pub fn refresh(self, id: TicketId, wanted: Wanted) {
        let opened = self.opened(&id);
        if !opened.turn.try_update_value(Turn::take).unwrap_or(false) {
            return;
        }
        spawn_local(async move {
            loop {
                let known = opened
                    .view
                    .with_untracked(|view| view.as_ref().map(|view| view.version));
                let call = show_ticket(id.clone(), None, known);
                match wanted.call(self.session, call).await {
                    Ok(Refetched::Changed(view)) => {
                        opened.trouble.set(None);
                        self.take_view(&opened, view);
                    }
                    Ok(Refetched::Unchanged) => opened.trouble.set(None),
                    Err(error) => opened.trouble.set(Some(error)),
                }
                if !opened.turn.try_update_value(Turn::end).unwrap_or(false) {
                    break;
                }
            }
        });
    }

    fn take_view(self, opened: &Opened, mut view: TicketView) {
        opened.view.with_untracked(|known| {
            if let Some(known) = known {
                let entries = std::mem::take(&mut view.entries);
                (view.entries, view.earlier) =
                    join_earlier(&known.entries, known.earlier, entries, view.earlier);
            }
        });
        self.outbox.confirm(&view.entries);
        if let Some(row) = self.rows.item_now(view.row.id.as_str()) {
            let mut new = view.row.clone();
            row.with_untracked(|row| new.found.clone_from(&row.found));
            if row.with_untracked(|row| *row != new) {
                row.set(new);
            }
        }
        opened.view.set(Some(view));
    }

    /// Fetches the entries before those that are known.
    pub async fn reach_back(self, id: TicketId) {
        let opened = self.opened(&id);
        let earlier = opened
            .view
            .with_untracked(|view| view.as_ref().and_then(|view| view.earlier));
        if earlier.is_none() || opened.reaching_back.get_untracked() {
            return;
        }
        opened.reaching_back.set(true);
        match self.session.watch(show_ticket(id, earlier, None)).await {
            Ok(Refetched::Changed(page)) => opened.view.update(|view| {
                if let Some(view) = view {
                    let known = std::mem::take(&mut view.entries);
                    view.entries = page.entries;
                    view.entries.retain(|entry| !known.contains(entry));
                    view.entries.extend(known);
                    view.earlier = page.earlier;
                }
            }),
            Ok(Refetched::Unchanged) => {}
            Err(error) => opened.trouble.set(Some(error)),
        }
        opened.reaching_back.set(false);
    }

    /// Tells the server that the customer has what is on the screen before him.
    pub fn mark_seen(self, id: TicketId, version: u64) {
        if let Some(row) = self.rows.item_now(id.as_str())
            && row.with_untracked(|row| row.unread)
        {
            row.update(|row| row.unread = false);
            self.facts.update(|facts| {
                if let Some(facts) = facts {
                    facts.unread = facts.unread.saturating_sub(1);
                }
            });
        }
        spawn_local(async move {
            let call = in_background(mark_seen(id.clone(), version));
            let answer = self.session.watch(call).await;
            let is_lost = matches!(
                answer,
                Err(AppError::Offline | AppError::Unavailable { .. } | AppError::TooMany { .. })
            );
            if is_lost {
                // It is told again once it is seen again.
                timer::sleep(UNTOLD).await;
                self.opened(&id).view.update(|view| {
                    if let Some(view) = view {
                        view.row.unread = true;
                    }
                });
            }
        });
    }

    /// Fetches again what is on the screen, if it is what changed or anything may have. The rest is fetched again when it is opened.
    pub fn invalidate(self, changed: Option<&TicketId>) {
        self.refresh_list(Wanted::InBackground);
        if let Some(current) = self.current.get_untracked()
            && changed.is_none_or(|changed| *changed == current)
        {
            self.refresh(current, Wanted::InBackground);
        }
    }
}

fn named(row: TicketRow) -> (String, TicketRow) {
    (row.id.as_str().to_owned(), row)
}
