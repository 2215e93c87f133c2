//! `chatwoot-portal adopt`: the same by the operator's word, while the portal is stopped.

use std::process::ExitCode;

use super::by_itself::shows_a_portal;
use super::{Conditions, Outcome, Parts, Trust, adopt};
use crate::chance::Chance;
use crate::cli::AdoptOptions;
use crate::clock::Clock;
use crate::config::Config;
use crate::failure::chain;
use crate::log;
use crate::program::refuse;
use crate::startup;
use crate::store::adoption::{self, Adoption};
use crate::store::{Store, customers};
use crate::sync::Trouble;

const AGAIN: &str = "Tickets of an earlier portal are taken over once, before the first customer comes. After that an address in Chatwoot \
     proves nothing: any visitor of a website inbox may have changed it, and whoever has it would get the tickets. If you know that \
     nobody has, say --again.";

/// Takes over what the environment names, and prints what came of it.
pub(crate) async fn run(options: AdoptOptions) -> ExitCode {
    log::start();
    let config = match Config::from_environment() {
        Ok(config) => config,
        Err(faults) => return refuse(&faults),
    };
    let chatwoot = match startup::chatwoot_client(&config, &Clock::machine()) {
        Ok(chatwoot) => chatwoot,
        Err(error) => return refuse(&error),
    };
    let store = match Store::open(&config.data_dir) {
        Ok(store) => store,
        Err(error) => return refuse(&error),
    };
    let parts = Parts {
        store,
        clock: Clock::machine(),
        chance: Chance::system(),
        keys: config.secrets.keys(),
        chatwoot,
    };
    let again = options.again;
    let done = by_word(&parts, again, trust(options)).await;
    parts.store.close().await;
    match done {
        Ok(Some(Outcome::Done(report))) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Ok(Some(Outcome::SeenBefore(left))) => {
            println!(
                "Nothing was taken over: {left} tickets are nobody's here, but a portal was here before.\n{AGAIN}"
            );
            ExitCode::FAILURE
        }
        Ok(None) => {
            println!("{AGAIN}");
            ExitCode::FAILURE
        }
        Err(trouble) => {
            println!(
                "Not all was taken over: {}. Run it again: what is done stays done.",
                chain(&trouble)
            );
            ExitCode::FAILURE
        }
    }
}

fn trust(options: AdoptOptions) -> Trust {
    if options.trust_all {
        Trust::Everybody
    } else if options.trust.is_empty() {
        Trust::Nobody
    } else {
        Trust::Contacts(options.trust.into_iter().collect())
    }
}

/// Takes over by the operator's word. None if it may not be done without `again`.
pub async fn by_word(parts: &Parts, again: bool, trust: Trust) -> Result<Option<Outcome>, Trouble> {
    let (state, customers) = parts
        .store
        .read(|tx| Ok((adoption::state(tx)?, customers::any(tx)?)))
        .await?;
    let began_at = parts.clock.now();
    let (began_at, seen_before) = match state {
        Adoption::Running {
            began_at,
            seen_before,
        } => (began_at, seen_before),
        Adoption::Due if !customers => (began_at, shows_a_portal(&parts.chatwoot).await?),
        Adoption::Due | Adoption::Over if again => (began_at, true),
        Adoption::Due | Adoption::Over => return Ok(None),
    };
    let conditions = Conditions {
        began_at,
        seen_before,
        again,
        trust,
    };
    // Cut short, it is gone on with by the portal's next start.
    let running = Adoption::Running {
        began_at,
        seen_before,
    };
    if state == Adoption::Due {
        parts
            .store
            .write(move |tx| adoption::set(tx, running))
            .await?;
    }
    let outcome = adopt(parts, &conditions, |_| {}).await?;
    parts
        .store
        .write(|tx| adoption::set(tx, Adoption::Over))
        .await?;
    Ok(Some(outcome))
}
