//! What became of a ticket's status without its customer's doing, until he has seen it or was told.

use app::tickets::model::TicketId;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Transaction, params};

use super::{find, note, row};
use crate::clock::Millis;
use crate::store::customers::CustomerId;
use crate::store::{StoreError, events, messages, outbox, tickets};
use crate::translate::Side;

/// A change of a ticket's status that its customer did not make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// The support team closed it.
    Solved,
    /// It is open again.
    Reopened,
}

impl News {
    /// Its word in a row.
    fn word(self) -> &'static str {
        match self {
            Self::Solved => "solved",
            Self::Reopened => "reopened",
        }
    }
}

impl ToSql for News {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.word().into())
    }
}

impl FromSql for News {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "solved" => Ok(Self::Solved),
            "reopened" => Ok(Self::Reopened),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}

/// Makes the columns of both tables, in place of those that knew only of solved tickets.
pub(in crate::store) fn make(tx: &Transaction<'_>) -> Result<(), StoreError> {
    let has = tx
        .prepare("SELECT 1 FROM pragma_table_info('away') WHERE name = 'status'")?
        .exists([])?;
    if !has {
        for table in ["away", "away_mails"] {
            tx.execute_batch(&format!(
                "ALTER TABLE {table} ADD COLUMN status TEXT;
                 UPDATE {table} SET status = 'solved' WHERE solved = 1;
                 ALTER TABLE {table} DROP COLUMN solved;"
            ))?;
        }
    }
    Ok(())
}

/// The ticket's status changed; `None` if the customer did it. Back to what he knows is no news.
pub fn changed(
    tx: &Transaction<'_>,
    customer: CustomerId,
    ticket: &TicketId,
    news: Option<News>,
) -> Result<(), StoreError> {
    let untold = find(tx, ticket)?.status;
    let status = news.filter(|news| untold.is_none_or(|untold| untold == *news));
    if status.is_some() {
        row(tx, customer, ticket)?;
    }
    tx.prepare_cached("UPDATE away SET status = ?2 WHERE ticket = ?1 AND status IS NOT ?2")?
        .execute(params![ticket.as_str(), status])?;
    Ok(())
}

/// Whether the customer opened a closed ticket again himself, as Chatwoot does when he writes.
pub fn is_reopened_by_customer(
    tx: &Transaction<'_>,
    ticket: &TicketId,
) -> Result<bool, StoreError> {
    let closed_after = events::newest_closing(tx, ticket)?.unwrap_or_default();
    let newest = messages::newest_of(tx, ticket, Side::You)?;
    Ok(newest.is_some_and(|it| it.message > closed_after)
        || outbox::last_unsent(tx, ticket)?.is_some())
}

/// What there is to say of it as things stand: it may have changed back, or he may have written since.
pub(super) fn still_true(
    tx: &Transaction<'_>,
    ticket: &tickets::Kept,
    news: Option<News>,
) -> Result<Option<News>, StoreError> {
    let holds = match news {
        None => false,
        Some(News::Solved) => ticket.resolved && !ticket.cancelled,
        Some(News::Reopened) => !ticket.resolved && !is_reopened_by_customer(tx, &ticket.row.id)?,
    };
    Ok(news.filter(|_| holds))
}

/// Whether a page of the customer's, if it shows the ticket, shows a status that he would be told of by mail.
pub fn is_to_tell_status(tx: &Transaction<'_>, ticket: &TicketId) -> Result<bool, StoreError> {
    Ok(find(tx, ticket)?.status.is_some())
}

/// A page of the customer's shows the ticket's status.
pub fn status_shown(
    tx: &Transaction<'_>,
    customer: CustomerId,
    ticket: &TicketId,
    now: Millis,
) -> Result<(), StoreError> {
    changed(tx, customer, ticket, None)?;
    note(tx, customer, ticket, now)
}
