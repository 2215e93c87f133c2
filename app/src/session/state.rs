//! Who is signed in in this page, and what happens when that changes under its feet.

use std::future::Future;

use leptos::prelude::*;

use super::api::{current_session, sign_out};
use super::model::{PortalConfig, SessionView, SignedIn};
use crate::browser::navigation::{go, go_instead};
use crate::browser::storage;
use crate::call::in_background;
use crate::error::AppError;
use crate::live::line;
use crate::paths;
use crate::session::asked::Asked;

/// The session as the page knows it. One per page.
#[derive(Clone, Copy)]
pub struct Session {
    /// What every visitor may know.
    pub config: StoredValue<PortalConfig>,
    /// Who is signed in. Stays while the session is over, so that what is on the screen stays too.
    pub view: RwSignal<Option<SessionView>>,
    /// The session ended while something was on the screen; signing in again goes on where it was.
    pub over: RwSignal<bool>,
    /// Signing out was asked for and done, said on the sign-in screen.
    pub left: RwSignal<bool>,
    /// Why the session goes on although the customer wanted to sign out; `StillSending` asks him whether it shall end all the same.
    pub unended: RwSignal<Option<AppError>>,
    /// The customer ends the session himself: hearing that it is over is no surprise.
    leaving: StoredValue<bool>,
}

impl Session {
    /// The session that the page came with.
    pub fn new(config: PortalConfig, view: Option<SessionView>) -> Self {
        Self {
            config: StoredValue::new(config),
            view: RwSignal::new(view),
            over: RwSignal::new(false),
            left: RwSignal::new(false),
            unended: RwSignal::new(None),
            leaving: StoredValue::new(false),
        }
    }

    /// The page's session.
    pub fn here() -> Self {
        expect_context()
    }

    /// Signed in, and the session is not over.
    pub fn is_running(self) -> bool {
        self.view.with(Option::is_some) && !self.over.get()
    }

    /// The same as of now.
    pub fn is_running_now(self) -> bool {
        self.view.with_untracked(Option::is_some) && !self.over.get_untracked()
    }

    /// Address of the customer; empty when there is none.
    pub fn address(self) -> String {
        self.view.with_untracked(|view| {
            view.as_ref()
                .map(|view| view.address.clone())
                .unwrap_or_default()
        })
    }

    /// Whether the customer gets mails about answers.
    pub fn mails(self) -> Signal<bool> {
        Signal::derive(move || {
            self.view
                .with(|view| view.as_ref().is_some_and(|view| view.mails == Some(true)))
        })
    }

    /// Waits for a call, and notes when it was answered that nobody is signed in.
    pub async fn watch<T>(
        self,
        call: impl Future<Output = Result<T, AppError>>,
    ) -> Result<T, AppError> {
        let answer = call.await;
        if matches!(answer, Err(AppError::SignedOut)) {
            self.note_over();
        }
        answer
    }

    /// Nobody is signed in any more.
    pub fn note_over(self) {
        let running = self.is_running_now();
        if running && !self.leaving.get_value() {
            self.over.set(true);
        }
    }

    /// Somebody signed in: goes on where he was, or to where he wanted to go.
    pub fn begin(self, signed_in: SignedIn) {
        Asked::forget();
        self.left.set(false);
        self.unended.set(None);
        let before = self.address();
        let same_person = before == signed_in.session.address;
        if !before.is_empty() && !same_person {
            // Nothing of the person before may be seen by the next one.
            wipe();
        }
        let over = self.over.get_untracked();
        self.view.set(Some(signed_in.session));
        self.over.set(false);
        if !(over && same_person) {
            go_instead(&signed_in.return_to);
        }
    }

    /// Asks whether the session goes on after all: it may have been begun again in another tab.
    pub async fn look_again(self) {
        if let Ok(found) = in_background(current_session()).await {
            match self.is_it(found.as_ref()) {
                true => self.over.set(false),
                false => self.note_over(),
            }
        }
    }

    /// The address of who is signed in, as it is shown.
    pub fn address_shown(self) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.view
                .with(|view| view.as_ref().map(|view| view.address.clone()))
        })
    }

    /// Whether it can be ended without another word. Where something waits to be sent, the customer is asked first.
    pub fn may_end(self, unsent: bool) -> bool {
        if unsent {
            self.unended.set(Some(AppError::StillSending));
        }
        !unsent
    }

    /// Ends the session, here and on the server, and forgets all that was the customer's.
    pub async fn end(self) -> Result<(), AppError> {
        let ending = self.ending(async {
            match sign_out().await {
                Ok(()) | Err(AppError::SignedOut) => Ok(()),
                // The answer alone may have been lost.
                Err(error) => match in_background(current_session()).await {
                    Ok(found) if !self.is_it(found.as_ref()) => Ok(()),
                    _ => Err(error),
                },
            }
        });
        ending.await?;
        self.left.set(true);
        self.leave();
        Ok(())
    }

    fn is_it(self, found: Option<&SessionView>) -> bool {
        found.is_some_and(|found| found.address == self.address())
    }

    /// Waits for a call that ends the session: its stream may tell of the end first.
    pub async fn ending(
        self,
        call: impl Future<Output = Result<(), AppError>>,
    ) -> Result<(), AppError> {
        self.leaving.set_value(true);
        line::leave();
        let answer = call.await;
        self.leaving.set_value(false);
        if answer.is_err() {
            line::stay();
        }
        answer
    }

    /// The server has ended the session: nothing of it is left here.
    pub fn leave(self) {
        self.forget();
        go(paths::SIGN_IN);
    }

    /// Forgets the customer without asking the server.
    pub fn forget(self) {
        wipe();
        self.over.set(false);
        self.view.set(None);
    }
}

/// Leaves nothing of a customer in this browser, and has its other tabs forget him.
fn wipe() {
    storage::wipe();
    // They hear of it as it is written; nothing of it stays.
    storage::Keep::Browser.write("left", Some(&true));
    storage::Keep::Browser.write::<bool>("left", None);
}
