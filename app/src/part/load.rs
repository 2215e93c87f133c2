//! Loads a part when it is needed, or when there is time, and says so when it cannot be had. What a `wasm_split` function leads to, and
//! nothing else does, is put into a file of its own when the bundle is made.

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use super::Part;
use crate::browser::{page, timer};
use crate::error::{AppError, words};
use crate::live::stream::Live;
use crate::screen::Screen;
use crate::session::check_email::CheckEmail;
use crate::session::confirm::Confirm;
use crate::session::menu::Menu;
use crate::session::over::question;
use crate::session::overview::Overview;
use crate::session::sign_in::SignIn;
use crate::t;
use crate::tickets::cache::Tickets;
use crate::tickets::cancel;
use crate::tickets::detail::Detail;
use crate::tickets::hit::open_at_hit;
use crate::tickets::lines::Shows as Line;
use crate::tickets::list::List;
use crate::tickets::model::{Key, TicketId};
use crate::tickets::new::NewTicketForm;
use crate::tickets::reply::reply_form;
use crate::tickets::scroller::Scroller;
use crate::tickets::seen::see;
use crate::tickets::unsent::{TakeBack, Unsent};
use crate::tickets::viewer::{PictureViewer, Viewer};
use crate::ui::button::Button;
use crate::ui::empty::Empty;
use crate::ui::keyed::Keyed;
use crate::ui::reactive::OrNothing;
use crate::ui::skeleton::Skeleton;

/// How long the page is left in peace before what comes later is loaded, milliseconds.
const REST: i32 = 300;

/// What a part is to show.
#[derive(Clone)]
pub enum Shows {
    /// What the address names.
    Screen(Memo<Screen>),
    /// The list, beside whatever the address names.
    List(Memo<Screen>),
    /// What the menu holds; this closes it.
    Menu(Callback<()>),
    /// What stands above a page whose session is over.
    SessionOver,
    /// Where a reply is written.
    Reply(TicketId),
    /// The pictures of a ticket, over everything else.
    Pictures(TicketId, Viewer),
    /// What can be done with a message that is not with the support team, and whether it may be lost.
    Unsent(TicketId, Option<Key>, bool),
    /// Whether a ticket shall be cancelled, by this act, as long as this is open.
    Cancel(TicketId, Key, RwSignal<bool>),
    /// What comes of reading a ticket, and at which message it opens: how its thread scrolls, its lines, and how many of them are made.
    Read(TicketId, Scroller, Keyed<Line>, RwSignal<usize>),
    /// The way to have it back what waits, be it a message or a cancellation.
    Waits(TicketId, Key),
}

/// What a part has to show.
type View = fn(Shows) -> AnyView;

/// How it stands with a part.
#[derive(Clone, Copy)]
enum Found {
    Nothing,
    Loading,
    Loaded(View),
    Failed,
}

thread_local! {
    static FOUND: [ArcRwSignal<Found>; Part::ALL.len()] = Part::ALL.map(|_| ArcRwSignal::new(Found::Nothing));
}

impl Shows {
    fn screen(&self) -> Option<Screen> {
        match self {
            Self::Screen(screen) => Some(screen.get_untracked()),
            _ => None,
        }
    }

    /// What has its shape until it is there.
    fn skeleton(&self) -> AnyView {
        let shape = |shape| view! { <Skeleton shape=shape count=4/> }.into_any();
        match self {
            Self::List(_) => view! { <div class="list">{shape("rows")}</div> }.into_any(),
            Self::Screen(_) => shape("thread"),
            Self::Reply(_) => {
                view! { <div class="composer-form" aria-busy="true"></div> }.into_any()
            }
            Self::Menu(_) => view! { <p class="account-who">{t!("loading")}</p> }.into_any(),
            // A dialog is named by its heading.
            Self::SessionOver => view! { <h2 id="over-title">{t!("loading")}</h2> }.into_any(),
            Self::Pictures(..)
            | Self::Unsent(..)
            | Self::Cancel(..)
            | Self::Read(..)
            | Self::Waits(..) => None.or_nothing(),
        }
    }

    /// What says that it cannot be had. Once on a page is enough.
    fn missing(&self, again: impl Fn() + Send + Sync + 'static) -> AnyView {
        match self {
            Self::Pictures(..) | Self::Unsent(..) | Self::Read(..) | Self::Waits(..) => {
                None.or_nothing()
            }
            _ => failed(again),
        }
    }
}

#[wasm_split(list, wasm_split_path = ::leptos::wasm_split, fallible)]
fn list() -> Result<View, SplitLoaderError> {
    Ok(|shows| match shows {
        Shows::List(screen) => view! { <List screen=screen/> }.into_any(),
        _ => None.or_nothing(),
    })
}

#[wasm_split(thread, wasm_split_path = ::leptos::wasm_split, fallible)]
fn thread() -> Result<View, SplitLoaderError> {
    Tickets::can_read();
    Ok(|shows| match shows.screen() {
        Some(Screen::Ticket(id)) => view! { <Detail id=id/> }.into_any(),
        _ => None.or_nothing(),
    })
}

#[wasm_split(desk, wasm_split_path = ::leptos::wasm_split, fallible)]
fn desk() -> Result<View, SplitLoaderError> {
    Tickets::can_write();
    Ok(|shows| match shows {
        Shows::Reply(id) => reply_form(id),
        Shows::Pictures(id, viewer) => {
            let opened = Tickets::here().opened(&id);
            view! { <PictureViewer ticket=id opened=opened viewer=viewer/> }.into_any()
        }
        Shows::Unsent(ticket, key, lost) => {
            view! { <Unsent ticket=ticket key=key lost=lost/> }.into_any()
        }
        Shows::Cancel(ticket, key, open) => cancel::question(ticket, key, open),
        Shows::Read(ticket, scroller, lines, made) => {
            let tickets = Tickets::here();
            see(tickets, &ticket, &tickets.opened(&ticket), scroller);
            open_at_hit(ticket, scroller, lines, made)
        }
        Shows::Waits(ticket, key) => view! { <TakeBack ticket=ticket key=key/> }.into_any(),
        Shows::Menu(close) => view! { <Menu close=close/> }.into_any(),
        Shows::Screen(screen) => match screen.get_untracked() {
            Screen::NewTicket => view! { <NewTicketForm/> }.into_any(),
            Screen::Account => view! { <Overview/> }.into_any(),
            _ => None.or_nothing(),
        },
        Shows::List(_) | Shows::SessionOver => None.or_nothing(),
    })
}

#[wasm_split(door, wasm_split_path = ::leptos::wasm_split, fallible)]
fn door() -> Result<View, SplitLoaderError> {
    Ok(|shows| match (&shows, shows.screen()) {
        (Shows::Menu(close), _) => view! { <Menu close=*close/> }.into_any(),
        (_, None) => question(),
        (_, Some(Screen::CheckEmail)) => view! { <CheckEmail/> }.into_any(),
        (_, Some(Screen::Confirm)) => view! { <Confirm/> }.into_any(),
        _ => view! { <SignIn/> }.into_any(),
    })
}

impl Part {
    fn found(self) -> ArcRwSignal<Found> {
        FOUND.with(|all| all[self as usize].clone())
    }

    /// Brings it from the server. False when it cannot be had now.
    pub async fn fetch(self) -> bool {
        self.fetched().await.is_ok()
    }

    async fn fetched(self) -> Result<View, SplitLoaderError> {
        match self {
            Self::List => list().await,
            Self::Thread => thread().await,
            Self::Desk => desk().await,
            Self::Door => door().await,
        }
    }

    /// Whether it is there.
    pub fn is_there(self) -> bool {
        matches!(self.found().get_untracked(), Found::Loaded(_))
    }

    /// Loads it, if it is not there yet, and shows it where it is waited for. False when it cannot be had now.
    pub async fn load(self) -> bool {
        if self.is_there() {
            return true;
        }
        let view = self.fetched().await;
        // Others may have waited for it too: it is told of once.
        if self.is_there() {
            return true;
        }
        let is_there = view.is_ok();
        self.found().set(view.map_or(Found::Failed, Found::Loaded));
        if self == Self::Desk {
            Live::desk_came();
        }
        is_there
    }

    /// What it has to show: at once if it is there, else as soon as it is.
    pub fn view(self, shows: Shows) -> AnyView {
        let found = self.found();
        let look = {
            let found = found.clone();
            move || {
                if !matches!(found.get_untracked(), Found::Loading) {
                    found.set(Found::Loading);
                    leptos::task::spawn_local(async move {
                        // What is there is seen first.
                        timer::shown().await;
                        self.load().await;
                    });
                }
            }
        };
        if let Found::Loaded(view) = found.get_untracked() {
            return view(shows);
        }
        look();
        (move || match found.get() {
            Found::Nothing | Found::Loading => shows.skeleton(),
            Found::Loaded(view) => view(shows.clone()),
            Found::Failed => shows.missing(look.clone()),
        })
        .into_any()
    }
}

/// It tries again; but where the server has another version of the app by now, ours is gone, and the page is loaded anew.
fn failed(look: impl Fn() + Send + Sync + 'static) -> AnyView {
    let outdated = Live::here().outdated;
    let again = Callback::new(move |()| match outdated.get_untracked() {
        true => page::reload(),
        false => look(),
    });
    view! {
        <div role="alert">
            <Empty
                icon="cloud"
                title=t!("part-failed-title")
                text=Signal::derive(|| words::error(&AppError::Offline))
            >
                <Button kind="quiet" icon="again" label=t!("try-again") on_press=again/>
            </Empty>
        </div>
    }
    .into_any()
}

/// Loads every part, once the page has had time for what it shows.
pub fn load_all_at_leisure() {
    leptos::task::spawn_local(async {
        timer::sleep(REST).await;
        for part in Part::ALL {
            part.load().await;
        }
    });
}
