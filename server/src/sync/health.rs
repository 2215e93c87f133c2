//! Whether Chatwoot answers, so that every page can say how old it is, and the operator what to do.

use std::sync::Mutex;

use app::tickets::model::Freshness;
use chatwoot::{Error, Refusal};

use super::{lock, looking};
use crate::clock::Millis;
use crate::failure::chain;
use crate::tickets::Tickets;

/// What is known of Chatwoot's health.
pub(super) struct Health(Mutex<State>);

struct State {
    down: bool,
    well_at: Millis,
}

impl Health {
    pub(super) fn new(now: Millis) -> Self {
        Self(Mutex::new(State {
            down: false,
            well_at: now,
        }))
    }

    /// What is known from before the start.
    pub(super) fn was_well_at(&self, then: Millis) {
        lock(&self.0).well_at = then;
    }

    fn set(&self, down: bool, now: Millis) -> bool {
        let mut state = lock(&self.0);
        let changed = state.down != down;
        state.down = down;
        if !down {
            state.well_at = now;
        }
        changed
    }
}

/// How old what is shown may be.
pub(crate) fn freshness(tickets: &Tickets) -> Freshness {
    let state = lock(&tickets.sync.health.0);
    if state.down {
        Freshness::AsOf(state.well_at)
    } else {
        Freshness::Live
    }
}

/// Whether Chatwoot did not answer when it was last asked.
pub(super) fn is_down(tickets: &Tickets) -> bool {
    lock(&tickets.sync.health.0).down
}

/// Chatwoot answered as it should.
pub(crate) fn heard_well(tickets: &Tickets) {
    if tickets.sync.health.set(false, tickets.clock.now()) {
        tracing::info!("Chatwoot answers again");
        looking::tell_everybody(tickets);
        let busy = tickets.background.busy();
        let this = tickets.clone();
        tickets.background.spawn(async move {
            crate::outbox::hurry(&this).await;
            drop(busy);
        });
    }
}

/// A call ended badly. A refusal of one thing is an answer all the same.
pub(crate) fn heard(tickets: &Tickets, error: &Error) {
    match error {
        Error::NotFound | Error::Taken(_) | Error::Invalid(_) | Error::Refused(Refusal::Object) => {
            heard_well(tickets);
        }
        _ => {
            if tickets.sync.health.set(true, tickets.clock.now()) {
                looking::tell_everybody(tickets);
                tracing::error!(
                    cause = chain(error),
                    cure = cure(error),
                    "Chatwoot does not answer; tickets are shown as they were, and what customers write waits"
                );
            }
        }
    }
}

fn cure(error: &Error) -> &'static str {
    match error {
        Error::Refused(Refusal::Token) => {
            "CHATWOOT_API_TOKEN is not known there: make a new token in the service user's profile"
        }
        Error::Refused(Refusal::Account) => {
            "the token's user has no part in CHATWOOT_ACCOUNT_ID: invite him as an administrator"
        }
        Error::Refused(Refusal::Suspended) => "the account is suspended in Chatwoot",
        Error::Refused(_) => "see what stands between the portal and Chatwoot",
        Error::Throttled => "set RACK_ATTACK_ALLOWED_IPS in Chatwoot to the portal's address",
        Error::Unreachable(_) => "see whether Chatwoot runs and CHATWOOT_URL is right",
        Error::NoAnswer | Error::ServerError(_) | Error::Broken(_) => "see Chatwoot's own log",
        Error::NotUnderstood(_) => {
            "see whether CHATWOOT_URL is Chatwoot's, and its version is 4.7 or later"
        }
        Error::NotFound | Error::Taken(_) | Error::Invalid(_) => "none is needed",
    }
}
