//! The newest messages of a ticket: of all, of the support team, of one side.

use app::tickets::model::{Author, MessageKind, TicketId};
use rusqlite::{OptionalExtension, Transaction, params};

use super::{Content, place, raw, word};
use crate::store::seen::Place;
use crate::store::{StoreError, json};
use crate::translate::Side;

/// The newest message of the support team's that was part of a version.
pub fn newest_of_team(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    version: u64,
) -> Result<Option<Place>, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT at, id FROM model.messages
             WHERE ticket = ?1 AND side IN ('agent', 'team') AND added <= ?2
             ORDER BY at DESC, id DESC LIMIT 1",
        )?
        .query_row(params![ticket.as_str(), version.cast_signed()], place)
        .optional()?)
}

/// The newest message of one side.
pub fn newest_of(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    side: Side,
) -> Result<Option<Place>, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT at, id FROM model.messages WHERE ticket = ?1 AND side = ?2
             ORDER BY at DESC, id DESC LIMIT 1",
        )?
        .query_row(params![ticket.as_str(), word(side)], place)
        .optional()?)
}

/// The Message-ID of the customer's newest mail in a ticket.
pub fn newest_mail_id(
    tx: &Transaction<'_>,
    ticket: &TicketId,
) -> Result<Option<String>, StoreError> {
    let Some(place) = newest_of(tx, ticket, Side::You)? else {
        return Ok(None);
    };
    let content: String = tx
        .prepare_cached("SELECT content FROM model.messages WHERE ticket = ?1 AND id = ?2")?
        .query_row(
            params![ticket.as_str(), place.message.cast_signed()],
            |row| row.get(0),
        )?;
    Ok(json::read::<Content>("messages", &content)?.mail_id)
}

/// The newest message, and who wrote last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newest {
    /// Where the newest message is.
    pub place: Place,
    /// Who wrote last and the beginning of it, passing over what has nothing to show.
    pub last: Option<(Author, String)>,
}

/// The newest message of a ticket.
pub fn newest(tx: &Transaction<'_>, ticket: &TicketId) -> Result<Option<Newest>, StoreError> {
    let mut query = tx.prepare_cached(
        "SELECT at, id, key, content FROM model.messages
         WHERE ticket = ?1 AND side <> 'double' ORDER BY at DESC, id DESC LIMIT 10",
    )?;
    let mut first = None;
    for row in query.query_map([ticket.as_str()], raw)? {
        let row = row?;
        let place = row.0;
        let content: Content = json::read("messages", &row.2)?;
        let first = *first.get_or_insert(place);
        let last = match content.kind {
            MessageKind::Text => Some((content.author, content.preview)),
            MessageKind::Unsupported => Some((content.author, String::new())),
            MessageKind::Deleted | MessageKind::SomebodyByEmail | MessageKind::GoesOnByEmail => {
                None
            }
        };
        if last.is_some() {
            return Ok(Some(Newest { place: first, last }));
        }
    }
    Ok(first.map(|place| Newest { place, last: None }))
}
