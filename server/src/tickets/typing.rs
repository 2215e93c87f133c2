//! The customer types: agents see it, and nothing of what he types. A courtesy and no more, so that it has a small part of Chatwoot's
//! calls, and what would go past it is not told.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use app::tickets::model::TicketId;

use super::Tickets;
use crate::clock::Millis;
use crate::failure::{Failure, chain};
use crate::lasting;
use crate::ownership::OwnedTicket;
use crate::rate_limit::LimitedAction;
use crate::store::lists;
use crate::sync::{self, Pace, millis};

/// So many calls may follow each other at once.
const BURST: u64 = 20;
/// And in the long run one each: less than a sixtieth of Chatwoot's 3000 a minute.
const EACH: Duration = Duration::from_millis(1500);
/// Agents see it for half a minute: who goes on typing is told of again after this.
const AGAIN: Duration = Duration::from_secs(20);
/// After this they see it no more, whatever is told.
const SHOWN: Duration = Duration::from_secs(30);
/// How many tickets are remembered.
const REMEMBERED: usize = 1_000;

/// Which customers agents see typing.
pub(crate) struct Hands(Mutex<State>);

struct State {
    of: HashMap<TicketId, Hand>,
    pace: Pace,
}

#[derive(Default)]
struct Hand {
    types: bool,
    /// When agents were told that he does, if they were told nothing since.
    told_at: Option<Millis>,
    /// A call is under way.
    telling: bool,
}

impl Default for Hands {
    fn default() -> Self {
        Self(Mutex::new(State {
            of: HashMap::new(),
            pace: Pace::new(BURST, EACH),
        }))
    }
}

impl Hands {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The customer types in his ticket, or has stopped. Nothing is waited for here, so that neither overtakes the other.
pub(crate) fn typing(tickets: &Tickets, ticket: &OwnedTicket, on: bool) -> Result<(), Failure> {
    if on {
        tickets.allow(LimitedAction::Type, ticket.customer())?;
    }
    moved(tickets, ticket, on);
    Ok(())
}

/// He has sent what he typed.
pub(crate) fn sent(tickets: &Tickets, ticket: &OwnedTicket) {
    moved(tickets, ticket, false);
}

fn moved(tickets: &Tickets, ticket: &OwnedTicket, types: bool) {
    if !ticket.has_place_of_contact() {
        return;
    }
    {
        let mut state = tickets.hands.lock();
        if types && state.of.len() >= REMEMBERED {
            let now = tickets.clock.now();
            let matters = |hand: &Hand| {
                hand.telling || hand.told_at.is_some_and(|at| now < at + millis(SHOWN))
            };
            state.of.retain(|_, hand| matters(hand));
        }
        if !types && !state.of.contains_key(ticket.id()) {
            return;
        }
        let hand = state.of.entry(ticket.id().clone()).or_default();
        hand.types = types;
        if std::mem::replace(&mut hand.telling, true) {
            // Whoever tells looks again afterwards.
            return;
        }
    }
    let busy = tickets.background.busy();
    let (this, ticket) = (tickets.clone(), ticket.clone());
    let what = "telling of who types";
    tickets.background.spawn(what, async move {
        loop {
            let blocked = is_blocked(&this, &ticket).await;
            let Some(on) = next(&this, ticket.id(), blocked) else {
                break;
            };
            let told = lasting::caught(what, tell(&this, &ticket, on)).await;
            if let Some(Err(cause)) = told {
                tracing::debug!(ticket = %ticket.id(), cause, "agents were not told who types");
            }
        }
        drop(busy);
    });
}

/// Whether agents have blocked him, and are not to hear of him. So it is too when that cannot be read.
async fn is_blocked(tickets: &Tickets, ticket: &OwnedTicket) -> bool {
    let customer = ticket.customer();
    let list = tickets.store.read(move |tx| lists::find(tx, customer));
    list.await.map_or(true, |list| list.blocked)
}

/// What agents are to be told now; none ends the telling.
fn next(tickets: &Tickets, ticket: &TicketId, blocked: bool) -> Option<bool> {
    let now = tickets.clock.now();
    let mut state = tickets.hands.lock();
    let State { of, pace } = &mut *state;
    let hand = of.get_mut(ticket)?;
    let within = |time: Duration| hand.told_at.is_some_and(|at| now < at + millis(time));
    let news = match hand.types {
        true => !blocked && !within(AGAIN),
        false => within(SHOWN),
    };
    if !news || sync::is_down(tickets) || pace.earliest(now).is_some() {
        hand.telling = false;
        if (blocked || !hand.types) && !within(SHOWN) {
            of.remove(ticket);
        }
        return None;
    }
    pace.take(now);
    hand.told_at = hand.types.then_some(now);
    Some(hand.types)
}

async fn tell(tickets: &Tickets, ticket: &OwnedTicket, on: bool) -> Result<(), String> {
    let owned = ticket.clone();
    let found = tickets
        .store
        .read(move |tx| owned.place_of_contact(tx))
        .await
        .map_err(|error| chain(&error))?;
    let Some((conversation, source)) = found else {
        return Ok(());
    };
    let told = async {
        let inbox = sync::inbox_identifier(tickets).await?;
        let chatwoot = &tickets.chatwoot;
        chatwoot
            .public_toggle_typing(&inbox, &source, conversation, on)
            .await
    };
    told.await.map_err(|error| chain(&error))
}
