//! `chatwoot-portal webhooks`: lists the account's webhooks, registers ours, removes it.

use std::process::ExitCode;

use clap::Subcommand;

use super::register::{Done, Why, ensure, is_ours, wanted};
use crate::clock::Clock;
use crate::config::{Config, Use};
use crate::failure::chain;
use crate::startup;

/// What can be done with webhooks.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum WebhooksCommand {
    /// List the account's webhooks
    List,
    /// Register the portal's webhook, or put it right (the portal does so itself when it starts)
    Register,
    /// Remove the portal's webhook; with WEBHOOKS=off it stays away
    Remove,
}

/// Does it and says what came of it.
pub async fn run(command: WebhooksCommand) -> ExitCode {
    let config = match Config::from_environment() {
        Ok(config) => config,
        Err(faults) => {
            eprintln!("{faults}");
            return ExitCode::FAILURE;
        }
    };
    match act(command, &config).await {
        Ok(said) => {
            print!("{said}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

async fn act(command: WebhooksCommand, config: &Config) -> Result<String, String> {
    let chatwoot =
        startup::chatwoot_client(config, &Clock::machine()).map_err(|error| error.to_string())?;
    let url = &config.live.webhook_url;
    let wanted = wanted(chatwoot.inbox_id(), url);
    let failed = |error: chatwoot::Error| match Why::from(error) {
        Why::Chatwoot(error) => chain(&error),
        why => format!("{why}: {}", why.cure()),
    };
    match command {
        WebhooksCommand::List => {
            let mut said = String::new();
            for hook in chatwoot.hooks().await.map_err(failed)? {
                let ours = if is_ours(&hook, &wanted) {
                    " (the portal's)"
                } else {
                    ""
                };
                let name = hook.name.as_deref().unwrap_or("");
                let events = hook.subscriptions.join(" ");
                said += &format!("{} {name}{ours}\n    {}\n    {events}\n", hook.id, hook.url);
            }
            if said.is_empty() {
                said.push_str("The account has no webhooks.\n");
            }
            Ok(said)
        }
        WebhooksCommand::Register => {
            let there = ensure(&chatwoot, url).await.map_err(|why| match why {
                Why::Chatwoot(error) => chain(&error),
                why => format!("{why}: {}", why.cure()),
            })?;
            let done = match there.done {
                Done::Nothing => "was registered already",
                Done::Made => "is registered",
                Done::Changed => "was registered differently, and is put right",
            };
            let off = if config.live.webhooks == Use::Off {
                "WEBHOOKS is off: the portal does not listen to it.\n"
            } else {
                ""
            };
            Ok(format!("{} {url} {done}.\n{off}", there.hook.id))
        }
        WebhooksCommand::Remove => {
            let mut said = String::new();
            for hook in chatwoot.hooks().await.map_err(failed)? {
                if is_ours(&hook, &wanted) {
                    chatwoot.remove_hook(hook.id).await.map_err(failed)?;
                    said += &format!("{} {} is removed.\n", hook.id, hook.url);
                }
            }
            if said.is_empty() {
                said.push_str("The portal has no webhook there.\n");
            } else if config.live.webhooks != Use::Off {
                said.push_str(
                    "A portal that runs registers it again within minutes, unless WEBHOOKS=off.\n",
                );
            }
            Ok(said)
        }
    }
}

#[cfg(test)]
mod tests;
