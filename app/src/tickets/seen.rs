//! What of a ticket was seen. It comes with what is loaded after the thread: nobody has read that before.

use leptos::prelude::*;

use super::cache::{Opened, Tickets};
use super::model::TicketId;
use super::scroller::Scroller;
use crate::browser::{sight, timer};

/// Tells the server what has been on the screen, once it has been there for a moment before open eyes: the newest, at the thread's end.
pub fn see(tickets: Tickets, id: &TicketId, opened: &Opened, scroller: Scroller) {
    let view = RwSignal::from(opened.view.clone());
    let unseen = Memo::new(move |_| {
        view.with(|view| {
            view.as_ref()
                .filter(|view| view.row.unread && view.version > 0)
                .map(|view| view.version)
        })
    });
    let id = id.clone();
    let look = move || {
        if let Some(version) = unseen.get_untracked()
            && sight::page_is_visible()
            && scroller.shows_end()
        {
            view.update(|view| {
                if let Some(view) = view {
                    view.row.unread = false;
                }
            });
            tickets.mark_seen(id.clone(), version);
        }
    };
    timer::every(1000, look);
}
