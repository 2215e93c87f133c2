//! What the page asks of the code with which tickets are read and written. It comes as a part of its own: before it is there, nothing was.

use std::cell::Cell;

use leptos::prelude::*;

use super::{Tickets, Wanted};
use crate::browser::page;
use crate::tickets::model::TicketId;
use crate::tickets::typing;

type Answer = fn(Tickets, Ask);

thread_local! {
    static DESK: Cell<Option<Answer>> = const { Cell::new(None) };
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// To show the ticket that the page came with.
    Begin,
    /// To fetch this ticket again.
    Refresh(TicketId),
    /// To go on with what waits for a connection or a session, and with what was left by a page before this one.
    GoOn,
    /// To have the server keep what is written.
    Keep,
    /// To look for what another device has written meanwhile.
    LookAgain,
    /// To rest: nobody looks at the page.
    Rest,
    /// To send what the server does not have yet without waiting for an answer: the page is going.
    Leave,
    /// To forget everything: another customer may come.
    Forget,
}

/// The desk is there.
pub fn open_desk() {
    DESK.set(Some(answer));
}

impl Tickets {
    /// Asks it, if it is there.
    pub fn ask(self, ask: Ask) {
        if let Some(answer) = DESK.get() {
            answer(self, ask);
        }
    }
}

fn answer(tickets: Tickets, ask: Ask) {
    let outbox = tickets.outbox;
    match ask {
        Ask::Begin => {
            if let Some(ticket) = page::first_ticket() {
                tickets.opened(&ticket.row.id).view.set(Some(ticket));
            }
        }
        Ask::Refresh(ticket) => tickets.refresh(ticket, Wanted::InBackground),
        Ask::GoOn => outbox.resume(tickets, tickets.session),
        Ask::Keep => outbox.drafts.resume(),
        Ask::LookAgain => outbox.drafts.look_again(),
        Ask::Rest => {
            typing::rest();
            outbox.drafts.resume();
        }
        Ask::Leave => {
            typing::rest();
            outbox.drafts.leave();
        }
        Ask::Forget => outbox.forget(),
    }
}
