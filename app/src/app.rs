//! The app: languages, session, live updates, the frame of every page, and the table that says which view each screen has.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::Router;
use leptos_router::hooks::{use_location, use_query_map};
use leptos_router::location::{BrowserUrl, LocationProvider};

use crate::browser::{navigation, page, timer};
use crate::error::AppError;
use crate::first_view::FirstView;
use crate::language::spoken::{self, say};
use crate::live::stream::Live;
use crate::part::Part;
use crate::part::load::{Shows, load_all_at_leisure};
use crate::paths;
use crate::screen::{Area, Screen};
use crate::session::account::Account;
use crate::session::confirm::forget_link;
use crate::session::over::SessionOver;
use crate::session::sign_in::TO;
use crate::session::state::Session;
use crate::t;
use crate::tickets::cache::Tickets;
use crate::tickets::model::TicketView;
use crate::tickets::row;
use crate::tickets::workspace::Workspace;
use crate::ui::announcer::{Announcer, AnnouncerLines};
use crate::ui::button::{Button, LinkButton};
use crate::ui::reactive::{OrNothing, effect, when};

/// How long the shell covers a ticket that could be read, for the list beside it, milliseconds at most.
const COVERED: i32 = 1000;

/// Starts the app in the page that the server made.
pub fn start() {
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
    }));
    page::allow_static_views();
    page::show_nothing_on_the_way_back();
    let base: &'static str = page::stamped_base().leak();
    server_fn::client::set_server_url(base);
    wasm_bindgen_futures::spawn_local(async {
        let Some(view) = page::first_view() else {
            return page::show_shell_failure();
        };
        if !spoken::learn(&view.config).await {
            return page::show_shell_failure();
        }
        let parts = Part::needed(&navigation::screen_asked(), view.session.is_some());
        for part in parts {
            if !part.fetch().await {
                return page::show_shell_failure();
            }
        }
        // Each in a task of its own: during a long one the browser answers to nothing.
        timer::sleep(0).await;
        page::cover_with_shell();
        mount_to_body(move || app(view));
        for part in parts {
            timer::sleep(0).await;
            part.load().await;
        }
        timer::drawn().await;
        // What the shell shows beside a ticket does not go once more before it comes.
        if page::shows(".panes > .list") {
            spawn_local(async {
                timer::sleep(COVERED).await;
                page::remove_shell();
            });
            Part::List.load().await;
            timer::drawn().await;
        }
        page::remove_shell();
        load_all_at_leisure();
    });
}

fn app(view: FirstView) -> impl IntoView {
    let session = Session::new(view.config, view.session);
    provide_context(session);
    provide_context(Announcer::new());
    let tickets = Tickets::new(session, navigation::asked(), view.tickets);
    provide_context(tickets);
    // What was one customer's is gone before another's is shown.
    let mut before = session.address();
    effect(move || {
        session.view.track();
        let address = session.address();
        if before != address {
            tickets.forget();
            before = address;
        }
    });
    provide_context(Live::begin(session, tickets));
    view! {
        <Router base=navigation::base()>
            <Frame/>
        </Router>
    }
}

/// What every page has around it.
#[component]
fn Frame() -> impl IntoView {
    navigation::learn();
    let asked = screens();
    guard(asked);
    let screen = once_shown(asked);
    announce(screen);
    let area = Memo::new(move |_| screen.with(Screen::area));
    view! {
        <a class="skip" href="#main" rel="external">
            {t!("skip-link")}
        </a>
        <TopBar/>
        <Outdated/>
        <main id="main" tabindex="-1">
            {move || content(area.get(), screen)}
        </main>
        <SessionOver/>
        <AnnouncerLines/>
    }
    .into_any()
}

/// The table of screens.
fn content(area: Area, screen: Memo<Screen>) -> AnyView {
    let session = Session::here();
    let shows = Shows::Screen(screen);
    match area {
        Area::Workspace | Area::Account => {
            // Made anew for another customer only: a changed language must leave what is typed where it is.
            let customer = Memo::new(move |_| {
                session
                    .view
                    .with(|view| view.as_ref().map(|view| view.address.clone()))
            });
            // Who is not signed in is on his way elsewhere.
            (move || {
                let shows = shows.clone();
                when(customer.with(Option::is_some), || match area {
                    Area::Account => Part::Desk.view(shows),
                    _ => view! { <Workspace screen=screen/> }.into_any(),
                })
            })
            .into_any()
        }
        Area::SignIn => (move || {
            screen.with(|_| {});
            Part::Door.view(shows.clone())
        })
        .into_any(),
        Area::Link => Part::Door.view(shows),
        Area::Home => ().into_any(),
        Area::NotFound => view! { <NotFound/> }.into_any(),
    }
}

/// The screen that the address names.
fn screens() -> Memo<Screen> {
    let path = use_location().pathname;
    let location = use_context::<BrowserUrl>();
    effect(move || {
        path.track();
        // The router shows the new address once the view is there.
        if let Some(location) = &location {
            location.ready_to_complete();
        }
    });
    Memo::new(move |_| path.with(|path| navigation::screen_at(path)))
}

/// The screen that is shown: the one that was asked for, once the browser has shown that something was pressed. A ticket takes a slow phone
/// longer to make than a hand waits for an answer.
fn once_shown(asked: Memo<Screen>) -> Memo<Screen> {
    let tickets = Tickets::here();
    let screen = RwSignal::new(asked.get_untracked());
    effect(move || {
        let now = asked.get();
        // The row that was pressed says so at once.
        tickets.current.set(now.ticket().cloned());
        if screen.with_untracked(|before| *before != now) {
            spawn_local(async move {
                timer::shown().await;
                screen.set(asked.get_untracked());
            });
        }
    });
    Memo::new(move |_| screen.get())
}

/// Leads to where one may be. A deep link survives signing in.
fn guard(screen: Memo<Screen>) {
    let session = Session::here();
    let query = use_query_map();
    effect(move || {
        let signed_in = session.view.with(Option::is_some);
        match (screen.with(Screen::area), signed_in) {
            (Area::Home, true) => navigation::go_instead(paths::TICKETS),
            (Area::Home, false) => navigation::go_instead(paths::SIGN_IN),
            (Area::Workspace | Area::Account, false) => {
                let wanted = match screen.get_untracked() {
                    Screen::Ticket(id) => paths::ticket(&id),
                    Screen::NewTicket => paths::NEW_TICKET.to_owned(),
                    Screen::Account => paths::ACCOUNT.to_owned(),
                    _ => String::new(),
                };
                let to = if wanted.is_empty() || session.left.get_untracked() {
                    paths::SIGN_IN.to_owned()
                } else {
                    format!("{}?{TO}={wanted}", paths::SIGN_IN)
                };
                navigation::go_instead(&to);
            }
            (Area::SignIn, true) => {
                let to = query
                    .with_untracked(|query| query.get(TO))
                    .filter(|to| paths::is_page(to));
                navigation::go_instead(to.as_deref().unwrap_or(paths::TICKETS));
            }
            (Area::Workspace | Area::Account, true)
            | (Area::SignIn, false)
            | (Area::Link | Area::NotFound, _) => {}
        }
    });
}

/// Title of every page; and, when one moved, the announcement and the focus.
fn announce(screen: Memo<Screen>) {
    let session = Session::here();
    let tickets = Tickets::here();
    let announcer = Announcer::here();
    let brand = session
        .config
        .with_value(|config| config.brand_name.clone());
    let title = Signal::derive(move || match screen.get() {
        Screen::Home | Screen::Tickets => say("tickets-title", vec![]),
        Screen::NewTicket => say("new-title", vec![]),
        Screen::Ticket(id) => match tickets.rows.item(id.as_str()) {
            Some(row) => row.with(row::subject),
            None => {
                let opened = tickets.opened(&id);
                let missing = opened.trouble.get() == Some(AppError::NotFound);
                let subject = |view: &TicketView| row::subject(&view.row);
                match opened.view.with(|view| view.as_ref().map(subject)) {
                    _ if missing => say("ticket-missing-title", vec![]),
                    Some(subject) => subject,
                    None => say("tickets-title", vec![]),
                }
            }
        },
        Screen::Account => say("account-title", vec![]),
        Screen::SignIn => say("sign-in-title", vec![]),
        Screen::CheckEmail => say("check-title", vec![]),
        Screen::Confirm => say("link-title", vec![]),
        Screen::NotFound => say("not-found-title", vec![]),
    });
    effect(move || {
        let unread = tickets
            .facts
            .with(|facts| facts.as_ref().map_or(0, |facts| facts.unread));
        let count = match unread {
            0 => String::new(),
            1..=99 => format!("({unread}) "),
            _ => "(99+) ".to_owned(),
        };
        document().set_title(&format!("{count}{} · {brand}", title.get()));
    });
    let mut first = true;
    effect(move || {
        let now = screen.get();
        if now != Screen::Confirm {
            forget_link();
        }
        // The first screen came with the page, and the browser has said so.
        if !std::mem::take(&mut first) {
            announcer.arrive(now);
            announcer.say(title.get_untracked());
        }
    });
}

#[component]
fn TopBar() -> impl IntoView {
    let session = Session::here();
    let (brand, logo) = session
        .config
        .with_value(|config| (config.brand_name.clone(), config.logo.clone()));
    view! {
        <header class="top-bar">
            <a class="brand" href=navigation::href("/")>
                {logo.map(|logo| view! { <img class="brand-logo" src=navigation::href(&logo) alt=""/> }.into_any()).or_nothing()}
                <bdi>{brand}</bdi>
            </a>
            <Account/>
        </header>
    }
    .into_any()
}

/// Says that a new version is there, when the customer likes.
#[component]
fn Outdated() -> impl IntoView {
    let live = Live::here();
    view! {
        <div role="status">
            {move || {
                when(live.outdated.get(), || {
                    view! {
                        <p class="banner">
                            <span>{t!("outdated")}</span>
                            <Button
                                kind="plain"
                                label=t!("reload")
                                on_press=Callback::new(|()| page::reload())
                            />
                        </p>
                    }
                        .into_any()
                })
            }}
        </div>
    }
    .into_any()
}

#[component]
fn NotFound() -> impl IntoView {
    let heading = NodeRef::new();
    Announcer::here().heading(heading, |screen| *screen == Screen::NotFound);
    view! {
        <section class="card">
            <h1 tabindex="-1" node_ref=heading>
                {t!("not-found-title")}
            </h1>
            <p>{t!("not-found")}</p>
            <LinkButton kind="primary" to=paths::TICKETS label=t!("to-tickets")/>
        </section>
    }
    .into_any()
}
