//! What the page asks of the code with which tickets are read, and of that with which they are written. Both come as parts of their own:
//! before they are there, nothing was.

use std::cell::Cell;

use leptos::prelude::*;

use super::{Tickets, Wanted};
use crate::browser::page;
use crate::tickets::model::{Entry, TicketId};
use crate::tickets::typing;

type Answer = fn(Tickets, Ask);

thread_local! {
    static READING: Cell<Option<Answer>> = const { Cell::new(None) };
    static WRITING: Cell<Option<Answer>> = const { Cell::new(None) };
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// To show the ticket that the page came with.
    Begin,
    /// To fetch this ticket again.
    Refresh(TicketId),
    /// To let go of what a fetched thread holds.
    Confirm(Vec<Entry>),
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

impl Tickets {
    /// What reads tickets is there.
    pub fn can_read() {
        READING.set(Some(read));
    }

    /// What writes them is there.
    pub fn can_write() {
        WRITING.set(Some(write));
    }

    /// Asks what it is for, if that is there.
    pub fn ask(self, ask: Ask) {
        let who = match ask {
            Ask::Begin | Ask::Refresh(_) => &READING,
            _ => &WRITING,
        };
        if let Some(answer) = who.get() {
            answer(self, ask);
        }
    }
}

fn read(tickets: Tickets, ask: Ask) {
    match ask {
        Ask::Refresh(ticket) => tickets.refresh(ticket, Wanted::InBackground),
        _ => {
            if let Some(ticket) = page::first_ticket() {
                tickets.opened(&ticket.row.id).view.set(Some(ticket));
            }
        }
    }
}

fn write(tickets: Tickets, ask: Ask) {
    let outbox = tickets.outbox;
    match ask {
        Ask::Begin | Ask::Refresh(_) => {}
        Ask::Confirm(entries) => outbox.confirm(tickets.session, &entries),
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
