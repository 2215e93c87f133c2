//! The customer's account: who he is here, where he is signed in, and the way to be forgotten.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::{end_other_sessions, end_session, list_sessions};
use super::forget::ForgetMe;
use super::mails::mail_switch;
use super::model::{SessionHandle, SessionRow};
use super::named::NameForm;
use super::preferences::Languages;
use super::state::Session;
use crate::browser::page;
use crate::error::AppError;
use crate::language::spoken::say;
use crate::language::time;
use crate::paths;
use crate::screen::Screen;
use crate::t;
use crate::tickets::cache::Tickets;
use crate::tickets::outbox::Outbox;
use crate::ui::announcer::Announcer;
use crate::ui::button::{BackLink, Button};
use crate::ui::error_line::{ErrorLine, Fault};
use crate::ui::reactive::{OrNothing, when};

/// The screen.
#[component]
pub fn Overview() -> impl IntoView {
    let session = Session::here();
    let heading = NodeRef::<html::H1>::new();
    Announcer::here().heading(heading, |screen| *screen == Screen::Account);
    let address = session.address();
    let mails = session.mails();
    let has_mails = session
        .view
        .with_untracked(|view| view.as_ref().is_some_and(|view| view.mails.is_some()));
    view! {
        <div class="overview">
            <BackLink to=paths::TICKETS label=t!("tickets-title")/>
            <h1 tabindex="-1" node_ref=heading>
                {t!("account-title")}
            </h1>
            <section class="panel">
                <h2>{t!("profile-title")}</h2>
                <dl class="facts">
                    <dt>{t!("address-label")}</dt>
                    <dd>
                        <bdi>{address}</bdi>
                    </dd>
                </dl>
                <NameForm/>
                <p>{t!("profile-lead")}</p>
                <Languages id="account-language"/>
                {when(has_mails, || mail_switch(None, mails))}
            </section>
            <Sessions/>
            <section class="panel">
                <h2>{t!("forget-section")}</h2>
                <p>{t!("forget-lead")}</p>
                <ForgetMe/>
            </section>
        </div>
    }
    .into_any()
}

/// What can be done to sessions.
#[derive(Clone, Copy)]
struct Own {
    session: Session,
    outbox: Outbox,
    announcer: Announcer,
    rows: RwSignal<Option<Vec<SessionRow>>>,
    fault: RwSignal<Option<Fault>>,
    busy: RwSignal<bool>,
    heading: NodeRef<html::H2>,
}

impl Own {
    fn fetch(self) {
        spawn_local(async move { self.learn().await });
    }

    async fn learn(self) {
        match self.session.watch(list_sessions()).await {
            Ok(rows) => _ = self.rows.try_set(Some(rows)),
            Err(error) => self.fail(error),
        }
    }

    fn fail(self, error: AppError) {
        if error != AppError::SignedOut {
            self.fault.try_set(Some(error.into()));
        }
    }

    /// Ends one, or all others.
    fn end(self, which: Option<SessionHandle>) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.fault.set(None);
        spawn_local(async move {
            let ended = match which {
                Some(which) => self.session.watch(end_session(which)).await,
                None => self.session.watch(end_other_sessions()).await,
            };
            match ended {
                // It may have ended by itself meanwhile.
                Ok(()) | Err(AppError::NotFound) => {
                    self.learn().await;
                    self.announcer.notify(say("session-ended", vec![]));
                    // The button has gone, and the focus must not go with it.
                    if let Some(heading) = self.heading.try_get_untracked().flatten() {
                        page::focus(&heading);
                    }
                }
                Err(error) => self.fail(error),
            }
            self.busy.try_set(false);
        });
    }

    fn leave(self) {
        if self.busy.get_untracked() || !self.session.may_end(self.outbox.waits()) {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            if let Err(error) = self.session.end().await {
                self.fail(error);
            }
            self.busy.try_set(false);
        });
    }
}

#[component]
fn Sessions() -> impl IntoView {
    let own = Own {
        session: Session::here(),
        outbox: Tickets::here().outbox,
        announcer: Announcer::here(),
        rows: RwSignal::new(None),
        fault: RwSignal::new(None),
        busy: RwSignal::new(false),
        heading: NodeRef::new(),
    };
    own.fetch();
    let others = move || {
        own.rows
            .with(|rows| rows.as_ref().is_some_and(|rows| rows.len() > 1))
    };
    view! {
        <section class="panel">
            <h2 tabindex="-1" node_ref=own.heading>
                {t!("sessions-title")}
            </h2>
            <p>{t!("sessions-lead")}</p>
            <ul class="sessions">
                {move || match own.rows.get() {
                    Some(rows) => {
                        let rows: Vec<AnyView> = rows.into_iter().map(|one| row(own, one)).collect();
                        rows.into_any()
                    }
                    None => when(own.fault.with(Option::is_none), || view! { <li>{t!("loading")}</li> }.into_any()),
                }}
            </ul>
            <ErrorLine fault=own.fault/>
            {move || {
                let failed = own.fault.with(Option::is_some) && own.rows.with(Option::is_none);
                let again = Callback::new(move |()| {
                    own.fault.set(None);
                    own.fetch();
                });
                when(failed, || view! { <Button kind="quiet" label=t!("try-again") on_press=again/> }.into_any())
            }}
            <div class="card-actions">
                {move || {
                    when(
                        others(),
                        || {
                            view! {
                                <Button
                                    kind="quiet"
                                    label=t!("sessions-end-others")
                                    busy=own.busy
                                    on_press=Callback::new(move |()| own.end(None))
                                />
                            }
                                .into_any()
                        },
                    )
                }}
                <Button
                    kind="quiet"
                    label=t!("sign-out")
                    busy=own.busy
                    on_press=Callback::new(move |()| own.leave())
                />
            </div>
        </section>
    }
    .into_any()
}

fn row(own: Own, one: SessionRow) -> AnyView {
    let SessionRow {
        handle,
        device,
        began_at,
        used_at,
        here,
    } = one;
    let device: Arc<str> = device.into();
    let named = Arc::clone(&device);
    let name = Signal::derive(move || match named.is_empty() {
        true => say("session-unknown", vec![]),
        false => named.to_string(),
    });
    let end = (!here).then(|| {
        view! {
            <button
                class="button"
                data-kind="quiet"
                type="button"
                aria-label=t!("session-end-label", device = name.get())
                aria-disabled=move || own.busy.get().to_string()
                on:click=move |_| own.end(Some(handle.clone()))
            >
                {t!("session-end")}
            </button>
        }
        .into_any()
    });
    view! {
        <li>
            <div>
                <p class="session-device">
                    <bdi>{name}</bdi>
                    {when(here, || view! { <span class="badge">{t!("session-here")}</span> }.into_any())}
                </p>
                <p class="session-times">
                    <span>{t!("session-used", when = moment(used_at))}</span>
                    <span>{t!("session-began", when = moment(began_at))}</span>
                </p>
            </div>
            {end.or_nothing()}
        </li>
    }
    .into_any()
}

/// A day and a time; a session is never older than yesterday.
fn moment(at: u64) -> String {
    format!(
        "{}{}{}",
        time::day(at),
        say("comma", vec![]),
        time::clock_time(at)
    )
}
