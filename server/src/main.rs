//! The program `chatwoot-portal`.

use std::process::ExitCode;

use clap::Parser;
use server::cli::Cli;

#[tokio::main]
async fn main() -> ExitCode {
    server::program::run(Cli::parse()).await
}
