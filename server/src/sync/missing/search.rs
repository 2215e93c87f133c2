//! Which conversations are missing: first looked for among what moved last in the inbox and with those who asked for something last,
//! then further back there, then with everybody who has a page open. It ends when as many are found as were missing.

use std::collections::HashSet;
use std::num::NonZeroU32;
use std::time::Duration;

use chatwoot::Sort;

use super::super::hints::{Reason, Thing};
use super::super::{Trouble, fill, lock, looking, millis, source_of};
use crate::clock::Millis;
use crate::ownership::{self, OwnedTicket};
use crate::store::customers::{self, CustomerId};
use crate::store::tickets as kept;
use crate::tickets::Tickets;

/// Between two pages, or two customers: half of what may be read, so that what was told of goes on.
const EACH: Duration = Duration::from_millis(500);
/// Pages of what moved last that are compared at once. Each takes Chatwoot a quarter of a second.
const PAGES_AT_ONCE: u32 = 4;
/// And those one by one after them.
const PAGES: u32 = 20;
/// Customers whose lists are compared at once.
const CUSTOMERS_AT_ONCE: usize = 20;
/// Tickets that a page has not and should have are looked at themselves, so many for each time that pages are read.
const SUSPECTS: usize = 20;

/// A search.
#[derive(Default)]
pub(super) struct Search {
    /// So many are missing still.
    wanted: u64,
    /// By then everybody was asked.
    until: Millis,
    /// Pages that were compared.
    pages: u32,
    /// What was on them.
    seen: HashSet<u64>,
    /// What was looked at.
    suspected: HashSet<u64>,
}

impl Search {
    pub(super) fn is_on(&self) -> bool {
        self.wanted > 0
    }

    /// One was found. False if none was looked for.
    pub(super) fn found(&mut self) -> bool {
        let is_on = self.is_on();
        self.wanted = self.wanted.saturating_sub(1);
        is_on
    }
}

/// Begins to look for so many, if somebody has a page open.
pub(super) fn begin(tickets: &Tickets, missing: u64) {
    let mut watching = tickets.changes.watching();
    if watching.is_empty() {
        return;
    }
    looking::by_their_last_asking(tickets, &mut watching);
    let now = tickets.clock.now();
    let hints = &tickets.sync.hints;
    hints.add(Thing::MovedLast, Reason::default(), now);
    let mut due = now + u64::from(PAGES - PAGES_AT_ONCE) * millis(EACH);
    for (nth, customer) in watching.into_iter().enumerate() {
        let at_once = nth < CUSTOMERS_AT_ONCE;
        due += if at_once { 0 } else { millis(EACH) };
        let thing = Thing::Watcher(customer.number());
        hints.add(thing, Reason::default(), if at_once { now } else { due });
    }
    {
        let mut search = lock(&tickets.sync.missing.search);
        let before = if now < search.until { search.wanted } else { 0 };
        *search = Search {
            wanted: before + missing,
            until: due + millis(EACH),
            ..Search::default()
        };
    }
    hints.bell.ring(tickets.background.busy());
}

/// Compares the next of the pages of what moved last with what must be on them: each ticket in which something visible happened after
/// what stands at their end. It may be missing there for other reasons, so that it is looked at itself.
pub(crate) async fn compare_what_moved_last(tickets: &Tickets) -> Result<(), Trouble> {
    let (begun, first) = {
        let search = lock(&tickets.sync.missing.search);
        (search.until, search.pages + 1)
    };
    let until = first + if first == 1 { PAGES_AT_ONCE } else { 1 };
    let (mut seen, mut end, mut last) = (Vec::new(), None, false);
    for number in (first..until).filter_map(NonZeroU32::new) {
        let asked = tickets.chatwoot.conversations_that_moved_last(number);
        let page = asked.await?;
        seen.extend(page.rows.iter().map(|row| row.id.number()));
        end = page
            .rows
            .iter()
            .filter_map(|row| row.last_activity_at)
            .min();
        last = page.last;
        if last {
            break;
        }
    }
    let since = match end.and_then(|seconds| u64::try_from(seconds).ok()) {
        // On the last one everything is.
        _ if last => 0,
        Some(seconds) => (seconds + 1) * 1000,
        None => return Ok(()),
    };
    let inbox = tickets.chatwoot.inbox_id().number();
    let ours = tickets
        .store
        .read(move |tx| kept::moved_since(tx, inbox, since))
        .await?;
    let now = tickets.clock.now();
    let hints = &tickets.sync.hints;
    {
        let mut search = lock(&tickets.sync.missing.search);
        if search.until != begun {
            // Another was begun meanwhile, and reads them again.
            return Ok(());
        }
        search.pages = until - 1;
        search.seen.extend(seen);
        let suspects: Vec<u64> = ours
            .into_iter()
            .filter(|it| !search.seen.contains(it) && !search.suspected.contains(it))
            .take(SUSPECTS)
            .collect();
        for number in suspects {
            search.suspected.insert(number);
            let reason = Reason {
                always: true,
                ..Reason::default()
            };
            hints.add(Thing::Conversation(number), reason, now);
        }
    }
    if !last && until <= PAGES {
        hints.add(Thing::MovedLast, Reason::default(), now + millis(EACH));
    }
    hints.bell.ring(tickets.background.busy());
    Ok(())
}

/// Compares what a customer has with what Chatwoot lists for him.
pub(crate) async fn compare(tickets: &Tickets, customer: CustomerId) -> Result<(), Trouble> {
    let found = tickets.store.read(move |tx| {
        let person = customers::find(tx, customer)?;
        Ok((person, kept::known_to_chatwoot(tx, customer)?))
    });
    let (person, ours) = found.await?;
    let Some(person) = person.filter(|_| !ours.is_empty()) else {
        return Ok(());
    };
    let source = source_of(tickets, &person).await?;
    let listed = ownership::list(tickets, &source, NonZeroU32::MIN, Sort::ActivityDesc).await?;
    if !listed.last {
        fill::want_fill(tickets, customer);
        return Ok(());
    }
    for (ticket, conversation) in ours {
        if listed.rows.iter().any(|row| row.number() == conversation) {
            continue;
        }
        let owned = tickets
            .store
            .read(move |tx| OwnedTicket::check(tx, customer, &ticket));
        // What is not filed under his source id is not listed there.
        let listed = |owned: &OwnedTicket| owned.conversation_of_contact().is_some();
        if let Some(owned) = owned.await?.filter(listed) {
            crate::sync::check_gone(tickets, &owned).await;
        }
    }
    Ok(())
}
