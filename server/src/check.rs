//! `chatwoot-portal check`: tries everything that the portal depends on, and names each fault with its cure. No mail is sent; in Chatwoot
//! nothing is changed but the portal's own webhook, which is put right.

mod help_desk;
mod mail;
mod mail_inboxes;
mod report;
mod store;
mod watch;
mod webhooks;

use std::process::ExitCode;

use crate::clock::Clock;
use crate::config::Config;
use crate::email::post::Post;
use crate::languages::Sources;
use crate::startup;

pub use report::{Line, Report, Verdict};
pub use watch::{SetUp, keep_looking, look};

/// Checks what the environment says, prints a line for each part, and fails if there is a fault.
pub async fn run() -> ExitCode {
    let config = match Config::from_environment() {
        Ok(config) => config,
        Err(faults) => {
            println!("{faults}");
            return ExitCode::FAILURE;
        }
    };
    let report = examine(&config).await;
    print!("{report}");
    if report.has_faults() {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// Tries everything, the slow parts at the same time.
pub async fn examine(config: &Config) -> Report {
    let mut report = Report::default();
    let portal = config.portal.page("");
    report.add(Line::ok(
        "settings",
        format!("customers come to {portal}, served on {}", config.listen),
    ));
    for warning in &config.warnings {
        report.add(Line::note("settings", warning));
    }
    languages(config, &mut report);
    // Chatwoot and mail are both reached with it.
    startup::install_tls();
    let mail = async {
        match Post::new(config) {
            Ok(post) => mail::examine(config, &post).await,
            Err(error) => Line::fault(
                "mail",
                error.to_string(),
                "Look at CA_FILE and SMTP_ADDRESS.",
            ),
        }
    };
    let help_desk = async {
        let clock = Clock::machine();
        match startup::chatwoot_client(config, &clock) {
            Ok(chatwoot) => {
                let mut lines = help_desk::examine(config, &chatwoot, &clock).await;
                if lines.iter().all(|line| !line.is_fault()) {
                    lines.extend(mail_inboxes::examine(config, &chatwoot).await);
                    lines.extend(webhooks::examine(config, &chatwoot, &clock).await);
                }
                lines
            }
            Err(error) => vec![Line::fault(
                "chatwoot",
                error.to_string(),
                "Look at CHATWOOT_URL, CHATWOOT_API_TOKEN and CA_FILE.",
            )],
        }
    };
    let (store, mail, help_desk) = tokio::join!(store::examine(config), mail, help_desk);
    store.into_iter().for_each(|line| report.add(line));
    report.add(mail);
    help_desk.into_iter().for_each(|line| report.add(line));
    report
}

fn languages(config: &Config, report: &mut Report) {
    let sources = Sources::new(config.locales_dir.clone());
    let tags = sources.tags();
    if !tags.contains(&config.default_language) {
        let problem = format!(
            "DEFAULT_LANGUAGE is {}, of which there are no texts",
            config.default_language
        );
        report.add(Line::note("languages", problem));
    }
    let faults = crate::locales_check::findings(&sources)
        .into_iter()
        .filter(|finding| finding.is_fault())
        .count();
    let said = tags.join(", ");
    report.add(match faults {
        0 => Line::ok("languages", said),
        _ => Line::note(
            "languages",
            format!("{said}; `chatwoot-portal locales` names {faults} faults"),
        ),
    });
}

#[cfg(test)]
mod configured;
#[cfg(test)]
mod tests;
