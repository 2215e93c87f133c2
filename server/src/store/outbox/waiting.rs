//! What of a ticket is on its way, as its customer sees it.

use app::tickets::model::{Cancelling, Delivery, Key, TicketId};
use rusqlite::{OptionalExtension, Transaction, params};

use super::entry::{Entry, Kind, State};
use super::{bare, with_files};
use crate::clock::Millis;
use crate::store::StoreError;
use crate::translate;
use crate::uploads::About;

/// What of a ticket is not with Chatwoot yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// How the ticket as a whole is on its way.
    pub delivery: Delivery,
    /// The newest text: when it was written and its beginning.
    pub newest: Option<(Millis, String)>,
    /// A cancellation that is on its way.
    pub cancelling: Option<Cancelling>,
}

/// Written texts that the read model has no message of.
const UNSEEN: &str = "ticket = ?1 AND kind <> 'cancel' AND state <> 'taken back' AND NOT EXISTS (
    SELECT 1 FROM model.messages AS m WHERE m.ticket = outbox.ticket AND m.key = outbox.key)";

/// What of a ticket the read model has no message of, in order: written texts only.
pub fn unseen_of(tx: &Transaction<'_>, ticket: &TicketId) -> Result<Vec<Entry>, StoreError> {
    let entries = unseen(tx, ticket)?.into_iter();
    entries.map(|entry| with_files(tx, entry)).collect()
}

/// The numbers of the same.
pub fn unseen_numbers(tx: &Transaction<'_>, ticket: &TicketId) -> Result<Vec<i64>, StoreError> {
    let mut query = tx.prepare_cached(&format!("SELECT id FROM outbox WHERE {UNSEEN}"))?;
    let rows = query.query_map([ticket.as_str()], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The key and the text of one of a ticket's.
pub fn written(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    id: i64,
) -> Result<Option<(Key, String)>, StoreError> {
    let row: Option<(String, String)> = tx
        .prepare_cached("SELECT key, text FROM outbox WHERE id = ?1 AND ticket = ?2")?
        .query_row(params![id, ticket.as_str()], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    row.map(|(key, text)| Ok((super::entry::key(&key)?, text)))
        .transpose()
}

/// As [`unseen_of`], without their files.
fn unseen(tx: &Transaction<'_>, ticket: &TicketId) -> Result<Vec<Entry>, StoreError> {
    let mut entries = bare(tx, UNSEEN, [ticket.as_str()])?;
    // What is behind something that is not sent yet waits for it.
    let mut rests = 0;
    for entry in &mut entries {
        if entry.state == State::Queued {
            entry.not_before = entry.not_before.max(rests);
        }
        if matches!(entry.state, State::Queued | State::Doubtful) {
            rests = rests.max(entry.not_before).max(1);
        }
        // Behind an opening that failed nothing is sent.
        if entry.kind == Kind::Open && entry.state == State::Failed {
            rests = rests.max(1);
        }
    }
    Ok(entries)
}

/// What of a ticket is not with Chatwoot yet.
pub fn waiting(tx: &Transaction<'_>, ticket: &TicketId) -> Result<Waiting, StoreError> {
    let unseen = unseen(tx, ticket)?;
    let cancels = bare(
        tx,
        "ticket = ?1 AND kind = 'cancel' AND state NOT IN ('done', 'taken back', 'failed')",
        [ticket.as_str()],
    )?;
    let mut delivery = Delivery::Sent;
    for entry in unseen.iter().chain(&cancels) {
        delivery = match (delivery, entry.delivery()) {
            (Delivery::Failed, _) | (_, Delivery::Failed) => Delivery::Failed,
            (Delivery::Lost, _) | (_, Delivery::Lost) => Delivery::Lost,
            (Delivery::Waiting, _) | (_, Delivery::Waiting) => Delivery::Waiting,
            (Delivery::Sending, _) | (_, Delivery::Sending) => Delivery::Sending,
            (Delivery::Mailed, _) | (_, Delivery::Mailed) => Delivery::Mailed,
            (Delivery::Sent, Delivery::Sent) => Delivery::Sent,
        };
    }
    // Also behind a mail that is on its way, which holds it up.
    let held =
        delivery == Delivery::Waiting || unseen.iter().any(|entry| entry.state == State::Handed);
    let newest = unseen.into_iter().next_back();
    let newest = newest.map(|entry| with_files(tx, entry)).transpose()?;
    Ok(Waiting {
        delivery,
        newest: newest.map(|entry| (entry.created_at, preview(&entry))),
        cancelling: cancels.into_iter().next_back().map(|entry| Cancelling {
            waits: entry.state == State::Queued && held,
            key: entry.key,
        }),
    })
}

/// The beginning of what was written, or else the first file's name.
fn preview(entry: &Entry) -> String {
    let file = entry.files.first().filter(|_| entry.text.is_empty());
    match file.and_then(About::plain_of) {
        Some(about) => translate::preview_of(&about.name),
        None => translate::preview_of(&entry.text),
    }
}

/// What of a ticket the customer did last, if Chatwoot's ticket does not show it yet.
pub fn last_unsent(tx: &Transaction<'_>, ticket: &TicketId) -> Result<Option<Kind>, StoreError> {
    let last = bare(
        tx,
        "ticket = ?1 AND state IN ('queued', 'doubtful', 'handed', 'arrived')",
        [ticket.as_str()],
    )?;
    Ok(last.last().map(|entry| entry.kind))
}
