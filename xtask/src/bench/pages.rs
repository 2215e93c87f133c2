//! What a phone sees of the list and of a ticket: how soon they are there on slow 4G, whether anything moves, how quick they answer on a
//! processor four times as slow, and how ten thousand rows scroll. Measured in Chromium by `end2end/measure`.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::json;

use super::portal::{Portal, folder};
use super::serving::ADDRESS;
use super::stage::Stage;
use super::{Figure, Goal};
use crate::problem::{During, Outcome, Problem};
use crate::run::Quiet;
use crate::workspace;

/// What is measured, in which unit, and what it should be.
const GOALS: [(&str, &str, Goal); 14] = [
    ("page_list_slow_4g_lcp", "ms", Goal::AtMost(1800.0)),
    ("page_list_slow_4g_slow_processor_lcp", "ms", Goal::None),
    ("page_list_slow_4g_cls", "ratio", Goal::AtMost(0.0)),
    ("page_ticket_slow_4g_lcp", "ms", Goal::AtMost(1800.0)),
    ("page_ticket_slow_4g_slow_processor_lcp", "ms", Goal::None),
    ("page_ticket_slow_4g_cls", "ratio", Goal::AtMost(0.0)),
    ("page_list_slow_processor_inp", "ms", Goal::AtMost(100.0)),
    ("page_ticket_slow_processor_inp", "ms", Goal::AtMost(100.0)),
    ("page_list_of_10000_scrolling_frame_p50", "ms", Goal::None),
    ("page_list_of_10000_scrolling_frame_p95", "ms", Goal::None),
    // The same rows without the app. A screen draws every 16.7 ms, and a machine without a graphics card seldomer, whatever it draws.
    (
        "page_list_that_stands_still_scrolling_frame_p50",
        "ms",
        Goal::None,
    ),
    (
        "page_list_that_stands_still_scrolling_frame_p95",
        "ms",
        Goal::None,
    ),
    (
        "page_list_of_10000_scrolling_against_still",
        "ratio",
        Goal::AtMost(1.1),
    ),
    ("page_list_of_10000_filtering_inp", "ms", Goal::None),
];

/// Signs a customer in, gives him tickets, and lets Chromium look.
pub(super) fn figures(program: &Path, chromium: &Path, stage: &mut Stage) -> Outcome<Vec<Figure>> {
    let folder = folder().join("pages");
    let portal = Portal::start_anew(program, &folder, &stage.near)?;
    let mut visitor = portal.visitor();
    stage.add_contact(ADDRESS)?;
    stage.sign_in(&mut visitor, ADDRESS)?;
    let ticket = stage.fill(&mut visitor)?;
    let told = folder.join("figures");
    let measured = json!({
        "url": portal.page(""),
        "cookie": visitor.cookies(),
        "ticket": ticket,
        "figures": told,
    });
    let mut npx = Command::new(if cfg!(windows) { "npx.cmd" } else { "npx" });
    npx.current_dir(workspace::root().join("end2end"))
        .args(["--no-install", "playwright", "test"])
        .args(["--config", "measure.config.ts"])
        .env("MEASURED", measured.to_string())
        .env("CHROME_PATH", chromium);
    Quiet {
        what: "Looking at the pages as a phone does",
        usually: "2 min",
        log: "pages.log",
        limit: None,
    }
    .run(npx)?;
    let told = fs::read_to_string(&told).during(format!("reading {}", told.display()))?;
    GOALS
        .into_iter()
        .map(|(name, unit, goal)| Ok(Figure::new(name, value(&told, name)?, unit, goal)))
        .collect()
}

/// The figure of this name among lines of names and figures.
fn value(told: &str, name: &str) -> Outcome<f64> {
    told.lines()
        .filter_map(|line| line.split_once(' '))
        .find(|(told, _)| *told == name)
        .and_then(|(_, value)| value.parse().ok())
        .ok_or_else(|| Problem::new(format!("Chromium told no {name}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_found_by_its_whole_name() {
        let told = "page_list_slow_4g_lcp 1412\npage_list_slow_4g 7\n";
        assert_eq!(value(told, "page_list_slow_4g").ok(), Some(7.0));
        assert!(value(told, "page_list").is_err());
    }
}
