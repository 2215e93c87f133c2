//! An opened ticket: what the read model has, at once. Opening it also has its newest messages read again.

use std::time::Duration;

use app::error::AppError;
use app::tickets::model::{
    Cancelling, Entry, File, Freshness, Message, MessageKind, Refetched, ReplyRule, TicketId,
    TicketView,
};
use rusqlite::Transaction;

use super::{Tickets, by_email, version};
use crate::failure::Failure;
use crate::markup;
use crate::ownership::OwnedTicket;
use crate::store::customers::CustomerId;
use crate::store::messages::Placed;
use crate::store::outbox::{self, Entry as Written};
use crate::store::owners::Origin;
use crate::store::seen::Place;
use crate::store::tickets::Kept;
use crate::store::uploads::Row;
use crate::store::{StoreError, away, events, lists, messages, tickets};
use crate::sync;
use crate::uploads::About;

/// Messages a page.
pub(crate) const PAGE: usize = 100;
/// A ticket that was never read is waited for this long.
const PATIENCE: Duration = Duration::from_secs(3);

/// One ticket, with its newest entries or those before `earlier`.
pub(crate) async fn show(
    tickets: &Tickets,
    customer: CustomerId,
    ticket: TicketId,
    earlier: Option<u64>,
    known: Option<u64>,
) -> Result<Refetched<TicketView>, Failure> {
    sync::looked(tickets, customer);
    let known = known.filter(|_| earlier.is_none());
    let asked = Asked {
        customer,
        ticket,
        earlier,
    };
    let found = match asked.look(tickets).await? {
        Some(found) => found,
        None => {
            // It may be one that is only just being fetched. Another's and a missing one wait as long.
            let filled = sync::want_fill_if_new(tickets, customer).await?;
            patiently(tickets, filled).await;
            asked.look(tickets).await?.ok_or(AppError::NotFound)?
        }
    };
    let mut found = found;
    if found.owned.conversation().is_some() && earlier.is_none() {
        let read = sync::want_refresh(tickets, &found.owned, known.is_none());
        if !found.kept.read {
            patiently(tickets, read).await;
            found = asked.look(tickets).await?.ok_or(AppError::NotFound)?;
        }
    }
    let freshness = sync::freshness(tickets);
    let version = version::out(found.kept.version, freshness);
    if known == Some(version) {
        return Ok(Refetched::Unchanged);
    }
    let new_after_solved = sync::allows_messages_after_resolved(tickets);
    let reply = match (found.owned.origin(), found.kept.resolved) {
        (Origin::Mail, _) => by_email::rule(tickets, &found.kept, &found.reach),
        (_, false) => ReplyRule::Post,
        (_, true) if new_after_solved => ReplyRule::Reopens,
        (_, true) => ReplyRule::NewTicket,
    };
    found.kept.row = tickets.settings.priority.as_shown(found.kept.row);
    Ok(Refetched::Changed(found.view(reply, freshness, version)))
}

/// He opens a ticket, and sees by that where it stands: no mail need tell him.
pub(crate) async fn tell_status(
    tickets: &Tickets,
    customer: CustomerId,
    ticket: &TicketId,
) -> Result<(), Failure> {
    let (id, now) = (ticket.clone(), tickets.clock.now());
    let untold = tickets.store.read(move |tx| {
        let owned = OwnedTicket::check(tx, customer, &id)?;
        Ok(owned.is_some() && away::is_to_tell_status(tx, &id)?)
    });
    if untold.await? {
        let id = ticket.clone();
        let shown = move |tx: &Transaction<'_>| away::status_shown(tx, customer, &id, now);
        tickets.store.write(shown).await?;
    }
    Ok(())
}

/// Waits for something, but not long.
async fn patiently(tickets: &Tickets, done: Option<sync::Ended>) {
    if let Some(done) = done {
        tokio::select! {
            () = done.wait() => {}
            () = tickets.clock.sleep(PATIENCE) => {}
        }
    }
}

struct Asked {
    customer: CustomerId,
    ticket: TicketId,
    earlier: Option<u64>,
}

/// What the store has of a ticket.
struct Found {
    owned: OwnedTicket,
    kept: Kept,
    entries: Vec<Entry>,
    earlier: Option<u64>,
    cancelling: Option<Cancelling>,
    blocked: bool,
    /// Of one begun by e-mail.
    reach: by_email::Reach,
    /// None where Chatwoot mails the answers.
    mails: Option<bool>,
}

impl Asked {
    async fn look(&self, tickets: &Tickets) -> Result<Option<Found>, StoreError> {
        let (customer, ticket, earlier) = (self.customer, self.ticket.clone(), self.earlier);
        tickets
            .store
            .read(move |tx| {
                let Some(owned) = OwnedTicket::check(tx, customer, &ticket)? else {
                    return Ok(None);
                };
                let Some(kept) = tickets::find(tx, &ticket)? else {
                    return Ok(None);
                };
                let (entries, earlier) = entries(tx, &ticket, earlier)?;
                let mails = match owned.origin() {
                    Origin::Mail => None,
                    Origin::Portal | Origin::Agent | Origin::Adopted => {
                        Some(away::is_on_for(tx, &ticket)?)
                    }
                };
                Ok(Some(Found {
                    owned,
                    kept,
                    entries,
                    earlier,
                    cancelling: outbox::waiting(tx, &ticket)?.cancelling,
                    blocked: lists::find(tx, customer)?.blocked,
                    reach: by_email::Reach::of(tx, &ticket)?,
                    mails,
                }))
            })
            .await
    }
}

impl Found {
    fn view(self, reply: ReplyRule, freshness: Freshness, version: u64) -> TicketView {
        let kept = self.kept;
        TicketView {
            opened_at: kept.opened_at,
            entries: self.entries,
            earlier: self.earlier,
            reply,
            can_cancel: !kept.resolved && self.cancelling.is_none() && !self.blocked,
            cancelling: self.cancelling,
            mails: self.mails,
            filling: kept.row.number.is_some() && !kept.complete,
            row: kept.row,
            freshness,
            version,
        }
    }
}

/// The newest entries, or those before a message, and the message before which there are more.
fn entries(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    earlier: Option<u64>,
) -> Result<(Vec<Entry>, Option<u64>), StoreError> {
    let end = match earlier {
        Some(message) => Some(messages::place_of(tx, ticket, message)?.unwrap_or_default()),
        None => None,
    };
    let mut page = messages::before(tx, ticket, end, PAGE + 1)?;
    let more = page.len() > PAGE;
    page.truncate(PAGE);
    page.reverse();
    let begin = page.first().filter(|_| more).map(|first| first.place);
    let mut entries: Vec<(Place, bool, Entry)> = page.into_iter().map(of_message).collect();
    for event in events::of(tx, ticket)? {
        let after_begin = begin.is_none_or(|begin| event.place >= begin);
        let before_end = end.is_none_or(|end| event.place < end);
        if after_begin && before_end {
            entries.push((event.place, true, Entry::Event(event.event)));
        }
    }
    // An event has the place of the message that it comes after.
    entries.sort_by_key(|(place, is_event, _)| (*place, *is_event));
    let mut entries: Vec<Entry> = entries.into_iter().map(|(_, _, entry)| entry).collect();
    if end.is_none() {
        let written = outbox::unseen_of(tx, ticket)?;
        entries.extend(written.iter().map(|it| Entry::Message(message_of(it))));
    }
    Ok((entries, begin.map(|begin| begin.message)))
}

fn of_message(placed: Placed) -> (Place, bool, Entry) {
    (placed.place, false, Entry::Message(placed.message))
}

/// A file of it, which opens from here.
fn file_of(row: &Row) -> Option<File> {
    Some(File {
        id: 0,
        name: About::plain_of(row)?.name,
        size: row.size,
        kind: row.kind,
        upload: Some(row.id.clone()),
    })
}

/// What a customer wrote, while Chatwoot's own row of it is not here.
pub(super) fn message_of(written: &Written) -> Message {
    Message {
        id: Message::waiting_id(&written.key),
        key: Some(written.key.clone()),
        author: app::tickets::model::Author::You,
        at: written.created_at,
        kind: MessageKind::Text,
        body: markup::markdown(&written.text),
        files: written.files.iter().filter_map(file_of).collect(),
        delivery: written.delivery(),
    }
}
