//! The parts, in the order of the proof.

mod equal;
mod faults;
mod full;
mod kills;
mod late;

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
}

impl Part {
    /// All of them.
    pub(crate) const ALL: [Self; 5] = [
        Self::Faults,
        Self::Kills,
        Self::Late,
        Self::Equal,
        Self::Full,
    ];

    /// Does it.
    pub(crate) async fn run(self, program: &Path, size: Size, dice: Dice) -> Outcome<Told> {
        match self {
            Self::Faults => faults::run(program, size, dice).await,
            Self::Kills => kills::run(program, size, dice).await,
            Self::Late => late::run(program, size, dice).await,
            Self::Equal => equal::run(program, size, dice).await,
            Self::Full => full::run(program, size, dice).await,
        }
    }
}
