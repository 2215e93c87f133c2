//! Taking over at the first start, by itself: on a new store alone, and only where Chatwoot shows no sign of an earlier portal of
//! this kind, since then its tickets were bound once already.

use std::sync::atomic::Ordering;
use std::time::Duration;

use chatwoot::Error;

use super::{Conditions, Outcome, Parts, SIGN, Trust, adopt};
use crate::clock::Millis;
use crate::failure::chain;
use crate::store::adoption::{self, Adoption};
use crate::sync::Trouble;
use crate::tickets::{Busy, Tickets};

/// After a failure it is tried again after this, twice as long each time.
const REST: Duration = Duration::from_secs(30);
/// But never longer than this.
const LONGEST_REST: Duration = Duration::from_mins(10);
/// What has not ended by then is given up: the longer it takes, the less an address proves.
const LONGEST: Duration = Duration::from_hours(24);

/// Begins it if it is due. False if that could not be found out: then nothing may be made in Chatwoot that shows that a portal is
/// there.
pub(crate) async fn begin_if_due(tickets: &Tickets) -> bool {
    if tickets.adoption_decided.load(Ordering::Acquire) {
        return true;
    }
    match decide(tickets).await {
        Ok(begun) => {
            tickets.adoption_decided.store(true, Ordering::Release);
            if let Some((began_at, seen_before)) = begun {
                tickets.keep("adoption", move |this, busy| async move {
                    work(&this, began_at, seen_before, busy).await;
                });
            }
            true
        }
        Err(trouble) => {
            tracing::warn!(
                cause = chain(&trouble),
                "whether an earlier portal's tickets are to be taken over is not known yet"
            );
            false
        }
    }
}

/// When it began, and whether there was a portal before, if there is something to do.
async fn decide(tickets: &Tickets) -> Result<Option<(Millis, bool)>, Trouble> {
    match tickets.store.read(adoption::state).await? {
        Adoption::Over => Ok(None),
        Adoption::Running {
            began_at,
            seen_before,
        } => Ok(Some((began_at, seen_before))),
        Adoption::Due => {
            let seen_before = shows_a_portal(&tickets.chatwoot).await?;
            let began_at = tickets.clock.now();
            let state = Adoption::Running {
                began_at,
                seen_before,
            };
            tickets
                .store
                .write(move |tx| adoption::set(tx, state))
                .await?;
            Ok(Some((began_at, seen_before)))
        }
    }
}

/// Whether a portal like this one was started on this account before.
pub(crate) async fn shows_a_portal(chatwoot: &chatwoot::Client) -> Result<bool, Error> {
    match chatwoot.conversation_attributes().await {
        Ok(defined) => Ok(defined.iter().any(|it| it.key == SIGN)),
        // A token that may not read them could not have made them.
        Err(Error::Refused(_) | Error::Invalid(_) | Error::NotFound) => Ok(false),
        Err(error) => Err(error),
    }
}

async fn work(tickets: &Tickets, began_at: Millis, seen_before: bool, mut busy: Busy) {
    let parts = Parts {
        store: tickets.store.clone(),
        clock: tickets.clock.clone(),
        chance: tickets.chance.clone(),
        keys: tickets.keys.clone(),
        chatwoot: tickets.chatwoot.clone(),
    };
    let conditions = Conditions {
        began_at,
        seen_before,
        again: false,
        trust: Trust::Nobody,
    };
    let mut rest = crate::sync::millis(REST);
    while !tickets.background.is_stopping() {
        let late = tickets.clock.now().saturating_sub(began_at) > crate::sync::millis(LONGEST);
        let done = if late {
            tracing::warn!(
                "taking over an earlier portal's tickets took more than a day and was given up; `chatwoot-portal adopt --again` goes on with it"
            );
            Ok(())
        } else {
            once(tickets, &parts, &conditions).await
        };
        let done = match done {
            Ok(()) => tickets
                .store
                .write(|tx| adoption::set(tx, Adoption::Over))
                .await
                .map_err(Trouble::from),
            Err(trouble) => Err(trouble),
        };
        let Err(trouble) = done else {
            return;
        };
        tracing::warn!(
            cause = chain(&trouble),
            seconds = rest / 1000,
            "an earlier portal's tickets were not all taken over yet; it goes on after a rest"
        );
        let until = tickets.clock.now() + rest;
        busy = tickets.background.rest(busy, until).await;
        rest = (rest * 2).min(crate::sync::millis(LONGEST_REST));
    }
}

async fn once(tickets: &Tickets, parts: &Parts, conditions: &Conditions) -> Result<(), Trouble> {
    let told = |customer| tickets.changes.changed(customer, None);
    match adopt(parts, conditions, told).await? {
        Outcome::SeenBefore(left) => tracing::warn!(
            "{left} tickets in the portal's inbox are nobody's here. They are not taken over, since a portal was here before and \
             this store is new: bring its DATA_DIR back or, if it is lost, see `chatwoot-portal adopt --help`"
        ),
        Outcome::Done(report)
            if report.adopted + report.already == 0 && report.left_out.is_empty() => {}
        Outcome::Done(report) => tracing::info!("{report}"),
    }
    Ok(())
}
