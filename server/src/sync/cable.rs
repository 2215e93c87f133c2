//! Holds a cable to Chatwoot where its webhooks do not arrive, or always if the operator wants it. It tells what webhooks tell, and
//! of deleted contacts too. After each gap the inbox is polled.

use std::sync::Arc;
use std::time::Duration;

use chatwoot::{CableError, Frame};

use super::{hints, looking, millis, read_back};
use crate::clock::Millis;
use crate::config::Use;
use crate::failure::chain;
use crate::state::State;

/// A wrong token is answered by nothing: after this it was refused.
const CONFIRMED: Duration = Duration::from_secs(10);
/// Chatwoot sends a ping every three seconds. After this it is gone.
const SILENT: Duration = Duration::from_secs(9);
/// Whether it is needed is asked this often.
const GLANCE: Duration = Duration::from_secs(5);
/// After a cable broke, the first try comes after this, each next one after twice as long.
const REST: Duration = Duration::from_secs(1);
/// But never later than this.
const LONGEST_REST: Duration = Duration::from_secs(60);

/// Why a cable ended.
enum End {
    /// Webhooks arrive: it is not needed.
    NotNeeded,
    /// It broke, after it had told something or before.
    Broken { told: bool, why: CableError },
    /// Nothing came for too long.
    Silent { told: bool },
}

/// Holds it while the portal runs.
pub(crate) async fn hold(state: Arc<State>, http1: reqwest::Client) {
    let wanted = state.config.live.cable;
    if wanted == Use::Off {
        return;
    }
    let clock = &state.clock;
    let mut failed: u32 = 0;
    loop {
        if !is_needed(&state) {
            clock.sleep(GLANCE).await;
            continue;
        }
        let end = connect_and_listen(&state, &http1).await;
        state.tickets.signals().cable_is(false);
        let told = match end {
            End::NotNeeded => {
                tracing::info!("webhooks arrive: the cable to Chatwoot is let go");
                continue;
            }
            End::Broken { told, why } => {
                if told || failed == 0 {
                    tracing::warn!(
                        cause = chain(&why),
                        "no cable to Chatwoot; it is tried again"
                    );
                }
                told
            }
            End::Silent { told } => {
                if told || failed == 0 {
                    tracing::warn!("the cable to Chatwoot says nothing; it is tried again");
                }
                told
            }
        };
        failed = if told { 1 } else { failed.saturating_add(1) };
        clock
            .sleep(Duration::from_millis(rest(&state, failed)))
            .await;
    }
}

fn is_needed(state: &State) -> bool {
    match state.config.live.cable {
        Use::Off => false,
        Use::On => true,
        Use::Auto => state.tickets.signals().want_a_cable(),
    }
}

/// From half of it to all of it, so that many portals do not come at once.
fn rest(state: &State, failed: u32) -> Millis {
    let step = millis(REST) << failed.saturating_sub(1).min(16);
    let step = step.min(millis(LONGEST_REST));
    let part = u64::from(u16::from_le_bytes(state.chance.bytes()));
    step / 2 + step * part / (2 * u64::from(u16::MAX))
}

async fn connect_and_listen(state: &State, http1: &reqwest::Client) -> End {
    let (clock, tickets) = (&state.clock, &state.tickets);
    let connecting = state.chatwoot.cable(http1, state.chance.bytes());
    let mut cable = tokio::select! {
        cable = connecting => match cable {
            Ok(cable) => cable,
            Err(why) => return End::Broken { told: false, why },
        },
        () = clock.sleep(CONFIRMED) => return End::Silent { told: false },
    };
    let mut told = false;
    let confirmed_by = clock.now() + millis(CONFIRMED);
    loop {
        let until = if told {
            clock.now() + millis(SILENT)
        } else {
            confirmed_by
        };
        let frame = tokio::select! {
            frame = cable.next() => frame,
            () = clock.sleep_until(until) => return End::Silent { told },
        };
        match frame {
            Ok(Frame::Subscribed) => {
                told = true;
                tickets.signals().cable_is(true);
                tracing::info!("a cable to Chatwoot tells what happens there");
                // What happened since the last one, nobody told.
                read_back::gap(tickets);
                looking::poll_now(tickets);
            }
            Ok(Frame::Ping) if is_needed(state) => {}
            Ok(Frame::Ping) => return End::NotNeeded,
            Ok(Frame::Event(event)) => hints::told(tickets, &event),
            Err(why) => return End::Broken { told, why },
        }
    }
}
