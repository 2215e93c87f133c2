//! Sends what customers wrote: one sender for each ticket, in order, each act exactly once. What may have arrived is looked for
//! before it is sent again, no sooner than Chatwoot can still commit it (promise R1).

mod cancel;
mod contact;
mod files;
mod look;
mod mail;
mod open;
mod pace;
mod priority;
mod reach;
mod reply;
mod runner;
mod step;
mod takes;

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use app::tickets::model::TicketId;
use takes::Takes;
pub(crate) use takes::has_stored;
use tokio::sync::Semaphore;

use runner::Runner;
pub(crate) use runner::Settled;

use crate::clock::Millis;
use crate::failure::chain;
use crate::lasting;
use crate::store::outbox::State;
use crate::store::{StoreError, outbox, owners, tickets as kept};
use crate::tickets::{Busy, Tickets};

/// How many acts are on their way to Chatwoot at once.
const AT_ONCE: usize = 8;
/// How long an act that arrived is remembered by its key.
const REMEMBERED: Duration = Duration::from_hours(48);
/// How often what is no longer remembered is cleared away.
const CLEARING: Duration = Duration::from_hours(1);
/// What panics are logged of.
const SENDING: &str = "sending";
/// When the store fails, it is tried again after this.
const STORE_REST: Duration = Duration::from_secs(5);

/// Who is sending.
pub(crate) struct Outbox {
    running: Mutex<HashMap<TicketId, Arc<Runner>>>,
    at_once: Semaphore,
    /// A slow mail server holds up mails alone.
    mails_at_once: Semaphore,
    /// Whether the inbox was locked to one conversation when it was last asked: said once.
    locked: AtomicBool,
    takes: Takes,
    /// Mails with files, which are in memory while they are sent.
    large_mails: Semaphore,
}

impl Default for Outbox {
    fn default() -> Self {
        Self {
            running: Mutex::default(),
            at_once: Semaphore::new(AT_ONCE),
            mails_at_once: Semaphore::new(AT_ONCE),
            locked: AtomicBool::new(false),
            takes: Takes::default(),
            large_mails: Semaphore::new(1),
        }
    }
}

/// What came of an act.
enum Outcome {
    /// It is done, and the store says so.
    Done,
    /// It rests until then; the state says whether it may have arrived.
    Later(State, Millis),
    /// It was sent just now and may have arrived; it is looked for then.
    InDoubt(Millis),
    /// Chatwoot will not take it.
    Refused,
    /// It may have arrived, and was looked for and sent too often: the customer is asked.
    GivenUp,
}

/// Begins with what was waiting when the portal ended.
pub(crate) fn start(tickets: &Tickets) {
    tickets.keep("outbox", begin);
}

/// There is something to send for this ticket, or to look at again.
pub(crate) fn wake(tickets: &Tickets, ticket: &TicketId) -> Settled {
    let mut running = lock(&tickets.outbox.running);
    if let Some(runner) = running.get(ticket) {
        let settled = runner.settled();
        runner.bell.ring(tickets.background.busy());
        return settled;
    }
    let runner = Arc::new(Runner::default());
    let settled = runner.settled();
    running.insert(ticket.clone(), Arc::clone(&runner));
    let busy = tickets.background.busy();
    let (this, ticket) = (tickets.clone(), ticket.clone());
    tickets.background.spawn(SENDING, async move {
        keep_sending(&this, &ticket, &runner, busy).await;
    });
    settled
}

/// Chatwoot answers again: nothing that surely did not arrive rests any longer.
pub(crate) async fn hurry(tickets: &Tickets) {
    if let Err(error) = tickets.store.write(outbox::hurry).await {
        tracing::error!(cause = chain(&error), "the outbox cannot be hurried");
    }
    let running: Vec<TicketId> = lock(&tickets.outbox.running).keys().cloned().collect();
    for ticket in running {
        wake(tickets, &ticket);
    }
}

async fn begin(tickets: Tickets, mut busy: Busy) {
    let mut is_start = true;
    loop {
        let now = tickets.clock.now();
        let most = tickets.uploads.limits().bytes_in_all;
        let longest = millis(chatwoot::Limits::default().write_of(most));
        let begun = tickets
            .store
            .write(move |tx| {
                outbox::forget_done_before(tx, now.saturating_sub(millis(REMEMBERED)))?;
                if is_start {
                    outbox::was_cut_off(tx, now, longest)?;
                }
                // A read model that was rebuilt knows nothing of what only we have.
                for entry in outbox::openings(tx)? {
                    kept::change(
                        tx,
                        entry.customer,
                        &entry.ticket,
                        now,
                        |change| match change.before() {
                            Some(_) => Ok(()),
                            None => change.begin(&entry.subject, entry.created_at),
                        },
                    )?;
                }
                outbox::tickets_to_do(tx)
            })
            .await;
        let rest = match begun {
            Ok(waiting) => {
                is_start = false;
                for ticket in waiting {
                    wake(&tickets, &ticket);
                }
                CLEARING
            }
            Err(error) => {
                tracing::error!(cause = chain(&error), "the outbox cannot be read");
                STORE_REST
            }
        };
        if tickets.background.is_stopping() {
            return;
        }
        let until = tickets.clock.now() + millis(rest);
        busy = tickets.background.rest(busy, until).await;
    }
}

/// Sends, and again after a panic. Meanwhile its ticket is in the list of those that have a sender: two must not send for one.
async fn keep_sending(tickets: &Tickets, ticket: &TicketId, runner: &Runner, mut busy: Busy) {
    while lasting::caught(SENDING, send_all(tickets, ticket, runner, busy))
        .await
        .is_none()
    {
        let ended_at = tickets.clock.now();
        let work = &tickets.background;
        loop {
            let until = tickets.clock.now() + millis(lasting::PAUSE);
            busy = runner.bell.rest_until(work, work.busy(), until).await;
            if work.is_stopping() {
                return;
            }
            let id = ticket.clone();
            let noted = tickets
                .store
                .write(move |tx| outbox::broke_off(tx, &id, ended_at));
            match noted.await {
                Ok(()) => break,
                Err(error) => {
                    tracing::error!(cause = chain(&error), %ticket, "an act of writing waits: the store fails");
                }
            }
        }
    }
}

/// Sends what a ticket has, in order, until there is nothing left.
async fn send_all(tickets: &Tickets, ticket: &TicketId, runner: &Runner, mut busy: Busy) {
    let _parks = runner.parks();
    while !tickets.background.is_stopping() {
        let until = match step::step(tickets, ticket).await {
            Ok(Some(until)) => until,
            Ok(None) => {
                let mut running = lock(&tickets.outbox.running);
                if runner.bell.was_rung() {
                    continue;
                }
                running.remove(ticket);
                return;
            }
            Err(error) => {
                tracing::error!(cause = chain(&error), %ticket, "an act of writing waits: the store fails");
                tickets.clock.now() + millis(STORE_REST)
            }
        };
        if until > tickets.clock.now() {
            runner.parked();
            busy = runner
                .bell
                .rest_until(&tickets.background, busy, until)
                .await;
        }
    }
}

/// Marks an act of writing that arrived: it was found in Chatwoot while its ticket was read.
pub(crate) fn found(
    tx: &rusqlite::Transaction<'_>,
    ticket: &TicketId,
    key: &app::tickets::model::Key,
    now: Millis,
) -> Result<(), StoreError> {
    let Some(owner) = owners::of_ticket(tx, ticket)? else {
        return Ok(());
    };
    match outbox::with_key(tx, owner.customer, key)? {
        Some(entry)
            if entry.ticket == *ticket
                && matches!(
                    entry.state,
                    State::Queued | State::Doubtful | State::Handed | State::Failed | State::Lost
                ) =>
        {
            // Whether the ticket was opened again nobody has looked yet.
            outbox::arrived(tx, entry.id, now)
        }
        _ => Ok(()),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn millis(duration: Duration) -> Millis {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
