//! When an act is tried again.

use std::time::Duration;

use super::{Outcome, millis};
use crate::chance::Chance;
use crate::clock::Millis;
use crate::store::outbox::{Entry, State};
use crate::tickets::Tickets;

/// Not sent again before this long after a doubtful end: Chatwoot can commit up to 14 s after it was given up.
const DOUBT: Duration = Duration::from_secs(20);
/// The first look for what may have arrived.
const FIRST_LOOK: Duration = Duration::from_secs(2);
/// A look that takes longer says nothing: what was sent may still wait in Chatwoot's queue.
const QUICK: Duration = Duration::from_secs(2);
/// Rests grow up to this, so that the first goes within half a minute of Chatwoot's return.
const LONGEST: Duration = Duration::from_secs(20);
/// After so many doubtful ends in a row the customer is asked.
const TRIES: u32 = 12;
/// After so many in which Chatwoot said that what was written is not valid, in words that are not known to mean that nothing
/// was stored.
const TRIES_IF_INVALID: u32 = 3;

/// What a failed call means for an act.
pub(super) fn after(tickets: &Tickets, entry: &Entry, error: &chatwoot::Error) -> Outcome {
    use chatwoot::{Done, Error};
    let now = tickets.clock.now();
    crate::sync::heard(tickets, error);
    match error {
        Error::Invalid(_) | Error::NotFound => Outcome::Refused,
        _ if error.done() == Done::No => Outcome::Later(State::Queued, rest(tickets, entry)),
        _ if entry.attempts + 1 >= tries(error) => Outcome::GivenUp,
        _ => Outcome::InDoubt(now + millis(FIRST_LOOK)),
    }
}

fn tries(error: &chatwoot::Error) -> u32 {
    use chatwoot::{Error, Misfit};
    match error {
        Error::NotUnderstood(Misfit::Status(_, words))
            if words.as_str().starts_with("Validation failed: ") =>
        {
            TRIES_IF_INVALID
        }
        _ => TRIES,
    }
}

/// Until when to rest before the next try of something that surely did not happen.
pub(super) fn rest(tickets: &Tickets, entry: &Entry) -> Millis {
    let longest = millis(LONGEST);
    let step = 1_000_u64
        .saturating_mul(1 << entry.attempts.min(10))
        .min(longest);
    tickets.clock.now() + jitter(&tickets.chance, step)
}

/// What comes after looking in vain: none if it may be sent again now.
pub(super) fn unseen(tickets: &Tickets, entry: &Entry, look_began: Millis) -> Option<Outcome> {
    let now = tickets.clock.now();
    if now.saturating_sub(look_began) > millis(QUICK) {
        return Some(Outcome::Later(State::Doubtful, now + millis(DOUBT)));
    }
    let again = entry.attempted_at + millis(DOUBT);
    (now < again).then_some(Outcome::Later(State::Doubtful, again))
}

/// Looking was not answered: the doubt stays.
pub(super) fn blind(tickets: &Tickets, entry: &Entry, error: &chatwoot::Error) -> Outcome {
    crate::sync::heard(tickets, error);
    Outcome::Later(State::Doubtful, rest(tickets, entry))
}

/// From half of it up to all of it, so that many who wait do not come at once.
fn jitter(chance: &Chance, step: Millis) -> Millis {
    let part = u64::from(u16::from_le_bytes(chance.bytes()));
    step / 2 + step * part / (2 * u64::from(u16::MAX))
}
