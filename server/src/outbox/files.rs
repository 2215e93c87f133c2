//! The files of a message on their way to Chatwoot: read from the disk as they are sent.

use std::io;

use chatwoot::{Message, NewFile, NewFiles};
use futures_util::TryStreamExt;

use super::{Outcome, pace};
use crate::email::reply::MailFile;
use crate::failure::chain;
use crate::store::outbox::Entry;
use crate::tickets::Tickets;
use crate::uploads::About;

/// Why a message cannot be sent whole.
pub(super) enum Absent {
    /// A file is not where it should be, and will not be.
    Gone,
    /// The disk does not give it now.
    Unreadable,
}

impl Absent {
    /// What it means for the message.
    pub(super) fn outcome(self, tickets: &Tickets, entry: &Entry) -> Outcome {
        match self {
            Self::Gone => Outcome::Refused,
            Self::Unreadable => Outcome::Later(entry.state, pace::rest(tickets, entry)),
        }
    }

    fn of(error: &io::Error) -> Self {
        use io::ErrorKind::{InvalidData, NotFound, UnexpectedEof};
        match error.kind() {
            NotFound | InvalidData | UnexpectedEof => Self::Gone,
            _ => Self::Unreadable,
        }
    }
}

/// The files of a message; none if it has none. Nothing is read yet.
pub(super) async fn of(tickets: &Tickets, entry: &Entry) -> Result<Option<NewFiles>, Absent> {
    Ok(NewFiles::new(each(tickets, entry).await?))
}

/// The same for a mail, which is put together before it is sent: read whole.
pub(super) async fn whole(tickets: &Tickets, entry: &Entry) -> Result<Vec<MailFile>, Absent> {
    let mut files = Vec::with_capacity(entry.files.len());
    for file in each(tickets, entry).await? {
        let mut bytes = Vec::with_capacity(usize::try_from(file.length).unwrap_or_default());
        let read: io::Result<()> = file
            .bytes
            .try_for_each(|part| {
                bytes.extend_from_slice(&part);
                std::future::ready(Ok(()))
            })
            .await;
        if let Err(error) = read {
            tracing::error!(ticket = %entry.ticket, entry = entry.id, cause = chain(&error), "a file that a customer sent cannot be read");
            return Err(Absent::of(&error));
        }
        files.push(MailFile {
            name: file.name,
            content_type: file.content_type,
            bytes,
        });
    }
    Ok(files)
}

async fn each(tickets: &Tickets, entry: &Entry) -> Result<Vec<NewFile>, Absent> {
    let mut files = Vec::with_capacity(entry.files.len());
    for row in &entry.files {
        let about = About::plain_of(row).ok_or(Absent::Gone)?;
        let key = about.key().ok_or(Absent::Gone)?;
        let name = row.file.clone().ok_or(Absent::Gone)?;
        let folder = tickets.uploads.folder().clone();
        let size = row.size;
        let looked = {
            let (folder, name) = (folder.clone(), name.clone());
            tokio::task::spawn_blocking(move || folder.has(&name, size)).await
        };
        let there = looked.unwrap_or_else(|_| Err(io::ErrorKind::Interrupted.into()));
        let there = there.map_err(|error| {
            tracing::error!(ticket = %entry.ticket, entry = entry.id, cause = chain(&error), "a file that a customer sent cannot be looked at; trying again");
            Absent::of(&error)
        })?;
        if !there {
            tracing::error!(
                ticket = %entry.ticket,
                entry = entry.id,
                "a file that a customer sent is not in DATA_DIR/uploads any more: his message is not sent, and he is told"
            );
            return Err(Absent::Gone);
        }
        files.push(NewFile {
            name: about.name,
            content_type: row.content_type.clone(),
            length: size,
            bytes: folder.read(&name, size, key),
        });
    }
    Ok(files)
}

/// Says if a message came to Chatwoot with fewer files than were sent: they are stored together, so that somebody took them away.
pub(super) fn count(entry: &Entry, message: &Message) {
    let (sent, there) = (entry.files.len(), message.attachments.len());
    if there < sent && !message.deleted {
        tracing::error!(
            ticket = %entry.ticket,
            entry = entry.id,
            "Chatwoot has {there} of the {sent} files of a message: look at it there, and ask the customer for the rest"
        );
    }
}
