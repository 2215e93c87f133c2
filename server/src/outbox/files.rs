//! The files of a message on their way to Chatwoot: read from the disk as they are sent.

use std::io;

use chatwoot::{Message, NewFile, NewFiles};
use futures_util::TryStreamExt;

use crate::email::reply::MailFile;
use crate::failure::chain;
use crate::store::outbox::Entry;
use crate::tickets::Tickets;
use crate::uploads::About;

/// A file of the message is not where it should be, and will not be: it cannot be sent whole.
pub(super) struct Missing;

/// The files of a message; none if it has none. Nothing is read yet.
pub(super) async fn of(tickets: &Tickets, entry: &Entry) -> Result<Option<NewFiles>, Missing> {
    Ok(NewFiles::new(each(tickets, entry).await?))
}

/// The same for a mail, which is put together before it is sent: read whole.
pub(super) async fn whole(tickets: &Tickets, entry: &Entry) -> Result<Vec<MailFile>, Missing> {
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
            return Err(Missing);
        }
        files.push(MailFile {
            name: file.name,
            content_type: file.content_type,
            bytes,
        });
    }
    Ok(files)
}

async fn each(tickets: &Tickets, entry: &Entry) -> Result<Vec<NewFile>, Missing> {
    let mut files = Vec::with_capacity(entry.files.len());
    for row in &entry.files {
        let about = About::plain_of(row).ok_or(Missing)?;
        let key = about.key().ok_or(Missing)?;
        let name = row.file.clone().ok_or(Missing)?;
        let folder = tickets.uploads.folder().clone();
        let size = row.size;
        let looked = {
            let (folder, name) = (folder.clone(), name.clone());
            tokio::task::spawn_blocking(move || folder.has(&name, size)).await
        };
        if !looked.unwrap_or(false) {
            tracing::error!(
                ticket = %entry.ticket,
                entry = entry.id,
                "a file that a customer sent is not in DATA_DIR/uploads any more: his message is not sent, and he is told"
            );
            return Err(Missing);
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
