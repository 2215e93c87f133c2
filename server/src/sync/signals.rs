//! Whether Chatwoot tells us by itself what happens. While it does, polling is slow; when something that it must have told of did
//! not come within a minute, the operator is told why that may be.

use std::sync::Mutex;
use std::time::Duration;

use super::{lock, millis};
use crate::clock::Millis;
use crate::tickets::Tickets;
use crate::webhooks::apart::{self, Apart};

/// A delivery that must come comes within this.
const PATIENCE: Duration = Duration::from_mins(1);
/// Until then it is polled closely already.
const SOON: Duration = Duration::from_secs(15);
/// A delivery can be here so long before what it tells of is noticed otherwise.
const BEFORE: Duration = Duration::from_secs(10);

/// How the webhook is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Hook {
    /// Switched off by the operator.
    #[default]
    Off,
    /// Chatwoot could not be asked yet.
    NotYet,
    /// The token may not register it.
    NotAllowed,
    /// This Chatwoot does not sign what it sends (before 4.12).
    Unsigned,
    /// Chatwoot does not take it, whatever the token may.
    Refused,
    /// Registered; nothing came yet, and nothing had to.
    Registered,
    /// It tells what happens.
    Well,
    /// Something happened, and Chatwoot did not tell.
    Silent,
}

impl Hook {
    /// One word for `/healthz`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::NotYet => "not registered yet",
            Self::NotAllowed => "not allowed",
            Self::Unsigned => "not signed",
            Self::Refused => "refused",
            Self::Registered => "registered",
            Self::Well => "ok",
            Self::Silent => "silent",
        }
    }

    fn is_registered(self) -> bool {
        matches!(self, Self::Registered | Self::Well | Self::Silent)
    }
}

/// What is known of it.
#[derive(Default)]
pub(crate) struct Signals(Mutex<State>);

#[derive(Default)]
struct State {
    hook: Hook,
    came_at: Option<Millis>,
    /// The earliest thing that must have been told and was not.
    expected: Option<Millis>,
    /// Where deliveries should go, for what the operator is told.
    address: String,
    cable: bool,
}

impl Signals {
    /// How the webhook is, and when the last delivery came.
    pub(crate) fn hook(&self) -> (Hook, Option<Millis>) {
        let state = lock(&self.0);
        (state.hook, state.came_at)
    }

    /// The webhook is registered to this address, or is not, for this reason.
    pub(crate) fn hook_is(&self, hook: Hook, address: &str) {
        let mut state = lock(&self.0);
        let is_new = state.address != address;
        address.clone_into(&mut state.address);
        // What is known of deliveries stays known while it stays registered. What is refused may be there from before, and deliver.
        let stays = match hook {
            Hook::Refused => state.hook == Hook::Well,
            _ => hook.is_registered() && state.hook.is_registered(),
        };
        if is_new || !stays {
            state.hook = hook;
            state.expected = None;
        }
    }

    /// A delivery came.
    pub(crate) fn came(&self, now: Millis) {
        let mut state = lock(&self.0);
        state.came_at = Some(now);
        state.expected = state.expected.filter(|then| *then > now);
        if state.hook == Hook::Silent {
            tracing::info!("Chatwoot's webhooks arrive again");
        }
        state.hook = Hook::Well;
    }

    /// Something was noticed now that Chatwoot must tell of.
    pub(crate) fn must_come(&self, now: Millis) {
        let since = now.saturating_sub(millis(BEFORE));
        let mut state = lock(&self.0);
        let came = state.came_at.is_some_and(|at| at >= since);
        if state.hook.is_registered() && state.expected.is_none() && !came {
            state.expected = Some(since);
        }
    }

    /// The cable is connected, or is not.
    pub(super) fn cable_is(&self, up: bool) {
        lock(&self.0).cable = up;
    }

    /// Whether the cable is connected.
    pub(crate) fn has_cable(&self) -> bool {
        lock(&self.0).cable
    }

    /// Whether what happens is told, so that polling is only for what got lost.
    pub(super) fn are_well(&self, now: Millis) -> bool {
        let state = lock(&self.0);
        let on_time = |then: Millis| now < then + millis(BEFORE) + millis(SOON);
        state.cable || (state.hook == Hook::Well && state.expected.is_none_or(on_time))
    }

    /// Whether webhooks do not arrive, as far as can be known, so that a cable helps.
    pub(super) fn want_a_cable(&self) -> bool {
        match lock(&self.0).hook {
            Hook::Off | Hook::NotAllowed | Hook::Unsigned | Hook::Refused | Hook::Silent => true,
            // Who cannot be asked has no cable either.
            Hook::NotYet | Hook::Registered | Hook::Well => false,
        }
    }

    /// Looks whether what must have come did.
    fn judge(&self, now: Millis) -> Option<String> {
        let mut state = lock(&self.0);
        let late = |then: Millis| now >= then + millis(BEFORE) + millis(PATIENCE);
        if state.hook == Hook::Silent || !state.expected.is_some_and(late) {
            return None;
        }
        state.hook = Hook::Silent;
        state.expected = None;
        Some(state.address.clone())
    }
}

/// Looks whether what Chatwoot must have told has come, and tells the operator if not.
pub(super) async fn judge(tickets: &Tickets) {
    let Some(address) = tickets.sync.signals.judge(tickets.clock.now()) else {
        return;
    };
    match Apart::that_refuses(&tickets.chatwoot, &tickets.clock).await {
        Some(apart) => tracing::error!(
            address,
            cure = apart::CURE,
            "Chatwoot's webhooks are refused for their time, since {apart}; customers see what agents write some seconds later \
             than they could"
        ),
        None => tracing::error!(
            address,
            cure = cure(&address),
            "Chatwoot does not deliver its webhooks; customers see what agents write some seconds later than they could"
        ),
    }
}

/// What an operator can do when nothing arrives at an address.
pub(crate) fn cure(address: &str) -> &'static str {
    if is_private(address) {
        "Chatwoot 4.14 and later calls no private address: set SAFE_FETCH_ALLOW_PRIVATE_NETWORK=true for its Sidekiq (4.14.1 and \
         later), or WEBHOOK_URL to an address of the portal that is public"
    } else {
        "see whether Chatwoot's Sidekiq reaches this address, and set WEBHOOK_URL to one that it reaches; if that is a private one, \
         set SAFE_FETCH_ALLOW_PRIVATE_NETWORK=true for Sidekiq"
    }
}

/// Whether an address is plainly one of a private network. A name may still lead to one.
pub(crate) fn is_private(address: &str) -> bool {
    let url = url::Url::parse(address).ok();
    match url.as_ref().and_then(url::Url::host) {
        Some(url::Host::Domain(name)) => !name.contains('.') || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(ip)) => {
            let shared = ip.octets()[0] == 100 && (64..128).contains(&ip.octets()[1]);
            ip.is_loopback() || ip.is_private() || ip.is_link_local() || shared
        }
        Some(url::Host::Ipv6(ip)) => {
            ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local()
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r7_a_delivery_that_must_come_and_does_not_is_noticed_within_a_minute() {
        let signals = Signals::default();
        signals.must_come(1_000_000);
        assert_eq!(signals.judge(2_000_000), None, "nothing is registered");
        signals.hook_is(Hook::Registered, "http://10.0.0.1/x");
        assert!(!signals.are_well(1_000_000), "nothing came yet");
        signals.came(1_000_000);
        signals.must_come(1_005_000);
        assert_eq!(signals.judge(2_000_000), None, "it was here before");
        signals.must_come(1_100_000);
        assert!(signals.are_well(1_110_000) && !signals.are_well(1_115_000));
        assert_eq!(signals.judge(1_159_999), None);
        assert!(signals.judge(1_160_000).is_some());
        assert_eq!(signals.hook().0, Hook::Silent);
        assert_eq!(signals.judge(1_161_000), None, "it is told once");
        signals.hook_is(Hook::Registered, "http://10.0.0.1/x");
        assert_eq!(signals.hook().0, Hook::Silent, "registered it was before");
        signals.came(1_200_000);
        assert!(signals.are_well(1_200_000));
    }

    #[test]
    fn private_addresses_are_told_apart() {
        for (address, is) in [
            ("http://localhost:3001/portal", true),
            ("http://portal:3001", true),
            ("http://127.0.0.1", true),
            ("http://172.17.0.3:3001/x", true),
            ("http://100.64.0.1", true),
            ("http://[fd00::1]", true),
            ("https://support.example.com/portal", false),
            ("http://192.0.2.7", false),
            ("nonsense", false),
        ] {
            assert_eq!(is_private(address), is, "{address}");
        }
    }
}
