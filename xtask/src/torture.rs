//! Breaks everything around the real portal: `torture`, a program of its own, is told where the portal is.

use std::path::PathBuf;
use std::process::Command;

use crate::problem::{Outcome, Problem};
use crate::programs;
use crate::run;

/// What it is asked for.
#[derive(clap::Args)]
pub(crate) struct Wish {
    /// In less than two minutes
    #[arg(long)]
    short: bool,
    /// What chance begins with, to see a run again
    #[arg(long)]
    seed: Option<u64>,
    /// How many times as fast as the machine's the clock runs: less on a busy machine
    #[arg(long)]
    speed: Option<u32>,
    /// Only this part: faults, kills, late, equal, full, store, overload
    #[arg(long)]
    only: Option<String>,
}

impl Wish {
    /// What the tests ask for.
    pub(crate) fn short() -> Self {
        Self {
            short: true,
            seed: None,
            speed: None,
            only: None,
        }
    }
}

/// Builds both programs and runs the one on the other.
pub(crate) fn run(wish: &Wish) -> Outcome {
    let (status, _) = run::shown_and_kept(command(wish)?)?;
    if status.success() {
        Ok(())
    } else {
        Err(Problem::new(format!("torture: {status}")))
    }
}

/// The program with its arguments, built.
pub(crate) fn command(wish: &Wish) -> Outcome<Command> {
    let portal = programs::build_tested_demo()?;
    let torture: PathBuf = programs::build_torture()?;
    let mut command = Command::new(torture);
    command.arg("--portal").arg(portal);
    if wish.short {
        command.arg("--short");
    }
    if let Some(seed) = wish.seed {
        command.args(["--seed", &seed.to_string()]);
    }
    if let Some(speed) = wish.speed {
        command.args(["--speed", &speed.to_string()]);
    }
    if let Some(part) = &wish.only {
        command.args(["--only", part]);
    }
    Ok(command)
}
