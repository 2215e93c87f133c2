//! One change of a ticket: says what is new, then works out what is shown of it and moves the versions if that is
//! different.

mod priority;
mod shown;

use app::tickets::model::{EventKind, TicketId};
use rusqlite::{OptionalExtension, Transaction, params};

use super::{Facts, Kept, find};
use crate::clock::Millis;
use crate::store::away::{self, News};
use crate::store::customers::{self, CustomerId};
use crate::store::messages::Put;

use crate::store::{StoreError, events, lists, messages, seen, words};
use crate::translate::Translated;

/// A change of one ticket, within a transaction.
pub struct Change<'t, 'c> {
    tx: &'t Transaction<'c>,
    ticket: &'t TicketId,
    customer: CustomerId,
    now: Millis,
    /// The version that this change makes, if it shows.
    version: u64,
    before: Option<Kept>,
    shows: bool,
    doubles: Vec<u64>,
}

/// What a change came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Something that the customer sees is different.
    pub shows: bool,
    /// Messages that came twice and are hidden, by Chatwoot's numbers: for the operator's log.
    pub doubles: Vec<u64>,
}

/// Changes a ticket: `work` says how, and then everything that is shown of it is worked out anew.
pub fn change<'t, 'c>(
    tx: &'t Transaction<'c>,
    customer: CustomerId,
    ticket: &'t TicketId,
    now: Millis,
    work: impl FnOnce(&mut Change<'t, 'c>) -> Result<(), StoreError>,
) -> Result<Changed, StoreError> {
    // What still runs for somebody who was forgotten leaves nothing.
    if !customers::is_known(tx, customer)? {
        return Ok(Changed::default());
    }
    let before = find(tx, ticket)?;
    let mut change = Change {
        tx,
        ticket,
        customer,
        now,
        version: before
            .as_ref()
            .map_or(now, |kept| now.max(kept.version + 1)),
        before,
        shows: false,
        doubles: Vec::new(),
    };
    work(&mut change)?;
    change.settle()
}

/// Something of the ticket's in the outbox is different.
pub fn touch(
    tx: &Transaction<'_>,
    customer: CustomerId,
    ticket: &TicketId,
    now: Millis,
) -> Result<(), StoreError> {
    change(tx, customer, ticket, now, |change| {
        change.touch();
        Ok(())
    })?;
    Ok(())
}

impl Change<'_, '_> {
    /// As it was before this change.
    pub fn before(&self) -> Option<&Kept> {
        self.before.as_ref()
    }

    /// A ticket that only we have as yet.
    pub fn begin(&mut self, subject: &str, opened_at: Millis) -> Result<(), StoreError> {
        self.shows |= self.insert(subject, opened_at, None)?;
        self.priority(None)
    }

    /// What Chatwoot says of it as a whole. A status that is new makes a line in the thread, with the time at which we
    /// learnt of it, unless the ticket is new to us: then that of its newest message.
    pub fn facts(&mut self, facts: &Facts) -> Result<(), StoreError> {
        self.shows |= self.insert(&facts.subject, facts.opened_at, Some(facts.conversation))?;
        let changed = self
            .tx
            .prepare_cached(
                "UPDATE model.tickets
                 SET conversation = ?2, subject = ?3, opened_at = ?4, resolved = ?5, cancelled = ?6
                 WHERE ticket = ?1 AND (conversation, subject, opened_at, resolved, cancelled)
                     IS NOT (?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                self.ticket.as_str(),
                facts.conversation.cast_signed(),
                facts.subject,
                facts.opened_at.cast_signed(),
                facts.resolved,
                facts.cancelled,
            ])?;
        self.shows |= changed == 1;
        self.tx
            .prepare_cached("UPDATE model.tickets SET upstream = ?2, inbox = ?3 WHERE ticket = ?1")?
            .execute(params![
                self.ticket.as_str(),
                facts.upstream,
                facts.inbox.cast_signed()
            ])?;
        self.priority(facts.priority)
    }

    /// Notes what became of the status since before this change, after its messages are in.
    pub fn note_status(&mut self) -> Result<(), StoreError> {
        let (resolved, cancelled) = self.standing()?;
        let known = self.before.as_ref().filter(|kept| kept.read);
        let was = known.is_some_and(|kept| kept.resolved);
        let kind = match (was, resolved) {
            (false, true) if cancelled => EventKind::CancelledByYou,
            (false, true) => EventKind::SolvedByTeam,
            (true, false) => EventKind::Reopened,
            (true, true) | (false, false) => return Ok(()),
        };
        if known.is_some() {
            let news = match kind {
                EventKind::CancelledByYou => None,
                EventKind::SolvedByTeam => Some(News::Solved),
                EventKind::Reopened if away::is_reopened_by_customer(self.tx, self.ticket)? => None,
                EventKind::Reopened => Some(News::Reopened),
            };
            away::changed(self.tx, self.customer, self.ticket, news)?;
        }
        // Of a ticket that is new to us nobody knows when: not before its newest message.
        let at = if known.is_some() { self.now } else { 0 };
        self.event(kind, at)
    }

    /// A line in the thread.
    pub fn event(&mut self, kind: EventKind, at: Millis) -> Result<(), StoreError> {
        events::add(self.tx, self.ticket, kind, at)?;
        self.shows = true;
        Ok(())
    }

    /// Sets the status that we made ourselves.
    pub fn set_status(&mut self, resolved: bool, cancelled: bool) -> Result<(), StoreError> {
        let changed = self
            .tx
            .prepare_cached(
                "UPDATE model.tickets SET resolved = ?2, cancelled = ?3
                 WHERE ticket = ?1 AND (resolved, cancelled) IS NOT (?2, ?3)",
            )?
            .execute(params![self.ticket.as_str(), resolved, cancelled])?;
        self.shows |= changed == 1;
        Ok(())
    }

    /// A message as it is now.
    pub fn message(&mut self, message: &Translated) -> Result<(), StoreError> {
        match messages::put(self.tx, self.ticket, message, self.version)? {
            Put::Unchanged => {}
            Put::Changed => {
                self.shows = true;
                words::put_message(self.tx, self.customer, self.ticket, message.id)?;
            }
            Put::Double => self.doubles.push(message.id),
        }
        Ok(())
    }

    /// All messages numbered `from` and above are these: any other is gone.
    pub fn only(&mut self, from: u64, present: &[u64]) -> Result<(), StoreError> {
        self.shows |= messages::keep_only(self.tx, self.ticket, from, present)?;
        Ok(())
    }

    /// Its newest messages were read.
    pub fn newest_read(&mut self) -> Result<(), StoreError> {
        self.flag("UPDATE model.tickets SET read = 1 WHERE ticket = ?1 AND read = 0")
    }

    /// Whether its thread is here as a whole, from the first message on.
    pub fn complete(&mut self, complete: bool) -> Result<(), StoreError> {
        if complete {
            self.flag("UPDATE model.tickets SET complete = 1 WHERE ticket = ?1 AND complete = 0")
        } else {
            self.flag("UPDATE model.tickets SET complete = 0 WHERE ticket = ?1 AND complete = 1")
        }
    }

    /// Everything that is there now counts as seen, unless the customer has a mark already.
    pub fn seen_so_far(&mut self) -> Result<(), StoreError> {
        if seen::mark(self.tx, self.ticket)?.is_none() {
            let place = messages::newest_of_team(self.tx, self.ticket, u64::MAX >> 1)?;
            seen::move_to(
                self.tx,
                self.customer,
                self.ticket,
                place.unwrap_or_default(),
            )?;
        }
        Ok(())
    }

    /// Something of it in the outbox, or the customer's mark, is different.
    pub fn touch(&mut self) {
        self.shows = true;
    }

    fn flag(&mut self, sql: &str) -> Result<(), StoreError> {
        let changed = self
            .tx
            .prepare_cached(sql)?
            .execute([self.ticket.as_str()])?;
        self.shows |= changed == 1;
        Ok(())
    }

    fn insert(
        &self,
        subject: &str,
        opened_at: Millis,
        conversation: Option<u64>,
    ) -> Result<bool, StoreError> {
        let changed = self
            .tx
            .prepare_cached(
                "INSERT INTO model.tickets (ticket, customer, conversation, subject, opened_at,
                     resolved, cancelled, at, status, unread, delivery, version)
                 VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, ?5, '', 0, '', ?6) ON CONFLICT (ticket) DO NOTHING",
            )?
            .execute(params![
                self.ticket.as_str(),
                self.customer.number(),
                conversation.map(u64::cast_signed),
                subject,
                opened_at.cast_signed(),
                self.version.cast_signed(),
            ])?;
        Ok(changed == 1)
    }

    fn standing(&self) -> Result<(bool, bool), StoreError> {
        Ok(self
            .tx
            .prepare_cached("SELECT resolved, cancelled FROM model.tickets WHERE ticket = ?1")?
            .query_row([self.ticket.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?
            .unwrap_or_default())
    }

    /// Works out what a list shows of the ticket, and moves the versions if anything is different.
    fn settle(self) -> Result<Changed, StoreError> {
        let (tx, ticket) = (self.tx, self.ticket);
        let shows = match self.opened_at()? {
            Some(opened_at) => shown::write(tx, ticket, opened_at, self.standing()?)? || self.shows,
            None => false,
        };
        if shows {
            words::put_own(tx, self.customer, ticket)?;
            tx.prepare_cached("UPDATE model.tickets SET version = ?2 WHERE ticket = ?1")?
                .execute(params![ticket.as_str(), self.version.cast_signed()])?;
            let more = i64::from(self.before.is_none());
            lists::moved(tx, self.customer, more, self.now)?;
        }
        away::note(tx, self.customer, ticket, self.now)?;
        Ok(Changed {
            shows,
            doubles: self.doubles,
        })
    }

    fn opened_at(&self) -> Result<Option<Millis>, StoreError> {
        let at: Option<i64> = self
            .tx
            .prepare_cached("SELECT opened_at FROM model.tickets WHERE ticket = ?1")?
            .query_row([self.ticket.as_str()], |row| row.get(0))
            .optional()?;
        Ok(at.map(i64::cast_unsigned))
    }
}
