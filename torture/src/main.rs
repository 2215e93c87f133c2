//! `cargo xtask torture`: breaks everything around a real portal, and counts in the fake Chatwoot what arrived: of each act of
//! writing that was acknowledged exactly one.

mod dice;
mod judge;
mod parts;
mod person;
mod portal;
mod proxy;
mod stage;
mod written;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use dice::Dice;
use parts::Part;

/// Breaks everything around a real portal and counts what arrived.
#[derive(Debug, Parser)]
struct Arguments {
    /// The portal, built with its demo.
    #[arg(long)]
    portal: PathBuf,
    /// A short form of everything, for each day.
    #[arg(long)]
    short: bool,
    /// What chance begins with, to see a run again.
    #[arg(long)]
    seed: Option<u64>,
    /// How many times as fast as the machine's the clock runs. Calls are given up so much sooner, too: a busy machine takes less.
    #[arg(long, default_value_t = 10)]
    speed: u32,
    /// Only this part.
    #[arg(long)]
    only: Option<Part>,
}

/// What went wrong, in words.
type Problem = Box<dyn std::error::Error + Send + Sync>;
/// What is done, or what went wrong.
type Outcome<T = ()> = Result<T, Problem>;

/// How much is done.
#[derive(Clone, Copy, Debug)]
struct Size {
    short: bool,
    speed: u32,
}

impl Size {
    /// One figure for the long form, one for the short.
    fn of<T>(self, long: T, short: T) -> T {
        if self.short { short } else { long }
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    server::startup::install_tls();
    let arguments = Arguments::parse();
    let seed = arguments.seed.unwrap_or_else(dice::new_seed);
    println!("torture: seed {seed}");
    let size = Size {
        short: arguments.short,
        speed: arguments.speed,
    };
    let wanted = |part: &Part| arguments.only.is_none_or(|only| only == *part);
    let (mut writes, mut lost, mut doubled) = (0, 0, 0);
    for part in Part::ALL.into_iter().filter(wanted) {
        let began = server::clock::Clock::machine().now();
        match part.run(&arguments.portal, size, Dice::new(seed)).await {
            Ok(told) => {
                let took = server::clock::Clock::machine().now() - began;
                println!(
                    "  {part:?}: {}, in {:.1} s",
                    told.words,
                    took as f64 / 1000.0
                );
                writes += told.tally.writes;
                lost += told.tally.lost;
                doubled += told.tally.doubled;
            }
            Err(problem) => {
                println!("  {part:?}: FAILED: {problem}");
                println!("torture: failed; the same again: --seed {seed} --only {part:?}");
                return ExitCode::FAILURE;
            }
        }
    }
    println!("torture: {writes} writes, {lost} lost, {doubled} doubled");
    if lost + doubled == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
