//! What was written while the machine's clock ran ahead: once it is right again, nothing of that holds anything up.

use rusqlite::{Transaction, params_from_iter};

use super::{Store, StoreError};
use crate::clock::Millis;

/// A longer one nobody sets (NOTIFY_PAUSE_MINUTES).
const LONGEST_PAUSE: i64 = 7 * 24 * 60 * 60 * 1000;
/// A sign-in mail rests no longer between two tries. One that rests goes on resting: else all that wait would be tried at every start.
const LONGEST_REST: i64 = 2 * 60 * 1000;

impl Store {
    /// To be said at the start, before anything is begun: what waits for a time is due at once if that may be one of a clock that ran
    /// ahead. Nothing is taken away, since it may also be that this clock is behind.
    pub fn begins_at(&self, now: Millis) -> Result<(), StoreError> {
        self.0.write(|tx| bring_back(tx, now))
    }
}

fn bring_back(tx: &Transaction<'_>, now: Millis) -> Result<(), StoreError> {
    for statement in [
        "UPDATE outbox SET attempted_at = min(attempted_at, ?1), done_at = min(done_at, ?1),
             not_before = min(not_before, ?1)
         WHERE max(attempted_at, not_before, ifnull(done_at, 0)) > ?1",
        "UPDATE sign_ins SET next_at = ?1 WHERE stage IN ('asked', 'known') AND next_at > ?1 + ?3",
        "UPDATE read_marks SET due = ?1 WHERE due > ?1",
        "UPDATE away_begun SET at = ?1 WHERE at > ?1",
        "UPDATE away_mails SET next_at = ?1 WHERE next_at > ?1",
        // Who was mailed lately is not mailed again so soon; but a pause that ends after the longest one does not count.
        "UPDATE away SET waiting_since = min(waiting_since, ?1),
             not_before = iif(not_before > ?1 + ?2, 0, not_before)
         WHERE waiting_since > ?1 OR not_before > ?1 + ?2",
        // Nobody knows since when nothing was asked.
        "DELETE FROM model.polls WHERE began_at > ?1",
    ] {
        let mut statement = tx.prepare(statement)?;
        let numbers = [now.cast_signed(), LONGEST_PAUSE, LONGEST_REST];
        let used = statement.parameter_count();
        statement.execute(params_from_iter(&numbers[..used]))?;
    }
    Ok(())
}
