//! A mail is on its way, if the address can sign in: asks for its code, and helps when none comes.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::asked::Asked;
use super::code_form::CodeForm;
use super::state::Session;
use crate::browser::navigation::go_instead;
use crate::browser::{clock, timer};
use crate::language::spoken::say;
use crate::paths;
use crate::screen::Screen;
use crate::t;
use crate::ui::announcer::Announcer;
use crate::ui::button::{Button, LinkButton};
use crate::ui::error_line::{ErrorLine, Fault};
use crate::ui::reactive::{effect, when};

/// The screen after the form. Without a mail that was asked for it leads back to the form.
#[component]
pub fn CheckEmail() -> impl IntoView {
    let session = Session::here();
    let heading = NodeRef::<html::H1>::new();
    Announcer::here().heading(heading, |screen| *screen == Screen::CheckEmail);
    let Some(asked) = Asked::recall() else {
        effect(|| go_instead(paths::SIGN_IN));
        return ().into_any();
    };
    let asked = RwSignal::new(asked);
    let minutes = session.config.with_value(|config| config.link_minutes);
    let address = move || asked.with(|asked| asked.address.clone());

    view! {
        <section class="card">
            <h1 tabindex="-1" node_ref=heading>
                {t!("check-title")}
            </h1>
            <p>{t!("check-lead", address = address(), minutes = minutes)}</p>
            <CodeForm/>
            <Resend asked=asked/>
            <details class="help">
                <summary>{t!("no-mail-title")}</summary>
                <ul>
                    <li>{t!("no-mail-spam")}</li>
                    <li>{t!("no-mail-typo", address = address())}</li>
                    <li>{t!("no-mail-other-address")}</li>
                    <li>{t!("no-mail-again")}</li>
                </ul>
            </details>
        </section>
    }
    .into_any()
}

/// Asks for the mail again, once a minute, or for another address.
#[component]
pub fn Resend(
    /// The mail that was asked for.
    asked: RwSignal<Asked>,
    /// Only the same address will do.
    #[prop(optional)]
    same_address: bool,
) -> impl IntoView {
    let announcer = Announcer::here();
    let fault = RwSignal::new(None::<Fault>);
    let now = RwSignal::new(clock::now());
    timer::every(1000, move || now.set(clock::now()));
    let left = Signal::derive(move || asked.with(|asked| asked.pause_left(now.get())));
    let resend = move |()| {
        if left.get_untracked() > 0 {
            return;
        }
        let Asked {
            address, return_to, ..
        } = asked.get_untracked();
        fault.set(None);
        // The pause begins with the press, so that a second one does nothing.
        asked.update(|asked| asked.at = clock::now());
        spawn_local(async move {
            match Asked::ask(address, return_to).await {
                Ok(again) => {
                    asked.set(again);
                    announcer.notify(say("sent-again", vec![]));
                }
                Err(error) => fault.set(Some(error.into())),
            }
        });
    };
    let label = Signal::derive(move || match left.get() {
        0 => say("send-again", vec![]),
        seconds => say("send-again-in", vec![("seconds", seconds.into())]),
    });
    view! {
        <div class="card-actions">
            <Button
                kind="quiet"
                label=label
                busy=Signal::derive(move || left.get() > 0)
                on_press=Callback::new(resend)
            />
            {when(
                !same_address,
                || view! { <LinkButton kind="quiet" to=paths::SIGN_IN label=t!("other-address")/> }.into_any(),
            )}
        </div>
        <ErrorLine fault=fault/>
    }
    .into_any()
}
