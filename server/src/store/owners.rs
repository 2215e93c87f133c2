//! Whose a ticket is: our record, which a view or a write needs, and what was decided about tickets without our mark.
//!
//! These rows must not be lost: they are what an attacker who changes Chatwoot's contacts cannot write.

use app::tickets::model::TicketId;
use rusqlite::{OptionalExtension, Transaction, params};

use super::StoreError;
use super::customers::CustomerId;
use crate::clock::Millis;

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS owners (
    ticket TEXT PRIMARY KEY,
    customer INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    conversation INTEGER UNIQUE,
    origin TEXT NOT NULL,
    subject TEXT,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS owners_by_customer ON owners (customer);
CREATE TABLE IF NOT EXISTS refused_conversations (
    conversation INTEGER PRIMARY KEY,
    reason TEXT NOT NULL,
    refused_at INTEGER NOT NULL
) STRICT;
";

/// How a ticket came to be somebody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// He opened it here, or it bears our signed mark.
    Portal,
    /// An agent began it for him, and it was judged in time.
    Agent,
    /// The operator took it over from an earlier portal.
    Adopted,
    /// He began it by e-mail.
    Mail,
}

impl Origin {
    /// As a row holds it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::Agent => "agent",
            Self::Adopted => "adopted",
            Self::Mail => "mail",
        }
    }

    fn read(word: &str) -> Result<Self, StoreError> {
        match word {
            "portal" => Ok(Self::Portal),
            "agent" => Ok(Self::Agent),
            "adopted" => Ok(Self::Adopted),
            "mail" => Ok(Self::Mail),
            other => Err(StoreError::Row("owners", format!("origin {other}"))),
        }
    }
}

/// A record of ownership.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The ticket.
    pub ticket: TicketId,
    /// Whose it is.
    pub customer: CustomerId,
    /// Chatwoot's number of it; none until Chatwoot has it.
    pub conversation: Option<u64>,
    /// How it came to be his.
    pub origin: Origin,
    /// As the customer wrote it, if he did.
    pub subject: Option<String>,
}

/// The record of a ticket, if it is this customer's. Another's and none are the same to it.
pub fn of_customer(
    tx: &Transaction<'_>,
    customer: CustomerId,
    ticket: &TicketId,
) -> Result<Option<Owner>, StoreError> {
    one(
        tx,
        "ticket = ?1 AND customer = ?2",
        params![ticket.as_str(), customer.number()],
    )
}

/// The record of a ticket, whoever's it is.
pub fn of_ticket(tx: &Transaction<'_>, ticket: &TicketId) -> Result<Option<Owner>, StoreError> {
    one(tx, "ticket = ?1", params![ticket.as_str()])
}

/// The record that a conversation is bound to.
pub fn of_conversation(
    tx: &Transaction<'_>,
    conversation: u64,
) -> Result<Option<Owner>, StoreError> {
    one(tx, "conversation = ?1", params![conversation.cast_signed()])
}

/// A customer's tickets that came to be his in one way, the newest first, with Chatwoot's numbers of them.
pub fn of_origin(
    tx: &Transaction<'_>,
    customer: CustomerId,
    origin: Origin,
) -> Result<Vec<(TicketId, u64)>, StoreError> {
    let mut query = tx.prepare_cached(
        "SELECT ticket, conversation FROM owners
         WHERE customer = ?1 AND origin = ?2 AND conversation IS NOT NULL
         ORDER BY conversation DESC",
    )?;
    let rows = query.query_map(params![customer.number(), origin.word()], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
    })?;
    rows.map(|row| {
        let (ticket, conversation) = row?;
        let ticket = super::tickets::ticket_id("owners", &ticket)?;
        Ok((ticket, conversation.cast_unsigned()))
    })
    .collect()
}

/// Records a ticket as somebody's. A record that is there already stays as it is.
pub fn record(tx: &Transaction<'_>, owner: &Owner, now: Millis) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO owners (ticket, customer, conversation, origin, subject, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (ticket) DO NOTHING",
    )?
    .execute(params![
        owner.ticket.as_str(),
        owner.customer.number(),
        owner.conversation.map(u64::cast_signed),
        owner.origin.word(),
        owner.subject,
        now.cast_signed(),
    ])?;
    Ok(())
}

/// Forgets a ticket that never was with Chatwoot.
pub fn forget(tx: &Transaction<'_>, ticket: &TicketId) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM owners WHERE ticket = ?1 AND conversation IS NULL")?
        .execute([ticket.as_str()])?;
    Ok(())
}

/// Says which conversation a ticket is, if that is not yet known. False if another ticket has that conversation, or this
/// ticket another one.
pub fn bind(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    conversation: u64,
) -> Result<bool, StoreError> {
    if let Some(bound) = of_conversation(tx, conversation)? {
        return Ok(bound.ticket == *ticket);
    }
    let changed = tx
        .prepare_cached(
            "UPDATE owners SET conversation = ?2 WHERE ticket = ?1 AND conversation IS NULL",
        )?
        .execute(params![ticket.as_str(), conversation.cast_signed()])?;
    Ok(changed == 1)
}

/// Whether a conversation without our mark was refused once: then it stays refused. So is one that belongs to somebody whom we forgot.
pub fn was_refused(tx: &Transaction<'_>, conversation: u64) -> Result<bool, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT 1 FROM refused_conversations WHERE conversation = ?1
             UNION ALL SELECT 1 FROM forgotten_owners WHERE conversation = ?1",
        )?
        .exists([conversation.cast_signed()])?)
}

/// Refuses a conversation for good. True if that is new.
pub fn refuse(
    tx: &Transaction<'_>,
    conversation: u64,
    reason: &str,
    now: Millis,
) -> Result<bool, StoreError> {
    let changed = tx
        .prepare_cached(
            "INSERT INTO refused_conversations (conversation, reason, refused_at)
             VALUES (?1, ?2, ?3) ON CONFLICT (conversation) DO NOTHING",
        )?
        .execute(params![
            conversation.cast_signed(),
            reason,
            now.cast_signed()
        ])?;
    Ok(changed == 1)
}

fn one(
    tx: &Transaction<'_>,
    condition: &str,
    values: &[&dyn rusqlite::ToSql],
) -> Result<Option<Owner>, StoreError> {
    let found = tx
        .prepare_cached(&format!(
            "SELECT ticket, customer, conversation, origin, subject FROM owners WHERE {condition}"
        ))?
        .query_row(values, |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, i64>(1)?,
                row.get::<_, Option<i64>>(2)?,
                row.get::<_, String>(3)?,
                row.get::<_, Option<String>>(4)?,
            ))
        })
        .optional()?;
    let Some((ticket, customer, conversation, origin, subject)) = found else {
        return Ok(None);
    };
    Ok(Some(Owner {
        ticket: super::tickets::ticket_id("owners", &ticket)?,
        customer: CustomerId::from_row(customer),
        conversation: conversation.map(i64::cast_unsigned),
        origin: Origin::read(&origin)?,
        subject,
    }))
}
