//! Chatwoot's webhook: registered by the portal itself, received at `/webhooks/chatwoot`. What arrives is only a hint of what to read
//! again; everything is right without it, some seconds later.

pub(crate) mod apart;
mod command;
mod doubles;
mod keep;
mod receive;
mod register;
mod slots;

use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use chatwoot::HookSecret;
use tokio::sync::Notify;

pub use command::{WebhooksCommand, run};
pub(crate) use keep::keep;
pub use receive::receive;
pub(crate) use register::{Done, Registered, Why, ensure};

use doubles::Doubles;
use receive::Untimely;
use slots::Slots;

/// Where deliveries come in, below the base path.
pub const PATH: &str = "/webhooks/chatwoot";

/// A signature is good for so long, before and after.
const WINDOW: Duration = Duration::from_mins(5);
/// Bodies up to this are taken many at a time.
const SMALL: usize = 64 * 1024;
/// And so many of them are read at once.
const SMALL_AT_ONCE: usize = 256;
/// Larger ones, up to the largest, are long e-mails. So many are read at once.
const LARGE_AT_ONCE: usize = 4;

/// What receiver and registration share.
pub struct Webhooks {
    secret: RwLock<Option<HookSecret>>,
    doubles: Mutex<Doubles>,
    untimely: Mutex<Untimely>,
    small: Slots,
    large: Slots,
    /// A well-formed delivery had a wrong signature: perhaps the secret is another now.
    doubted: Notify,
}

impl Webhooks {
    /// Nothing is registered yet.
    pub fn new() -> Self {
        Self {
            secret: RwLock::default(),
            doubles: Mutex::default(),
            untimely: Mutex::default(),
            small: Slots::new(SMALL_AT_ONCE),
            large: Slots::new(LARGE_AT_ONCE),
            doubted: Notify::new(),
        }
    }

    /// What deliveries are signed with from now on.
    pub fn set_secret(&self, secret: Option<HookSecret>) {
        *self.secret.write().unwrap_or_else(PoisonError::into_inner) = secret;
    }

    fn untimely(&self) -> MutexGuard<'_, Untimely> {
        self.untimely.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn secret(&self) -> Option<HookSecret> {
        let secret = self.secret.read().unwrap_or_else(PoisonError::into_inner);
        secret.clone()
    }
}

impl Default for Webhooks {
    fn default() -> Self {
        Self::new()
    }
}
