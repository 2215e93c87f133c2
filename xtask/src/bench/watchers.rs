//! What a thousand customers who watch cost Chatwoot in calls a minute. A test on a clock that is set counts them, so that neither the
//! build nor the machine changes the figure.

use super::{Figure, Goal};
use crate::problem::{Outcome, Problem};
use crate::programs;
use crate::run;
use crate::workspace;

/// A fifth of what Chatwoot takes of one client in a minute.
const MOST: f64 = 600.0;

/// Runs the test and reads its lines.
pub(super) fn figures() -> Outcome<Vec<Figure>> {
    let mut cargo = workspace::cargo();
    cargo
        .arg("test")
        .args(programs::NATIVE)
        .args(["--test", "portal", "--", "--ignored", "--nocapture"])
        .arg("a_thousand_who_watch");
    let (status, lines) = run::shown_and_kept(cargo)?;
    let figures: Vec<_> = lines.iter().filter_map(|line| read(line)).collect();
    if status.success() && figures.len() == 2 {
        Ok(figures)
    } else {
        Err(Problem::new(format!("counting calls: {status}")))
    }
}

fn read(line: &str) -> Option<Figure> {
    let at = line.find("calls_of_1000_watchers")?;
    let (name, calls) = line.get(at..)?.split_once(' ')?;
    let calls = calls.trim().parse().ok()?;
    Some(Figure::new(name, calls, "a_minute", Goal::AtMost(MOST)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_found_behind_the_name_of_its_test() {
        let line = "test cost::a_thousand ... calls_of_1000_watchers_with_webhooks 86";
        let line = read(line).unwrap().line();
        assert_eq!(
            line,
            "calls_of_1000_watchers_with_webhooks 86.0 a_minute ≤600"
        );
        assert!(read("test result: ok").is_none());
    }
}
