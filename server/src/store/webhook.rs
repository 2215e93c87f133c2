//! Our webhook in Chatwoot and what its deliveries are signed with, so that they are understood while Chatwoot cannot be asked.

use rusqlite::{OptionalExtension, Transaction, params};

use super::StoreError;

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS webhook (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    id INTEGER NOT NULL,
    url TEXT NOT NULL,
    secret BLOB NOT NULL
) STRICT;
";

/// The webhook.
#[derive(Clone, PartialEq, Eq)]
pub struct Kept {
    /// Chatwoot's number of it.
    pub id: u64,
    /// Where it posts to.
    pub url: String,
    /// What it signs with, sealed.
    pub secret: Vec<u8>,
}

/// The webhook, if one was ever registered.
pub fn find(tx: &Transaction<'_>) -> Result<Option<Kept>, StoreError> {
    Ok(tx
        .prepare_cached("SELECT id, url, secret FROM webhook")?
        .query_row([], |row| {
            Ok(Kept {
                id: row.get::<_, i64>(0)?.cast_unsigned(),
                url: row.get(1)?,
                secret: row.get(2)?,
            })
        })
        .optional()?)
}

/// Keeps it in the place of any other.
pub fn keep(tx: &Transaction<'_>, kept: &Kept) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT OR REPLACE INTO webhook (one, id, url, secret) VALUES (1, ?1, ?2, ?3)",
    )?
    .execute(params![kept.id.cast_signed(), kept.url, kept.secret])?;
    Ok(())
}
