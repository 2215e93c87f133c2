//! The parts, in the order of the proof.

mod equal;
mod faults;
mod full;
mod kills;
mod late;
mod overload;
mod store;

use std::path::Path;

use clap::ValueEnum;

use crate::dice::Dice;
use crate::judge::Told;
use crate::{Outcome, Size};

/// A part of the proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// Writes under random faults
    Faults,
    /// The portal is killed under load
    Kills,
    /// Chatwoot commits long after it was given up
    Late,
    /// Equal posts at once
    Equal,
    /// The disk is full
    Full,
    /// Every n-th write of the store fails
    Store,
    /// Ten times as many requests as can be served
    Overload,
}

impl Part {
    /// All of them.
    pub(crate) const ALL: [Self; 7] = [
        Self::Faults,
        Self::Kills,
        Self::Late,
        Self::Equal,
        Self::Full,
        Self::Store,
        Self::Overload,
    ];

    /// Does it.
    pub(crate) async fn run(self, program: &Path, size: Size, dice: Dice) -> Outcome<Told> {
        match self {
            Self::Faults => faults::run(program, size, dice).await,
            Self::Kills => kills::run(program, size, dice).await,
            Self::Late => late::run(program, size, dice).await,
            Self::Equal => equal::run(program, size, dice).await,
            Self::Full => full::run(program, size, dice).await,
            Self::Store => store::run(size, dice).await,
            Self::Overload => overload::run(program, size, dice).await,
        }
    }
}
