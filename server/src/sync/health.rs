//! Whether Chatwoot answers: every call is heard, so that each page can say how old it is, the operator what to do, and nobody asks a
//! help desk that is away but one call every two seconds.

use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use app::tickets::model::Freshness;
use chatwoot::{Error, Misfit, Refusal};

use super::{lock, looking, millis};
use crate::clock::Millis;
use crate::failure::chain;
use crate::tickets::{Shared, Tickets};

/// While Chatwoot is away it is tried this often, and half as long again by chance: within 3 s of its return open pages are right.
const PROBE: Duration = Duration::from_millis(1500);
/// So many calls in a row without a proper answer mean that it is away: one can be the fault of what was asked.
const IN_A_ROW: u32 = 2;

/// What is known of Chatwoot's health.
pub(super) struct Health(Mutex<State>);

#[derive(Clone, Copy)]
struct State {
    down: bool,
    /// While it is away: what the operator can do about it.
    cure: &'static str,
    /// When it last answered as it should.
    well_at: Millis,
    /// Since when it does.
    well_since: Millis,
    /// Calls that ended badly since it last answered.
    failures: u32,
    /// While it is away: when the next call may be made.
    probe_at: Millis,
}

impl Health {
    pub(super) fn new(now: Millis) -> Self {
        Self(Mutex::new(State {
            down: false,
            cure: "",
            well_at: now,
            well_since: 0,
            failures: 0,
            probe_at: 0,
        }))
    }

    /// What is known from before the start.
    pub(super) fn was_well_at(&self, then: Millis) {
        lock(&self.0).well_at = then;
    }
}

/// Hears how calls end, for as long as the portal runs.
pub(crate) struct Ear(Weak<Shared>);

impl Ear {
    /// What a client is watched by.
    pub(crate) fn of(tickets: &Weak<Shared>) -> Arc<Self> {
        Arc::new(Self(tickets.clone()))
    }
}

impl chatwoot::Watch for Ear {
    fn admits(&self) -> bool {
        self.0.upgrade().is_none_or(|tickets| admits(&tickets))
    }

    fn ended(&self, end: Result<(), &Error>) {
        if let Some(tickets) = self.0.upgrade() {
            let tickets = Tickets::from(tickets);
            match end {
                Ok(()) => heard_well(&tickets),
                Err(error) => heard(&tickets, error),
            }
        }
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

/// What the operator can do, while Chatwoot is away.
pub(crate) fn cure_now(tickets: &Tickets) -> Option<&'static str> {
    let state = lock(&tickets.sync.health.0);
    state.down.then_some(state.cure)
}

/// Whether Chatwoot did not answer when it was last asked.
pub(crate) fn is_down(tickets: &Tickets) -> bool {
    lock(&tickets.sync.health.0).down
}

/// Whether a call would be made now.
pub(crate) fn may_ask(tickets: &Tickets) -> bool {
    let state = lock(&tickets.sync.health.0);
    !state.down || tickets.clock.now() >= state.probe_at
}

/// Since when Chatwoot has been answering.
pub(crate) fn well_since(tickets: &Tickets) -> Millis {
    lock(&tickets.sync.health.0).well_since
}

/// Whether this call may be made. While Chatwoot is away, the one that may puts off the next.
fn admits(shared: &Shared) -> bool {
    let mut state = lock(&shared.sync.health.0);
    let now = shared.clock.now();
    if !state.down {
        return true;
    }
    let admitted = now >= state.probe_at;
    if admitted {
        state.probe_at = next_probe(shared, now);
    }
    admitted
}

fn next_probe(shared: &Shared, now: Millis) -> Millis {
    let probe = millis(PROBE);
    let part = u64::from(u16::from_le_bytes(shared.chance.bytes()));
    now + probe + probe * part / (2 * u64::from(u16::MAX))
}

/// Chatwoot answered as it should.
fn heard_well(tickets: &Tickets) {
    let now = tickets.clock.now();
    let was_down = {
        let mut state = lock(&tickets.sync.health.0);
        let was_down = std::mem::replace(&mut state.down, false);
        state.failures = 0;
        state.well_at = now;
        if was_down {
            state.well_since = now;
        }
        was_down
    };
    if was_down {
        tracing::info!("Chatwoot answers again");
        looking::tell_everybody(tickets);
        let busy = tickets.background.busy();
        let this = tickets.clone();
        tickets.background.spawn("return of Chatwoot", async move {
            crate::outbox::hurry(&this).await;
            super::tell_seen(&this);
            super::tell_names(&this);
            drop(busy);
        });
    }
}

/// A call ended badly. A refusal of one thing is an answer all the same.
fn heard(tickets: &Tickets, error: &Error) {
    let enough = match error {
        Error::NotFound
        | Error::Taken(_)
        | Error::Invalid(_)
        | Error::TooManyMessages
        | Error::Refused(Refusal::Object) => return heard_well(tickets),
        Error::Resting => return,
        Error::Unreachable(_)
        | Error::Throttled
        | Error::Refused(Refusal::Token | Refusal::Account | Refusal::Suspended) => 1,
        // Something before Chatwoot may refuse one kind of calls and no others.
        Error::Refused(Refusal::Other(_))
        | Error::NoAnswer
        | Error::ServerError(_)
        | Error::Broken(_)
        | Error::NotUnderstood(_) => IN_A_ROW,
    };
    let now = tickets.clock.now();
    let begins = {
        let mut state = lock(&tickets.sync.health.0);
        state.failures += 1;
        let begins = !state.down && state.failures >= enough;
        if begins {
            state.down = true;
        }
        if state.down {
            state.cure = cure(error);
        }
        if begins {
            // Later ones are put off where they begin: one that hangs must not put off the next by as long as it took.
            state.probe_at = next_probe(tickets, now);
        }
        begins
    };
    if begins {
        looking::tell_everybody(tickets);
        tracing::error!(
            cause = chain(error),
            cure = cure(error),
            "Chatwoot does not answer; tickets are shown as they were, and what customers write waits"
        );
    }
}

fn cure(error: &Error) -> &'static str {
    match error {
        Error::Refused(Refusal::Token) => {
            "CHATWOOT_API_TOKEN is not known there: copy the token of the service user's profile again, or make a new one"
        }
        Error::Refused(Refusal::Account) => {
            "the token's user has no part in CHATWOOT_ACCOUNT_ID: invite him as an administrator"
        }
        Error::Refused(Refusal::Suspended) => {
            "the account is suspended in Chatwoot: a super administrator can lift that"
        }
        Error::Refused(_) => {
            "see what stands between the portal and Chatwoot: it refuses in words that are not Chatwoot's"
        }
        Error::Throttled => {
            "set RACK_ATTACK_ALLOWED_IPS in Chatwoot to the portal's address, or let the portal reach it over loopback"
        }
        Error::Unreachable(_) => "see whether Chatwoot runs and CHATWOOT_URL is right",
        Error::NoAnswer | Error::ServerError(_) | Error::Broken(_) => {
            "see Chatwoot's own log, and whether its database and Redis run"
        }
        Error::NotUnderstood(Misfit::Redirect(_)) => {
            "it redirects: set CHATWOOT_URL to the address that Chatwoot itself has"
        }
        Error::NotUnderstood(_) => {
            "see whether CHATWOOT_URL is Chatwoot's and no maintenance page, and its version is 4.7 or later; \
             `chatwoot-portal check` tells more"
        }
        Error::NotFound
        | Error::Taken(_)
        | Error::Invalid(_)
        | Error::TooManyMessages
        | Error::Resting => "none is needed",
    }
}
