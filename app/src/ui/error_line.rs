//! What went wrong, where it went wrong, read out at once. A wait counts down and the line goes when it is over.

use leptos::prelude::*;

use super::icon::Icon;
use super::reactive::OrNothing;
use crate::browser::{clock, timer};
use crate::error::{AppError, words};

/// An error and when it happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    error: AppError,
    at: u64,
}

impl From<AppError> for Fault {
    fn from(error: AppError) -> Self {
        Self {
            error,
            at: clock::now(),
        }
    }
}

impl Fault {
    /// Seconds of the wait that are left; `None` where there is none to wait for.
    fn wait_left(&self, now: u64) -> Option<u32> {
        match self.error {
            AppError::TooMany { wait_seconds } => {
                let passed = u32::try_from(now.saturating_sub(self.at) / 1000).unwrap_or(u32::MAX);
                Some(wait_seconds.saturating_sub(passed))
            }
            _ => None,
        }
    }
}

/// The line. It is there empty beforehand, so that readers notice when it fills.
#[component]
pub fn ErrorLine(
    /// What went wrong, if anything.
    fault: RwSignal<Option<Fault>>,
) -> impl IntoView {
    let now = RwSignal::new(clock::now());
    timer::every(1000, move || {
        let waiting = fault.with_untracked(|fault| {
            fault
                .as_ref()
                .is_some_and(|fault| fault.wait_left(clock::now()).is_some())
        });
        if waiting {
            now.set(clock::now());
        }
    });
    let text = Signal::derive(move || {
        let fault = fault.get()?;
        match fault.wait_left(now.get().max(fault.at)) {
            Some(0) => None,
            Some(left) => Some(words::wait(left)),
            None => Some(words::error(&fault.error)),
        }
    });
    view! {
        <div class="error-line" role="alert">
            {move || {
                text.get()
                    .map(|text| view! { <Icon name="alert"/> <span>{text}</span> }.into_any())
                    .or_nothing()
            }}
        </div>
    }
    .into_any()
}
