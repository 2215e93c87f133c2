//! Tickets that were opened in this page: each opens at once when it is opened again, and is fetched anew behind what is shown.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::turn::Turn;
use super::{Ask, Tickets, Wanted};
use crate::browser::timer;
use crate::call::in_background;
use crate::error::AppError;
use crate::tickets::api::{mark_seen, show_ticket};
use crate::tickets::lines::join_earlier;
use crate::tickets::model::{Refetched, TicketId, TicketView};

/// After so many milliseconds the server is told again what it did not hear was seen.
const UNTOLD: i32 = 10_000;

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

impl Tickets {
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
        self.ask(Ask::Confirm(view.entries.clone()));
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
    pub async fn reach_back(self, id: TicketId) -> Result<(), AppError> {
        let opened = self.opened(&id);
        let earlier = opened
            .view
            .with_untracked(|view| view.as_ref().and_then(|view| view.earlier));
        if earlier.is_none() || opened.reaching_back.get_untracked() {
            return Ok(());
        }
        opened.reaching_back.set(true);
        let answer = self.session.watch(show_ticket(id, earlier, None)).await;
        opened.reaching_back.set(false);
        if let Refetched::Changed(page) = answer? {
            opened.view.update(|view| {
                if let Some(view) = view {
                    let known = std::mem::take(&mut view.entries);
                    view.entries = page.entries;
                    view.entries.retain(|entry| !known.contains(entry));
                    view.entries.extend(known);
                    view.earlier = page.earlier;
                }
            });
        }
        Ok(())
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
}
