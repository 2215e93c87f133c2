//! What an operator does to a store beside the portal that may be running on it: copying it, signing customers out.

mod backup;
mod beside;
mod sign_out;

use std::fmt::Display;
use std::process::ExitCode;

pub use backup::{Copied, copy};
pub use beside::OperateError;
pub use sign_out::{Whom, sign_out};

use crate::cli::SignOutOptions;

/// Copies the store into a new folder, and says what is in it.
pub fn run_backup(folder: &std::path::Path) -> ExitCode {
    report(copy(&beside::data_dir(), folder))
}

/// Ends sessions, and says how many.
pub fn run_sign_out(options: SignOutOptions) -> ExitCode {
    let whom = match options.address {
        Some(address) => Whom::One(address),
        None => Whom::Everybody,
    };
    report(sign_out(&beside::data_dir(), &whom).map(|ended| format!("{ended} sessions ended")))
}

fn report(outcome: Result<impl Display, OperateError>) -> ExitCode {
    match outcome {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
