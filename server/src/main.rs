//! The program `chatwoot-portal`.

use std::process::ExitCode;

use clap::Parser;
use server::cli::Cli;

fn main() -> ExitCode {
    let command = Cli::parse();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("chatwoot-portal cannot start. The system gives it no threads: {error}");
            return ExitCode::FAILURE;
        }
    };
    let end = runtime.block_on(server::program::run(command));
    // Whoever asks a silent name server cannot be called off, and is not waited for.
    runtime.shutdown_background();
    end
}
