//! Sends a reply to a ticket begun by e-mail: as a mail, since Chatwoot takes a customer's message into such a ticket in no other way.
//!
//! The mail has one name, by which Chatwoot takes it once however often it comes, and by which it is looked for: what was handed to the mail
//! server is never sent again by itself; what may have been is looked for first. Until the ticket has it, which takes as long as Chatwoot
//! takes to fetch its mail, its customer sees that it is on its way by e-mail.

use std::time::Duration;

use chatwoot::{Conversation, Direction, Kind, Message};

use super::{Outcome, look, millis, pace, reply};
use crate::clock::Millis;
use crate::email::post::{Post, SmtpError};
use crate::email::reply::ReplyMail;
use crate::failure::chain;
use crate::ownership::{self, OwnedNumber, OwnedTicket};
use crate::store::outbox::{Entry, State};
use crate::store::{StoreError, customers, messages, outbox, tickets as kept};
use crate::sync::{self, Trouble};
use crate::tickets::{Tickets, by_email};

/// What the mail server may or may not have taken is sent again after this, if the ticket does not have it: Chatwoot fetches about once a
/// minute, and a mail can wait for it elsewhere.
const LATEST: Duration = Duration::from_mins(10);
/// What it took and the ticket does not have after this is told to be not there.
const LOST: Duration = Duration::from_hours(24);
/// The first look for it, and the shortest time between two.
const SOON: Duration = Duration::from_secs(5);
/// The longest time between two looks.
const SELDOM: Duration = Duration::from_mins(10);

pub(super) async fn send(
    tickets: &Tickets,
    entry: &Entry,
    owned: &OwnedTicket,
) -> Result<Outcome, StoreError> {
    let _lock = tickets.ticket_locks.lock(owned.id()).await;
    let state = reply::state_now(tickets, entry).await?;
    let now = tickets.clock.now();
    match state {
        State::Done | State::Failed | State::TakenBack => return Ok(Outcome::Done),
        // It is in the thread, and Chatwoot has opened the ticket.
        State::Arrived => return done(tickets, entry).await,
        State::Queued | State::Doubtful | State::Handed => {}
    }
    // Switched off by the operator since it was taken.
    let Some(post) = &tickets.post else {
        return Ok(Outcome::Refused);
    };
    let conversation = match ownership::reach(tickets, owned).await {
        Ok(Some(conversation)) => conversation,
        Ok(None) => return Ok(Outcome::Refused),
        Err(Trouble::Store(error)) => return Err(error),
        Err(Trouble::Chatwoot(error)) => {
            return reply::unreachable(tickets, entry, owned, &error).await;
        }
    };
    let id = by_email::message_id(post, &entry.key);
    if state != State::Queued {
        match look::mail(tickets, conversation, entry, &id).await {
            Ok(true) => {
                sync::read_again(tickets, owned.id(), conversation).await;
                return done(tickets, entry).await;
            }
            Ok(false) => {}
            Err(error) => {
                tracing::debug!(ticket = %owned.id(), cause = chain(&error), "a reply by e-mail was not looked for");
                return Ok(Outcome::Later(state, next_look(entry, now)));
            }
        }
        let since = now.saturating_sub(entry.attempted_at);
        match state {
            State::Handed if since >= millis(LOST) => {
                tracing::error!(
                    ticket = %owned.id(), mail = id,
                    "a reply was handed to the mail server a day ago, and its ticket does not have it: does Chatwoot fetch the inbox's mail?"
                );
                return Ok(Outcome::GivenUp);
            }
            State::Handed => return Ok(Outcome::Later(state, next_look(entry, now))),
            _ if since < millis(LATEST) => {
                let again = next_look(entry, now).min(entry.attempted_at + millis(LATEST));
                return Ok(Outcome::Later(state, again));
            }
            _ => {}
        }
    }
    let Some(mail) = Written::read(tickets, entry, conversation).await? else {
        return Ok(Outcome::Refused);
    };
    let mail = match mail {
        Ok(mail) => mail,
        Err(error) => return reply::unreachable(tickets, entry, owned, &error).await,
    };
    // What fails before the mail is begun surely did not arrive, and can be taken back.
    if let Err(error) = post.try_connection().await {
        return Ok(put_off(tickets, entry, &error));
    }
    let (row, at) = (entry.id, now);
    let marked = tickets
        .store
        .write(move |tx| outbox::mark_sent(tx, row, at))
        .await?;
    if !marked {
        return Ok(Outcome::Done);
    }
    match mail.post(post, &id, true).await {
        Ok(()) => handed(tickets, entry).await,
        // The customer's own server may refuse his copy: the support team is to have it all the same.
        Err(Failed::Smtp(error)) if error.is_permanent() => {
            match mail.post(post, &id, false).await {
                Ok(()) => handed(tickets, entry).await,
                Err(failed) => Ok(after(tickets, entry, failed)),
            }
        }
        Err(failed) => Ok(after(tickets, entry, failed)),
    }
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
        Failed::Smtp(error) if error.is_transient() || error.is_client() || error.is_tls() => {
            put_off(tickets, entry, &error)
        }
        Failed::Smtp(error) => {
            tracing::warn!(ticket = %entry.ticket, cause = chain(&error), "the mail server may have taken a reply");
            Outcome::InDoubt(tickets.clock.now() + millis(SOON))
        }
    }
}

fn put_off(tickets: &Tickets, entry: &Entry, error: &SmtpError) -> Outcome {
    tracing::warn!(ticket = %entry.ticket, cause = chain(error), "a reply by e-mail was not sent; trying again");
    Outcome::Later(State::Queued, pace::rest(tickets, entry))
}

/// Looks come more seldom the longer it takes.
fn next_look(entry: &Entry, now: Millis) -> Millis {
    let since = now.saturating_sub(entry.attempted_at);
    now + (since / 4).clamp(millis(SOON), millis(SELDOM))
}

enum Failed {
    Smtp(SmtpError),
    Never(String),
}

/// All that the mail says.
struct Written {
    customer: String,
    inbox: String,
    subject: String,
    text: String,
    answers: String,
    date: Millis,
}

impl Written {
    /// None if there is nowhere to send it, or nothing that it could answer.
    async fn read(
        tickets: &Tickets,
        entry: &Entry,
        number: OwnedNumber,
    ) -> Result<Option<Result<Self, chatwoot::Error>>, StoreError> {
        let (customer, ticket) = (entry.customer, entry.ticket.clone());
        let (customer, kept, mail_id) = tickets
            .store
            .read(move |tx| {
                let customer = customers::find(tx, customer)?;
                let mail_id = messages::newest_mail_id(tx, &ticket)?;
                Ok((customer, kept::find(tx, &ticket)?, mail_id))
            })
            .await?;
        let (Some(customer), Some(kept)) = (customer, kept) else {
            return Ok(None);
        };
        let asked = async {
            let conversation = tickets.chatwoot.conversation(number.id()).await?;
            let inboxes = sync::mail_inboxes(tickets).await?;
            let last = look::newest(tickets, number).await?;
            Ok((conversation, inboxes, last))
        };
        let (conversation, inboxes, last): (Conversation, Vec<sync::MailInbox>, Vec<Message>) =
            match asked.await {
                Ok(asked) => asked,
                Err(error) => return Ok(Some(Err(error))),
            };
        let inbox = inboxes
            .into_iter()
            .find(|inbox| inbox.id == conversation.inbox)
            .and_then(|inbox| inbox.address);
        let newest = last.iter().rev().find_map(id_of);
        let (Some(inbox), Some(answers)) = (inbox, newest.or(mail_id)) else {
            return Ok(None);
        };
        Ok(Some(Ok(Self {
            customer: customer.address,
            inbox,
            subject: by_email::answer_subject(&kept.row.subject),
            text: entry.text.clone(),
            answers,
            date: entry.created_at,
        })))
    }

    async fn post(&self, post: &Post, id: &str, copy: bool) -> Result<(), Failed> {
        let mail = ReplyMail {
            from: post.from(),
            customer: &self.customer,
            inbox: &self.inbox,
            subject: &self.subject,
            text: &self.text,
            answers: &self.answers,
            message_id: id,
            date: self.date,
            copy,
        };
        let message = mail
            .message()
            .map_err(|error| Failed::Never(chain(error.as_ref())))?;
        post.send(message).await.map_err(Failed::Smtp)
    }
}

/// The Message-ID of the mail that a message came or went as.
fn id_of(message: &Message) -> Option<String> {
    let id = match message.direction {
        Direction::Incoming if message.kind == Kind::IncomingEmail => {
            message.email.as_ref()?.message_id.clone()
        }
        Direction::Outgoing => message.source_id.clone(),
        Direction::Incoming | Direction::Template => None,
    };
    let fits = |id: &String| {
        (3..=250).contains(&id.len())
            && id.contains('@')
            && id
                .bytes()
                .all(|b| b.is_ascii_graphic() && !b"<>\"".contains(&b))
    };
    id.filter(fits)
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

async fn done(tickets: &Tickets, entry: &Entry) -> Result<Outcome, StoreError> {
    let now = tickets.clock.now();
    let it = entry.clone();
    tickets
        .store
        .write(move |tx| {
            outbox::done(tx, it.id, now)?;
            kept::touch(tx, it.customer, &it.ticket, now)
        })
        .await?;
    tickets.changes.changed(entry.customer, Some(&entry.ticket));
    Ok(Outcome::Done)
}
