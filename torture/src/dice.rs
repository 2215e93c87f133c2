//! Chance that begins with a seed, so that a run can be seen again.

use std::sync::{Arc, Mutex, PoisonError};

/// A row of numbers (SplitMix64). Clones go on with the same row.
#[derive(Clone, Debug)]
pub(crate) struct Dice(Arc<Mutex<u64>>);

impl Dice {
    /// The row of a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(seed)))
    }

    /// The next number.
    pub(crate) fn roll(&self) -> u64 {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = *state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// One of so many, from 0.
    pub(crate) fn below(&self, most: u64) -> u64 {
        self.roll() % most.max(1)
    }

    /// An index into so many.
    pub(crate) fn one_of(&self, most: usize) -> usize {
        usize::try_from(self.below(most as u64)).unwrap_or_default()
    }

    /// True so many times of a hundred.
    pub(crate) fn percent(&self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// A UUID.
    pub(crate) fn uuid(&self) -> String {
        let bits = u128::from(self.roll()) << 64 | u128::from(self.roll());
        uuid::Builder::from_random_bytes(bits.to_be_bytes())
            .into_uuid()
            .to_string()
    }

    /// A row of its own, for somebody who rolls at his own pace.
    pub(crate) fn another(&self) -> Self {
        Self::new(self.roll())
    }
}

/// A seed nobody chose.
pub(crate) fn new_seed() -> u64 {
    u64::from_be_bytes(server::chance::Chance::system().bytes()) >> 24
}
