//! While the portal serves: looks now and then at how Chatwoot is set up, tells the log once of each fault, with its cure, and `/healthz` as
//! long as it is there.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use app::tickets::model::Freshness;

use super::help_desk;
use super::report::{Line, Verdict};
use crate::state::State;

/// The first look comes so long after the start.
const FIRST: Duration = Duration::from_secs(30);
/// One each.
const EACH: Duration = Duration::from_hours(1);

/// A fault of how Chatwoot is set up.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Fault {
    /// The part, in a word.
    pub part: &'static str,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub cure: String,
}

/// The faults of the last look.
#[derive(Default)]
pub struct SetUp(Mutex<Vec<Fault>>);

impl SetUp {
    /// What is wrong.
    pub fn faults(&self) -> Vec<Fault> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Takes what a look found. Gives the faults that the look before did not find.
    fn found(&self, lines: Vec<Line>) -> Vec<Fault> {
        let faults: Vec<Fault> = lines
            .into_iter()
            .filter_map(|Line { part, verdict }| match verdict {
                Verdict::Fault { problem, cure } => Some(Fault {
                    part,
                    problem,
                    cure,
                }),
                Verdict::Ok(_) | Verdict::Note(_) => None,
            })
            .collect();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::replace(&mut *known, faults.clone());
        faults
            .into_iter()
            .filter(|fault| !before.contains(fault))
            .collect()
    }
}

/// Looks until the portal stops.
pub async fn keep_looking(state: Arc<State>) {
    state.clock.sleep(FIRST).await;
    loop {
        look(&state).await;
        state.clock.sleep(EACH).await;
    }
}

/// Looks once. While Chatwoot does not answer there is nothing to see, and the log knows.
pub async fn look(state: &State) {
    if state.tickets.freshness() != Freshness::Live {
        return;
    }
    let lines = help_desk::examine(&state.config, &state.chatwoot, &state.clock).await;
    for Fault {
        part,
        problem,
        cure,
    } in state.set_up.found(lines)
    {
        tracing::error!(part, cure, "{problem}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r4_a_fault_of_the_set_up_is_told_once_and_again_when_it_comes_again() {
        let gone = || {
            vec![
                Line::ok("token", "known"),
                Line::fault(
                    "inbox",
                    "account 1 has no inbox 3",
                    "Correct CHATWOOT_INBOX_ID.",
                ),
            ]
        };
        let set_up = SetUp::default();
        let first = set_up.found(gone());
        assert_eq!(
            first,
            [Fault {
                part: "inbox",
                problem: "account 1 has no inbox 3".to_owned(),
                cure: "Correct CHATWOOT_INBOX_ID.".to_owned(),
            }]
        );
        assert_eq!(set_up.faults(), first);
        assert!(set_up.found(gone()).is_empty());
        assert_eq!(set_up.faults(), first);
        assert!(set_up.found(gone()[..1].to_vec()).is_empty());
        assert!(set_up.faults().is_empty());
        assert_eq!(set_up.found(gone()).len(), 1);
    }
}
