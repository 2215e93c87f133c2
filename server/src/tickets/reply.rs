//! A reply: taken as soon as it is on disk, and sent by the outbox. To a closed ticket it reopens it.

use app::error::AppError;
use app::tickets::model::{Delivery, Key, Message, ReplyRule};
use app::tickets::upload::UploadId;

use super::{Tickets, by_email, files, input, show, stored, typing};
use crate::failure::Failure;
use crate::outbox as sender;
use crate::ownership::OwnedTicket;
use crate::rate_limit::LimitedAction;
use crate::store::outbox::{Entry, Kind, NewEntry, State};
use crate::store::owners::Origin;
use crate::store::{drafts, lists, messages, outbox, tickets};
use crate::sync;

/// Writes to a ticket. The same key and words give the same answer.
pub(crate) async fn reply(
    tickets: &Tickets,
    ticket: &OwnedTicket,
    key: Key,
    text: &str,
    files: Vec<UploadId>,
) -> Result<Message, Failure> {
    let files = files::each_once(files);
    let by_email = ticket.origin() == Origin::Mail;
    let limits = match tickets.uploads.limits() {
        limits if by_email => limits.by_mail(),
        limits => limits,
    };
    files::check_count(limits, &files)?;
    let text =
        input::message(text, !files.is_empty()).map_err(|fault| AppError::Invalid(vec![fault]))?;
    let after_resolved = sync::allows_messages_after_resolved(tickets);
    let customer = ticket.customer();
    let entry = NewEntry {
        customer,
        key,
        ticket: ticket.id().clone(),
        kind: Kind::Reply,
        subject: String::new(),
        text,
        files,
        priority: None,
    };
    sync::looked(tickets, customer);
    let now = tickets.clock.now();
    let (this, asked) = (tickets.clone(), entry.clone());
    let taken = tickets
        .store
        .write(move |tx| {
            if let Some(known) = outbox::with_key(tx, customer, &entry.key)? {
                return Ok(again(&entry, &known));
            }
            // After a day the outbox has forgotten the key; the thread has it still.
            if let Some(sent) = messages::with_key(tx, &entry.ticket, &entry.key)? {
                return Ok(Ok((sent.message, false)));
            }
            let Some(kept) = tickets::find(tx, &entry.ticket)? else {
                return Ok(Err(AppError::NotFound));
            };
            let closed_for_good = if by_email {
                let reach = by_email::Reach::of(tx, &entry.ticket)?;
                // The page says before one types that one answers by e-mail oneself.
                matches!(by_email::rule(&this, &kept, &reach), ReplyRule::ByEmail(_))
            } else {
                kept.resolved && !after_resolved
            };
            if closed_for_good || lists::find(tx, customer)?.blocked {
                return Ok(Err(AppError::NotAllowed));
            }
            let files = match files::for_message(tx, &this, customer, limits, &entry.files)? {
                Ok(files) => files,
                Err(fault) => return Ok(Err(fault)),
            };
            if let Err(wait) = this.allow(LimitedAction::WriteToTicket, customer) {
                return Ok(Err(wait));
            }
            outbox::take_back_cancels(tx, &entry.ticket, now)?;
            let added = outbox::add(tx, &entry, &files, now)?;
            drafts::sent(tx, customer, &entry.key, now)?;
            tickets::touch(tx, customer, &entry.ticket, now)?;
            Ok(Ok((answer_to(&added), true)))
        })
        .await;
    let (message, is_new) = match taken {
        Ok(taken) => taken?,
        Err(error) => (
            answer_to(&stored::after_all(tickets, &asked, error).await?),
            true,
        ),
    };
    if is_new {
        tickets.changes.changed(customer, Some(ticket.id()));
        sender::wake(tickets, ticket.id());
        typing::sent(tickets, ticket);
    }
    Ok(message)
}

/// The answer to a key: the same each time, also when the message has arrived meanwhile. How far it is, the thread says.
fn answer_to(taken: &Entry) -> Message {
    Message {
        delivery: Delivery::Sending,
        ..show::message_of(taken)
    }
}

/// What the key was answered with before.
fn again(new: &NewEntry, known: &Entry) -> Result<(Message, bool), AppError> {
    let same = known.ticket == new.ticket && known.is_what(new);
    // What was taken back is the customer's again.
    if same && known.state != State::TakenBack {
        Ok((answer_to(known), false))
    } else {
        Err(AppError::KeyReused)
    }
}
