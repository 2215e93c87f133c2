//! The messages of a ticket on their way to the server, and what becomes of them there.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Outbox;
use crate::browser::connection::in_time;
use crate::browser::{clock, timer};
use crate::error::AppError;
use crate::session::state::Session;
use crate::tickets::api::reply;
use crate::tickets::cache::{Tickets, Wanted};
use crate::tickets::model::{Message, TicketId};
use crate::tickets::pending::Pending;

impl Outbox {
    /// Sends the messages of a ticket one after the other.
    pub(super) fn pump(self, tickets: Tickets, session: Session, ticket: TicketId) {
        let begun = self
            .busy
            .try_update_value(|busy| {
                let free = !busy.contains(&ticket);
                if free {
                    busy.push(ticket.clone());
                }
                free
            })
            .unwrap_or(false);
        if !begun {
            return;
        }
        spawn_local(async move {
            // What was written is on the screen, and kept, before the work of sending it begins.
            timer::drawn().await;
            loop {
                self.change(session, |_| {});
                let Some(next) = self.next(&ticket) else {
                    break;
                };
                let call = reply(
                    ticket.clone(),
                    next.key.clone(),
                    next.text.clone(),
                    next.files.iter().map(|it| it.id.clone()).collect(),
                );
                let answer = session.watch(in_time(call)).await;
                let go_on = answer.is_ok();
                self.note(session, &next, answer);
                if !go_on {
                    break;
                }
                tickets.refresh(ticket.clone(), Wanted::InBackground);
                tickets.refresh_list(Wanted::InBackground);
            }
            self.busy
                .update_value(|busy| busy.retain(|other| *other != ticket));
        });
    }

    fn next(self, ticket: &TicketId) -> Option<Pending> {
        self.pending.with_untracked(|pending| {
            pending
                .iter()
                .find(|one| one.ticket == *ticket && one.is_unsent())
                .filter(|one| one.failed.is_none())
                .cloned()
        })
    }

    fn note(self, session: Session, sent: &Pending, answer: Result<Message, AppError>) {
        match answer {
            Ok(message) => self.change(session, |pending| {
                for one in pending.iter_mut().filter(|one| one.key == sent.key) {
                    one.stored = Some(message.clone());
                }
            }),
            // It waits for the new session.
            Err(AppError::SignedOut) => {}
            Err(
                error @ (AppError::Invalid(_)
                | AppError::NotAllowed
                | AppError::NotFound
                | AppError::File(_)),
            ) => {
                self.hand_back(
                    session,
                    &sent.ticket,
                    &sent.text,
                    sent.files.clone(),
                    Some(error),
                );
                self.change(session, |pending| {
                    pending.retain(|one| one.key != sent.key);
                });
            }
            Err(error) => self.change(session, |pending| {
                for one in pending.iter_mut().filter(|one| one.ticket == sent.ticket) {
                    if one.is_unsent() {
                        one.failed = Some(error.clone());
                    }
                    if one.key == sent.key && error == AppError::KeyReused {
                        one.key = clock::new_key();
                    }
                }
            }),
        }
    }
}
