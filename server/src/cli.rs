//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// A customer portal for Chatwoot. Settings are environment variables, or lines of a file `.env` in the working folder.
#[derive(Debug, Parser)]
#[command(
    name = "chatwoot-portal",
    version,
    about,
    after_help = include_str!("cli/variables.txt"),
    max_term_width = 120
)]
pub struct Cli {
    /// What to do; `serve` if nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the portal (the default)
    Serve,
    /// Try the configuration, the store, the mail server and Chatwoot, and name each fault with its cure
    Check,
    /// Take over the tickets of an earlier portal: bind them to the addresses that their contacts have now
    ///
    /// The portal does this by itself at its first start. Stop it before you run this: the store has one user at a time.
    Adopt(AdoptOptions),
    /// List, register or remove the portal's webhook in Chatwoot
    Webhooks {
        /// What to do
        #[command(subcommand)]
        command: crate::webhooks::WebhooksCommand,
    },
    /// Name messages that a language lacks, has too many of, or that use a wrong variable
    Locales {
        /// Folder with one folder per language; LOCALES_DIR if nothing is said, else the built-in texts
        folder: Option<PathBuf>,
    },
    /// Copy what must not be lost into a new folder, whether or not the portal runs
    Backup {
        /// The folder to make; a portal can be started on it as its DATA_DIR
        folder: PathBuf,
    },
    /// End the sessions of one customer, or of all
    SignOut(SignOutOptions),
    /// Measure what `cargo xtask bench` cannot see from outside
    #[command(hide = true)]
    Measure {
        /// A folder that is not there yet, for a store
        folder: PathBuf,
        /// Measures nothing, and answers on this port with what the file `answer` in the folder says
        #[arg(long)]
        bare: Option<u16>,
    },
    /// Show the portal with a made-up help desk and mailbox, all on this machine
    #[cfg(feature = "demo")]
    Demo(crate::demo::DemoOptions),
    /// Serve as `serve` does, on a clock that is in a hurry, for `cargo xtask torture`
    #[cfg(feature = "demo")]
    #[command(hide = true)]
    Rehearse(crate::demo::RehearseOptions),
}

/// Whose sessions end.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct SignOutOptions {
    /// The customer's mail address
    pub address: Option<String>,
    /// Everybody's
    #[arg(long)]
    pub all: bool,
}

/// How an earlier portal's tickets are taken over.
#[derive(Debug, clap::Args)]
pub struct AdoptOptions {
    /// Do it though customers are there already, or a portal was: since then anybody may have changed a contact's address, and
    /// whoever has the address gets the tickets
    #[arg(long)]
    pub again: bool,
    /// Take this contact (Chatwoot's number) as it is now, though it is a website visitor too or was merged: you looked at it
    #[arg(long, value_name = "CONTACT")]
    pub trust: Vec<u64>,
    /// Take every contact as it is now
    #[arg(long, conflicts_with = "trust")]
    pub trust_all: bool,
}
