//! The sign-in that this tab has asked for, from the form to the code. Kept in the tab, so that a reload does not lose it.

use serde::{Deserialize, Serialize};

use super::api::request_sign_in;
use super::model::SignInRequest;
use crate::browser::clock;
use crate::browser::storage::Keep;
use crate::error::AppError;
use crate::language::spoken::tag;
use leptos::prelude::GetUntracked;

const NAME: &str = "asked";

/// Seconds until one may ask for another mail.
pub const PAUSE: u64 = 60;

/// A mail that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// As typed.
    pub address: String,
    /// Where to go afterwards.
    pub return_to: Option<String>,
    /// When, Unix milliseconds.
    pub at: u64,
}

impl Asked {
    /// Asks for a mail in the language of the page, and keeps that it was asked for.
    pub async fn ask(address: String, return_to: Option<String>) -> Result<Self, AppError> {
        let request = SignInRequest {
            address: address.clone(),
            language: tag().get_untracked(),
            return_to: return_to.clone(),
        };
        request_sign_in(request).await?;
        let asked = Self {
            address,
            return_to,
            at: clock::now(),
        };
        Keep::Tab.write(NAME, Some(&asked));
        Ok(asked)
    }

    /// What this tab asked for last.
    pub fn recall() -> Option<Self> {
        Keep::Tab.read(NAME)
    }

    /// Forgets it.
    pub fn forget() {
        Keep::Tab.write::<Self>(NAME, None);
    }

    /// Seconds until one may ask again.
    pub fn pause_left(&self, now: u64) -> u64 {
        (self.at / 1000 + PAUSE)
            .saturating_sub(now / 1000)
            .min(PAUSE)
    }
}
