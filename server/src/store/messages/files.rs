//! Where Chatwoot has the files of a ticket.

use app::tickets::model::TicketId;
use rusqlite::{OptionalExtension, Transaction, params};

use crate::store::StoreError;
use crate::translate::MOST_INLINE;

/// Where a file of a ticket is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePlace {
    /// Its name, made safe.
    pub name: String,
    /// Chatwoot's address of it, which needs no token: never for a browser or a log.
    pub url: String,
}

/// A file's name within its ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileName {
    /// Attached to a message, by Chatwoot's number.
    Attached(u64),
    /// A picture within the text of a message: the message's number, and which of them.
    Inline(u64, u64),
}

impl FileName {
    /// As a row holds it: numbers below zero are Chatwoot's for nothing.
    pub(super) fn row(self) -> i64 {
        match self {
            Self::Attached(number) => number.cast_signed(),
            Self::Inline(message, nth) => -(message * MOST_INLINE + nth + 1).cast_signed(),
        }
    }
}

/// Where Chatwoot has a file of a ticket.
pub fn file(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    file: FileName,
) -> Result<Option<FilePlace>, StoreError> {
    Ok(tx
        .prepare_cached("SELECT name, url FROM model.files WHERE ticket = ?1 AND file = ?2")?
        .query_row(params![ticket.as_str(), file.row()], |row| {
            Ok(FilePlace {
                name: row.get(0)?,
                url: row.get(1)?,
            })
        })
        .optional()?)
}
