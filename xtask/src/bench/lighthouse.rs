//! Lighthouse's scores of signing in, the list and a ticket on a phone, where Node.js and Chromium are.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::portal::{Portal, folder};
use super::serving::ADDRESS;
use super::stage::Stage;
use super::{Figure, Goal};
use crate::problem::{During, Outcome, Problem};
use crate::run::{Quiet, say};
use crate::workspace;

const GOALS: [(&str, f64); 3] = [
    ("performance", 95.0),
    ("accessibility", 100.0),
    ("best-practices", 100.0),
];
/// The middle one counts: what else the machine does moves the figure for performance.
const RUNS: usize = 3;

/// As in the end-to-end tests; without the sandbox also root may start it.
const FLAGS: [&str; 8] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// Looks at each page several times; what costs points is told.
pub(super) fn figures(program: &Path, chromium: &Path, stage: &mut Stage) -> Outcome<Vec<Figure>> {
    let folder = folder().join("lighthouse");
    let portal = Portal::start_anew(program, &folder, &stage.near)?;
    let mut visitor = portal.visitor();
    stage.add_contact(ADDRESS)?;
    stage.sign_in(&mut visitor, ADDRESS)?;
    let ticket = stage.fill(&mut visitor)?;
    let his = json!({ "Cookie": visitor.cookies() });
    let mut figures = Vec::new();
    for (name, path, headers) in [
        ("sign_in", "/sign-in".to_owned(), json!({})),
        ("list", "/tickets".to_owned(), his.clone()),
        ("ticket", format!("/tickets/{ticket}"), his),
    ] {
        let reports = (1..=RUNS)
            .map(|run| {
                let report = folder.join(format!("{name}-{run}.json"));
                look(&portal.page(&path), &headers, chromium, &report)
            })
            .collect::<Outcome<Vec<Value>>>()?;
        figures.extend(judged(name, &reports)?);
    }
    Ok(figures)
}

fn judged(page: &str, reports: &[Value]) -> Outcome<Vec<Figure>> {
    let mut figures = Vec::new();
    for (category, least) in GOALS {
        let mut scores: Vec<f64> = reports
            .iter()
            .map(|report| score(report, category))
            .collect::<Outcome<_>>()?;
        scores.sort_by(f64::total_cmp);
        let name = format!("lighthouse_{page}_{}", category.replace('-', "_"));
        let figure = Figure::new(&name, scores[RUNS / 2], "of_100", Goal::AtLeast(least));
        if figure.is_missed() {
            for lost in reports.iter().flat_map(|report| losses(report, category)) {
                say(&format!("  {page}, {category}: {lost}"));
            }
        }
        figures.push(figure);
    }
    Ok(figures)
}

fn look(page: &str, headers: &Value, chromium: &Path, report: &Path) -> Outcome<Value> {
    let mut npx = Command::new(if cfg!(windows) { "npx.cmd" } else { "npx" });
    npx.current_dir(workspace::root().join("end2end"))
        .args(["--no-install", "lighthouse", page, "--quiet"])
        .arg("--only-categories=performance,accessibility,best-practices")
        .args(["--output", "json", "--output-path"])
        .arg(report)
        .arg(format!("--chrome-flags={}", FLAGS.join(" ")))
        .arg(format!("--extra-headers={headers}"))
        .env("CHROME_PATH", chromium);
    Quiet {
        what: "Lighthouse",
        usually: "20 s",
        log: "lighthouse.log",
        limit: None,
    }
    .run(npx)?;
    let bytes = fs::read(report).during(format!("reading {}", report.display()))?;
    serde_json::from_slice(&bytes).during("reading Lighthouse's report")
}

fn score(report: &Value, category: &str) -> Outcome<f64> {
    let score = report["categories"][category]["score"].as_f64();
    let score = score.ok_or_else(|| {
        let why = &report["runtimeError"]["message"];
        Problem::new(format!("Lighthouse gave no score for {category}: {why}"))
    })?;
    Ok(score * 100.0)
}

/// The audits that count in a category and are not as they should be.
fn losses(report: &Value, category: &str) -> Vec<String> {
    let counted = report["categories"][category]["auditRefs"].as_array();
    let counted = counted.into_iter().flatten();
    let weighty = counted.filter(|audit| audit["weight"].as_f64().is_some_and(|it| it > 0.0));
    let audits = weighty.filter_map(|audit| Some(&report["audits"][audit["id"].as_str()?]));
    audits
        .filter(|audit| audit["score"].as_f64().is_some_and(|score| score < 1.0))
        .map(|audit| {
            let words = |name: &str| audit[name].as_str().unwrap_or_default().to_owned();
            format!(
                "{} {} {}",
                words("id"),
                audit["score"],
                words("displayValue")
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_costs_points_is_told_and_nothing_else() {
        let report = serde_json::json!({
            "categories": { "performance": { "score": 0.5, "auditRefs": [
                { "id": "slow", "weight": 10 }, { "id": "fine", "weight": 10 },
                { "id": "told", "weight": 0 }, { "id": "unscored", "weight": 1 } ] } },
            "audits": {
                "slow": { "id": "slow", "score": 0.4, "displayValue": "4 s" },
                "fine": { "id": "fine", "score": 1 },
                "told": { "id": "told", "score": 0 },
                "unscored": { "id": "unscored", "score": null } }
        });
        assert_eq!(losses(&report, "performance"), ["slow 0.4 4 s"]);
        assert!((score(&report, "performance").unwrap() - 50.0).abs() < 1e-9);
        assert!(score(&report, "accessibility").is_err());
    }
}
