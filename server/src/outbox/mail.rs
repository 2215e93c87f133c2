//! Sends a reply to a ticket begun by e-mail: as a mail, since Chatwoot takes a customer's message into such a ticket in no other way.
//!
//! The mail has one name, by which Chatwoot takes it once however often it comes, and by which it is looked for: what was handed to the mail
//! server is never sent again by itself; what may have been is looked for first. Until the ticket has it, which takes as long as Chatwoot
//! takes to fetch its mail, its customer sees that it is on its way by e-mail.

mod written;

use std::time::Duration;

use chatwoot::Message;

use self::written::{Failed, Written};
use super::{Outcome, files, look, millis, pace, reach, reply, step};
use crate::clock::Millis;
use crate::email::post::PostError;
use crate::failure::chain;
use crate::ownership::{OwnedNumber, OwnedTicket};
use crate::store::outbox::{Entry, State};
use crate::store::{StoreError, outbox, tickets as kept};
use crate::sync;
use crate::tickets::{Tickets, by_email};

/// What the mail server may or may not have taken is sent again after this, if the ticket does not have it: Chatwoot fetches about once a
/// minute, and a mail can wait for it elsewhere.
const LATEST: Duration = Duration::from_mins(10);
/// What it took and the ticket does not have after this is told to be not there. If it comes after all, it is.
const LOST: Duration = Duration::from_hours(2);
/// After so many that were put off, the mail goes without the customer's copy: it may be his own server that puts it off.
const WITHOUT_COPY: u32 = 3;
/// After so many that the mail server may have taken, and that the ticket does not have, the customer is asked.
const TRIES: u32 = 4;
/// Files that a mail was sent with are there so soon after it is.
const NEW: Duration = Duration::from_mins(1);
/// The first look for it, and the shortest time between two.
const SOON: Duration = Duration::from_secs(5);
/// The longest time between two looks.
const SELDOM: Duration = Duration::from_mins(10);

pub(super) async fn send(
    tickets: &Tickets,
    entry: &Entry,
    owned: &OwnedTicket,
) -> Result<Outcome, StoreError> {
    let outcome = try_to(tickets, entry, owned).await?;
    // What may have arrived earlier is not made undone by what comes of another try.
    Ok(match outcome {
        Outcome::Later(State::Queued, until) if entry.state != State::Queued => {
            Outcome::Later(State::Doubtful, until)
        }
        Outcome::Refused if entry.state != State::Queued => Outcome::GivenUp,
        outcome => outcome,
    })
}

async fn try_to(
    tickets: &Tickets,
    entry: &Entry,
    owned: &OwnedTicket,
) -> Result<Outcome, StoreError> {
    let _lock = tickets.ticket_locks.lock(owned.id()).await;
    let state = reply::state_now(tickets, entry).await?;
    match state {
        State::Done | State::Failed | State::Lost | State::TakenBack => return Ok(Outcome::Done),
        // It is in the thread, and Chatwoot has opened the ticket.
        State::Arrived if entry.files.is_empty() => return step::done(tickets, entry).await,
        State::Arrived | State::Queued | State::Doubtful | State::Handed => {}
    }
    // Switched off by the operator since it was taken.
    let Some(post) = &tickets.post else {
        return Ok(Outcome::Refused);
    };
    let conversation = match reach::conversation(tickets, entry, owned).await? {
        Ok(conversation) => conversation,
        Err(outcome) => return Ok(outcome),
    };
    let id = by_email::message_id(post, &entry.key);
    if state != State::Queued
        && let Some(outcome) = looked_for(tickets, entry, conversation, (state, &id)).await?
    {
        return Ok(outcome);
    }
    // Its subject comes with its customer's tickets, which a read model that was begun anew does not have yet.
    let ticket = entry.ticket.clone();
    let known = tickets.store.read(move |tx| kept::find(tx, &ticket));
    if known.await?.is_none() {
        sync::want_fill(tickets, entry.customer);
        return Ok(Outcome::Later(entry.state, pace::rest(tickets, entry)));
    }
    let Some(mail) = Written::read(tickets, entry, conversation).await? else {
        return Ok(Outcome::Refused);
    };
    let mail = match mail {
        Ok(mail) => mail,
        Err(error) => return Ok(reach::unreachable(tickets, entry, owned, &error).await),
    };
    // What fails before the mail is begun surely did not arrive, and can be taken back.
    if let Err(error) = post.try_connection().await {
        return Ok(put_off(tickets, entry, &error));
    }
    let _alone = match entry.files.is_empty() {
        true => None,
        false => tickets.outbox.large_mails.acquire().await.ok(),
    };
    let files = match files::whole(tickets, entry).await {
        Ok(files) => files,
        Err(absent) => return Ok(absent.outcome(tickets, entry)),
    };
    if !step::begins(tickets, entry).await? {
        return Ok(Outcome::Done);
    }
    match mail.post(post, &id, &files, true).await {
        Ok(()) => handed(tickets, entry).await,
        // The customer's own server may refuse his copy: the support team is to have it all the same.
        Err(Failed::Smtp(error))
            if error.is_permanent() || (error.is_put_off() && entry.attempts >= WITHOUT_COPY) =>
        {
            match mail.post(post, &id, &files, false).await {
                Ok(()) => handed(tickets, entry).await,
                Err(failed) => Ok(after(tickets, entry, failed)),
            }
        }
        Err(failed) => Ok(after(tickets, entry, failed)),
    }
}

/// It may be there. None if it is to be sent.
async fn looked_for(
    tickets: &Tickets,
    entry: &Entry,
    conversation: OwnedNumber,
    (state, id): (State, &str),
) -> Result<Option<Outcome>, StoreError> {
    let now = tickets.clock.now();
    let found = match look::mail(tickets, conversation, entry, id).await {
        Ok(found) => found,
        Err(error) => {
            tracing::debug!(ticket = %entry.ticket, cause = chain(&error), "a reply by e-mail was not looked for");
            return Ok(Some(Outcome::Later(state, next_look(entry, now))));
        }
    };
    if let Some(found) = found {
        sync::read_again(tickets, &entry.ticket, conversation).await;
        // Chatwoot stores a mail and its files one after the other.
        if found.attachments.len() < entry.files.len() && is_new(&found, now) {
            return Ok(Some(Outcome::Later(State::Arrived, now + millis(SOON))));
        }
        files::count(entry, &found);
        return Ok(Some(step::done(tickets, entry).await?));
    }
    let since = now.saturating_sub(entry.attempted_at);
    // While Chatwoot is away it fetches nothing.
    let awaited = now.saturating_sub(entry.attempted_at.max(sync::well_since(tickets)));
    Ok(match state {
        // It was there, and somebody has deleted it.
        State::Arrived => Some(step::done(tickets, entry).await?),
        State::Handed if awaited >= millis(LOST) => {
            tracing::error!(
                ticket = %entry.ticket, mail = id,
                "a reply was handed to the mail server two hours ago, and its ticket does not have it: does Chatwoot fetch the inbox's mail?"
            );
            Some(lost(tickets, entry).await?)
        }
        State::Handed => Some(Outcome::Later(state, next_look(entry, now))),
        _ if since < millis(LATEST) => {
            let again = next_look(entry, now).min(entry.attempted_at + millis(LATEST));
            Some(Outcome::Later(state, again))
        }
        // Whoever has a copy has it often enough.
        _ if entry.attempts >= TRIES => Some(Outcome::GivenUp),
        _ => None,
    })
}

/// Whether Chatwoot may not be done with it yet.
fn is_new(message: &Message, now: Millis) -> bool {
    let at = u64::try_from(message.created_at).unwrap_or_default();
    now / 1000 < at + NEW.as_secs()
}

/// What a mail server's answer means.
fn after(tickets: &Tickets, entry: &Entry, failed: Failed) -> Outcome {
    match failed {
        Failed::Never(why) => {
            tracing::error!(ticket = %entry.ticket, why, "a reply by e-mail cannot be made");
            Outcome::Refused
        }
        Failed::Smtp(error) if error.is_permanent() => {
            tracing::warn!(ticket = %entry.ticket, cause = chain(&error), "the mail server will not take a reply");
            Outcome::Refused
        }
        Failed::Smtp(error) if error.is_put_off() => put_off(tickets, entry, &error),
        Failed::Smtp(error) => {
            tracing::warn!(ticket = %entry.ticket, cause = chain(&error), "the mail server may have taken a reply");
            Outcome::InDoubt(tickets.clock.now() + millis(SOON))
        }
    }
}

fn put_off(tickets: &Tickets, entry: &Entry, error: &PostError) -> Outcome {
    tracing::warn!(ticket = %entry.ticket, cause = chain(error), "a reply by e-mail was not sent; trying again");
    Outcome::Later(State::Queued, pace::rest(tickets, entry))
}

/// Looks come more seldom the longer it takes.
fn next_look(entry: &Entry, now: Millis) -> Millis {
    let since = now.saturating_sub(entry.attempted_at);
    now + (since / 4).clamp(millis(SOON), millis(SELDOM))
}

/// The mail server has it: from here on it is looked for, and never sent again.
async fn handed(tickets: &Tickets, entry: &Entry) -> Result<Outcome, StoreError> {
    let now = tickets.clock.now();
    let it = entry.clone();
    tickets
        .store
        .write(move |tx| {
            outbox::handed(tx, it.id, now, now + millis(SOON))?;
            kept::touch(tx, it.customer, &it.ticket, now)
        })
        .await?;
    tickets.changes.changed(entry.customer, Some(&entry.ticket));
    Ok(Outcome::Done)
}

/// It is not there, and its customer is told.
async fn lost(tickets: &Tickets, entry: &Entry) -> Result<Outcome, StoreError> {
    let (it, now) = (entry.clone(), tickets.clock.now());
    tickets
        .store
        .write(move |tx| {
            outbox::lost(tx, it.id)?;
            kept::touch(tx, it.customer, &it.ticket, now)
        })
        .await?;
    tickets.changes.changed(entry.customer, Some(&entry.ticket));
    Ok(Outcome::Done)
}
