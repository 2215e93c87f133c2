//! Conversations that were deleted in Chatwoot: nothing tells of one, but each poll says how many the inbox has. Where one is
//! missing, the lists of those who have a page open are compared, a few a second; whoever comes later finds out by opening.

use std::num::NonZeroU32;
use std::sync::Mutex;
use std::time::Duration;

use chatwoot::{Page, Sort};

use super::hints::{Reason, Thing};
use super::{Trouble, fill, lock, looking, millis, source_of};
use crate::ownership::{self, OwnedTicket};
use crate::store::customers::{self, CustomerId};
use crate::store::tickets as kept;
use crate::tickets::Tickets;

/// Between two customers whose lists are compared: half of what may be read, so that what was told of goes on.
const EACH: Duration = Duration::from_millis(500);

/// How many conversations the inbox has.
#[derive(Default)]
pub(super) struct Missing(Mutex<Option<Known>>);

struct Known {
    count: u64,
    highest: u64,
    /// One was missing when it was last asked: it may have been made while it was counted.
    perhaps: bool,
}

/// What a count means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// None is missing.
    Whole,
    /// It has to be asked once more.
    Perhaps,
    /// Some are missing.
    Missing,
}

impl Missing {
    /// Compares a poll with the one before. Every conversation that is new since is among its rows.
    fn judge(&self, count: u64, rows: &[u64]) -> Verdict {
        let mut known = lock(&self.0);
        let highest = rows.iter().copied().max().unwrap_or_default();
        let (verdict, highest) = match &*known {
            None => (Verdict::Whole, highest),
            // Which is the newest was not known yet.
            Some(before) if before.highest == 0 && before.count > 0 => (Verdict::Whole, highest),
            Some(before) => {
                let new = rows.iter().filter(|row| **row > before.highest).count();
                let expected = before.count + u64::try_from(new).unwrap_or_default();
                let verdict = match (count < expected, before.perhaps) {
                    (false, _) => Verdict::Whole,
                    (true, true) => Verdict::Missing,
                    (true, false) => {
                        *known = Some(Known {
                            perhaps: true,
                            ..*before
                        });
                        return Verdict::Perhaps;
                    }
                };
                (verdict, highest.max(before.highest))
            }
        };
        *known = Some(Known {
            count,
            highest,
            perhaps: false,
        });
        verdict
    }
}

/// What was counted is too old to be compared with.
pub(super) fn forget(tickets: &Tickets) {
    *lock(&tickets.sync.missing.0) = None;
}

/// Looks whether a poll has fewer conversations than there must be.
pub(super) fn look(tickets: &Tickets, page: &Page) {
    let Some(count) = page.total else {
        return forget(tickets);
    };
    let rows: Vec<u64> = page.rows.iter().map(|row| row.id.number()).collect();
    match tickets.sync.missing.judge(count, &rows) {
        Verdict::Whole => {}
        Verdict::Perhaps => looking::poll_now(tickets),
        Verdict::Missing => {
            let mut due = tickets.clock.now();
            for customer in tickets.changes.watching() {
                let thing = Thing::Watcher(customer.number());
                tickets.sync.hints.add(thing, Reason::default(), due);
                due += millis(EACH);
            }
            tickets.sync.hints.bell.ring(tickets.background.busy());
        }
    }
}

/// Compares what a customer has with what Chatwoot lists for him.
pub(super) async fn compare(tickets: &Tickets, customer: CustomerId) -> Result<(), Trouble> {
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
            super::check_gone(tickets, &owned).await;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deleted_conversation_is_missed_when_it_was_counted_twice() {
        let missing = Missing::default();
        assert_eq!(missing.judge(10, &[7]), Verdict::Whole);
        assert_eq!(missing.judge(11, &[11]), Verdict::Whole, "one is new");
        assert_eq!(missing.judge(10, &[]), Verdict::Perhaps);
        assert_eq!(missing.judge(10, &[]), Verdict::Missing);
        assert_eq!(missing.judge(10, &[]), Verdict::Whole, "it is told once");
        assert_eq!(missing.judge(10, &[12]), Verdict::Perhaps, "one for one");
        assert_eq!(missing.judge(10, &[12]), Verdict::Missing);
    }

    #[test]
    fn a_conversation_that_is_made_while_it_is_counted_is_not_missing() {
        let missing = Missing::default();
        assert_eq!(missing.judge(10, &[10]), Verdict::Whole);
        assert_eq!(missing.judge(10, &[11]), Verdict::Perhaps);
        assert_eq!(missing.judge(11, &[11]), Verdict::Whole);
        assert_eq!(missing.judge(11, &[11]), Verdict::Whole);
    }
}
