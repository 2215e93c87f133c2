//! The mails that wait: decided in one transaction with the note of how far the customer was told, at most one of a ticket at a time.

use app::tickets::model::{Message, MessageKind, TicketId};
use rusqlite::{OptionalExtension, Row, Transaction, params};

use super::{News, find, history, status};
use crate::clock::Millis;
use crate::store::customers::{self, Customer, CustomerId};
use crate::store::seen::{self, Place};
use crate::store::tickets::{self, Kept};
use crate::store::{StoreError, messages};
use crate::translate::Side;

/// Most answers of one mail; the rest is read in the ticket.
const MOST: usize = 20;

/// What the operator says about it.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// An answer is mailed when it was not seen for so long, milliseconds.
    pub after: Millis,
    /// Who has not looked since the last mail about a ticket gets no other for so long, milliseconds.
    pub pause: Millis,
    /// That a ticket was solved, or is open again, is told too.
    pub status: bool,
}

/// A mail that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// About which ticket.
    pub ticket: TicketId,
    /// To whom.
    pub customer: CustomerId,
    /// It begins behind this place.
    pub after: Place,
    /// It ends with this one.
    pub upto: Place,
    /// It says what became of the ticket's status.
    pub status: Option<News>,
    /// When it was decided.
    pub made_at: Millis,
    /// How often sending was tried.
    pub attempts: u32,
}

/// What is to be done next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Work {
    /// A mail is to be sent.
    Send(Mail),
    /// It is to be decided whether one is sent.
    Decide(TicketId, CustomerId),
}

/// What is to be done next, and when.
pub fn next(tx: &Transaction<'_>, after: Millis) -> Result<Option<(Millis, Work)>, StoreError> {
    let mail = tx
        .prepare_cached(&format!(
            "SELECT {COLUMNS}, next_at FROM away_mails ORDER BY next_at, made_at LIMIT 1"
        ))?
        .query_row([], |row| {
            Ok((row.get::<_, i64>(9)?.cast_unsigned(), mail(row)))
        })
        .optional()?;
    let waiting = tx
        .prepare_cached(
            "SELECT max(waiting_since + ?1, not_before) AS due, ticket, customer FROM away
             WHERE waiting_since IS NOT NULL
                 AND NOT EXISTS (SELECT 1 FROM away_mails WHERE away_mails.ticket = away.ticket)
             ORDER BY due LIMIT 1",
        )?
        .query_row([after.cast_signed()], |row| {
            Ok((
                row.get::<_, i64>(0)?.cast_unsigned(),
                row.get::<_, String>(1)?,
                CustomerId::from_row(row.get(2)?),
            ))
        })
        .optional()?;
    let mail = match mail {
        Some((at, mail)) => Some((at, Work::Send(mail?))),
        None => None,
    };
    let waiting = match waiting {
        Some((at, ticket, customer)) => Some((at, Work::Decide(id(&ticket)?, customer))),
        None => None,
    };
    Ok(match (mail, waiting) {
        (Some(mail), Some(waiting)) if waiting.0 < mail.0 => Some(waiting),
        (mail, waiting) => mail.or(waiting),
    })
}

/// What is known besides when it is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Mail it, if there is something to mail.
    Mail,
    /// Mail what became of its status, if anything did: answers he gets otherwise, and they count as told.
    MailStatus,
    /// He is told otherwise, or it is not his any more: it counts as told.
    Skip,
}

/// What came of deciding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decided {
    /// This mail waits now.
    Queued(Mail),
    /// There is nothing to mail.
    Nothing,
}

/// Decides what waits in a ticket: what was not seen is put into a mail, unless he wants none, and either way it counts as told.
pub fn decide(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    decision: Decision,
    rules: &Rules,
    now: Millis,
) -> Result<Decided, StoreError> {
    let known = find(tx, ticket)?;
    if !known.waiting {
        // He has seen it meanwhile.
        return Ok(Decided::Nothing);
    }
    let after = seen::mark(tx, ticket)?.unwrap_or_default().max(known.told);
    let newest = messages::newest_of(tx, ticket, Side::Agent)?.unwrap_or_default();
    let upto = newest.max(after);
    let after = match decision {
        Decision::MailStatus => upto,
        Decision::Mail | Decision::Skip => after,
    };
    let kept = tickets::find(tx, ticket)?;
    let customer = match &kept {
        Some(kept) => customers::find(tx, kept.customer)?,
        None => None,
    };
    let news = known.status.filter(|_| rules.status);
    let status = match &kept {
        Some(kept) => status::still_true(tx, kept, news)?,
        None => None,
    };
    let answers = match history(tx, now)? {
        Some(history) => answers(tx, ticket, after, upto, history)?.1,
        None => 0,
    };
    tx.prepare_cached(
        "UPDATE away SET waiting_since = NULL, not_before = 0, status = NULL, told_at = ?2, told_message = ?3
         WHERE ticket = ?1",
    )?
    .execute(params![
        ticket.as_str(),
        upto.at.cast_signed(),
        upto.message.cast_signed()
    ])?;
    // Without a source id he never signed in here: his address is not verified.
    let wanted = customer.filter(|it| it.mails && it.source.is_some() && !known.off);
    let Some(customer) = wanted else {
        return Ok(Decided::Nothing);
    };
    if decision == Decision::Skip || (answers == 0 && status.is_none()) {
        return Ok(Decided::Nothing);
    }
    tx.prepare_cached("UPDATE away SET not_before = ?2 WHERE ticket = ?1")?
        .execute(params![ticket.as_str(), (now + rules.pause).cast_signed()])?;
    tx.prepare_cached(
        "INSERT INTO away_mails (ticket, customer, after_at, after_message, upto_at, upto_message, status, made_at, next_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)",
    )?
    .execute(params![
        ticket.as_str(),
        customer.id.number(),
        after.at.cast_signed(),
        after.message.cast_signed(),
        upto.at.cast_signed(),
        upto.message.cast_signed(),
        status,
        now.cast_signed(),
    ])?;
    Ok(Decided::Queued(Mail {
        ticket: ticket.clone(),
        customer: customer.id,
        after,
        upto,
        status,
        made_at: now,
        attempts: 0,
    }))
}

/// It cannot be decided yet.
pub fn postpone(tx: &Transaction<'_>, ticket: &TicketId, until: Millis) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE away SET not_before = max(not_before, ?2) WHERE ticket = ?1")?
        .execute(params![ticket.as_str(), until.cast_signed()])?;
    Ok(())
}

/// What a mail says, as things stand now.
pub struct Content {
    /// To whom.
    pub customer: Customer,
    /// About which ticket.
    pub ticket: Kept,
    /// The first of the answers, oldest first.
    pub answers: Vec<Message>,
    /// How many there are.
    pub count: usize,
    /// What became of the ticket's status.
    pub status: Option<News>,
}

/// What a mail says, as things stand now: without what was deleted or seen since. None if nothing is left of it, or he wants none now.
pub fn content(
    tx: &Transaction<'_>,
    mail: &Mail,
    now: Millis,
) -> Result<Option<Content>, StoreError> {
    let (Some(customer), Some(ticket)) = (
        customers::find(tx, mail.customer)?,
        tickets::find(tx, &mail.ticket)?,
    ) else {
        return Ok(None);
    };
    if !customer.mails || find(tx, &mail.ticket)?.off || history(tx, now)?.is_none() {
        return Ok(None);
    }
    let seen = seen::mark(tx, &mail.ticket)?.unwrap_or_default();
    let (answers, count) = answers(tx, &mail.ticket, mail.after.max(seen), mail.upto, 0)?;
    let status = status::still_true(tx, &ticket, mail.status)?;
    Ok((count > 0 || status.is_some()).then_some(Content {
        customer,
        ticket,
        answers,
        count,
        status,
    }))
}

/// The first of an agent's answers behind one place up to another, not before a time, and how many there are.
fn answers(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    after: Place,
    upto: Place,
    history: Millis,
) -> Result<(Vec<Message>, usize), StoreError> {
    let mut all = messages::of_agents(tx, ticket, after, upto)?;
    all.retain(|it| it.place.at >= history && it.message.kind == MessageKind::Text);
    let count = all.len();
    all.truncate(MOST);
    Ok((all.into_iter().map(|it| it.message).collect(), count))
}

/// A mail was sent, or never will be.
pub fn drop_mail(tx: &Transaction<'_>, ticket: &TicketId) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM away_mails WHERE ticket = ?1")?
        .execute([ticket.as_str()])?;
    Ok(())
}

/// A mail is to be sent later.
pub fn later(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    attempts: u32,
    next_at: Millis,
) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE away_mails SET attempts = ?2, next_at = ?3 WHERE ticket = ?1")?
        .execute(params![ticket.as_str(), attempts, next_at.cast_signed()])?;
    Ok(())
}

const COLUMNS: &str =
    "ticket, customer, after_at, after_message, upto_at, upto_message, status, made_at, attempts";

fn mail(row: &Row<'_>) -> Result<Mail, StoreError> {
    let number = |at: usize| row.get::<_, i64>(at).map(i64::cast_unsigned);
    Ok(Mail {
        ticket: id(&row.get::<_, String>(0)?)?,
        customer: CustomerId::from_row(row.get(1)?),
        after: Place {
            at: number(2)?,
            message: number(3)?,
        },
        upto: Place {
            at: number(4)?,
            message: number(5)?,
        },
        status: row.get(6)?,
        made_at: number(7)?,
        attempts: row.get(8)?,
    })
}

fn id(text: &str) -> Result<TicketId, StoreError> {
    TicketId::parse(text).ok_or_else(|| StoreError::Row("away", "a ticket is no UUID".to_owned()))
}
