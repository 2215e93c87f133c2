//! What went wrong, where it went wrong, read out at once. A wait counts down and the line goes when it is over.

use leptos::prelude::*;

use super::icon::Icon;
use super::reactive::{OrNothing, when};
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
    // What is left of the wait, counted down; none when it is over, or where there is none.
    let left = Memo::new(move |_| {
        fault.with(|fault| {
            let fault = fault.as_ref()?;
            fault
                .wait_left(now.get().max(fault.at))
                .filter(|left| *left > 0)
        })
    });
    let is_over = Memo::new(move |_| {
        fault.with(|fault| {
            fault
                .as_ref()
                .is_none_or(|it| it.wait_left(it.at).is_some())
        }) && left.get().is_none()
    });
    // Read out once, however long the wait is.
    let said = move || {
        let fault = fault.get().filter(|_| !is_over.get())?;
        let (text, ticks) = match fault.wait_left(fault.at) {
            Some(wait) => (words::wait(wait), true),
            None => (words::error(&fault.error), false),
        };
        let ticking = move || left.get().map(words::wait).unwrap_or_default();
        let ticking = when(ticks, || {
            view! { <span aria-hidden="true">{ticking}</span> }.into_any()
        });
        let hidden = ticks.then_some("visually-hidden");
        Some(view! { <Icon name="alert"/> <span class=hidden>{text}</span> {ticking} }.into_any())
    };
    view! {
        <div class="error-line" role="alert">
            {move || said().or_nothing()}
        </div>
    }
    .into_any()
}
