//! Measured figures, a line for each: `name value unit goal`.

use std::fs;
use std::path::Path;

use clap::ValueEnum;

use crate::bundle::{self, Effort};
use crate::problem::{During, Outcome, Problem};
use crate::programs;
use crate::run::say;
use crate::setup;
use crate::workspace;

mod beside_nginx;
mod crates;
mod first_load;
mod http;
mod inside;
mod lighthouse;
mod live;
mod pages;
mod portal;
mod process;
mod refusing;
mod sending;
mod serving;
mod signing_in;
mod spread;
mod stage;
mod starting;
mod watchers;

use stage::Stage;

/// A part of the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// What a browser loads first, and what each crate takes of it
    Size,
    /// Times, processor time and memory of the operator's program
    Speed,
    /// What a thousand customers who watch ask of Chatwoot
    Watchers,
    /// Lighthouse's scores of signing in, the list and a ticket
    Lighthouse,
    /// What a phone sees of the list and of a ticket, on slow 4G and a slow processor
    Pages,
}

/// What a figure should be.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Goal {
    /// Whatever it is, it is told.
    None,
    AtMost(f64),
    AtLeast(f64),
    Between(f64, f64),
}

/// A measured value and what it should be.
struct Figure {
    name: String,
    value: f64,
    unit: &'static str,
    goal: Goal,
}

impl Figure {
    fn new(name: &str, value: f64, unit: &'static str, goal: Goal) -> Self {
        Self {
            name: name.to_owned(),
            value,
            unit,
            goal,
        }
    }

    fn ms(name: &str, value: f64, goal: Goal) -> Self {
        Self::new(name, value, "ms", goal)
    }

    fn line(&self) -> String {
        let goal = match self.goal {
            Goal::None => "-".to_owned(),
            Goal::AtMost(most) => format!("≤{most}"),
            Goal::AtLeast(least) => format!("≥{least}"),
            Goal::Between(least, most) => format!("{least}–{most}"),
        };
        let decimals = if matches!(self.unit, "ms" | "ratio") {
            2
        } else {
            1
        };
        let Self {
            name, value, unit, ..
        } = self;
        format!("{name} {value:.decimals$} {unit} {goal}")
    }

    fn is_missed(&self) -> bool {
        match self.goal {
            Goal::None => false,
            Goal::AtMost(most) => self.value.is_nan() || self.value > most,
            Goal::AtLeast(least) => self.value.is_nan() || self.value < least,
            Goal::Between(least, most) => !(least..=most).contains(&self.value),
        }
    }
}

/// Prints every figure, of one part or all, and fails if one is not as promised.
pub(crate) fn run(only: Option<Part>) -> Outcome {
    let is_wanted = |part| only.is_none_or(|only| only == part);
    let mut all = Figures::default();
    if is_wanted(Part::Size) {
        bundle::make(&setup::for_building()?, Effort::Release)?;
        let locales = workspace::root().join("locales");
        all.tell(first_load::figures(&bundle::folder(), &locales)?);
        all.tell(crates::figures(&bundle::whole())?);
    }
    let in_browser = is_wanted(Part::Lighthouse) || is_wanted(Part::Pages);
    if is_wanted(Part::Speed) || in_browser {
        let program = programs::release()?;
        let fake = programs::build_fake()?;
        if is_wanted(Part::Speed) {
            let mut stage = Stage::set_up(&fake)?;
            all.tell(inside::figures(&program)?);
            all.tell(starting::figures(&program, &stage.near)?);
            all.tell(serving::figures(&program, &mut stage)?);
            all.tell(sending::figures(&program, &mut stage)?);
            all.tell(signing_in::figures(&program, &mut stage)?);
            all.tell(live::figures(&program, &mut Stage::set_up_quick(&fake)?)?);
        }
        if in_browser {
            match setup::chromium_if_there()? {
                Some(chromium) => {
                    if is_wanted(Part::Lighthouse) {
                        let mut stage = Stage::set_up_quick(&fake)?;
                        all.tell(lighthouse::figures(&program, &chromium, &mut stage)?);
                    }
                    if is_wanted(Part::Pages) {
                        let mut stage = Stage::set_up_quick(&fake)?;
                        all.tell(pages::figures(&program, &chromium, &mut stage)?);
                    }
                }
                None => say("pages and lighthouse: left out, they take Node.js 20 and Chromium"),
            }
        }
    }
    if is_wanted(Part::Watchers) {
        all.tell(watchers::figures()?);
    }
    all.judge()
}

/// What was measured so far.
#[derive(Default)]
struct Figures {
    missed: Vec<String>,
}

impl Figures {
    fn tell(&mut self, figures: Vec<Figure>) {
        for figure in figures {
            say(&figure.line());
            if figure.is_missed() {
                self.missed.push(figure.name);
            }
        }
    }

    fn judge(self) -> Outcome {
        if self.missed.is_empty() {
            Ok(())
        } else {
            let missed = self.missed.join(", ");
            Err(Problem::new(format!("not as they should be: {missed}")))
        }
    }
}

fn read(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).during(format!("reading {}", path.display()))
}

#[expect(
    clippy::cast_precision_loss,
    reason = "files are far smaller than 2^52 bytes"
)]
fn kilobytes(bytes: usize) -> f64 {
    bytes as f64 / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_a_line_and_is_held_to_its_goal() {
        let figure = |value, goal| Figure::new("start", value, "ms", goal);
        assert_eq!(
            figure(12.345, Goal::AtMost(100.0)).line(),
            "start 12.35 ms ≤100"
        );
        assert_eq!(figure(1.0, Goal::AtLeast(90.0)).line(), "start 1.00 ms ≥90");
        assert_eq!(figure(1.0, Goal::None).line(), "start 1.00 ms -");
        assert!(!figure(100.0, Goal::AtMost(100.0)).is_missed());
        assert!(figure(100.1, Goal::AtMost(100.0)).is_missed());
        assert!(figure(89.9, Goal::AtLeast(90.0)).is_missed());
        assert!(figure(f64::NAN, Goal::AtMost(1.0)).is_missed());
        assert!(figure(f64::NAN, Goal::Between(0.9, 1.1)).is_missed());
        assert!(figure(1.2, Goal::Between(0.9, 1.1)).is_missed());
        assert!(!figure(1.0, Goal::Between(0.9, 1.1)).is_missed());
        assert!(!figure(f64::NAN, Goal::None).is_missed());
    }
}
