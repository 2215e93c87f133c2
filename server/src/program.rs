//! What each command does, from its arguments to its exit code.

use std::process::ExitCode;

use crate::chance::Chance;
use crate::cli::{Cli, Command};
use crate::clock::Clock;
use crate::config::Config;
use crate::service::{self, Stage};
use crate::startup::Running;
use crate::{adopt, check, health, locales_check, log, measure, operate, webhooks};

/// How the program ends when its configuration is wrong, so that nobody starts it again for nothing: EX_CONFIG of sysexits.h.
const WRONG_CONFIGURATION: u8 = 78;

/// Runs a command.
pub async fn run(cli: Cli) -> ExitCode {
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => serve_on(Clock::machine()).await,
        Command::Check => check::run().await,
        Command::Adopt(options) => adopt::command::run(options).await,
        Command::Webhooks { command } => webhooks::run(command).await,
        Command::Locales { folder } => locales_check::run(folder),
        Command::Backup { folder } => operate::run_backup(&folder),
        Command::SignOut(options) => operate::run_sign_out(options),
        Command::Measure { folder, bare } => match bare {
            Some(port) => measure::serve_bare(&folder, port).await,
            None => measure::run(&folder).await,
        },
        #[cfg(feature = "demo")]
        Command::Demo(options) => crate::demo::run(options).await,
        #[cfg(feature = "demo")]
        Command::Rehearse(options) => crate::demo::rehearse(options).await,
    }
}

/// Serves on a clock until it is asked to stop.
pub(crate) async fn serve_on(clock: Clock) -> ExitCode {
    log::start();
    let config = match Config::from_environment() {
        Ok(config) => config,
        Err(faults) => {
            refuse(&faults);
            return ExitCode::from(WRONG_CONFIGURATION);
        }
    };
    for warning in &config.warnings {
        tracing::warn!("{warning}");
    }
    let running = match Running::start(config, clock, Chance::system()) {
        Ok(running) => running,
        Err(error) => return refuse(&error),
    };
    let listener = match running.bind() {
        Ok(listener) => listener,
        Err(error) => return refuse(&error),
    };
    let state = &running.state;
    state.keep("trying of mail", health::try_mail);
    state.keep("looking at the set-up", check::keep_looking);
    let config = &state.config;
    tracing::info!("{} is served on {}", config.portal.page(""), config.listen);
    service::tell(Stage::Ready);
    let stop = async {
        asked_to_stop().await;
        service::tell(Stage::Stopping);
    };
    running.serve(listener, stop).await;
    tracing::info!("stopped");
    ExitCode::SUCCESS
}

pub(crate) fn refuse(why: &dyn std::fmt::Display) -> ExitCode {
    eprintln!("chatwoot-portal cannot start. {why}");
    ExitCode::FAILURE
}

/// Done when somebody wants the program to end: SIGTERM or Ctrl-C.
pub async fn asked_to_stop() {
    let interrupt = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else {
            return interrupt.await;
        };
        tokio::select! {
            () = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    interrupt.await;
}
