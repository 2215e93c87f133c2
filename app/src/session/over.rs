//! The session ended while something was on the screen: signing in again happens above it, and nothing typed is lost. Or it did not end
//! though the customer wanted it to: that stands there until he has seen it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::asked::Asked;
use super::check_email::Resend;
use super::code_form::CodeForm;
use super::state::Session;
use crate::error::{AppError, words};
use crate::part::Part;
use crate::part::load::Shows;
use crate::t;
use crate::tickets::cache::Tickets;
use crate::ui::button::Button;
use crate::ui::dialog::Dialog;
use crate::ui::error_line::{ErrorLine, Fault};

/// The dialog, open while the session is over, or goes on against the customer's will.
#[component]
pub fn SessionOver() -> impl IntoView {
    let session = Session::here();
    let open = Signal::derive(move || {
        session.over.get() || (session.is_running() && session.unended.with(Option::is_some))
    });
    view! {
        <Dialog open=open labelled_by="over-title">
            {Part::Door.view(Shows::SessionOver)}
        </Dialog>
    }
    .into_any()
}

/// What is in it.
pub fn question() -> AnyView {
    let session = Session::here();
    (move || match session.over.get() {
        true => view! { <SignInAgain/> }.into_any(),
        false => view! { <StillSignedIn/> }.into_any(),
    })
    .into_any()
}

/// It did not work, or the customer is asked first.
#[component]
fn StillSignedIn() -> impl IntoView {
    let session = Session::here();
    let busy = RwSignal::new(false);
    let unsent = Memo::new(move |_| session.unended.get() == Some(AppError::StillSending));
    let why = move || {
        let why = session.unended.get();
        why.map(|error| words::error(&error)).unwrap_or_default()
    };
    let end = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            session.unended.set(session.end().await.err());
            _ = busy.try_set(false);
        });
    });
    let stay = Callback::new(move |()| session.unended.set(None));
    move || match unsent.get() {
        true => view! {
            <h2 id="over-title">{t!("unsent-title")}</h2>
            <p>{t!("unsent-lead")}</p>
            <div class="dialog-actions">
                <Button kind="quiet" label=t!("unended-stay") on_press=stay/>
                <Button kind="danger" label=t!("unsent-leave") busy=busy on_press=end/>
            </div>
        }
        .into_any(),
        false => view! {
            <h2 id="over-title">{t!("unended-title")}</h2>
            <p>{t!("unended-lead")} " " <span role="alert">{why}</span></p>
            <Button kind="primary" icon="again" label=t!("try-again") busy=busy on_press=end/>
            <Button kind="plain" label=t!("unended-stay") on_press=stay/>
        }
        .into_any(),
    }
}

#[component]
fn SignInAgain() -> impl IntoView {
    let session = Session::here();
    let address = session.address();
    let unfinished = Tickets::here().outbox.holds_something();
    let asked = RwSignal::new(None::<RwSignal<Asked>>);
    let fault = RwSignal::new(None::<Fault>);
    let busy = RwSignal::new(false);
    let to = address.clone();
    let ask = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        fault.set(None);
        let to = to.clone();
        spawn_local(async move {
            match Asked::ask(to, None).await {
                Ok(sent) => asked.set(Some(RwSignal::new(sent))),
                Err(error) => fault.set(Some(error.into())),
            }
            busy.set(false);
        });
    });
    let leave = Callback::new(move |()| {
        session.leave();
    });
    view! {
        <h2 id="over-title">{t!("over-title")}</h2>
        <p>{t!("over-lead")} " " {unfinished.then(|| t!("over-kept"))}</p>
        {move || match asked.get() {
            None => {
                let address = address.clone();
                view! {
                    <ErrorLine fault=fault/>
                        <Button
                            kind="primary"
                            label=t!("over-send", address = address.clone())
                            busy=busy
                            on_press=ask
                        />
                }
                    .into_any()
            }
            Some(asked) => {
                view! {
                    <p>{t!("over-sent", address = asked.with(|asked| asked.address.clone()))}</p>
                    <CodeForm focused=true/>
                    <Resend asked=asked same_address=true/>
                }
                    .into_any()
            }
        }}
        <Button kind="plain" label=t!("over-leave") on_press=leave/>
    }
    .into_any()
}
