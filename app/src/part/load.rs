//! Loads a part when it is needed, or when there is time, and says so when it cannot be had. What a `wasm_split` function leads to, and
//! nothing else does, is put into a file of its own when the bundle is made.

use std::cell::Cell;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use super::Part;
use crate::browser::{page, timer};
use crate::error::{AppError, words};
use crate::live::stream::Live;
use crate::screen::Screen;
use crate::session::check_email::CheckEmail;
use crate::session::confirm::Confirm;
use crate::session::over::SignInAgain;
use crate::session::overview::Overview;
use crate::session::sign_in::SignIn;
use crate::t;
use crate::tickets::cache::Tickets;
use crate::tickets::detail::Detail;
use crate::tickets::list::List;
use crate::tickets::model::{Key, TicketId};
use crate::tickets::new::NewTicketForm;
use crate::tickets::reply::reply_form;
use crate::tickets::unsent::{TakeBack, Unsent};
use crate::ui::button::Button;
use crate::ui::empty::Empty;
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
    /// What stands above a page whose session is over.
    SessionOver,
    /// Where a reply is written.
    Reply(TicketId),
    /// What can be done with a message that is not with the support team, and whether it may be lost.
    Unsent(TicketId, Option<Key>, bool),
    /// The way to have it back what waits, be it a message or a cancellation.
    Waits(TicketId, Key),
}

/// What a part has to show.
type View = fn(Shows) -> AnyView;

thread_local! {
    static LOADED: [Cell<Option<View>>; Part::ALL.len()] = const { [const { Cell::new(None) }; Part::ALL.len()] };
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
            Self::SessionOver | Self::Unsent(..) | Self::Waits(..) => None.or_nothing(),
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
        Shows::Unsent(ticket, key, lost) => {
            view! { <Unsent ticket=ticket key=key lost=lost/> }.into_any()
        }
        Shows::Waits(ticket, key) => view! { <TakeBack ticket=ticket key=key/> }.into_any(),
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
    Ok(|shows| match shows.screen() {
        None => view! { <SignInAgain/> }.into_any(),
        Some(Screen::CheckEmail) => view! { <CheckEmail/> }.into_any(),
        Some(Screen::Confirm) => view! { <Confirm/> }.into_any(),
        _ => view! { <SignIn/> }.into_any(),
    })
}

#[derive(Clone, Copy)]
enum Found {
    Loading,
    Loaded(View),
    Failed,
}

impl Part {
    fn loaded(self) -> Option<View> {
        LOADED.with(|loaded| loaded[self as usize].get())
    }

    /// Loads it, if it is not there yet. False when it cannot be had now.
    pub async fn load(self) -> bool {
        if self.loaded().is_some() {
            return true;
        }
        let found = match self {
            Self::List => list().await.ok(),
            Self::Thread => thread().await.ok(),
            Self::Desk => desk().await.ok(),
            Self::Door => door().await.ok(),
        };
        LOADED.with(|loaded| loaded[self as usize].set(found));
        if self == Self::Desk {
            Live::desk_came();
        }
        found.is_some()
    }

    /// What it has to show: at once if it is there, else as soon as it is.
    pub fn view(self, shows: Shows) -> AnyView {
        if let Some(view) = self.loaded() {
            return view(shows);
        }
        let found = ArcRwSignal::new(Found::Loading);
        let look = {
            let found = found.clone();
            move || {
                let found = found.clone();
                found.set(Found::Loading);
                leptos::task::spawn_local(async move {
                    self.load().await;
                    found.set(self.loaded().map_or(Found::Failed, Found::Loaded));
                });
            }
        };
        look();
        (move || match found.get() {
            Found::Loading => shows.skeleton(),
            Found::Loaded(view) => view(shows.clone()),
            Found::Failed => failed(look.clone()),
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
