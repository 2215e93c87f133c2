//! What the program measures of itself: the time of reading what people write, and the memory of the limits.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{Figure, Goal};
use crate::problem::{During, Outcome, Problem};
use crate::workspace;

/// Runs `measure` and reads its lines.
pub(super) fn figures(program: &Path) -> Outcome<Vec<Figure>> {
    let folder = workspace::target().join("bench/measure");
    if folder.exists() {
        fs::remove_dir_all(&folder).during("removing what was measured before")?;
    }
    let mut measure = Command::new(program);
    measure.arg("measure").arg(&folder).env_clear();
    let output = measure.output().during("measuring")?;
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    lines.lines().map(read).collect()
}

fn read(line: &str) -> Outcome<Figure> {
    let odd = || Problem::new(format!("a measured line that is none: {line}"));
    let [name, value, unit]: [&str; 3] = line
        .split_whitespace()
        .collect::<Vec<_>>()
        .try_into()
        .map_err(|_| odd())?;
    let value = value.parse().map_err(|_| odd())?;
    let (unit, goal) = match (name, unit) {
        ("markup_of_1_mib_worst" | "markup_of_96_kib_worst", "ms") => ("ms", Goal::AtMost(50.0)),
        ("list_of_1e4_p50" | "find_rare_word_p50" | "find_no_such_word_p50", "ms") => {
            ("ms", Goal::AtMost(10.0))
        }
        // Every ticket is a hit and counted.
        ("find_word_of_all_p50", "ms") => ("ms", Goal::None),
        ("durable_reply_p50", "ms") => ("ms", Goal::None),
        ("durable_reply_to_bare_write", "ratio") => ("ratio", Goal::AtMost(3.0)),
        (
            "list_among_1e5_tickets_to_10"
            | "ticket_among_1e5_tickets_to_10"
            | "reply_among_1e5_tickets_to_10",
            "ratio",
        ) => ("ratio", Goal::AtMost(1.5)),
        ("open_store_of_1e5_sessions_p50", "ms") => ("ms", Goal::AtMost(300.0)),
        ("memory_of_limiter_at_1e6_keys", "MiB") => ("MiB", Goal::AtMost(64.0)),
        _ => return Err(odd()),
    };
    Ok(Figure::new(name, value, unit, goal))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_figure_with_its_goal() {
        let figure = read("markup_of_1_mib_worst 12.3456 ms").ok().unwrap();
        assert_eq!(figure.line(), "markup_of_1_mib_worst 12.35 ms ≤50");
        assert!(read("something 1 ms").is_err());
        assert!(read("markup_of_1_mib_worst x ms").is_err());
        assert!(read("markup_of_1_mib_worst").is_err());
    }
}
