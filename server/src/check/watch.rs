//! While the portal serves: looks now and then at how Chatwoot is set up, and tells the log once of each fault, with its cure.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use app::tickets::model::Freshness;

use super::help_desk;
use super::report::{Line, Verdict};
use crate::state::State;

/// The first look comes so long after the start.
const FIRST: Duration = Duration::from_secs(30);
/// One each.
const EACH: Duration = Duration::from_hours(1);

/// Looks until the portal stops. While Chatwoot does not answer there is nothing to see, and the log knows.
pub async fn keep_looking(state: Arc<State>) {
    let mut said = HashSet::new();
    state.clock.sleep(FIRST).await;
    loop {
        if state.tickets.freshness() == Freshness::Live {
            let lines = help_desk::examine(&state.config, &state.chatwoot).await;
            for (part, problem, cure) in new_faults(&lines, &mut said) {
                tracing::error!(part, cure, "{problem}");
            }
        }
        state.clock.sleep(EACH).await;
    }
}

/// Faults that were not said since they last were not there.
fn new_faults<'a>(
    lines: &'a [Line],
    said: &mut HashSet<String>,
) -> Vec<(&'static str, &'a str, &'a str)> {
    let faults: Vec<_> = lines
        .iter()
        .filter_map(|line| match &line.verdict {
            Verdict::Fault { problem, cure } => Some((line.part, problem.as_str(), cure.as_str())),
            _ => None,
        })
        .collect();
    said.retain(|known| faults.iter().any(|(_, problem, _)| problem == known));
    let new = faults
        .into_iter()
        .filter(|(_, problem, _)| said.insert((*problem).to_owned()));
    new.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r4_a_fault_of_the_set_up_is_told_once_and_again_when_it_comes_again() {
        let gone = [
            Line::ok("token", "known"),
            Line::fault(
                "inbox",
                "account 1 has no inbox 3",
                "Correct CHATWOOT_INBOX_ID.",
            ),
        ];
        let mut said = HashSet::new();
        let first = new_faults(&gone, &mut said);
        assert_eq!(
            first,
            [(
                "inbox",
                "account 1 has no inbox 3",
                "Correct CHATWOOT_INBOX_ID."
            )]
        );
        assert!(new_faults(&gone, &mut said).is_empty());
        assert!(new_faults(&gone[..1], &mut said).is_empty());
        assert_eq!(new_faults(&gone, &mut said).len(), 1);
    }
}
