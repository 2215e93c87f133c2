//! When an act is tried again.

use std::time::Duration;

use rusqlite::Transaction;

use super::look::Look;
use super::{Outcome, millis, takes};
use crate::chance::Chance;
use crate::clock::Millis;
use crate::failure::chain;
use crate::store::StoreError;
use crate::store::outbox::{self, Entry, Kind, State};
use crate::sync;
use crate::tickets::Tickets;

/// Chatwoot may commit for so long what was given up: 15 s bound its work on a request, but not how long that waited in the queue
/// before. Nothing is sent again sooner.
const LATEST: Duration = Duration::from_secs(45);
/// After an outage Chatwoot has to have answered for so long: until then it may still work off what it was sent before. 15 s bound
/// what it has begun; with the 10 s that a call may hang before one is answered, what is in doubt goes within half a minute too.
const STEADY: Duration = Duration::from_secs(18);
/// The first look for what may have arrived.
const FIRST_LOOK: Duration = Duration::from_secs(2);
/// A look with a call that takes longer says nothing: what was sent may still wait in Chatwoot's queue.
const QUICK: Duration = Duration::from_secs(2);
/// Rests grow with how long something waits, from this on.
const SHORTEST: Duration = Duration::from_secs(1);
/// Rests grow up to this, so that the first goes within half a minute of Chatwoot's return.
const LONGEST: Duration = Duration::from_secs(20);
/// Chatwoot takes 200 messages a minute in one conversation, those of agents and of automation among them. A customer's are
/// sent no faster than this.
const A_MINUTE: u32 = 100;
const MINUTE: Duration = Duration::from_mins(1);
/// After so many doubtful ends in a row the customer is asked, if Chatwoot stores what others write.
const TRIES: u32 = 12;
/// If it stores nothing, he is asked after this.
const LIFE: Duration = Duration::from_hours(24);
/// After so many in which Chatwoot said that what was written is not valid, in words that are not known to mean that nothing
/// was stored.
const TRIES_IF_INVALID: u32 = 3;

/// What a failed call means for an act.
pub(super) fn after(tickets: &Tickets, entry: &Entry, error: &chatwoot::Error) -> Outcome {
    use chatwoot::{Done, Error};
    let now = tickets.clock.now();
    match error {
        Error::Invalid(_) => Outcome::Refused,
        Error::TooManyMessages => {
            Outcome::Later(State::Queued, now + jitter(&tickets.chance, millis(MINUTE)))
        }
        _ if error.done() == Done::No => Outcome::Later(State::Queued, rest(tickets, entry)),
        _ if is_called_invalid(error) && entry.attempts + 1 >= TRIES_IF_INVALID => Outcome::GivenUp,
        _ if entry.attempts + 1 < TRIES => Outcome::InDoubt(now + millis(FIRST_LOOK)),
        // It is not the fault of what was written if nobody's is stored.
        _ if takes::anything(tickets, now) || now >= entry.created_at + millis(LIFE) => {
            Outcome::GivenUp
        }
        _ => {
            takes::tell(tickets);
            Outcome::InDoubt(now + millis(FIRST_LOOK))
        }
    }
}

fn is_called_invalid(error: &chatwoot::Error) -> bool {
    use chatwoot::{Error, Misfit};
    matches!(error, Error::NotUnderstood(Misfit::Status(_, words)) if words.as_str().starts_with("Validation failed: "))
}

/// No sooner than this: it may rest, Chatwoot takes only so many messages a minute, and an earlier cancellation may come late.
pub(super) fn earliest(tx: &Transaction<'_>, entry: &Entry) -> Result<Millis, StoreError> {
    if entry.kind != Kind::Reply || entry.state != State::Queued {
        return Ok(entry.not_before);
    }
    let after_many =
        outbox::arrived_nth(tx, &entry.ticket, A_MINUTE)?.map_or(0, |then| then + millis(MINUTE));
    let after_cancel = match outbox::doubtful_cancel(tx, &entry.ticket)? {
        0 => 0,
        then => then + millis(LATEST),
    };
    Ok(entry.not_before.max(after_many).max(after_cancel))
}

/// Until when to rest before the next try of something that surely did not happen.
pub(super) fn rest(tickets: &Tickets, entry: &Entry) -> Millis {
    let now = tickets.clock.now();
    // Tries are not counted: what fails before it is sent was never tried.
    let waited = now.saturating_sub(entry.created_at);
    let step = (waited / 2).clamp(millis(SHORTEST), millis(LONGEST));
    now + jitter(&tickets.chance, step)
}

/// Until when to rest while Chatwoot is away. Its return wakes whoever rests.
pub(super) fn while_away(tickets: &Tickets) -> Millis {
    tickets.clock.now() + jitter(&tickets.chance, millis(LONGEST))
}

/// What was looked for: it is there, it is not and may be sent again now, or until when to rest.
pub(super) fn after_look<T>(
    tickets: &Tickets,
    entry: &Entry,
    looked: Result<Look<T>, chatwoot::Error>,
) -> Result<Option<T>, Outcome> {
    let Look { found, slowest } = looked.map_err(|error| {
        let (ticket, cause) = (&entry.ticket, chain(&error));
        tracing::debug!(%ticket, cause, "what may have arrived was not looked for");
        Outcome::Later(State::Doubtful, rest(tickets, entry))
    })?;
    match (found, until_sent_again(tickets, entry, slowest)) {
        (Some(found), _) => Ok(Some(found)),
        (None, None) => Ok(None),
        (None, Some(again)) => Err(Outcome::Later(State::Doubtful, again)),
    }
}

/// After looking in vain, with calls of which the slowest took so long: none if now.
fn until_sent_again(tickets: &Tickets, entry: &Entry, slowest: Millis) -> Option<Millis> {
    let now = tickets.clock.now();
    if slowest > millis(QUICK) {
        return Some(now + jitter(&tickets.chance, millis(LONGEST)));
    }
    let again =
        (entry.attempted_at + millis(LATEST)).max(sync::well_since(tickets) + millis(STEADY));
    (now < again).then_some(again)
}

/// From half of it up to all of it, so that many who wait do not come at once.
fn jitter(chance: &Chance, step: Millis) -> Millis {
    let part = u64::from(u16::from_le_bytes(chance.bytes()));
    step / 2 + step * part / (2 * u64::from(u16::MAX))
}
