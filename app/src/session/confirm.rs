//! Where the link of a mail leads. The browser that asked is signed in at once; any other asks for one press, after saying whose mailbox it is and which device asked.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;

use super::api::{confirm_link, open_link};
use super::model::LinkOpened;
use super::state::Session;
use crate::browser::navigation::forget_fragment;
use crate::browser::storage::Keep;
use crate::error::AppError;
use crate::language::time;
use crate::paths;
use crate::screen::Screen;
use crate::t;
use crate::ui::announcer::Announcer;
use crate::ui::button::{Button, LinkButton};
use crate::ui::error_line::{ErrorLine, Fault};
use crate::ui::reactive::{OrNothing, effect};

const NAME: &str = "link";

/// Forgets the link that this tab came with: it was used, or left.
pub fn forget_link() {
    Keep::Tab.write::<String>(NAME, None);
}

/// Where opening the link stands.
#[derive(Clone, PartialEq)]
enum Standing {
    Opening,
    Ask {
        token: String,
        address: String,
        device: String,
        asked_at: u64,
        signed_in_as: Option<String>,
    },
    Spent,
    Failed(String, AppError),
}

/// The screen. The token is the fragment of the address, and leaves the address bar before anything else happens. Until it is used the
/// tab keeps it, so that a reload does not lose it.
#[component]
pub fn Confirm() -> impl IntoView {
    let session = Session::here();
    let standing = RwSignal::new(Standing::Opening);
    let hash = use_location().hash;
    let heading = NodeRef::<html::H1>::new();
    Announcer::here().heading(heading, |screen| *screen == Screen::Confirm);

    let open = move |token: String| {
        standing.set(Standing::Opening);
        spawn_local(async move {
            match open_link(token.clone()).await {
                Ok(LinkOpened::SignedIn(signed_in)) => session.begin(signed_in),
                Ok(LinkOpened::AskFirst {
                    address,
                    device,
                    asked_at,
                    signed_in_as,
                }) => standing.set(Standing::Ask {
                    token,
                    address,
                    device,
                    asked_at,
                    signed_in_as,
                }),
                Err(AppError::LinkExpired | AppError::NotFound | AppError::Invalid(_)) => {
                    standing.set(Standing::Spent);
                }
                Err(error) => standing.set(Standing::Failed(token, error)),
            }
        });
    };
    let mut first = true;
    effect(move || {
        let token = hash.with(|hash| hash.trim_start_matches('#').to_owned());
        if !token.is_empty() {
            forget_fragment();
            Keep::Tab.write(NAME, Some(&token));
            open(token);
        } else if first {
            // Loaded again: the token is gone from the address, as it should be.
            match Keep::Tab.read(NAME) {
                Some(token) => open(token),
                None => standing.set(Standing::Spent),
            }
        }
        first = false;
    });

    view! {
        <section class="card">
            {move || match standing.get() {
                Standing::Opening => {
                    view! {
                        <h1 tabindex="-1" node_ref=heading>
                            {t!("link-opening")}
                        </h1>
                    }
                        .into_any()
                }
                Standing::Ask { token, address, device, asked_at, signed_in_as } => {
                    view! {
                        <h1 tabindex="-1" node_ref=heading>
                            {t!("link-title")}
                        </h1>
                        <Press token address device asked_at signed_in_as/>
                    }
                        .into_any()
                }
                Standing::Spent => {
                    view! {
                        <h1 tabindex="-1" node_ref=heading>
                            {t!("link-spent-title")}
                        </h1>
                        <p>{t!("link-spent")}</p>
                        <WayOn/>
                    }
                        .into_any()
                }
                Standing::Failed(token, error) => {
                    let fault = RwSignal::new(Some(Fault::from(error)));
                    view! {
                        <h1 tabindex="-1" node_ref=heading>
                            {t!("link-failed-title")}
                        </h1>
                        <ErrorLine fault=fault/>
                        <Button
                            kind="primary"
                            label=t!("try-again")
                            on_press=Callback::new(move |()| open(token.clone()))
                        />
                    }
                        .into_any()
                }
            }}
        </section>
    }
    .into_any()
}

/// What a press would do, and the button for it.
#[component]
fn Press(
    token: String,
    address: String,
    device: String,
    asked_at: u64,
    signed_in_as: Option<String>,
) -> impl IntoView {
    let session = Session::here();
    let fault = RwSignal::new(None::<Fault>);
    let spent = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let press = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        fault.set(None);
        let token = token.clone();
        spawn_local(async move {
            match confirm_link(token).await {
                Ok(signed_in) => session.begin(signed_in),
                Err(AppError::LinkExpired | AppError::NotFound) => spent.set(true),
                Err(error) => fault.set(Some(error.into())),
            }
            busy.set(false);
        });
    });
    let mailbox = address.clone();
    view! {
        <p>{t!("link-lead")}</p>
        <dl class="facts">
            <dt>{t!("link-mailbox")}</dt>
            <dd>
                <bdi>{address}</bdi>
            </dd>
            <dt>{t!("link-device")}</dt>
            <dd>
                <bdi>{device}</bdi>
            </dd>
            <dt>{t!("link-asked")}</dt>
            <dd>{move || time::full(asked_at)}</dd>
        </dl>
        <p class="card-note">{t!("link-warning")}</p>
        {signed_in_as
            .map(|other| {
                view! {
                    <p class="card-note" data-tone="danger">
                        {t!("link-signed-in-as", other = other.clone())}
                    </p>
                }
                    .into_any()
            })
            .or_nothing()}
        <ErrorLine fault=fault/>
        {move || {
            if spent.get() {
                view! {
                    <p role="alert">{t!("link-spent")}</p>
                    <WayOn/>
                }
                    .into_any()
            } else {
                let mailbox = mailbox.clone();
                view! {
                    <Button
                        kind="primary"
                        label=t!("link-press", address = mailbox.clone())
                        busy=busy
                        on_press=press
                    />
                }
                    .into_any()
            }
        }}
    }
    .into_any()
}

/// Where to go when the link is of no use.
#[component]
fn WayOn() -> impl IntoView {
    let session = Session::here();
    move || match session.is_running() {
        true => view! { <LinkButton kind="primary" to=paths::TICKETS label=t!("to-tickets")/> }
            .into_any(),
        false => {
            view! { <LinkButton kind="primary" to=paths::SIGN_IN label=t!("link-new")/> }.into_any()
        }
    }
}
