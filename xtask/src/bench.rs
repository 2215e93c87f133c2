//! Measured figures, a line for each: `name value unit goal`.

use std::fs;
use std::path::Path;

use crate::bundle::{self, Effort};
use crate::problem::{During, Outcome, Problem};
use crate::run::say;
use crate::setup;
use crate::workspace;

mod crates;
mod first_load;

/// A measured value and what it should be.
struct Figure {
    name: String,
    value: f64,
    unit: &'static str,
    /// The most that is right, if there is a promise.
    most: Option<f64>,
}

impl Figure {
    fn line(&self) -> String {
        let goal = self
            .most
            .map_or_else(|| "-".to_owned(), |most| format!("≤{most}"));
        format!("{} {:.1} {} {goal}", self.name, self.value, self.unit)
    }

    fn is_missed(&self) -> bool {
        self.most.is_some_and(|most| self.value > most)
    }
}

/// Prints every figure and fails if one is not as promised.
pub(crate) fn run() -> Outcome {
    bundle::make(&setup::for_building()?, Effort::Release)?;
    let mut figures = first_load::figures(&bundle::folder(), &workspace::root().join("locales"))?;
    figures.extend(crates::figures(&workspace::target().join("dist"))?);
    for figure in &figures {
        say(&figure.line());
    }
    let missed: Vec<&str> = figures
        .iter()
        .filter(|figure| figure.is_missed())
        .map(|figure| figure.name.as_str())
        .collect();
    if missed.is_empty() {
        Ok(())
    } else {
        Err(Problem::new(format!(
            "above the goal: {}",
            missed.join(", ")
        )))
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
