//! What customers wrote and is on its way to Chatwoot. A row is on disk before its customer is told that it is taken.
//!
//! A row is marked doubtful before it is sent, so that whoever finds it after a crash knows that it may have arrived.

mod entry;

use app::tickets::model::{Cancelling, Delivery, Key, TicketId};
use app::tickets::upload::UploadId;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use entry::{COLUMNS, entry, kind_word, state_word};
pub use entry::{Entry, Kind, NewEntry, State};

use super::customers::CustomerId;
use super::{StoreError, uploads};
use crate::clock::Millis;
use crate::translate;
use crate::uploads::About;

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    customer INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    ticket TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    attempted_at INTEGER NOT NULL DEFAULT 0,
    not_before INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    done_at INTEGER,
    UNIQUE (customer, key)
) STRICT;
CREATE INDEX IF NOT EXISTS outbox_by_ticket ON outbox (ticket, id);
CREATE INDEX IF NOT EXISTS outbox_on_its_way ON outbox (ticket, id) WHERE state IN ('queued', 'doubtful', 'arrived');
CREATE INDEX IF NOT EXISTS outbox_ended ON outbox (done_at) WHERE state IN ('done', 'taken back');
";

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

/// Stores an act of writing, which takes files: each with what is kept of it besides.
pub fn add(
    tx: &Transaction<'_>,
    new: &NewEntry,
    files: &[(UploadId, Vec<u8>)],
    now: Millis,
) -> Result<Entry, StoreError> {
    tx.prepare_cached(
        "INSERT INTO outbox (customer, key, ticket, kind, subject, text, state, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'queued', ?7)",
    )?
    .execute(params![
        new.customer.number(),
        new.key.as_str(),
        new.ticket.as_str(),
        kind_word(new.kind),
        new.subject,
        new.text,
        now.cast_signed(),
    ])?;
    let id = tx.last_insert_rowid();
    for (place, (file, about)) in files.iter().enumerate() {
        uploads::take(tx, new.customer, file, id, (place, about))?;
    }
    with_key(tx, new.customer, &new.key)?
        .ok_or_else(|| StoreError::Row("outbox", "a row just made is not there".to_owned()))
}

/// What a customer stored under a key.
pub fn with_key(
    tx: &Transaction<'_>,
    customer: CustomerId,
    key: &Key,
) -> Result<Option<Entry>, StoreError> {
    let found = tx
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM outbox WHERE customer = ?1 AND key = ?2"
        ))?
        .query_row(params![customer.number(), key.as_str()], |row| {
            Ok(entry(row))
        })
        .optional()?
        .transpose()?;
    found.map(|entry| with_files(tx, entry)).transpose()
}

fn with_files(tx: &Transaction<'_>, entry: Entry) -> Result<Entry, StoreError> {
    let files = uploads::of_entry(tx, entry.id)?;
    Ok(Entry { files, ..entry })
}

/// The first of a ticket's that is to be sent. Behind an opening that failed nothing is.
pub fn next_of(tx: &Transaction<'_>, ticket: &TicketId) -> Result<Option<Entry>, StoreError> {
    let stuck = tx
        .prepare_cached(
            "SELECT 1 FROM outbox WHERE ticket = ?1 AND kind = 'open' AND state = 'failed'",
        )?
        .exists([ticket.as_str()])?;
    if stuck {
        return Ok(None);
    }
    let first = tx
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM outbox
             WHERE ticket = ?1 AND state IN ('queued', 'doubtful', 'arrived') ORDER BY id LIMIT 1"
        ))?
        .query_row([ticket.as_str()], |row| Ok(entry(row)))
        .optional()?
        .transpose()?;
    // A mail that is on its way holds up no other, but what closes the ticket: it would open it again.
    let cancel = match first {
        Some(first) if first.kind != Kind::Cancel => return with_files(tx, first).map(Some),
        cancel => cancel,
    };
    let handed = all(tx, "ticket = ?1 AND state = 'handed'", [ticket.as_str()])?;
    Ok(handed
        .into_iter()
        .min_by_key(|entry| entry.not_before)
        .or(cancel))
}

/// All tickets that have something to be sent.
pub fn tickets_to_do(tx: &Transaction<'_>) -> Result<Vec<TicketId>, StoreError> {
    let mut query = tx.prepare_cached(
        "SELECT DISTINCT ticket FROM outbox WHERE state IN ('queued', 'doubtful', 'handed', 'arrived')",
    )?;
    let rows = query.query_map([], |row| row.get::<_, String>(0))?;
    rows.map(|row| super::tickets::ticket_id("outbox", &row?))
        .collect()
}

/// Openings that are not done, for a read model that was rebuilt.
pub fn openings(tx: &Transaction<'_>) -> Result<Vec<Entry>, StoreError> {
    all(
        tx,
        "kind = 'open' AND state IN ('queued', 'doubtful', 'failed')",
        [],
    )
}

/// What of a ticket the read model has no message of, in order: written texts only.
pub fn unseen_of(tx: &Transaction<'_>, ticket: &TicketId) -> Result<Vec<Entry>, StoreError> {
    let mut entries = all(
        tx,
        "ticket = ?1 AND kind <> 'cancel' AND state <> 'taken back' AND NOT EXISTS (
             SELECT 1 FROM model.messages AS m WHERE m.ticket = outbox.ticket AND m.key = outbox.key)",
        [ticket.as_str()],
    )?;
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
    let unseen = unseen_of(tx, ticket)?;
    let cancels = all(
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
    Ok(Waiting {
        delivery,
        newest: unseen
            .last()
            .map(|entry| (entry.created_at, preview(entry))),
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

/// Marks it as sent, before it is: from here on it may have arrived. False if it is no longer to be sent: it was found or taken back.
pub fn mark_sent(tx: &Transaction<'_>, id: i64, now: Millis) -> Result<bool, StoreError> {
    let marked = tx
        .prepare_cached(
            "UPDATE outbox SET state = 'doubtful', attempts = attempts + 1, attempted_at = ?2, not_before = 0
             WHERE id = ?1 AND state IN ('queued', 'doubtful')",
        )?
        .execute(params![id, now.cast_signed()])?;
    Ok(marked == 1)
}

/// What was being sent when the portal ended was given up at that moment at the latest, and no later than its time limit.
pub fn was_cut_off(
    tx: &Transaction<'_>,
    now: Millis,
    longest_call: Millis,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE outbox SET attempted_at = min(?1, attempted_at + ?2)
         WHERE state = 'doubtful' AND not_before = 0 AND attempted_at > 0",
    )?
    .execute(params![now.cast_signed(), longest_call.cast_signed()])?;
    Ok(())
}

/// When a cancellation of the ticket last ended in doubt: it may come late, and must not close what was opened again since.
pub fn doubtful_cancel(tx: &Transaction<'_>, ticket: &TicketId) -> Result<Millis, StoreError> {
    let at: i64 = tx
        .prepare_cached(
            "SELECT ifnull(max(attempted_at), 0) FROM outbox
             WHERE ticket = ?1 AND kind = 'cancel' AND state = 'done'",
        )?
        .query_row([ticket.as_str()], |row| row.get(0))?;
    Ok(at.cast_unsigned())
}

/// When the nth newest of a ticket's texts arrived; none if fewer did.
pub fn arrived_nth(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    nth: u32,
) -> Result<Option<Millis>, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT done_at FROM outbox WHERE ticket = ?1 AND state = 'done'
             ORDER BY id DESC LIMIT 1 OFFSET ?2",
        )?
        .query_row(params![ticket.as_str(), nth.saturating_sub(1)], |row| {
            row.get::<_, Option<i64>>(0)
        })
        .optional()?
        .flatten()
        .map(i64::cast_unsigned))
}

/// What of a ticket the customer did last, if Chatwoot's ticket does not show it yet.
pub fn last_unsent(tx: &Transaction<'_>, ticket: &TicketId) -> Result<Option<Kind>, StoreError> {
    let last = all(
        tx,
        "ticket = ?1 AND state IN ('queued', 'doubtful', 'handed', 'arrived')",
        [ticket.as_str()],
    )?;
    Ok(last.last().map(|entry| entry.kind))
}

/// Puts it off. `state` says whether it may have arrived.
pub fn put_off(
    tx: &Transaction<'_>,
    id: i64,
    state: State,
    not_before: Millis,
) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE outbox SET state = ?2, not_before = ?3 WHERE id = ?1")?
        .execute(params![id, state_word(state), not_before.cast_signed()])?;
    Ok(())
}

/// It may have arrived: it was given up at `ended_at`, from when on the time counts until it may be sent again.
pub fn in_doubt(
    tx: &Transaction<'_>,
    id: i64,
    ended_at: Millis,
    not_before: Millis,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE outbox SET state = 'doubtful', attempted_at = ?2, not_before = ?3 WHERE id = ?1",
    )?
    .execute(params![
        id,
        ended_at.cast_signed(),
        not_before.cast_signed()
    ])?;
    Ok(())
}

/// What waits may have arrived by the time this copy of the store is used: it is looked for before it is sent.
pub fn doubt_all(connection: &Connection) -> Result<(), StoreError> {
    connection.execute(
        "UPDATE outbox SET state = 'doubtful', attempts = max(attempts, 1), attempted_at = created_at WHERE state = 'queued'",
        [],
    )?;
    Ok(())
}

/// Says when its last try was whose end nobody knows; 0 for none.
pub fn attempted(tx: &Transaction<'_>, id: i64, at: Millis) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE outbox SET attempted_at = ?2 WHERE id = ?1")?
        .execute(params![id, at.cast_signed()])?;
    Ok(())
}

/// The mail server has it: it is looked for then, and counts from now.
pub fn handed(
    tx: &Transaction<'_>,
    id: i64,
    now: Millis,
    not_before: Millis,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE outbox SET state = 'handed', attempted_at = ?2, not_before = ?3 WHERE id = ?1",
    )?
    .execute(params![id, now.cast_signed(), not_before.cast_signed()])?;
    Ok(())
}

/// It arrived; its ticket is to be seen to.
pub fn arrived(tx: &Transaction<'_>, id: i64, now: Millis) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE outbox SET state = 'arrived', done_at = ?2, not_before = 0 WHERE id = ?1",
    )?
    .execute(params![id, now.cast_signed()])?;
    Ok(())
}

/// The customer wants it back. False if it may have been sent.
pub fn take_back(tx: &Transaction<'_>, id: i64, now: Millis) -> Result<bool, StoreError> {
    let taken = tx
        .prepare_cached(
            "UPDATE outbox SET state = 'taken back', done_at = ?2
             WHERE id = ?1 AND (state = 'queued' OR state = 'failed' AND attempted_at = 0)",
        )?
        .execute(params![id, now.cast_signed()])?;
    Ok(taken == 1)
}

/// What the customer writes undoes a cancellation that was not sent yet.
pub fn take_back_cancels(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    now: Millis,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE outbox SET state = 'taken back', done_at = ?2
         WHERE ticket = ?1 AND kind = 'cancel' AND state = 'queued'",
    )?
    .execute(params![ticket.as_str(), now.cast_signed()])?;
    Ok(())
}

/// It arrived.
pub fn done(tx: &Transaction<'_>, id: i64, now: Millis) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE outbox SET state = 'done', done_at = ?2 WHERE id = ?1")?
        .execute(params![id, now.cast_signed()])?;
    Ok(())
}

/// What surely did not arrive need not rest any longer.
pub fn hurry(tx: &Transaction<'_>) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE outbox SET not_before = min(not_before, 1) WHERE state IN ('queued', 'arrived')",
        [],
    )?;
    Ok(())
}

/// Chatwoot will not take it. `surely` says that it cannot have arrived.
pub fn failed(tx: &Transaction<'_>, id: i64, surely: bool) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE outbox SET state = 'failed', attempted_at = iif(?2, 0, attempted_at) WHERE id = ?1",
    )?
    .execute(params![id, surely])?;
    Ok(())
}

/// The mail server had it, and its ticket does not have it.
pub fn lost(tx: &Transaction<'_>, id: i64) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE outbox SET state = 'lost' WHERE id = ?1 AND state = 'handed'")?
        .execute([id])?;
    Ok(())
}

/// The customer asked for it again. It may have arrived all the same, so that it is looked for first.
pub fn again(tx: &Transaction<'_>, id: i64) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE outbox SET state = 'doubtful', attempts = 0, not_before = 0
         WHERE id = ?1 AND state IN ('failed', 'lost')",
    )?
    .execute([id])?;
    Ok(())
}

/// Forgets what arrived before then. The same key gives the same answer until it is forgotten.
pub fn forget_done_before(tx: &Transaction<'_>, then: Millis) -> Result<usize, StoreError> {
    Ok(tx
        .prepare_cached(
            "DELETE FROM outbox WHERE state IN ('done', 'taken back') AND done_at < ?1",
        )?
        .execute([then.cast_signed()])?)
}

fn all(
    tx: &Transaction<'_>,
    condition: &str,
    values: impl rusqlite::Params,
) -> Result<Vec<Entry>, StoreError> {
    let mut query = tx.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM outbox WHERE {condition} ORDER BY id"
    ))?;
    let rows = query.query_map(values, |row| Ok(entry(row)))?;
    rows.map(|row| with_files(tx, row??)).collect()
}
