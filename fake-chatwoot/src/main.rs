//! Starts a fake Chatwoot alone and writes down what was given: `fake-chatwoot --port 3000 --given given.json`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use fake_chatwoot::{FakeChatwoot, Latency, Mailbox, Options, Seed};

/// A Chatwoot 4.14.2 in memory, over real HTTP, on 127.0.0.1.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// Port to listen on; 0 takes any.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// File to write tokens and ids into, for replay.py and for whoever comes to call.
    #[arg(long, value_name = "FILE")]
    given: Option<PathBuf>,
    /// What is there at the start.
    #[arg(long, value_enum, default_value_t = SeedName::Empty)]
    seed: SeedName,
    /// Whether calls take as long as the real one's.
    #[arg(long, value_enum, default_value_t = LatencyName::None)]
    latency: LatencyName,
    /// Port of a mail server whose mails are shown at `/mailbox`; none without it.
    #[arg(long, value_name = "PORT")]
    mailbox: Option<u16>,
    /// Base of the absolute addresses it gives out, if not its own.
    #[arg(long, value_name = "URL")]
    frontend_url: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SeedName {
    Empty,
    Demo,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LatencyName {
    None,
    Real,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("fake-chatwoot: {fault}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), String> {
    let mailbox = match arguments.mailbox {
        Some(port) => {
            let started = Mailbox::start(port).await;
            Some(started.map_err(|fault| format!("cannot take mail on port {port}: {fault}"))?)
        }
        None => None,
    };
    let options = Options {
        port: arguments.port,
        latency: match arguments.latency {
            LatencyName::None => Latency::None,
            LatencyName::Real => Latency::AsReal,
        },
        seed: match arguments.seed {
            SeedName::Empty => Seed::Empty,
            SeedName::Demo => Seed::Demo,
        },
        frontend_url: arguments.frontend_url,
        mailbox,
        ..Options::default()
    };
    let port = options.port;
    let fake = FakeChatwoot::start(options)
        .await
        .map_err(|fault| format!("cannot listen on port {port}: {fault}"))?;
    if let Some(file) = arguments.given {
        let given = serde_json::to_vec_pretty(fake.given()).map_err(|fault| fault.to_string())?;
        std::fs::write(&file, given)
            .map_err(|fault| format!("cannot write {}: {fault}", file.display()))?;
    }
    println!("{} (agents' desk: {0}/desk)", fake.url());
    tokio::signal::ctrl_c()
        .await
        .map_err(|fault| fault.to_string())?;
    fake.stop();
    Ok(())
}
