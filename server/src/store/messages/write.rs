//! Messages that come into the read model, change in it, or go.

use app::tickets::model::{Key, TicketId};
use rusqlite::{OptionalExtension, Transaction, params};

use super::{Content, FileName, with_key, word};
use crate::store::{StoreError, json, words};
use crate::translate::{self, Translated};

/// A message that came twice is kept under this side and shown nowhere.
const DOUBLE: &str = "double";

/// What came of putting a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It was there like that.
    Unchanged,
    /// It is new, or looks different now.
    Changed,
    /// The same act of writing is there already under another number: kept, never shown. New.
    Double,
}

/// Puts a message into its ticket, as part of the version `added`.
pub fn put(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    message: &Translated,
    added: u64,
) -> Result<Put, StoreError> {
    let content = json::write(
        "messages",
        &Content {
            author: message.author.clone(),
            kind: message.kind,
            body: message.body.clone(),
            preview: message.preview.clone(),
            files: message.files.iter().map(|it| it.file.clone()).collect(),
            mail_id: message.mail_id.clone(),
        },
    )?;
    let id = message.id.cast_signed();
    let known: Option<(String, String)> = tx
        .prepare_cached("SELECT side, content FROM model.messages WHERE ticket = ?1 AND id = ?2")?
        .query_row(params![ticket.as_str(), id], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    keep_files(tx, ticket, message)?;
    match known {
        Some((side, kept)) if kept == content || side == DOUBLE => Ok(Put::Unchanged),
        Some(_) => {
            tx.prepare_cached(
                "UPDATE model.messages SET side = ?3, content = ?4 WHERE ticket = ?1 AND id = ?2",
            )?
            .execute(params![ticket.as_str(), id, word(message.side), content])?;
            Ok(Put::Changed)
        }
        None => {
            let double = match &message.key {
                Some(key) => with_key(tx, ticket, key)?.is_some(),
                None => false,
            };
            let side = if double { DOUBLE } else { word(message.side) };
            tx.prepare_cached(
                "INSERT INTO model.messages (ticket, at, id, key, side, content, added)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                ticket.as_str(),
                message.at.cast_signed(),
                id,
                message.key.as_ref().map(Key::as_str),
                side,
                content,
                added.cast_signed(),
            ])?;
            Ok(if double { Put::Double } else { Put::Changed })
        }
    }
}

fn keep_files(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    message: &Translated,
) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM model.files WHERE ticket = ?1 AND message = ?2")?
        .execute(params![ticket.as_str(), message.id.cast_signed()])?;
    let attached = message.files.iter().map(|it| {
        let name = it.file.name.clone();
        (FileName::Attached(it.file.id), name, &it.url)
    });
    let inline = message.inline.iter().map(|it| {
        let name = translate::safe_name(it.url.rsplit('/').next().unwrap_or_default());
        (FileName::Inline(message.id, it.nth), name, &it.url)
    });
    for (file, name, url) in attached.chain(inline) {
        tx.prepare_cached(
            "INSERT OR REPLACE INTO model.files (ticket, file, message, name, url)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            ticket.as_str(),
            file.row(),
            message.id.cast_signed(),
            name,
            url,
        ])?;
    }
    Ok(())
}

/// Forgets the messages numbered `from` and above that are not among `present`. True if there were some.
pub fn keep_only(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    from: u64,
    present: &[u64],
) -> Result<bool, StoreError> {
    let kept: Vec<i64> = tx
        .prepare_cached("SELECT id FROM model.messages WHERE ticket = ?1 AND id >= ?2")?
        .query_map(params![ticket.as_str(), from.cast_signed()], |row| {
            row.get(0)
        })?
        .collect::<Result<_, _>>()?;
    let mut forgot = false;
    for id in kept {
        if present.contains(&id.cast_unsigned()) {
            continue;
        }
        for sql in [
            "DELETE FROM model.messages WHERE ticket = ?1 AND id = ?2",
            "DELETE FROM model.files WHERE ticket = ?1 AND message = ?2",
        ] {
            tx.prepare_cached(sql)?
                .execute(params![ticket.as_str(), id])?;
        }
        words::forget(tx, ticket, id.cast_unsigned())?;
        forgot = true;
    }
    Ok(forgot)
}

/// Forgets all of a ticket's.
pub fn forget_all(tx: &Transaction<'_>, ticket: &TicketId) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM model.messages WHERE ticket = ?1",
        "DELETE FROM model.files WHERE ticket = ?1",
    ] {
        tx.prepare_cached(sql)?.execute([ticket.as_str()])?;
    }
    words::forget_all(tx, ticket)
}
