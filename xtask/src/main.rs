//! Tasks of the project: `cargo xtask …` is the only front door to building, trying and testing it.

mod bench;
mod bundle;
mod problem;
mod programs;
mod run;
#[cfg(test)]
mod security_paper;
mod setup;
mod stopwatch;
mod test;
mod torture;
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
    /// Build chatwoot-portal for an operator: one program with everything inside
    Build,
    /// Start the portal with a fake Chatwoot and a mailbox, all in one process
    #[command(
        override_usage = "cargo xtask demo [--clean] [--port PORT] [--data-dir DIR] …",
        after_help = "--clean forgets what earlier demos stored. Everything else goes to `chatwoot-portal demo`."
    )]
    Demo {
        #[arg(hide = true, trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Start the fake Chatwoot alone
    #[command(
        override_usage = "cargo xtask fake [--port PORT] [--given FILE] …",
        after_help = "FILE is written with the addresses, tokens and ids of what is in it. Everything goes to `fake-chatwoot`."
    )]
    Fake {
        #[arg(hide = true, trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Run every check: format, dependencies, clippy, all tests, and the demo in Chromium
    Test {
        /// Only this part
        #[arg(long)]
        only: Option<test::Part>,
        /// Go to the runner of that part
        #[arg(last = true, requires = "only")]
        arguments: Vec<String>,
    },
    /// Take a picture of every screen in every state and look, onto one page
    Gallery,
    /// Break everything around the portal, and count what arrived
    Torture(torture::Wish),
    /// Measure, a line for each figure: name, value, unit, goal
    Bench {
        /// Only this part
        #[arg(long)]
        only: Option<bench::Part>,
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
        Task::Build => programs::release().map(drop),
        Task::Demo { arguments } => programs::demo(arguments),
        Task::Fake { arguments } => programs::fake(arguments),
        Task::Test { only, arguments } => test::run(only, &arguments),
        Task::Gallery => test::gallery(),
        Task::Torture(wish) => torture::run(&wish),
        Task::Bench { only } => bench::run(only),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_of_the_demo_are_passed_on_in_any_order() {
        let words = ["xtask", "demo", "--port", "3005", "--clean"];
        let Task::Demo { arguments } = Arguments::try_parse_from(words).unwrap().task else {
            panic!("another task");
        };
        assert_eq!(arguments, ["--port", "3005", "--clean"]);
    }

    #[test]
    fn what_the_commands_offer_is_consistent() {
        use clap::CommandFactory;
        Arguments::command().debug_assert();
    }
}
