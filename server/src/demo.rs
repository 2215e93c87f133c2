//! `chatwoot-portal demo`: the portal with a made-up help desk and mailbox, on this machine, in one process, on one clock. Every mail is
//! really sent by SMTP, every ticket really read over HTTP.

mod folder;
mod helper;
mod rehearse;
mod set_up;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::chance::Chance;
use crate::clock::Clock;
use crate::log;
use crate::program::asked_to_stop;
use crate::startup::Running;
pub use rehearse::{RehearseOptions, rehearse};
use set_up::Stage;

/// Where the demo is.
#[derive(Clone, Debug, Args)]
pub struct DemoOptions {
    /// Port of the portal; 0 takes any free one
    #[arg(long, default_value_t = 3001)]
    port: u16,
    /// Port of the mailbox and the agents' desk; the next free one after 3002 if nothing is said
    #[arg(long)]
    desk_port: Option<u16>,
    /// Port of the mail server; any free one if nothing is said
    #[arg(long, default_value_t = 0)]
    smtp_port: u16,
    /// Folder of the portal's store, begun anew at each start since the help desk's memory is
    #[arg(long, default_value = "./data/demo")]
    data_dir: PathBuf,
    /// Let the help desk take as long for each call as a real one was seen to
    #[arg(long)]
    slow: bool,
    /// Let everything in the help desk that is none of a customer's business say CANARY, for tests
    #[arg(long)]
    canaries: bool,
}

/// Runs the demo until it is asked to stop.
pub async fn run(options: DemoOptions) -> ExitCode {
    log::start();
    match show(options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("The demo cannot start: {problem}");
            ExitCode::FAILURE
        }
    }
}

type Problem = Box<dyn std::error::Error>;

async fn show(options: DemoOptions) -> Result<(), Problem> {
    folder::begin_anew(&options.data_dir)?;
    let clock = Clock::machine();
    let portal = set_up::listen(options.port, 1)?;
    let stage = Stage::set_up(&options, &clock, portal.local_addr()?.port()).await?;
    let running = Running::start(stage.config()?, clock, Chance::system())?;
    println!("{}", stage.says());
    let tickets = running.state.tickets.clone();
    tokio::select! {
        () = running.serve(portal, asked_to_stop()) => {}
        () = stage.helper(&tickets) => {}
    }
    Ok(())
}
