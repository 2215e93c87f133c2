//! Keeps the read model right: filled when a customer first comes, one poll of the inbox for everybody, and an opened ticket's
//! newest messages read again. Views never wait for it, but for a ticket that was never read.

pub(crate) mod cable;
mod catch_up;
mod contacts;
mod ended;
mod fill;
mod follow;
mod gone;
mod health;
mod hints;
mod inbox;
mod looking;
mod mail;
mod missing;
mod names;
mod nobodys;
mod order;
mod pace;
mod poll;
mod read_back;
mod read_marks;
mod ready;
mod refresh;
pub(crate) mod signals;
mod source;
mod thread;
mod trouble;
mod typing;

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use app::tickets::model::TicketId;

pub(crate) use ended::Ended;
pub(crate) use fill::{want_fill, want_fill_if_new};
pub(crate) use gone::check_gone;
pub(crate) use health::{Ear, cure_now, freshness, is_down, may_ask, well_since};
pub(crate) use hints::told;
pub(crate) use inbox::{allows_messages_after_resolved, inbox_identifier, inbox_is_locked};
pub(crate) use looking::looked;
pub(crate) use mail::{MailAddress, MailInbox, mail_address, mail_inboxes};
pub(crate) use names::tell_names;
pub(crate) use order::{Moment, moment, written};
pub(crate) use pace::Pace;
pub(crate) use read_marks::{tell_seen, when_to_tell};
pub(crate) use refresh::{LookedAgain, look_again, read_again, read_now, reopened, want_refresh};
use source::others_of;
pub(crate) use source::source_of;
pub use trouble::Trouble;

use crate::clock::{Clock, Millis};
use crate::store::customers::CustomerId;
use crate::tickets::Tickets;

/// What is under way, and what is known of Chatwoot.
pub(crate) struct Sync {
    filling: Mutex<HashMap<CustomerId, Ended>>,
    refreshing: Mutex<HashMap<TicketId, Ended>>,
    refreshed: Mutex<HashMap<TicketId, Millis>>,
    health: health::Health,
    inbox: Mutex<Option<inbox::Known>>,
    mail: Mutex<Option<mail::Known>>,
    order: order::Order,
    hints: hints::Hints,
    pub(crate) signals: signals::Signals,
    looking: looking::Looking,
    missing: missing::Missing,
    nobodys: nobodys::Nobodys,
    read_back: read_back::ReadBack,
    read_marks: read_marks::ReadMarks,
    names: names::Names,
    typing: typing::Typing,
    contacts: contacts::Contacts,
    catch_up: catch_up::CatchUp,
    fills_at_once: tokio::sync::Semaphore,
}

impl Sync {
    pub(crate) fn new(clock: &Clock) -> Self {
        Self {
            filling: Mutex::default(),
            refreshing: Mutex::default(),
            refreshed: Mutex::default(),
            health: health::Health::new(clock.now()),
            inbox: Mutex::default(),
            mail: Mutex::default(),
            order: order::Order::default(),
            hints: hints::Hints::default(),
            signals: signals::Signals::default(),
            looking: looking::Looking::default(),
            missing: missing::Missing::default(),
            nobodys: nobodys::Nobodys::default(),
            read_back: read_back::ReadBack::default(),
            read_marks: read_marks::ReadMarks::default(),
            names: names::Names::default(),
            typing: typing::Typing::default(),
            contacts: contacts::Contacts::default(),
            catch_up: catch_up::CatchUp::default(),
            fills_at_once: tokio::sync::Semaphore::new(fill::AT_ONCE),
        }
    }
}

/// Begins to follow what agents do.
pub(crate) fn start(tickets: &Tickets) {
    mail::start(tickets);
    poll::start(tickets);
    follow::start(tickets);
    read_marks::start(tickets);
    names::start(tickets);
    catch_up::start(tickets);
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn millis(duration: Duration) -> Millis {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
