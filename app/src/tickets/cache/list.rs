//! The list: what was asked for stays while it is fetched again, and a list that was on the screen before is there at once.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::turn::Turn;
use super::{Tickets, Wanted};
use crate::browser::timer;
use crate::error::AppError;
use crate::paths::TICKETS;
use crate::tickets::api::list_tickets;
use crate::tickets::find::{Counts, Find};
use crate::tickets::model::{Cursor, Freshness, Refetched, TicketList, TicketRow};

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

/// A list that was on the screen before another one.
pub(super) struct Shelved {
    facts: ListFacts,
    rows: Vec<(String, TicketRow)>,
    scrolled: i32,
}

impl Tickets {
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
            // What was pressed is seen before anything is fetched for it.
            if wanted == Wanted::ByHand {
                timer::drawn().await;
            }
            loop {
                let find = self.find.get_untracked();
                let whose = self.session.address();
                let answer = wanted.call(self.session, self.fetch_list(&find)).await;
                // Else it is the answer to another question, or to another customer's, and the next one is on its way.
                if self.find.with_untracked(|now| *now == find) && self.session.address() == whose {
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
        // Those that come while this is under way, too.
        let shown = || known.map_or(0, |_| self.rows.count());
        // More than the server gives at once takes several calls.
        let rows = u32::try_from(shown()).unwrap_or(u32::MAX);
        let Refetched::Changed(mut list) = list_tickets(find.clone(), None, known, rows).await?
        else {
            return Ok(None);
        };
        while list.rows.len() < shown()
            && let Some(after) = list.next.take()
        {
            if let Refetched::Changed(page) =
                list_tickets(find.clone(), Some(after), None, rows).await?
            {
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
            let call = list_tickets(find.clone(), Some(after.clone()), None, 0);
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

    pub(super) fn take_list(self, find: Find, list: TicketList) {
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
}

fn named(row: TicketRow) -> (String, TicketRow) {
    (row.id.as_str().to_owned(), row)
}
