//! `chatwoot-portal rehearse`: the portal as an operator starts it, on a clock that runs faster, so that a test of minutes takes
//! seconds. What is waited for on the network is shortened alike.

use std::process::ExitCode;

use clap::Args;

use crate::clock::{Clock, Millis};
use crate::program;

/// How the clock runs.
#[derive(Clone, Copy, Debug, Args)]
pub struct RehearseOptions {
    /// How many times as fast as the machine's
    #[arg(long, default_value_t = 1)]
    speed: u32,
    /// Since when, in Unix milliseconds: the same in every start of one rehearsal
    #[arg(long)]
    since: Millis,
}

/// Serves until it is asked to stop.
pub async fn rehearse(options: RehearseOptions) -> ExitCode {
    program::serve_on(Clock::hurried(options.since, options.speed)).await
}
