//! Tasks of the project: `cargo xtask …` is the only front door to building, trying and testing it.

mod bundle;
mod problem;
mod run;
mod setup;
mod stopwatch;
mod workspace;

use std::process::ExitCode;

use bundle::Effort;
use clap::{Parser, Subcommand};
use problem::Outcome;

/// Builds, tries and tests the portal.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Bring the build tools that the machine lacks
    Setup {
        /// Also what the end-to-end tests take
        #[arg(long)]
        tests: bool,
    },
    /// Build what the browser loads, into target/bundle
    Bundle {
        /// Quick to build, large to load
        #[arg(long)]
        dev: bool,
    },
}

fn main() -> ExitCode {
    match perform(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> Outcome {
    match task {
        Task::Setup { tests } => {
            setup::for_building()?;
            if tests {
                setup::for_testing()?;
            }
            Ok(())
        }
        Task::Bundle { dev } => bundle::make(&setup::for_building()?, Effort::of(dev)),
    }
}
