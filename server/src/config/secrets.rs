//! SESSION_SECRET and those that came before it.

use secrecy::{ExposeSecret, SecretString};

use super::reader::Reader;
use crate::keys::KeyRing;

/// What keys are derived from.
#[derive(Clone, Debug)]
pub struct Secrets {
    current: SecretString,
    previous: Vec<SecretString>,
}

impl Secrets {
    /// Secrets given by a program, as the demo and tests do.
    pub fn new(current: SecretString, previous: Vec<SecretString>) -> Self {
        Self { current, previous }
    }

    pub(super) fn read(reader: &mut Reader<'_>, warnings: &mut Vec<String>) -> Option<Self> {
        let current = reader.required_secret(
            "SESSION_SECRET",
            "Give 32 random bytes or more, such as `openssl rand -hex 32` prints.",
        );
        let listed = reader.text("SESSION_SECRET_PREVIOUS").unwrap_or_default();
        let one_by_one = listed.split(',').map(str::trim);
        // A single one may hold commas itself.
        let whole = listed.contains(',').then_some(listed.trim());
        let previous = one_by_one
            .chain(whole)
            .filter(|secret| !secret.is_empty())
            .map(SecretString::from)
            .collect();
        let current = current?;
        if current.expose_secret().len() < 32 {
            warnings.push("SESSION_SECRET has fewer than 32 bytes: take a longer one, and list this one in SESSION_SECRET_PREVIOUS".to_owned());
        }
        Some(Self { current, previous })
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &SecretString> {
        std::iter::once(&self.current).chain(&self.previous)
    }

    /// The keys of all of them.
    pub fn keys(&self) -> KeyRing {
        KeyRing::from_secrets(
            self.current.expose_secret().as_bytes(),
            self.previous.iter().map(|it| it.expose_secret().as_bytes()),
        )
    }
}
