//! How far the tickets of an earlier portal were taken over, and by what each of them is recognised again.
//!
//! Whether it is due is decided when the file is made: after the first customer, an address in Chatwoot proves nothing.

use rusqlite::{OptionalExtension, Transaction, params};

use super::StoreError;
use super::customers::CustomerId;
use super::owners::{self, Origin, Owner};
use crate::clock::Millis;
use app::tickets::model::TicketId;

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS adoption (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    state TEXT NOT NULL,
    began_at INTEGER NOT NULL DEFAULT 0,
    seen_before INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO adoption (id, state) SELECT 1, 'due'
    WHERE NOT EXISTS (SELECT 1 FROM customers) AND NOT EXISTS (SELECT 1 FROM adoption);
CREATE TABLE IF NOT EXISTS adopted (
    conversation INTEGER PRIMARY KEY,
    began_at INTEGER NOT NULL,
    source TEXT
) STRICT;
";

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adoption {
    /// The store is new, and nothing was looked at yet.
    Due,
    /// It began then; `seen_before` if Chatwoot showed that a portal like this one was there earlier.
    Running {
        /// When.
        began_at: Millis,
        /// A portal was there earlier.
        seen_before: bool,
    },
    /// It is over, or was never due.
    Over,
}

/// How far it is.
pub fn state(tx: &Transaction<'_>) -> Result<Adoption, StoreError> {
    let row = tx
        .prepare_cached("SELECT state, began_at, seen_before FROM adoption")?
        .query_row([], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, i64>(1)?,
                row.get::<_, bool>(2)?,
            ))
        })
        .optional()?;
    let Some((state, began_at, seen_before)) = row else {
        return Ok(Adoption::Over);
    };
    match state.as_str() {
        "due" => Ok(Adoption::Due),
        "running" => Ok(Adoption::Running {
            began_at: began_at.cast_unsigned(),
            seen_before,
        }),
        "over" => Ok(Adoption::Over),
        other => Err(StoreError::Row("adoption", format!("state {other}"))),
    }
}

/// Says how far it is.
pub fn set(tx: &Transaction<'_>, state: Adoption) -> Result<(), StoreError> {
    let (word, began_at, seen_before) = match state {
        Adoption::Due => ("due", 0, false),
        Adoption::Running {
            began_at,
            seen_before,
        } => ("running", began_at, seen_before),
        Adoption::Over => ("over", 0, false),
    };
    tx.execute(
        "INSERT INTO adoption (id, state, began_at, seen_before) VALUES (1, ?1, ?2, ?3)
         ON CONFLICT (id) DO UPDATE
         SET state = excluded.state, began_at = excluded.began_at, seen_before = excluded.seen_before",
        params![word, began_at.cast_signed(), seen_before],
    )?;
    Ok(())
}

/// By what a conversation is recognised, since an earlier portal left no mark of ours on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Features {
    /// Chatwoot's number of it.
    pub conversation: u64,
    /// When it began, in Chatwoot's seconds.
    pub began_at: i64,
    /// What it is filed under, if Chatwoot said.
    pub source: Option<String>,
}

/// Takes a conversation over for a customer. False if somebody has it already, or it was refused for good.
pub fn bind(
    tx: &Transaction<'_>,
    customer: CustomerId,
    ticket: TicketId,
    features: &Features,
    now: Millis,
) -> Result<bool, StoreError> {
    let number = features.conversation;
    if owners::of_conversation(tx, number)?.is_some() || owners::was_refused(tx, number)? {
        return Ok(false);
    }
    let owner = Owner {
        ticket,
        customer,
        conversation: Some(number),
        origin: Origin::Adopted,
        subject: None,
    };
    owners::record(tx, &owner, now)?;
    tx.prepare_cached(
        "INSERT OR REPLACE INTO adopted (conversation, began_at, source) VALUES (?1, ?2, ?3)",
    )?
    .execute(params![
        number.cast_signed(),
        features.began_at,
        features.source
    ])?;
    Ok(true)
}

/// By what a conversation that was taken over is recognised.
pub fn features(tx: &Transaction<'_>, conversation: u64) -> Result<Option<Features>, StoreError> {
    Ok(tx
        .prepare_cached("SELECT began_at, source FROM adopted WHERE conversation = ?1")?
        .query_row([conversation.cast_signed()], |row| {
            Ok(Features {
                conversation,
                began_at: row.get(0)?,
                source: row.get(1)?,
            })
        })
        .optional()?)
}
