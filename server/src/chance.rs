//! Random bytes and names, given to whoever needs them: the operating system's, or in tests a row that repeats itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};

/// A source of random bytes. Clones share it.
#[derive(Clone, Debug)]
pub struct Chance(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    /// SHA-256 of seed and counter: the same in every run.
    Seeded(u64, Arc<AtomicU64>),
}

impl Chance {
    /// The operating system's.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// One for tests: the same seed gives the same bytes.
    pub fn seeded(seed: u64) -> Self {
        Self(Source::Seeded(seed, Arc::default()))
    }

    /// So many random bytes.
    ///
    /// # Panics
    /// When the operating system has no randomness to give; nothing safe can be done then.
    #[expect(
        clippy::disallowed_methods,
        clippy::expect_used,
        reason = "the one place that asks the operating system; without randomness no secret may be made"
    )]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut out = [0; N];
        match &self.0 {
            Source::System => getrandom::fill(&mut out).expect("the system gives random bytes"),
            Source::Seeded(seed, counter) => {
                for chunk in out.chunks_mut(32) {
                    let n = counter.fetch_add(1, Ordering::Relaxed);
                    let block = Sha256::digest([seed.to_le_bytes(), n.to_le_bytes()].concat());
                    chunk.copy_from_slice(&block[..chunk.len()]);
                }
            }
        }
        out
    }

    /// A random UUID (version 4), lower case with dashes.
    pub fn uuid(&self) -> String {
        uuid::Builder::from_random_bytes(self.bytes())
            .into_uuid()
            .to_string()
    }
}
