//! Forgetting a customer: all his rows go. What stays are numbers without a name, so that nobody else is given his tickets, and he gets
//! them back if he signs in again: which conversations are filed under his source id, which is made from his address and our secret.

use rusqlite::{Transaction, params};

use super::StoreError;
use super::customers::CustomerId;
use super::sessions::{self, SessionHash};
use super::words;

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS forgotten_owners (
    ticket TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    conversation INTEGER NOT NULL UNIQUE,
    origin TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS forgotten_owners_by_source ON forgotten_owners (source);
";

/// What came of it.
pub enum Forgot {
    /// Something he wrote is still on its way, so that nothing was done.
    StillSending,
    /// He is forgotten; these were his sessions.
    Whole(Vec<SessionHash>),
}

/// Deletes all rows of a customer's. `source` is what his tickets are filed under if he has none kept.
pub fn forget(
    tx: &Transaction<'_>,
    customer: CustomerId,
    source: &str,
) -> Result<Forgot, StoreError> {
    let number = customer.number();
    // What waits behind an opening that failed is on no way.
    let sending = tx
        .prepare_cached(
            "SELECT 1 FROM outbox AS o WHERE customer = ?1 AND state IN ('queued', 'doubtful')
             AND NOT EXISTS (SELECT 1 FROM outbox AS first WHERE first.ticket = o.ticket
                             AND first.kind = 'open' AND first.state = 'failed')",
        )?
        .exists([number])?;
    if sending {
        return Ok(Forgot::StillSending);
    }
    tx.execute(
        "INSERT INTO forgotten_owners (ticket, source, conversation, origin, created_at)
         SELECT o.ticket, coalesce(c.source, ?2), o.conversation, o.origin, o.created_at
         FROM owners AS o JOIN customers AS c ON c.id = o.customer
         WHERE c.id = ?1 AND o.conversation IS NOT NULL
         ON CONFLICT DO NOTHING",
        params![number, source],
    )?;
    // An earlier portal may have filed his tickets under his address.
    tx.execute(
        "UPDATE adopted SET source = NULL
         WHERE conversation IN (SELECT conversation FROM owners WHERE customer = ?1)",
        [number],
    )?;
    words::forget_customer(tx, customer)?;
    for table in ["messages", "files", "events"] {
        let sql = format!(
            "DELETE FROM model.{table} WHERE ticket IN (
                 SELECT ticket FROM owners WHERE customer = ?1
                 UNION SELECT ticket FROM model.tickets WHERE customer = ?1)"
        );
        tx.execute(&sql, [number])?;
    }
    tx.execute("DELETE FROM model.tickets WHERE customer = ?1", [number])?;
    tx.execute("DELETE FROM model.lists WHERE customer = ?1", [number])?;
    tx.execute(
        "DELETE FROM sign_ins WHERE address = (SELECT address FROM customers WHERE id = ?1)",
        [number],
    )?;
    let ended = sessions::of_customer(tx, customer)?;
    // Sessions, owner records, outbox and marks go with him.
    tx.execute("DELETE FROM customers WHERE id = ?1", [number])?;
    Ok(Forgot::Whole(
        ended.into_iter().map(|session| session.hash).collect(),
    ))
}

/// Gives a customer back what is filed under his source id, if he was forgotten once.
pub(super) fn take_back(tx: &Transaction<'_>, customer: CustomerId) -> Result<(), StoreError> {
    let number = customer.number();
    tx.prepare_cached(
        "INSERT INTO owners (ticket, customer, conversation, origin, created_at)
         SELECT f.ticket, c.id, f.conversation, f.origin, f.created_at
         FROM forgotten_owners AS f JOIN customers AS c ON c.source = f.source
         WHERE c.id = ?1
         ON CONFLICT DO NOTHING",
    )?
    .execute([number])?;
    tx.prepare_cached(
        "DELETE FROM forgotten_owners WHERE source = (SELECT source FROM customers WHERE id = ?1)",
    )?
    .execute([number])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Store, customers, lists, tickets};
    use app::tickets::model::TicketId;

    #[tokio::test]
    async fn what_still_runs_for_somebody_who_was_forgotten_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let ticket = TicketId::parse("6bdc3f4d-0bec-4515-a284-5d916fdde489").unwrap();
        let written = move |tx: &Transaction<'_>, customer| -> Result<u32, StoreError> {
            lists::moved(tx, customer, 1, 5)?;
            let begin = |change: &mut tickets::Change<'_, '_>| change.begin("Late", 5);
            tickets::change(tx, customer, &ticket, 5, begin)?;
            let sql =
                "SELECT (SELECT count(*) FROM model.lists) + (SELECT count(*) FROM model.tickets)";
            Ok(tx.query_row(sql, [], |row| row.get(0))?)
        };
        let counts = store.write(move |tx| {
            let customer = customers::find_or_make(tx, "ada@example.com", None, 1)?.id;
            let before = written(tx, customer)?;
            forget(tx, customer, "p1_x")?;
            Ok((before, written(tx, customer)?))
        });
        assert_eq!(counts.await.unwrap(), (2, 0));
    }
}
